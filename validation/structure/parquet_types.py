"""Give a frame read from Parquet the exact types of its schema, wherever that changes no value."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from canonical.findings import Finding
from canonical.reading.reader import Table
from canonical.table_schema import Field, TableSchema
from validation.structure.polars_engine import DTYPES

__all__ = ["conformed"]

CAP = 100
"""At most this many numbers that are not finite are named in one column."""


def conformed(table: Table, schema: TableSchema) -> tuple[pl.DataFrame, list[Finding]]:
    """The frame of a Parquet file with the types of `schema`, and what could not be had without changing a value.

    A column of another type becomes null as a whole, a number that is not finite by itself.
    """
    findings: list[Finding] = []
    columns: list[pl.Series] = []
    for field in schema.fields:
        column = _cast(table.frame.get_column(field.name), DTYPES[field.type])
        if column is None:
            findings.append(_other_type(table, field))
            column = pl.Series(field.name, [None] * table.frame.height, DTYPES[field.type])
        elif field.type == "number":
            findings += _not_finite(table, column)
            column = pl.select(pl.when(column.is_finite()).then(column).alias(field.name)).to_series()
        columns.append(column)
    return pl.DataFrame(columns), findings


def _cast(column: pl.Series, wanted: type[pl.DataType]) -> pl.Series | None:
    """The column in the wanted type, None where that would change a value: 1.5 is no whole number.

    Whole numbers may come as doubles and dates as midnights, as pandas writes them.
    """
    found = column.dtype
    if found == wanted:
        return column
    try:
        if found == pl.Null or (found.is_numeric() and wanted == pl.Float64):
            return column.cast(wanted)
        if isinstance(found, pl.Categorical | pl.Enum) and wanted == pl.String:
            return column.cast(wanted)
        if (found.is_numeric() and wanted == pl.Int64) or (isinstance(found, pl.Datetime) and wanted == pl.Date):
            cast = column.cast(wanted)
            return cast if (cast.cast(found) == column).all() else None
    except pl.exceptions.PolarsError:
        return None
    return None


def _other_type(table: Table, field: Field) -> Finding:
    return Finding(
        "S.type",
        "error",
        table.schema.name,
        column=field.name,
        found=str(table.frame.schema[field.name]),
        expected=f"a column of type {field.type}",
        message="the Parquet column has another type",
        fix=f"write the column with that type, in polars .cast(pl.{DTYPES[field.type].__name__})",
        file=table.name,
    )


def _not_finite(table: Table, column: pl.Series) -> Iterator[Finding]:
    for row in (~column.is_finite()).fill_null(False).arg_true().to_list()[:CAP]:
        yield Finding(
            "S.type",
            "error",
            table.schema.name,
            row_number=row + 1,
            column=column.name,
            found=str(column[row]),
            expected="a number such as -9 or 36.0, or null",
            message="not a number",
            fix="write null where there is no value",
            file=table.name,
        )
