"""Open the text files that an upstream ships, and say clearly when one is not what its adapter knows."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from canonical.reading.encodings import UnreadableError

__all__ = ["AS_SHIPPED", "UpstreamError", "existing_file", "open_text", "shown"]

MOST_BYTES = 256 * 1024 * 1024
"""Longest text that is read, unpacked; five times the longest upstream there is."""
SHOWN = 60
AS_SHIPPED = "give the file as its upstream ships it, or teach the adapter its new form (docs/development/adapters.md)"


class UpstreamError(UnreadableError):
    """An upstream that cannot be read as its adapter expects: names the file and the field, and how to go on."""

    def __init__(self, text: str, fix: str = AS_SHIPPED) -> None:
        super().__init__(text)
        self.fix = fix


def existing_file(path: Path) -> Path:
    """The path itself; UpstreamError unless it is a file."""
    if path.is_dir():
        raise UpstreamError(f"{path}: found a folder, expected a file", "name a file in it")
    if not path.is_file():
        raise UpstreamError(f"{path}: no such file", "name a file that is there")
    return path


@contextmanager
def open_text(path: Path) -> Generator[TextIO]:
    """A text file as UTF-8, unpacked on the fly where its name ends in `.gz`; UpstreamError where it is none."""
    existing_file(path)
    packed = path.suffix == ".gz"
    try:
        with (gzip.open if packed else open)(path, "rb") as file:
            counted = io.BufferedReader(_Bounded(cast(BinaryIO, file), path))
            yield io.TextIOWrapper(counted, encoding="utf-8", newline="")
    except UnicodeDecodeError:
        raise UpstreamError(f"{path}: not UTF-8 text") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise UpstreamError(f"{path}: not a whole gzip file") from None
    except csv.Error as error:
        raise UpstreamError(f"{path}: not CSV ({error})") from None


def shown(value: object) -> str:
    """A value as it may stand in a line: quoted, its unprintable letters escaped, long ones cut.

    >>> shown("a\\rb"), len(shown("9" * 400))
    ("'a\\\\rb'", 60)
    """
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 2]}…{text[-1]}"


class _Bounded(io.RawIOBase):
    """Reads another file on, and refuses it where it turns out longer than any upstream is."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self.file = file
        self.path = path
        self.read_so_far = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        chunk = self.file.read(len(buffer))
        self.read_so_far += len(chunk)
        if self.read_so_far > MOST_BYTES:
            raise UpstreamError(f"{self.path}: longer than {MOST_BYTES // 1024**2} MB of text")
        buffer[: len(chunk)] = chunk
        return len(chunk)
