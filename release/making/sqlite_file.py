"""The package as one SQLite file, keys on; the same bytes from every version of the library."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from canonical.reading.encodings import UnreadableError
from release.dialects.catalogue import Catalogue
from release.dialects.sql import table_definitions
from release.series.tables import Tables

__all__ = ["sqlite_bytes"]

WRITER = slice(92, 100)
"""Where the file names the version of the library that wrote it, and the change for which that held."""
AT_A_TIME = 50_000


def sqlite_bytes(catalogue: Catalogue, tables: Tables) -> bytes:
    """The file: tables as `sql/sqlite.sql` defines them, rows in the order of the package, dates as ISO texts.

    Raises sqlite3.IntegrityError where a row breaks a key, and `UnreadableError` where the disk takes no more.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.sqlite"
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            _fill(connection, catalogue, tables)
        except sqlite3.OperationalError as error:
            raise UnreadableError(
                f"{folder}: the SQLite file cannot be written ({error}); fix: make room there"
            ) from None
        finally:
            connection.close()
        content = bytearray(path.read_bytes())
    content[WRITER] = bytes(8)
    return bytes(content)


def _fill(connection: sqlite3.Connection, catalogue: Catalogue, tables: Tables) -> None:
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.executescript(table_definitions(catalogue, "sqlite"))
    connection.execute("BEGIN")
    for table in catalogue.tables:
        columns = table.schema.columns
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
        connection.executemany(insert, _rows(tables[table.name].select(columns)))
    connection.execute("COMMIT")


def _rows(frame: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    plain = frame.with_columns(pl.col(pl.Date).dt.to_string("%Y-%m-%d"), pl.col(pl.Boolean).cast(pl.Int64))
    for part in plain.iter_slices(AT_A_TIME):
        yield from part.iter_rows()
