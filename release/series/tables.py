"""The tables a build works on: typed frames, each read once; derived ones are put in as they are built."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar, cast

import polars as pl

from canonical.cells import DTYPES, typed_frame
from canonical.reading.reader import UnreadableError, read_table
from canonical.table_schema import TableSchema, load_schema
from canonical.text_tables import DATA
from validation.structure.table_files import table_files

__all__ = ["Tables", "frame_of"]

Made = TypeVar("Made")


@dataclass
class Tables:
    """Typed frames by table name; derived ones are put in as they are built."""

    folder: Path = DATA
    frames: dict[str, pl.DataFrame] = field(default_factory=dict[str, pl.DataFrame])
    _shared: dict[str, object] = field(default_factory=dict[str, object])

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The typed frame of a table; without rows where the folder has no text of it."""
        if name not in self.frames:
            self.frames[name] = self._read(name)
        return self.frames[name]

    def _read(self, name: str) -> pl.DataFrame:
        schema, frames = load_schema(name), list[pl.DataFrame]()
        for path in table_files(self.folder, name):
            table, findings = read_table(path, schema)
            if table is None:
                raise UnreadableError(f"{path.name}: {findings[0].message}; fix: run make check")
            frames.append(
                typed_frame(schema, table.frame) if table.is_text else _plain(table.frame.select(schema.columns))
            )
        return pl.concat(frames) if frames else frame_of(schema, [])

    def shared(self, name: str, make: Callable[[], Made]) -> Made:
        """What several derived tables read in common, made by the first that asks."""
        if name not in self._shared:
            self._shared[name] = make()
        return cast(Made, self._shared[name])

    def __setitem__(self, name: str, frame: pl.DataFrame) -> None:
        """Put in a derived table."""
        self.frames[name] = frame


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with texts that Parquet keeps as a dictionary as texts."""
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))


def frame_of(schema: TableSchema, rows: Iterable[dict[str, object]]) -> pl.DataFrame:
    """A typed frame of a table from rows of Python values; columns a row lacks are null.

    Decimals become the nearest double, ISO texts of date columns become dates.
    """
    table = list(rows)
    columns = {
        field.name: [_python(row.get(field.name), field.type == "date") for row in table] for field in schema.fields
    }
    return pl.DataFrame(columns, schema={field.name: DTYPES[field.type] for field in schema.fields})


def _python(cell: object, is_date: bool) -> object:
    if isinstance(cell, Decimal):
        return float(cell)
    return date.fromisoformat(cell) if is_date and isinstance(cell, str) else cell
