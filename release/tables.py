"""The tables a build works on: typed frames read once, and the text form of derived ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from validation.polars_engine import DTYPES, typed_frame
from validation.reader import read_table
from validation.table_schema import TableSchema, load_schema
from validation.text_tables import DATA
from validation.unit_checks import text_rows

__all__ = ["Tables", "csv_bytes", "frame_of"]


@dataclass
class Tables:
    """Typed frames by table name; derived ones are put in as they are built."""

    folder: Path = DATA
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The typed frame of a table; FileNotFoundError where the folder has no text of it."""
        if name not in self.frames:
            table, findings = read_table(self.folder / f"{name}.csv", load_schema(name))
            if table is None:
                raise ValueError(f"{name}: {findings[0].message}")
            self.frames[name] = typed_frame(table.schema, table.frame)
        return self.frames[name]

    def __setitem__(self, name: str, frame: pl.DataFrame) -> None:
        """Put in a derived table."""
        self.frames[name] = frame


def frame_of(schema: TableSchema, rows: Iterable[dict[str, object]]) -> pl.DataFrame:
    """A typed frame of a table from rows of Python values; columns a row lacks are null."""
    types = {field.name: DTYPES[field.type] for field in schema.fields}
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types, orient="row")


def csv_bytes(schema: TableSchema, frame: pl.DataFrame) -> bytes:
    """A typed frame as the CSV text of the package: ISO dates, `true`/`false`, shortest decimals, empty nulls."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(schema.columns)
    writer.writerows(row.values() for row in text_rows(frame.select(schema.columns)))
    return file.getvalue().encode("utf-8")
