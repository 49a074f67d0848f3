"""Files that Spark hands to an executor whole, as they lie on the file system of the cluster, whatever that is."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from canonical.reading.encodings import UnreadableError
from canonical.reading.folder_cells import cells_of
from validation.engines.spark.session import cause_of, failures
from validation.engines.spark.tables import BELOW, FILE

__all__ = ["LENGTH", "WHOLE", "Given", "Listed", "Roots", "brought", "cells_of_address", "empty_files", "files_on",
           "given", "laid_down", "listed", "place_of", "roots_of"]  # fmt: skip

WHOLE = 128 << 20
"""Bytes of the largest file that is handed over whole, several times of which an executor holds. Of larger ones Spark
reads the rows."""
CONTENT, LENGTH = "content", "length"
Roots = tuple[str, ...]
"""The paths of files and folders that were given, as they are on their file system."""


@dataclass(frozen=True)
class Listed:
    """A file on a cluster by its address, and its bytes."""

    address: str
    length: int


@dataclass(frozen=True)
class Given:
    """A file that was handed over: its address and its content."""

    address: str
    content: Any


def files_on(spark: Any, paths: Sequence[str]) -> Any:
    """The files under paths as a frame of Spark, a row for each, also of folders in folders.

    Raises `UnreadableError` where there are none.
    """
    try:
        # What folders such as year=2025 tell is read off the addresses, as on one machine.
        files = spark.read.format("binaryFile").option(*BELOW).load(list(paths))
        return files.selectExpr("*", f"_metadata.file_path as {FILE}")
    except failures() as error:
        raise UnreadableError(f"{' '.join(paths)}: Spark cannot read it ({cause_of(error)})") from None


def listed(files: Any) -> list[Listed]:
    """The files of a frame of `files_on` in the order of their addresses; none of them is opened."""
    return [Listed(*row) for row in sorted(files.select(FILE, LENGTH).collect())]


def empty_files(files: Any, known: Sequence[Listed]) -> list[str]:
    """The addresses of files without a byte, none of which Spark hands to an executor."""
    there = {_place(file.address) for file in known}
    return sorted(address for address in files.inputFiles() if _place(address) not in there)


def _place(address: str) -> tuple[str, str, str]:
    """An address by its parts, since Spark writes `file:/` in one place and `file:///` in another."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc, unquote(parts.path)


def place_of(address: str) -> str:
    """An address as Spark takes it for a path: without the signs that stand for others in an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{unquote(parts.path)}" if parts.scheme else unquote(parts.path)


def roots_of(spark: Any, paths: Sequence[str], addresses: Iterable[str]) -> Roots:
    """What paths name; none where no folder above the files of some addresses is called `NAME=VALUE`."""
    if not any("=" in unquote(urlsplit(address).path).rpartition("/")[0] for address in addresses):
        return ()
    context = spark.sparkContext
    settings, path_of = context._jsc.hadoopConfiguration(), context._jvm.org.apache.hadoop.fs.Path
    found: list[str] = []
    for path in map(path_of, paths):
        found += [root.getPath().toUri().getPath() for root in path.getFileSystem(settings).globStatus(path) or ()]
    return tuple(found)


def cells_of_address(address: str, roots: Roots) -> dict[str, str | None]:
    """The cells that the folders between a file and the one given above it tell."""
    place = PurePosixPath(unquote(urlsplit(address).path))
    above = [root for root in roots if place.is_relative_to(root) and place != PurePosixPath(root)]
    return cells_of(place.relative_to(min(above, key=len)).parts[:-1]) if above else {}


def brought(files: Any, address: str) -> Given:
    """A file of a frame of `files_on`, brought to the machine that runs the command."""
    row = files.where(files[FILE] == address).collect()[0]
    return Given(address, row[CONTENT])


def given(batches: Iterable[Any]) -> Iterator[Given]:
    """The files of batches of `files_on`."""
    for batch in batches:
        for place, address in enumerate(batch.column(FILE).to_pylist()):
            yield Given(address, batch.column(CONTENT)[place].as_buffer())


@contextmanager
def laid_down(content: Any, suffix: str) -> Generator[Path]:
    """The content as a file of this machine, which is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="checked-") as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        yield path
