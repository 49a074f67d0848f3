"""Read a Parquet file within stated limits; what a library gives up on is one line."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import IO, Any, NoReturn, cast

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from canonical.reading.content import BEGINNING, refuse_special
from canonical.reading.encodings import UnreadableError, kind_of

__all__ = [
    "MOST_ROWS",
    "frame_of_parquet",
    "in_batches",
    "opened",
    "parquet_frame",
    "refuse_damaged",
    "refuse_days",
    "refuse_large_footer",
    "refuse_parquet",
    "refuse_types",
]

MOST_ROWS = 10_000_000
"""Rows of the largest Parquet file that is read at once: some three gigabytes; checks read any in blocks."""
MOST_FOOTER = 16 << 20
"""Bytes of a footer; one of 60 MiB takes 1.7 GB of memory. A hundred million rows of ten columns have some two MiB."""
BATCH = 1 << 16
"""So many rows are decoded at a time where nothing else is asked."""
END = struct.Struct("<I4s")
"""What a Parquet file ends with: the bytes of its footer, and `PAR1`."""
FIRST_YEAR, LAST_YEAR = 1, 9999
"""The years that Python, pandas and spreadsheets can name; Parquet itself counts for millions of years."""
FIRST_DAY, LAST_DAY = (day.toordinal() - date(1970, 1, 1).toordinal() for day in (date.min, date.max))
"""The ends of these years in days since 1970, as a column of days is kept."""


def frame_of_parquet(content: bytes, shown: str) -> pl.DataFrame:
    """The content of a Parquet file as a frame, categories as texts. Raises `UnreadableError` as `parquet_frame`."""
    try:
        refuse_large_footer(io.BytesIO(content), shown)
        with opened(io.BytesIO(content)) as file:
            _decode(file, shown, None)
        return pl.read_parquet(io.BytesIO(content)).with_columns(pl.col(pl.Categorical).cast(pl.String))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, pa.ArrowException, OSError, UnicodeDecodeError):
        _refuse(content[:BEGINNING], shown, "a table")


def parquet_frame(
    path: Path, shown: str, columns: Sequence[str] | None = None, wanted: str = "a table"
) -> pl.DataFrame:
    """A Parquet file, or some columns of it, as a frame; `wanted` says in a refusal what it should hold.

    Raises `UnreadableError` where it is no ordinary file, is larger than is read, is damaged or no Parquet, or holds
    a day outside the calendar; OSError where the system does not give it.
    """
    refuse_special(path, shown)
    refuse_damaged(path, shown, columns, wanted)
    try:
        kept = None if columns is None else list(columns)
        frame = pl.read_parquet(path, columns=kept, glob=False, hive_partitioning=False)
        for column in frame.get_columns():
            refuse_days(column.name, column, shown)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        refuse_parquet(path, shown, wanted)
    return frame


def refuse_damaged(path: Path, shown: str, columns: Sequence[str] | None = None, wanted: str = "a table") -> None:
    """Raise `UnreadableError` where a Parquet file, or some columns of it, cannot be decoded, or has too many rows.

    pyarrow decodes every page before polars does: polars asks for no checksums, and ends the whole process on a page
    that counts too many values.
    """
    refuse_large_footer(path, shown)
    try:
        with opened(path) as file:
            _decode(file, shown, columns)
    except (pa.ArrowException, UnicodeDecodeError):
        refuse_parquet(path, shown, wanted)
    except OSError as error:
        if error.errno:
            raise
        refuse_parquet(path, shown, wanted)  # pyarrow says so of a damaged page


def _decode(file: pq.ParquetFile, shown: str, columns: Sequence[str] | None) -> None:
    rows = file.metadata.num_rows
    if rows > MOST_ROWS:
        raise UnreadableError(f"{shown}: found {rows:,} rows, expected at most {MOST_ROWS:,}; fix: give it in parts")
    refuse_types(file, shown)
    counted = 0
    for batch in in_batches(file, columns=columns):
        batch.validate(full=True)  # texts that are no UTF-8 are read unasked
        counted += batch.num_rows
    if columns != [] and counted != rows:
        raise pa.ArrowInvalid("the pages hold other rows than the footer counts")


def refuse_large_footer(source: Path | IO[bytes], shown: str) -> None:
    """Raise `UnreadableError` where a file's own description is longer than is read; it takes many times its bytes."""
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - END.size))
        length, magic = END.unpack(file.read().rjust(END.size, b"\0")[-END.size :])
        file.seek(0)
    if magic == b"PAR1" and MOST_FOOTER < length < size:
        raise UnreadableError(
            f"{shown}: found a footer of {length:,} bytes, expected at most {MOST_FOOTER:,}; "
            "fix: write it with larger row groups and without metadata of your own"
        )


def opened(source: Path | IO[bytes], texts: Sequence[str] = ()) -> pq.ParquetFile:
    """A Parquet file whose pages are held against their checksums as they are read; `texts` are read by their codes.

    Raises `pa.ArrowException` where its row groups have other rows than the whole: a reader would take rows away, or
    make some up. What the footer says of columns is not asked: pyarrow ends the process on some of that.
    """
    file = pq.ParquetFile(source, read_dictionary=list(texts), page_checksum_verification=True)
    about = file.metadata
    if sum(about.row_group(number).num_rows for number in range(about.num_row_groups)) != about.num_rows:
        file.close()
        raise pa.ArrowInvalid("the row groups count other rows than the footer")
    return file


def in_batches(
    file: pq.ParquetFile, rows: int = BATCH, groups: Sequence[int] | None = None, columns: Sequence[str] | None = None
) -> Iterator[Any]:
    """The batches of at most so many rows of a Parquet file, or of some row groups and columns of it.

    They are decoded in the thread that asks: other threads are at the checks of earlier batches, and a thread for each
    column costs more in memory of its own than it decodes. Raises `pa.ArrowException`, OSError or UnicodeDecodeError
    where the pages cannot be read.
    """
    kept = None if columns is None else list(columns)
    return file.iter_batches(rows, groups, kept, use_threads=False)


def refuse_types(file: pq.ParquetFile, shown: str) -> None:
    """Raise `UnreadableError` where a column is of a type that polars has not, and ends in a panic over."""
    for column in file.schema_arrow:
        if "decimal256" in str(column.type):
            raise UnreadableError(
                f"{shown}: {column.name}: found {column.type}, expected numbers of at most 38 digits; "
                "fix: write the column as text"
            )


def refuse_parquet(path: Path, shown: str, wanted: str) -> NoReturn:
    """Say what a file is that is no readable Parquet file, and what it should be."""
    with path.open("rb") as file:
        _refuse(file.read(BEGINNING), shown, wanted)


def _refuse(beginning: bytes, shown: str, wanted: str) -> NoReturn:
    found, fix = _other_kind(beginning)
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


def _other_kind(beginning: bytes) -> tuple[str, str]:
    """What a file is that is no readable Parquet file, and the remedy."""
    if beginning and not beginning.startswith(b"PAR1") and (kind := kind_of(beginning)):
        return kind
    found = "content that is cut off, damaged or of another format" if beginning else "an empty file"
    return found, "write the file again, or give the table as CSV"


def _in_calendar(column: pl.Series) -> bool:
    if column.dtype == pl.Date:
        days = column.to_physical()  # two numbers tell what the year of each row would
        first, last = cast(int | None, days.min()), cast(int | None, days.max())
        return first is None or last is None or (first >= FIRST_DAY and last <= LAST_DAY)
    years = column.drop_nulls().dt.year()  # null where polars has no year for a day
    return not years.null_count() and bool(years.is_between(FIRST_YEAR, LAST_YEAR).all())
