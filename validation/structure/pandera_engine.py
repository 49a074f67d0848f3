"""Rules as a pandera schema: what enforces, words the findings, and is imported in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from validation.structure.polars_engine import DTYPES, ROW_KINDS, breaks
from validation.structure.set_rules import KEY_KINDS, SET_KINDS, duplicated

__all__ = ["FrameSchema", "failures", "pandera_schema"]


class FrameSchema(pa.DataFrameSchema):
    """A pandera schema over polars frames that names the remedy where it is given another frame."""

    @classmethod
    def get_backend(cls, check_obj: Any | None = None, check_type: type | None = None) -> Any:
        """What validates an object; TypeError where it is no polars frame."""
        kind = type(check_obj) if check_type is None else check_type
        if not issubclass(kind, pl.DataFrame | pl.LazyFrame):
            found = f"{kind.__module__.split('.')[0]}.{kind.__name__}"
            raise TypeError(
                f"found {found}, expected a polars frame; fix: pl.from_pandas(frame) makes one of a pandas one"
            )
        return pa.DataFrameSchema.get_backend(check_obj, check_type)


def pandera_schema(
    schema: TableSchema,
    rules: Iterable[Rule],
    references: Mapping[str, pl.DataFrame] | None = None,
) -> pa.DataFrameSchema:
    """A pandera schema over frames of typed columns that enforces `rules`.

    Parameters: `schema` gives columns and types, `rules` what must hold, `references` the typed frames
    that foreign keys refer to (by table name; keys to tables that are not given are not checked).
    Each check carries `Rule.key` as its name, so that a failure leads back to its rule. A check whose columns
    are missing or of another type holds: pandera names such a column itself.
    """
    rules = tuple(rules)
    required = {rule.columns[0] for rule in rules if rule.kind == "present"}
    columns = {
        field.name: pa.Column(
            DTYPES[field.type],
            checks=[_row_check(rule, schema) for rule in rules if _is_column_rule(rule, field.name)],
            nullable=field.name not in required,
            title=field.descriptor.get("title"),
            description=field.descriptor.get("description"),
        )
        for field in schema.fields
    }
    frame_checks = [_row_check(rule, schema) for rule in rules if rule.kind in ROW_KINDS and len(rule.columns) > 1]
    frame_checks += [_unique_check(rule, schema) for rule in rules if rule.kind == "unique"]
    frame_checks += [
        _key_check(rule, schema, references[rule.arguments[0]])
        for rule in rules
        if rule.kind in KEY_KINDS and references and rule.arguments[0] in references
    ]
    frame_checks += [_set_check(rule, schema) for rule in rules if rule.kind in SET_KINDS]
    return FrameSchema(columns, checks=frame_checks, name=schema.name, strict=True)


def failures(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> list[tuple[str, int]]:
    """What breaks where: (rule key, position in `frame`), for every failing row of every check.

    A missing value of a required column is reported under `not_nullable:COLUMN`.
    """
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases.select("check", "column", "index").iter_rows()
        return [
            (f"not_nullable:{column}" if check == "not_nullable" else str(check), int(index))
            for check, column, index in cases
        ]
    return []


def _is_column_rule(rule: Rule, column: str) -> bool:
    return rule.columns == (column,) and rule.kind in ROW_KINDS and rule.kind != "present"


def _row_check(rule: Rule, schema: TableSchema) -> pa.Check:
    return _check(rule, schema, lambda frame: frame.select((~breaks(rule, schema)).alias("holds")))


def _unique_check(rule: Rule, schema: TableSchema) -> pa.Check:
    return _check(rule, schema, lambda frame: frame.select((~duplicated(rule)).alias("holds")))


def _set_check(rule: Rule, schema: TableSchema) -> pa.Check:
    def holds(lazy: pl.LazyFrame) -> pl.LazyFrame:
        frame = lazy.collect()
        return frame.lazy().select((~SET_KINDS[rule.kind](rule, frame)).alias("holds"))

    return _check(rule, schema, holds)


def _key_check(rule: Rule, schema: TableSchema, reference: pl.DataFrame) -> pa.Check:
    def holds(lazy: pl.LazyFrame) -> pl.LazyFrame:
        frame = lazy.collect()
        return frame.lazy().select((~KEY_KINDS[rule.kind](rule, frame, reference)).alias("holds"))

    return _check(rule, schema, holds)


def _check(rule: Rule, schema: TableSchema, holds: Callable[[pl.LazyFrame], pl.LazyFrame]) -> pa.Check:
    types = {column: DTYPES[schema.field(column).type] for column in rule.columns}

    def guarded(data: PolarsData) -> pl.LazyFrame:
        found = data.lazyframe.collect_schema()
        if all(found.get(column) == dtype for column, dtype in types.items()):
            return holds(data.lazyframe)
        return data.lazyframe.select(pl.repeat(True, pl.len()).alias("holds"))

    return pa.Check(guarded, name=rule.key, error=rule.key)
