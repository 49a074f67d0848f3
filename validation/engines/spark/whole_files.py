"""Files that Spark hands to an executor whole, as they lie on the file system of the cluster, whatever that is."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from canonical.reading.encodings import UnreadableError
from validation.engines.spark.session import cause_of, failures
from validation.engines.spark.tables import FILE

__all__ = ["LENGTH", "WHOLE", "Given", "Listed", "brought", "empty_files", "files_on", "given", "laid_down",
           "listed", "names_folders"]  # fmt: skip

WHOLE = 128 << 20
"""Bytes of the largest file that is handed over whole, several times of which an executor holds. Of larger ones Spark
reads the rows."""
CONTENT, LENGTH = "content", "length"
BESIDE = ("path", "modificationTime", LENGTH, CONTENT, FILE)
"""What Spark says of a file; its other columns are those of folders such as `year=2025`."""


@dataclass(frozen=True)
class Listed:
    """A file on a cluster by its address, and its bytes."""

    address: str
    length: int


@dataclass(frozen=True)
class Given:
    """A file that was handed over: its address, its content, and the cells that its folders name."""

    address: str
    content: Any
    cells: Mapping[str, str | None]


def files_on(spark: Any, paths: Sequence[str]) -> Any:
    """The files under paths as a frame of Spark, a row for each. Raises `UnreadableError` where there are none."""
    try:
        files = spark.read.format("binaryFile").load(list(paths))
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


def names_folders(files: Any) -> bool:
    """Whether some of the folders above files are columns, such as `year=2025`."""
    return any(name not in BESIDE for name in files.columns)


def brought(files: Any, address: str) -> Given:
    """A file of a frame of `files_on`, brought to the machine that runs the command."""
    row = files.where(files[FILE] == address).collect()[0]
    return Given(address, row[CONTENT], {name: row[name] for name in files.columns if name not in BESIDE})


def given(batches: Iterable[Any]) -> Iterator[Given]:
    """The files of batches of `files_on`."""
    for batch in batches:
        folders = [name for name in batch.schema.names if name not in BESIDE]
        for place, address in enumerate(batch.column(FILE).to_pylist()):
            cells = {name: batch.column(name)[place].as_py() for name in folders}
            yield Given(address, batch.column(CONTENT)[place].as_buffer(), cells)


@contextmanager
def laid_down(content: Any, suffix: str) -> Generator[Path]:
    """The content as a file of this machine, which is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="checked-") as folder:
        path = Path(folder) / f"file{suffix}"
        path.write_bytes(content)
        yield path
