"""Read a CSV file of any size block by block: whole records each, cells by their different values, nothing repaired."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any, cast

import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

from canonical.reading.arrow_columns import Dictionaries, series_of_arrow, whole_array
from canonical.reading.coded import Block, Coded, coded
from canonical.reading.column_names import present_names
from canonical.reading.content import BEGINNING, refuse_empty_disk, refuse_no_file
from canonical.reading.csv_odd import LONGEST_RECORD, read_odd, whole_letters
from canonical.reading.csv_records import last_end, records_of, with_more
from canonical.reading.csv_shape import refuse_other_separator
from canonical.reading.encodings import MARK, UnreadableError, refuse_other_kinds, text_of

__all__ = ["BLOCK", "CsvFile", "Ragged"]

BLOCK = 32 << 20
"""Bytes of a block; some five times as many are held while it is checked."""
MOST_LINES = 1 << 18
"""Lines of a block: one of blank lines alone would hold as many rows as bytes."""
STRETCH = 4 << 20
"""Bytes that Arrow reads at a time: they and their codes stay in the cache of the processor."""
LEAST_SINGULAR = 0.5
"""Different values a row of a column whose values are not looked for twice."""
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Ragged:
    """A block with rows of another width than the header: (row of the block from 1, line, width), of `height` rows."""

    height: int
    odd: Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class _Lines:
    """Whole records of a file, up to the place `end` of some bytes, and how many lines stand before them."""

    content: bytes | bytearray
    before: int
    end: int

    @property
    def text(self) -> bytes:
        """The records by themselves."""
        return bytes(self.content[: self.end])


@dataclass
class CsvFile:
    """A CSV file, plain or gzipped, read in blocks of some bytes, with empty cells for the texts `missing`.

    `shown` is its name in messages, `former` what columns were called once.

    Its members raise `UnreadableError` where the content is no CSV in UTF-8, OSError where the system does not give it.
    """

    path: Path
    shown: str
    missing: tuple[str, ...] = ()
    block: int = BLOCK
    former: Mapping[str, str] = field(default_factory=dict[str, str])

    is_text = True

    @cached_property
    def header(self) -> list[str]:
        """The names of the columns."""
        refuse_no_file(self.path, self.shown)
        with self.path.open("rb") as raw, self._unpacked(raw) as file:
            return self._header(self._first_record(file))

    def blocks(self) -> Iterator[Callable[[], Block | Ragged]]:
        """The blocks in order, each as what reads it: it may be called in another thread."""
        refuse_no_file(self.path, self.shown)
        with self.path.open("rb") as raw, self._unpacked(raw) as file:
            header = self._first_record(file)
            columns = _Columns(self.header, self.missing)
            for lines in self._lines(file, header.count(b"\n")):
                yield partial(_block_of, lines, columns, self.shown)

    def _first_record(self, file: IO[bytes]) -> bytes:
        """The header, behind which the file is left; what is no text at all is refused."""
        beginning = file.read(BEGINNING)
        refuse_empty_disk(beginning, self.shown)
        refuse_other_kinds(beginning, self.shown)
        first, end = _parted(beginning)
        while end == len(beginning) and not first.endswith(b"\n") and (more := file.read(BEGINNING)):
            beginning += more
            first, end = _parted(beginning)
            if end > LONGEST_RECORD:
                break
        file.seek(end)
        return first.removeprefix(MARK)

    def _header(self, content: bytes) -> list[str]:
        rows, _ = read_odd(content, 0, self.shown)
        header = rows[0] if rows else []
        refuse_other_separator(header, self.shown)
        return present_names(header, self.former)

    def _lines(self, file: IO[bytes], before: int) -> Iterator[_Lines]:
        """What is left of a file in stretches that end with a record; `before` lines stand before the first."""
        rest: bytes | bytearray = b""
        while len(content := with_more(file, rest, self._room(file))) > len(rest):
            end = last_end(content)
            if not end and len(content) > LONGEST_RECORD:
                read_odd(whole_letters(bytes(content[:LONGEST_RECORD])), before, self.shown)
                end = len(content)
            while end:
                end, count = _end_of_few(content, end)
                yield _Lines(content, before, end)
                before += count
                content = content[end:]
                end = last_end(content) if content.count(b"\n") > MOST_LINES else 0
            rest = content
        if rest:
            yield _Lines(rest, before, len(rest))

    def _room(self, file: IO[bytes]) -> int:
        """How many bytes to read next: room for more than there are takes time to clear."""
        is_packed = isinstance(file, gzip.GzipFile)
        return self.block if is_packed else min(self.block, max(self.path.stat().st_size - file.tell(), 0) + 1)

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


def _end_of_few(content: bytes | bytearray, end: int) -> tuple[int, int]:
    """The end of records in a stretch, in its first lines where a block may not hold all, and their number of lines."""
    while (count := content.count(b"\n", 0, end)) > MOST_LINES and (less := last_end(content[: end // 2])):
        end = less
    return end, count


def _parted(content: bytes) -> tuple[bytes, int]:
    """The first record of a text, and the place where it ends."""
    end = content.find(b"\n")
    while end >= 0 and content.count(b'"', 0, end) % 2:
        end = content.find(b"\n", end + 1)
    return (content, len(content)) if end < 0 else (content[: end + 1], end + 1)


@dataclass(frozen=True)
class _Columns:
    """How the columns of a file are read, with empty cells for the texts `missing`.

    `singular` are the places of those whose values do not repeat, as blocks before have shown: they are read as texts,
    others by their different values, which `dictionaries` list for all blocks where they are few.
    """

    header: Sequence[str]
    missing: tuple[str, ...]
    singular: set[int] = field(default_factory=set[int])
    dictionaries: Dictionaries = field(default_factory=Dictionaries)

    def of(self, lines: _Lines) -> list[Coded] | None:
        """The columns as Arrow reads them, None where the rows are not of the width of the header or no UTF-8."""
        names = [str(place) for place in range(len(self.header))]
        kinds = {
            name: pa.string() if place in self.singular else pa.dictionary(pa.int32(), pa.string())
            for place, name in enumerate(names)
        }
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(pa.py_buffer(lines.content).slice(0, lines.end)),
                read_options=arrow_csv.ReadOptions(
                    column_names=names, block_size=min(lines.end + 1, STRETCH), use_threads=False
                ),
                parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=kinds, strings_can_be_null=bool(self.missing), null_values=list(self.missing)
                ),
            )
        except pa.ArrowInvalid:
            return None
        return [self._coded(name, whole_array(column)) for name, column in zip(names, table.columns, strict=True)]

    def _coded(self, name: str, column: Any) -> Coded:
        if not pa.types.is_dictionary(column.type):
            return Coded(series_of_arrow(column))
        if len(column.dictionary) > LEAST_SINGULAR * len(column):
            self.singular.add(int(name))
        return self.dictionaries.of(name, column.dictionary).coded(column)


def _block_of(lines: _Lines, columns: _Columns, shown: str) -> Block | Ragged:
    """Some lines as a block; where readers may differ on them, Python's own reader decides."""
    if lines.content.find(b"\x00", 0, lines.end) >= 0:
        text_of(lines.text, shown, lines.before)
    records = records_of(lines.content, lines.end)
    numbers, header = records.starts, columns.header
    # Arrow takes a byte order mark at the beginning of a block away, as if a file began there.
    is_plain = records.is_plain and len(header) > 1 and not lines.content.startswith(MARK)
    cells = columns.of(lines) if is_plain else None
    if cells is None or len(cells[0]) != len(numbers):
        return _slow_block(lines, header, columns.missing, shown)
    first = lines.before + 1
    at = range(first, first + len(numbers)) if isinstance(numbers, range) else [first + n for n in numbers]
    return Block(dict(zip(header, cells, strict=True)), len(numbers), lines=at, missing=columns.missing)


def _slow_block(lines: _Lines, header: Sequence[str], missing: tuple[str, ...], shown: str) -> Block | Ragged:
    rows, at = read_odd(lines.text, lines.before, shown)
    odd = [
        (row, line, len(cells)) for row, (cells, line) in enumerate(zip(rows, at, strict=True), 1)
        if len(cells) != len(header)
    ]  # fmt: skip
    if odd:
        return Ragged(len(rows), odd)
    texts = (
        [None if cell in missing else cell for cell in column]
        for column in (zip(*rows, strict=True) if rows else ([] for _ in header))
    )
    cells = {name: coded(pl.Series(column, dtype=pl.String)) for name, column in zip(header, texts, strict=True)}
    return Block(cells, len(rows), lines=at, missing=missing)
