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

__all__ = ["FAULT", "Typed", "conformed", "conformed_column", "marked", "other_type"]

FAULT = "not a value:"
"""Before the name of a column: the column that marks its cells which are no value of its type."""
MOST_OF_SINGLES = 7
"""Significant digits that a single float, 24 bits of a number, tells apart."""


@dataclass(frozen=True)
class Typed:
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
        column = table.frame.get_column(field.name)
        typed = conformed_column(column, field, schema.missing_of(field))
        if typed is None:
            findings.append(other_type(schema.name, field, column.dtype, table.name))
            typed = Typed(pl.Series(field.name, [None] * table.frame.height, DTYPES[field.type]), [])
        columns.append(typed.column)
        if typed.faults:
            faults[field.name] = typed.faults
    return pl.DataFrame(columns), faults, findings


def conformed_column(column: pl.Series, field: Field, missing: Sequence[str]) -> Typed | None:
    """A column of a Parquet file in the type of its field, None where it is of another type altogether."""
    typed = _cast(_without_missing(column.alias(field.name), missing), DTYPES[field.type])
    if typed is None or typed.column.dtype != pl.String or field.type in ("string", "any"):
        return typed
    return _without(typed.column, typed.column.to_frame().select(type_guard(field)).to_series())


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


def _cast(column: pl.Series, wanted: Any) -> Typed | None:
    """The column in the wanted type, None where it has another one altogether, as texts in place of dates.

    Whole numbers may come as doubles and dates as midnights, as pandas writes them.
    """
    found = column.dtype
    if found == wanted and wanted != pl.Float64:
        return Typed(column, [])
    if found == pl.Null or (isinstance(found, pl.Categorical | pl.Enum) and wanted == pl.String):
        return Typed(column.cast(wanted), [])
    if isinstance(found, pl.Datetime) and wanted == UTC:
        zoned = column.dt.convert_time_zone("UTC") if found.time_zone else column.dt.replace_time_zone("UTC")
        return Typed(zoned.cast(UTC), [])
    if found.is_numeric() and wanted == pl.Float64:
        read = _of_singles(column) if found == pl.Float32 else column.cast(wanted)
        if read is None:
            return None
        column = read
        is_finite = column.is_finite()
        return Typed(column, []) if is_finite.all() else _without(column, ~is_finite)
    if (found.is_numeric() and wanted == pl.Int64) or (isinstance(found, pl.Datetime) and wanted == pl.Date):
        cast = column.cast(wanted, strict=False)
        return _without(cast, column.is_not_null() & (cast.cast(found) != column).fill_null(True))
    return None


def _of_singles(column: pl.Series) -> pl.Series | None:
    """Single floats as the shortest decimals that they stand for, 0.1 and not 0.10000000149011612.

    None where one of them has more digits than a single float is sure to keep: others are lost then too.
    """
    texts = column.cast(pl.String)
    digits = texts.str.replace("e.*", "").str.replace_all("[-.]", "").str.strip_chars("0").str.len_bytes()
    is_finite = column.is_finite()
    if (is_finite & (digits > MOST_OF_SINGLES)).any():
        return None
    return column.cast(pl.Float64).zip_with(~is_finite, texts.cast(pl.Float64, strict=False))


def _without_missing(column: pl.Series, missing: Sequence[str]) -> pl.Series:
    """A column with null in place of the texts that stand for a missing value, as a CSV file is read."""
    if column.dtype != pl.String or not any((column == text).any() for text in missing):
        return column
    return column.scatter(column.is_in(list(missing)).fill_null(False).arg_true(), None)


def _without(column: pl.Series, is_fault: pl.Series) -> Typed:
    """A column with null in place of each fault."""
    faults = is_fault.fill_null(False).arg_true().to_list()
    return Typed(column.scatter(faults, None) if faults else column, faults)


def other_type(table: str, field: Field, found: pl.DataType, file: str) -> Finding:
    """The finding on a column of a file that is of another type than its field."""
    return Finding(
        "S.type",
        "error",
        table,
        column=field.name,
        found=str(found),
        expected=f"a column of type {field.type}",
        message="the column has another type",
        fix=_remedy(field, found),
        file=file,
    )


def _remedy(field: Field, found: pl.DataType) -> str:
    """How the column gets its type in polars, where the cells allow it."""
    column = f'pl.col("{field.name}")'
    if found == pl.Float32 and field.type == "number":
        return f"keep the column as {DTYPES[field.type]} from the start: a single float holds {MOST_OF_SINGLES} digits"
    if field.type == "string":
        if found.is_float():
            return (
                "keep the column as text from the start, as in "
                f'pl.read_csv(file, schema_overrides={{"{field.name}": pl.String}}): a double has lost printed zeros'
            )
        if isinstance(found, pl.Struct):
            return f"write it as text, in polars {column}.struct.json_encode()"
        if found.is_nested():
            return f'write it as text, in polars {column}.cast(pl.List(pl.String)).list.join(" ")'
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
