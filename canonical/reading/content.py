"""Take the bytes of a file, within stated limits: no pipe that never ends, no file that fills the memory."""

from __future__ import annotations

import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from canonical.places import ROOT
from canonical.reading.encodings import UnreadableError

__all__ = ["BEGINNING", "MOST_BYTES", "file_bytes", "file_text", "readable", "real_path", "refuse_empty_disk",
           "refuse_no_file", "refuse_special", "shown_path"]  # fmt: skip

MOST_BYTES = 2 << 30
"""The largest text that is read at once, in bytes; tables are checked in blocks, and have no such limit."""
BEGINNING = 1 << 16
"""Bytes that are looked at before the rest is read: a sparse file or a disk image shows itself there."""


def file_bytes(path: Path, shown: str) -> bytes:
    """The content of a text file.

    Raises `UnreadableError` for what is no ordinary file, is larger than `MOST_BYTES`, or holds NUL bytes alone at its
    beginning; OSError where the system does not give it.
    """
    refuse_special(path, shown)
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
        refuse_empty_disk(beginning, shown)
        return beginning + file.read()


def file_text(path: Path) -> str:
    """The content of a file of the package that is a text in UTF-8.

    Raises `UnreadableError`, which names the file, as `file_bytes` does and where it is not UTF-8; OSError where the
    system does not give it.
    """
    shown = shown_path(path)
    try:
        return file_bytes(path, shown).decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError(f"{shown}: not a text in UTF-8; fix: git checkout {shown}") from None


def refuse_empty_disk(beginning: bytes, shown: str) -> None:
    """Raise `UnreadableError` where a file begins with so many NUL bytes as sparse files and disk images do."""
    if len(beginning) >= BEGINNING and not beginning[:BEGINNING].strip(b"\x00"):
        raise UnreadableError(f"{shown}:1: found NUL bytes alone, expected CSV in UTF-8; fix: save the file again")


def real_path(path: Path) -> Path:
    """The path without links; one that leads round in a circle is left as it stands."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def shown_path(path: Path) -> str:
    """A path as findings show it: from the package's root where it lies inside."""
    real = real_path(path)
    return str(real.relative_to(ROOT)) if real.is_relative_to(ROOT) else str(path)


@contextmanager
def readable(shown: str, table: str) -> Generator[None]:
    """Let what the system does not give end in an `UnreadableError` that says so."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableError(f"{shown}: no such file; name a CSV or Parquet file of table {table}") from None
    except OSError as error:
        raise UnreadableError(f"{shown}: cannot be read ({error.strerror or error})") from None


def refuse_special(path: Path, shown: str) -> None:
    """Raise `UnreadableError` for what is no ordinary file or larger than is read; OSError where nothing is there."""
    size = refuse_no_file(path, shown)
    if size > MOST_BYTES:
        raise UnreadableError(f"{shown}: found {size:,} bytes, expected at most {MOST_BYTES:,}; fix: give it in parts")


def refuse_no_file(path: Path, shown: str) -> int:
    """Raise `UnreadableError` for what is no ordinary file; returned is its size in bytes."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise UnreadableError(f"{shown}: found {_kind(about.st_mode)}, expected a file; fix: save it as a file first")
    return about.st_size


def _kind(mode: int) -> str:
    kinds = {stat.S_IFIFO: "a pipe", stat.S_IFDIR: "a folder", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")
