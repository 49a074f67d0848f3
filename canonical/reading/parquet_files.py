"""Read a Parquet file within stated limits; what a library gives up on is one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from canonical.reading.content import refuse_special
from canonical.reading.encodings import UnreadableError, kind_of

__all__ = ["MOST_ROWS", "parquet_frame", "refuse_days", "refuse_parquet"]

MOST_ROWS = 10_000_000
"""Rows of the largest Parquet file that is read at once: some three gigabytes; checks read any in blocks."""
FIRST_YEAR, LAST_YEAR = 1, 9999
"""The years that Python, pandas and spreadsheets can name; Parquet itself counts for millions of years."""


def parquet_frame(
    path: Path, shown: str, columns: Sequence[str] | None = None, wanted: str = "a table"
) -> pl.DataFrame:
    """A Parquet file, or some columns of it, as a frame; `wanted` says in a refusal what it should hold.

    Raises `UnreadableError` where it is no ordinary file, is larger than is read, is damaged or no Parquet, or holds
    a day outside the calendar; OSError where the system does not give it.
    """
    refuse_special(path, shown)
    try:
        kept = None if columns is None else list(columns)
        _refuse_damaged(path, shown, kept)
        frame = pl.read_parquet(path, columns=kept, glob=False, hive_partitioning=False)
        for column in frame.get_columns():
            refuse_days(column.name, column, shown)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, pa.ArrowException, UnicodeDecodeError):
        refuse_parquet(path, shown, wanted)
    except OSError as error:
        if error.errno:
            raise
        refuse_parquet(path, shown, wanted)  # pyarrow says so of a damaged page
    return frame


def _refuse_damaged(path: Path, shown: str, columns: list[str] | None) -> None:
    """Let pyarrow decode every page first, as polars ends the whole process on a page that counts too many values."""
    with pq.ParquetFile(path) as file:
        rows = file.metadata.num_rows
        if rows > MOST_ROWS:
            raise UnreadableError(
                f"{shown}: found {rows:,} rows, expected at most {MOST_ROWS:,}; fix: give it in parts"
            )
        for _ in file.iter_batches(columns=columns):
            pass


def refuse_parquet(path: Path, shown: str, wanted: str) -> NoReturn:
    """Say what a file is that is no readable Parquet file, and what it should be."""
    found, fix = _other_kind(path)
    raise UnreadableError(
        f"{shown}: not a readable Parquet file; found {found}, expected {wanted}; fix: {fix}"
    ) from None


def refuse_days(name: str, column: pl.Series, shown: str) -> None:
    """Raise `UnreadableError` where a column of days holds one that no calendar names."""
    if isinstance(column.dtype, pl.Date | pl.Datetime) and not _in_calendar(column):
        raise UnreadableError(
            f"{shown}: {name}: found a day outside the years {FIRST_YEAR} to {LAST_YEAR}; "
            "fix: write null where there is no day"
        )


def _other_kind(path: Path) -> tuple[str, str]:
    """What a file is that is no readable Parquet file, and the remedy."""
    with path.open("rb") as file:
        beginning = file.read(4096)
    if beginning and not beginning.startswith(b"PAR1") and (kind := kind_of(beginning)):
        return kind
    found = "content that is cut off, damaged or of another format" if beginning else "an empty file"
    return found, "write the file again, or give the table as CSV"


def _in_calendar(column: pl.Series) -> bool:
    years = column.drop_nulls().dt.year()  # null where polars has no year for a day
    return not years.null_count() and bool(years.is_between(FIRST_YEAR, LAST_YEAR).all())
