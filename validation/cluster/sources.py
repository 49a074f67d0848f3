"""The files of a table on a cluster by how executors get them: whole, or as rows that Spark has read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import polars as pl
import pyarrow as pa

from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from canonical.reading.table_file import table_file
from canonical.table_schema import TableSchema, load_schema
from validation.cluster.asking import Asking, Batches, Files, Reader, Rows
from validation.engines.polars.typed import typed_block
from validation.engines.spark.session import sent
from validation.engines.spark.tables import FILE, LINE, PLACE, is_text, read_table_on
from validation.engines.spark.whole_files import (
    LENGTH,
    WHOLE,
    empty_files,
    files_on,
    laid_down,
    listed,
    names_folders,
)
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


def sources_on(
    spark: Any, paths: Sequence[str], schema: TableSchema, whole: int = WHOLE
) -> tuple[list[Source], dict[str, str]]:
    """The files under paths; those of at most `whole` bytes are handed over whole. Empty ones come with what they are.

    Raises `UnreadableError` where there are none, or Spark cannot read a larger one.
    """
    files = files_on(spark, paths)
    found = listed(files)
    empty = {name: _said_of_nothing(name, is_text(paths), schema) for name in empty_files(files, found)}
    if not found and not empty:
        raise UnreadableError(f"{' '.join(paths)}: holds no file; name a CSV or Parquet file of table {schema.name}")
    small = [file for file in found if file.length <= whole]
    large = [file for file in found if file.length > whole]
    sources: list[Source] = []
    if small:
        frame = files.where(f"{LENGTH} <= {whole}")
        sources.append(Source(frame, Files(is_text(paths)), *_named(small)))
    if large:
        addresses, length = _named(large)
        # By themselves, so that a small file that is damaged keeps no large one from being read.
        rows = read_table_on(spark, paths if names_folders(files) or not small else addresses)
        columns = tuple(name for name in rows.columns if not name.startswith("_"))
        frame = rows.where(rows[FILE].isin(list(addresses))) if small else rows
        sources.append(Source(frame, Rows(), addresses, length, columns))
    return sources, empty


def _said_of_nothing(address: str, of_text: bool, schema: TableSchema) -> str:
    """What is said of a file without a byte, in the words of one machine."""
    with laid_down(b"", ".csv" if of_text else ".parquet") as path:
        try:
            header = table_file(path, shown_address(address), schema).header
        except UnreadableError as error:
            return str(error)
    raise AssertionError(f"a file without a byte has columns: {header}")


def rows_on(spark: Any, paths: Sequence[str], asking: Asking, columns: Sequence[str], whole: int = WHOLE) -> Any:
    """The rows of files with the columns named, and those beside them (`FILE`, `PLACE`, of CSV `LINE`)."""
    if not is_text(paths):
        return read_table_on(spark, paths)
    texts = ", ".join(f"`{name}` string" for name in columns)
    form = f"{texts}, {FILE} string, {PLACE} long, {LINE} long"
    sources, _ = sources_on(spark, paths, load_schema(asking.table), whole)
    frames = [s.frame.mapInArrow(sent(spark, FileRows(asking, tuple(columns), s.reader)), form) for s in sources]
    return reduce(lambda one, more: one.unionByName(more), frames)


@dataclass(frozen=True)
class FileRows:
    """The rows of CSV files as relations read them; `reader` reads what an executor is given."""

    asking: Asking
    columns: tuple[str, ...]
    reader: Reader

    def __call__(self, batches: Batches) -> Iterator[Any]:
        """Batches with the columns named, empty where a file has them not, with file, place and line."""
        for part, plan in self.reader(batches, self.asking, _untold):
            read = typed_block(part.block, plan.schema, part.file).read
            texts = [
                read.columns[name].rows.cast(pl.String).to_list() if name in read.columns else [None] * read.height
                for name in self.columns
            ]
            arrays = [pa.array(cells, pa.string()) for cells in texts]
            beside = [
                pa.array([part.file] * read.height, pa.string()), pa.array(part.places, pa.int64()),
                pa.array([read.line(row) if part.has_lines else None for row in range(read.height)], pa.int64()),
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
