"""A CSV or Parquet file of any size as blocks with a header; what the system does not give is one line."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from canonical.reading.csv_blocks import CsvFile
from canonical.reading.encodings import UnreadableError
from canonical.reading.parquet_blocks import ParquetFile

__all__ = ["TableFile", "readable", "table_file"]

TableFile = CsvFile | ParquetFile


def table_file(path: Path, shown: str, table: str) -> TableFile:
    """A file that should hold a table, by its name: Parquet where it ends so, else CSV, plain or gzipped."""
    return ParquetFile(path, shown, f"table {table}") if path.suffix == ".parquet" else CsvFile(path, shown)


@contextmanager
def readable(shown: str, table: str) -> Generator[None]:
    """Let what the system does not give end in an `UnreadableError` that says so."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableError(f"{shown}: no such file; name a CSV or Parquet file of table {table}") from None
    except OSError as error:
        raise UnreadableError(f"{shown}: cannot be read ({error.strerror or error})") from None
