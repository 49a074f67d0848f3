"""The text form of a typed frame, as the package ships it."""

from __future__ import annotations

import csv
import io

import polars as pl

from canonical.table_schema import TableSchema
from canonical.text_tables import text_rows

__all__ = ["csv_bytes"]


def csv_bytes(schema: TableSchema, frame: pl.DataFrame) -> bytes:
    """A typed frame as the CSV text of the package: ISO dates, `true`/`false`, shortest decimals, empty nulls."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(schema.columns)
    writer.writerows(row.values() for row in text_rows(frame.select(schema.columns)))
    return file.getvalue().encode("utf-8")
