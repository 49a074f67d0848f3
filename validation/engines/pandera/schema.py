"""Rules as a pandera schema: what enforces, words the findings, and is imported in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from canonical.cells import DTYPES
from canonical.rules.asked import applies
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from validation.engines.pandera.frame_schema import FrameSchema
from validation.engines.polars.parquet_types import FAULT
from validation.engines.polars.row_rules import ROW_KINDS, breaks
from validation.engines.polars.set_rules import KEY_KINDS, SET_KINDS, duplicated

__all__ = ["failures", "pandera_schema"]

Holds = Callable[[pl.LazyFrame], pl.LazyFrame]
Lacking = Callable[[Sequence[str]], list[str]]


def pandera_schema(
    schema: TableSchema,
    rules: Iterable[Rule],
    references: Mapping[str, pl.DataFrame] | None = None,
    lacking: Lacking | None = None,
) -> pa.DataFrameSchema:
    """A pandera schema over frames of typed columns that enforces `rules`.

    Parameters: `schema` gives columns and types, `rules` what must hold, `references` the typed frames
    that foreign keys refer to (by table name; keys to tables that are not given are not checked), `lacking` says
    which columns a frame of some columns lacks (each that is not there, where it is not given).
    Each check carries `Rule.key` as its name, so that a failure leads back to its rule. A check whose columns
    are missing or of another type holds: pandera names such a column itself.
    """
    rules = tuple(rules)
    columns = {
        field.name: pa.Column(
            DTYPES[field.type],
            checks=[_check_of(rule, schema) for rule in rules if rule.columns == (field.name,) and _is_of_cell(rule)],
            nullable=True,
            required=lacking is None,
            title=field.descriptor.get("title"),
            description=field.descriptor.get("description"),
        )
        for field in schema.fields
    }
    frame_checks = [_check_of(rule, schema) for rule in rules if rule.kind in ROW_KINDS and len(rule.columns) > 1]
    frame_checks += [_check(rule, schema, _unique(rule)) for rule in rules if rule.kind == "unique"]
    frame_checks += [
        _check(rule, schema, _found_in(rule, references[rule.arguments[0]]))
        for rule in rules
        if rule.kind in KEY_KINDS and references and rule.arguments[0] in references
    ]
    frame_checks += [_check(rule, schema, _of_set(rule)) for rule in rules if rule.kind in SET_KINDS]
    if lacking is not None:
        frame_checks.append(_column_check(lacking))
    types = {field.name: field.type for field in schema.fields}
    return FrameSchema(
        columns, checks=frame_checks, name=schema.name, strict=True, types=types, missing=schema.missing_values
    )


def failures(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> list[tuple[str, int]]:
    """What breaks where: (rule key, position in `frame`), for every failing row of every check."""
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.select("check", "index").iter_rows()
        return [(str(check), int(index)) for check, index in cases]
    return []


def _is_of_cell(rule: Rule) -> bool:
    return rule.kind == "type" or rule.kind in ROW_KINDS


def _check_of(rule: Rule, schema: TableSchema) -> pa.Check:
    """The check of a rule that one row can answer."""
    if rule.kind == "type":
        return pa.Check(_is_unmarked(FAULT + rule.columns[0]), name=rule.key, error=rule.key)
    return _check(rule, schema, lambda frame: frame.select((~breaks(rule, schema)).alias("holds")))


def _unique(rule: Rule) -> Holds:
    return lambda frame: frame.select((~duplicated(rule)).alias("holds"))


def _of_set(rule: Rule) -> Holds:
    def holds(lazy: pl.LazyFrame) -> pl.LazyFrame:
        frame = lazy.collect()
        return frame.lazy().select((~SET_KINDS[rule.kind](rule, frame)).alias("holds"))

    return holds


def _found_in(rule: Rule, reference: pl.DataFrame) -> Holds:
    def holds(lazy: pl.LazyFrame) -> pl.LazyFrame:
        frame = lazy.collect()
        return frame.lazy().select((~KEY_KINDS[rule.kind](rule, frame, reference)).alias("holds"))

    return holds


def _check(rule: Rule, schema: TableSchema, holds: Holds) -> pa.Check:
    types = {column: DTYPES[schema.field(column).type] for column in rule.columns}
    mark = FAULT + rule.columns[0]

    def guarded(data: PolarsData) -> pl.LazyFrame:
        found = data.lazyframe.collect_schema()
        is_typed = all(found.get(column) == dtype for column, dtype in types.items())
        if not is_typed or not applies(rule, schema, found.names()):
            return data.lazyframe.select(pl.repeat(True, pl.len()).alias("holds"))
        answers = holds(data.lazyframe)
        # A cell that is no value of its type is named as such, and not as one that is empty.
        return _or(answers, data.lazyframe.select(mark)) if mark in found else answers

    return pa.Check(guarded, name=rule.key, error=rule.key)


def _or(answers: pl.LazyFrame, marks: pl.LazyFrame) -> pl.LazyFrame:
    """True where a row holds or is marked."""
    return pl.concat([answers, marks], how="horizontal").select(pl.any_horizontal(pl.all()).alias("holds"))


def _is_unmarked(mark: str) -> Callable[[PolarsData], pl.LazyFrame]:
    def holds(data: PolarsData) -> pl.LazyFrame:
        is_marked = pl.col(mark) if mark in data.lazyframe.collect_schema() else pl.repeat(False, pl.len())
        return data.lazyframe.select((~is_marked).alias("holds"))

    return holds


def _column_check(lacking: Lacking) -> pa.Check:
    def has_all(data: PolarsData) -> bool:
        absent = lacking(data.lazyframe.collect_schema().names())
        if absent:
            raise ValueError(f"the frame lacks {', '.join(absent)}")
        return True

    return pa.Check(has_all, name="S.columns", error="S.columns")
