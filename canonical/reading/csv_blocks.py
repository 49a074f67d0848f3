"""Read a CSV file of any size block by block: whole records each, cells by their different values, nothing repaired."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, NoReturn, cast

import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

from canonical.reading.coded import Block, Coded, coded
from canonical.reading.content import refuse_empty_disk, refuse_no_file
from canonical.reading.csv_records import last_end, records_of
from canonical.reading.csv_shape import RETURN_ALONE, refuse_other_separator, refuse_quotes
from canonical.reading.encodings import MARK, UnreadableError, refuse_other_kinds, text_of

__all__ = ["BLOCK", "CsvFile", "Ragged"]

BLOCK = 16 << 20
"""Bytes of a block; some five times as many are held while it is checked."""
LONGEST_RECORD = 64 << 20
"""Bytes in which a record must end: a quote that is not closed would else run through the whole file."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Ragged:
    """A block with rows of another width than the header: (row of the block from 1, line, width), of `height` rows."""

    height: int
    odd: Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class _Lines:
    """Whole records of a file, and how many lines stand before them."""

    content: bytes
    before: int


@dataclass
class CsvFile:
    """A CSV file, plain or gzipped, read in blocks of some bytes. `shown` is its name in messages.

    Its members raise `UnreadableError` where the content is no CSV in UTF-8, OSError where the system does not give it.
    """

    path: Path
    shown: str
    block: int = BLOCK

    is_text = True

    @cached_property
    def header(self) -> list[str]:
        """The names of the columns."""
        return self._header(next(self._lines(), _Lines(b"", 0)).content)

    def blocks(self) -> Iterator[Callable[[], Block | Ragged]]:
        """The blocks in order, each as what reads it: it may be called in another thread."""
        for lines in self._lines():
            if lines.before == 0:
                _, first = _parted(lines.content)
                content = lines.content[first:]
                lines = _Lines(content, lines.content.count(b"\n", 0, first))
            if lines.content:
                yield partial(_block_of, lines, self.header, self.shown)

    def _header(self, content: bytes) -> list[str]:
        text = text_of(_parted(content)[0], self.shown)
        try:
            header = next(csv.reader(StringIO(text, newline=""), strict=True), [])
        except csv.Error as error:
            refuse_quotes(error, 1, self.shown)
        refuse_other_separator(header, self.shown)
        return header

    def _lines(self) -> Iterator[_Lines]:
        """The file in stretches that end with a record, the first of which begins with the header."""
        refuse_no_file(self.path, self.shown)
        with self.path.open("rb") as raw, self._unpacked(raw) as file:
            rest, before, is_first = b"", 0, True
            while chunk := file.read(self.block):
                content = rest + chunk
                if is_first:
                    refuse_empty_disk(content, self.shown)
                    refuse_other_kinds(content, self.shown)
                    content, is_first = content.removeprefix(MARK), False
                end = last_end(content)
                if not end and len(content) > LONGEST_RECORD:
                    _read_odd(_Lines(content, before), self.shown)
                    end = len(content)
                if end:
                    yield _Lines(content[:end], before)
                    before += content.count(b"\n", 0, end)
                rest = content[end:]
            if is_first:
                refuse_other_kinds(b"", self.shown)
            if rest:
                yield _Lines(rest, before)

    @contextmanager
    def _unpacked(self, raw: IO[bytes]) -> Generator[IO[bytes]]:
        """The file, unpacked where it is gzipped."""
        is_packed = raw.read(2) == GZIP
        raw.seek(0)
        if not is_packed:
            yield raw
            return
        try:
            with gzip.open(raw) as file:
                yield cast("IO[bytes]", file)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise UnreadableError(
                f"{self.shown}: found a gzip archive that is cut off or damaged, expected CSV in UTF-8; "
                "fix: pack the file again"
            ) from None


def _parted(content: bytes) -> tuple[bytes, int]:
    """The first record of a text, and the place where it ends."""
    end = content.find(b"\n")
    while end >= 0 and content.count(b'"', 0, end) % 2:
        end = content.find(b"\n", end + 1)
    return (content, len(content)) if end < 0 else (content[: end + 1], end + 1)


def _block_of(lines: _Lines, header: Sequence[str], shown: str) -> Block | Ragged:
    """Some lines as a block; where readers may differ on them, Python's own reader decides."""
    if b"\x00" in lines.content:
        text_of(lines.content, shown, lines.before)
    records = records_of(lines.content)
    numbers = records.starts
    columns = _fast_columns(lines.content, header) if records.is_plain and len(header) > 1 else None
    if columns is None or len(columns[0]) != len(numbers):
        return _slow_block(lines, header, shown)
    first = lines.before + 1
    at = range(first, first + len(numbers)) if isinstance(numbers, range) else [first + n for n in numbers]
    return Block(dict(zip(header, columns, strict=True)), len(numbers), lines=at)


def _fast_columns(content: bytes, header: Sequence[str]) -> list[Coded] | None:
    """The columns as Arrow reads them, None where the rows are not of the width of the header or no UTF-8."""
    names = [str(place) for place in range(len(header))]
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(content),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=len(content) + 1, use_threads=False),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [coded_of_arrow(column.combine_chunks()) for column in table.columns]


def coded_of_arrow(column: Any) -> Coded:
    """A column of Arrow by its different values."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    values, codes = pl.Series(column.dictionary), pl.Series(column.indices)
    return Coded(values.cast(pl.String), codes.cast(pl.UInt32))


def _slow_block(lines: _Lines, header: Sequence[str], shown: str) -> Block | Ragged:
    rows, at = _read_odd(lines, shown)
    odd = [
        (row, line, len(cells)) for row, (cells, line) in enumerate(zip(rows, at, strict=True), 1)
        if len(cells) != len(header)
    ]  # fmt: skip
    if odd:
        return Ragged(len(rows), odd)
    columns = zip(*rows, strict=True) if rows else ([] for _ in header)
    cells = {
        name: coded(pl.Series(list(column), dtype=pl.String)) for name, column in zip(header, columns, strict=True)
    }
    return Block(cells, len(rows), lines=at)


def _read_odd(lines: _Lines, shown: str) -> tuple[list[list[str]], list[int]]:
    """The rows of a text as Python's own reader takes them, and the line on which each begins.

    Raises `UnreadableError` where other readers take it otherwise: a single quote in a cell, line ends of CR alone.
    """
    text = text_of(lines.content, shown, lines.before)
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    at: list[int] = []
    start = 1
    try:
        for row in reader:
            rows.append(row)
            at.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        refuse_quotes(error, lines.before + start, shown)
    _refuse_strays(text, [*at, start], lines.before, shown)
    return rows, [lines.before + line for line in at]


def _refuse_strays(text: str, starts: Sequence[int], before: int, shown: str) -> None:
    alone = RETURN_ALONE.search(text)
    if alone and text.count('"', 0, alone.start()) % 2 == 0:
        _refuse(shown, before + text.count("\n", 0, alone.start()) + 1, "a line end of CR alone, expected LF",
                "save the file with line ends LF")  # fmt: skip
    physical = text.split("\n")
    for start, end in pairwise(starts):
        if "\n".join(physical[start - 1 : end - 1]).count('"') % 2:
            _refuse(shown, before + start, "a single quote inside a cell, expected none or the cell in double quotes",
                    "put the cell in double quotes and double the quote in it")  # fmt: skip


def _refuse(shown: str, line: int, found: str, fix: str) -> NoReturn:
    raise UnreadableError(f"{shown}:{line}: found {found}; fix: {fix}")
