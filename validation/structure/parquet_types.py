"""Give columns the exact types of their schema wherever that changes no value, and mark the cells that have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from canonical.cells import DTYPES, UTC, type_guard
from canonical.findings import Finding
from canonical.reading.reader import Table
from canonical.table_schema import Field, TableSchema

__all__ = ["FAULT", "conformed", "marked"]

FAULT = "not a value:"
"""Before the name of a column: the column that marks its cells which are no value of its type."""


@dataclass(frozen=True)
class _Typed:
    """A column in the type of its schema, without the cells at `faults` (positions from 0), which are no such value."""

    column: pl.Series
    faults: list[int]


def conformed(table: Table, schema: TableSchema) -> tuple[pl.DataFrame, dict[str, list[int]], list[Finding]]:
    """The frame of a Parquet file with the types of `schema`, and what could not be had without changing a value.

    Returned: the frame, without the cells that are no value of their type, as NaN among numbers or 2.5 among whole
    ones; by column the positions of these cells; and a finding for each column that has another type altogether,
    which becomes null as a whole.
    """
    findings: list[Finding] = []
    faults: dict[str, list[int]] = {}
    columns: list[pl.Series] = []
    for field in schema.fields:
        column = _without_missing(table.frame.get_column(field.name), schema.missing_of(field))
        typed = _cast(column, DTYPES[field.type])
        if typed is None:
            findings.append(_other_type(table, field))
            typed = _Typed(pl.Series(field.name, [None] * table.frame.height, DTYPES[field.type]), [])
        elif typed.column.dtype == pl.String and field.type not in ("string", "any"):
            typed = _without(typed.column, typed.column.to_frame().select(type_guard(field)).to_series())
        columns.append(typed.column)
        if typed.faults:
            faults[field.name] = typed.faults
    return pl.DataFrame(columns), faults, findings


def marked(frame: pl.DataFrame, types: Mapping[str, str], missing: Sequence[str] = ("",)) -> pl.DataFrame:
    """A frame with the types named by column, and behind it a mark `FAULT` + column where cells are no such value.

    A column of another type altogether is left as it is. The texts `missing` are no values.
    """
    columns: list[pl.Series] = []
    marks: list[pl.Series] = []
    for column in frame.get_columns():
        kind = types.get(column.name)
        given = _without_missing(column, missing) if kind else column
        typed = _cast(given, DTYPES[kind]) if kind else None
        columns.append(typed.column if typed else given)
        if typed and typed.faults:
            mark = pl.Series(FAULT + column.name, [False]).new_from_index(0, frame.height)
            marks.append(mark.scatter(typed.faults, True))
    return pl.DataFrame([*columns, *marks])


def _cast(column: pl.Series, wanted: Any) -> _Typed | None:
    """The column in the wanted type, None where it has another one altogether, as texts in place of dates.

    Whole numbers may come as doubles and dates as midnights, as pandas writes them.
    """
    found = column.dtype
    if found == wanted and wanted != pl.Float64:
        return _Typed(column, [])
    if found == pl.Null or (isinstance(found, pl.Categorical | pl.Enum) and wanted == pl.String):
        return _Typed(column.cast(wanted), [])
    if isinstance(found, pl.Datetime) and wanted == UTC:
        zoned = column.dt.convert_time_zone("UTC") if found.time_zone else column.dt.replace_time_zone("UTC")
        return _Typed(zoned.cast(UTC), [])
    if found.is_numeric() and wanted == pl.Float64:
        column = column.cast(wanted)
        return _without(column, ~column.is_finite())
    if (found.is_numeric() and wanted == pl.Int64) or (isinstance(found, pl.Datetime) and wanted == pl.Date):
        cast = column.cast(wanted, strict=False)
        return _without(cast, column.is_not_null() & (cast.cast(found) != column).fill_null(True))
    return None


def _without_missing(column: pl.Series, missing: Sequence[str]) -> pl.Series:
    """A column with null in place of the texts that stand for a missing value, as a CSV file is read."""
    if column.dtype != pl.String or not (is_missing := column.is_in(list(missing)).fill_null(False)).any():
        return column
    return column.scatter(is_missing.arg_true(), None)


def _without(column: pl.Series, is_fault: pl.Series) -> _Typed:
    """A column with null in place of each fault."""
    faults = is_fault.fill_null(False).arg_true().to_list()
    return _Typed(column.scatter(faults, None) if faults else column, faults)


def _other_type(table: Table, field: Field) -> Finding:
    found = table.frame.schema[field.name]
    return Finding(
        "S.type",
        "error",
        table.schema.name,
        column=field.name,
        found=str(found),
        expected=f"a column of type {field.type}",
        message="the column has another type",
        fix=_remedy(field, found),
        file=table.name,
    )


def _remedy(field: Field, found: pl.DataType) -> str:
    """How the column gets its type in polars, where the cells allow it."""
    column = f'pl.col("{field.name}")'
    if field.type == "string":
        if found.is_float():
            return (
                "keep the column as text from the start, as in "
                f'pl.read_csv(file, schema_overrides={{"{field.name}": pl.String}}): a double has lost printed zeros'
            )
        return f"write it as text, in polars {column}.cast(pl.String)"
    if found == pl.String:
        return f"give it that type, in polars {TEXT_AS[field.type].format(column)}, where every cell is one"
    return f"write the column with that type, as {DTYPES[field.type]} of polars"


TEXT_AS = {
    "time": '{}.str.to_time("%H:%M:%S")',
    "datetime": '{}.str.to_datetime(time_zone="UTC")',
    "year": "{}.cast(pl.Int64)",
    "date": '{}.str.to_date("%Y-%m-%d")',
    "integer": "{}.cast(pl.Int64)",
    "number": "{}.cast(pl.Float64)",
    "boolean": '{}.replace_strict({{"true": True, "false": False}})',
}
"""By type, how polars 2 makes a column of it from texts."""
