"""What polars and DuckDB read of every text when no type is said: every value, and of prints all but their zeros."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest

from canonical.table_schema import table_names
from canonical.text_tables import DATA, csv_path

TABLES = [name for name in table_names() if csv_path(name).exists()]
PRINTED = {"printed_value", "printed_value_to", "printed_amount", "printed_amount_to", "printed_text", "printed"}
"""Columns of texts that are numbers as printed: a reader that takes them for numbers drops their last zeros."""


def by_polars(name: str) -> pl.DataFrame:
    """The text by polars, which looks through all of it for the types."""
    return pl.read_csv(csv_path(name), infer_schema_length=None)


def by_duckdb(name: str) -> pl.DataFrame:
    """The text as DuckDB sniffs it."""
    return duckdb.sql(f"FROM '{csv_path(name)}'").pl()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("read", [by_polars, by_duckdb])
def test_a_plain_reader_loses_no_digit(name: str, read: object) -> None:
    assert callable(read)
    found, written = read(name), pl.read_parquet(DATA / f"{name}.parquet")
    assert found.columns == written.columns
    for column in written:
        given = found.get_column(column.name)
        if column.dtype == pl.String and column.name in PRINTED and given.dtype != pl.String:
            numbers = column.cast(pl.Float64)
            assert numbers.equals(given.cast(pl.Float64)), column.name
        elif column.dtype == pl.Date and given.dtype == pl.String:
            assert column.equals(given.str.to_date()), column.name
        else:
            assert column.equals(given.cast(column.dtype)), column.name
