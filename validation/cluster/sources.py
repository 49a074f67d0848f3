"""The files of a table on a cluster by how executors get them: whole, or as rows that Spark has read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import polars as pl
import pyarrow as pa

from canonical.findings import Finding
from validation.cluster.asking import Asking, Batches, Files, Reader, Rows
from validation.engines.polars.typed import typed_block
from validation.engines.spark.session import sent
from validation.engines.spark.tables import FILE, LINE, PLACE, is_text, read_table_on
from validation.engines.spark.whole_files import LENGTH, WHOLE, files_on, listed
from validation.structure.table_files import shown_path

__all__ = ["Source", "bits_of", "rows_on", "shown_address", "sources_on"]

OF_BUCKET = 256 << 20
"""Bytes of files whose keys are compared at once, some millions of rows."""
MOST_BITS = 14


@dataclass(frozen=True)
class Source:
    """Some files of a table: a frame of Spark, what reads it in an executor, their addresses and bytes.

    `columns` are those of rows that Spark has read; of whole files each has its own.
    """

    frame: Any
    reader: Reader
    addresses: tuple[str, ...]
    length: int
    columns: tuple[str, ...] = ()


def sources_on(spark: Any, paths: Sequence[str], whole: int = WHOLE) -> list[Source]:
    """The files under paths; those of at most `whole` bytes are handed over whole.

    Raises `UnreadableError` where there are none, or Spark cannot read a larger one.
    """
    files = files_on(spark, paths)
    found = listed(files)
    small = [file for file in found if file.length <= whole]
    large = [file for file in found if file.length > whole]
    sources: list[Source] = []
    if small or not found:
        frame = files.where(f"{LENGTH} <= {whole}")
        sources.append(Source(frame, Files(is_text(paths)), *_named(small)))
    if large:
        rows = read_table_on(spark, paths)
        columns = tuple(name for name in rows.columns if not name.startswith("_"))
        addresses, length = _named(large)
        frame = rows.where(rows[FILE].isin(list(addresses))) if small else rows
        sources.append(Source(frame, Rows(), addresses, length, columns))
    return sources


def rows_on(spark: Any, paths: Sequence[str], asking: Asking, columns: Sequence[str], whole: int = WHOLE) -> Any | None:
    """The rows of files with the columns named, and those beside them (`FILE`, `PLACE`, of CSV `LINE`).

    None where a CSV file has more than `whole` bytes: Spark reads its rows, and counts none of them.
    """
    if not is_text(paths):
        return read_table_on(spark, paths)
    files = files_on(spark, paths)
    if any(file.length > whole for file in listed(files)):
        return None
    work = FileRows(asking, tuple(columns))
    texts = ", ".join(f"`{name}` string" for name in columns)
    return files.mapInArrow(sent(spark, work), f"{texts}, {FILE} string, {PLACE} long, {LINE} long")


@dataclass(frozen=True)
class FileRows:
    """The rows of CSV files that were handed over whole, as relations read them."""

    asking: Asking
    columns: tuple[str, ...]

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Batches with the columns named, empty where a file has them not, with file, place and line."""
        for part, plan in Files(is_text=True)(batches, self.asking, _untold):
            read = typed_block(part.block, plan.schema, part.file).read
            texts = [
                read.columns[name].rows.cast(pl.String).to_list() if name in read.columns else [None] * read.height
                for name in self.columns
            ]
            arrays = [pa.array(cells, pa.string()) for cells in texts]
            beside = [
                pa.array([part.file] * read.height, pa.string()), pa.array(part.places or (), pa.int64()),
                pa.array([read.line(row) for row in range(read.height)], pa.int64()),
            ]  # fmt: skip
            yield pa.record_batch([*arrays, *beside], names=[*self.columns, FILE, PLACE, LINE])


def _untold(file: str, rule: str, rows: int, findings: Sequence[Finding]) -> None:
    """What is wrong with a file was told when it was checked."""


def _named(files: Sequence[Any]) -> tuple[tuple[str, ...], int]:
    return tuple(file.address for file in files), sum(file.length for file in files)


def bits_of(sources: Sequence[Source]) -> int:
    """The first bits of hashes by which keys of all rows are parted, so that a part of them fits into an executor."""
    parts = sum(source.length for source in sources) // OF_BUCKET + 1
    return min(max(1, parts.bit_length()), MOST_BITS)


def shown_address(file: str) -> str:
    """A file as findings show it: of this machine by its path, of another place by its address."""
    parts = urlsplit(file)
    return shown_path(Path(unquote(parts.path))) if parts.scheme in ("", "file") else file
