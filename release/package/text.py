"""The text form of a typed frame, as the package ships it."""

from __future__ import annotations

import polars as pl

from canonical.csv_lines import csv_lines
from canonical.table_schema import TableSchema
from canonical.text_tables import text_rows

__all__ = ["csv_bytes"]


def csv_bytes(schema: TableSchema, frame: pl.DataFrame) -> bytes:
    """A typed frame as the CSV text of the package: ISO dates, `true`/`false`, shortest decimals, empty nulls."""
    rows = (list(row.values()) for row in text_rows(frame.select(schema.columns)))
    return "".join(csv_lines([schema.columns, *rows])).encode("utf-8")
