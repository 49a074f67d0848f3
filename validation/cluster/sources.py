"""The files of a table on a cluster by how executors get them: whole, or as rows that Spark has read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from canonical.reading.encodings import UnreadableError
from canonical.reading.folder_cells import cells_beside
from canonical.reading.table_file import table_file
from canonical.table_schema import TableSchema
from validation.cluster.asking import Files, Reader, Rows
from validation.engines.spark.session import Work, sent
from validation.engines.spark.tables import FILE, is_text, read_table_on, with_lines
from validation.engines.spark.whole_files import (
    LENGTH,
    WHOLE,
    Roots,
    cells_of_address,
    empty_files,
    files_on,
    laid_down,
    listed,
    place_of,
    roots_of,
)
from validation.structure.table_files import shown_path

__all__ = ["Source", "bits_of", "in_order", "made_of", "shown_address", "sources_on"]

OF_BUCKET = 256 << 20
"""Bytes of files whose keys are compared at once, some millions of rows."""
MOST_BITS = 14


@dataclass(frozen=True)
class Source:
    """Some files of a table: a frame of Spark, what reads it in an executor, their addresses and bytes.

    `is_text` says that they are CSV; `columns` are by address those of rows that Spark has read, without those that
    are whole, each of which says its own.
    """

    frame: Any
    reader: Reader
    is_text: bool
    addresses: tuple[str, ...]
    length: int
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


def sources_on(
    spark: Any, paths: Sequence[str], schema: TableSchema, whole: int = WHOLE
) -> tuple[list[Source], dict[str, str]]:
    """The files under paths; those of at most `whole` bytes are handed over whole. Empty ones come with what they are.

    Raises `UnreadableError` where there are none, or Spark cannot read a larger one.
    """
    files = files_on(spark, paths)
    found = listed(files)
    nothing = empty_files(files, found)
    of_text = is_text([*(file.address for file in found), *nothing])
    empty = {name: _said_of_nothing(name, of_text, schema) for name in nothing}
    if not found and not empty:
        raise UnreadableError(f"{' '.join(paths)}: holds no file; name a CSV or Parquet file of table {schema.name}")
    roots = roots_of(spark, paths, (file.address for file in found))
    small = [file for file in found if file.length <= whole]
    large = [file for file in found if file.length > whole]
    sources: list[Source] = []
    if small:
        frame = files.where(f"{LENGTH} <= {whole}")
        sources.append(Source(frame, Files(of_text, roots), of_text, *_named(small)))
    if large:
        addresses, length = _named(large)
        # By themselves, so that a small file that is damaged keeps no large one from being read.
        rows = read_table_on(spark, [place_of(address) for address in addresses] if small else paths, of_text)
        columns = _columns([name for name in rows.columns if not name.startswith("_")], addresses, roots, schema)
        frame = rows.where(rows[FILE].isin(list(addresses))) if small else rows
        lined = with_lines(spark, addresses) if of_text else frozenset[str]()
        sources.append(Source(frame, Rows(lined, roots), of_text, addresses, length, columns))
    return sources, empty


def _columns(
    read: Sequence[str], addresses: Sequence[str], roots: Roots, schema: TableSchema
) -> dict[str, tuple[str, ...]]:
    """By address the columns that Spark reads, and those that folders tell beside them."""
    cells = {address: cells_of_address(address, roots) for address in addresses}
    return {address: (*read, *cells_beside(read, told, schema)) for address, told in cells.items()}


def _said_of_nothing(address: str, of_text: bool, schema: TableSchema) -> str:
    """What is said of a file without a byte, in the words of one machine."""
    with laid_down(b"", ".csv" if of_text else ".parquet") as path:
        try:
            header = table_file(path, shown_address(address), schema).header
        except UnreadableError as error:
            return str(error)
    raise AssertionError(f"a file without a byte has columns: {header}")


def made_of(spark: Any, sources: Sequence[Source], work_by: Callable[[Reader], Work], form: str) -> Any:
    """What executors make of sources, as a frame of a form; `work_by` gives the work by a reader."""
    frames = [source.frame.mapInArrow(sent(spark, work_by(source.reader)), form) for source in sources]
    return reduce(lambda one, more: one.unionByName(more), frames)


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


def in_order(files: Iterable[str]) -> list[str]:
    """Addresses in the order in which one machine reads the files: by folder, then by name.

    Of rows that say the same, findings name the first.
    """
    return sorted(files, key=lambda file: Path(shown_address(file)))
