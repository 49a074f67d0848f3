"""Look at the text of a CSV file before its content: encoding, line ends, quotes, the width of every row."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

__all__ = ["CsvShape", "UnreadableError", "counted_shape", "decoded", "parsed_shape", "refuse_rows", "shape_of"]

LONGEST_CELL = 131_072
"""Characters; the limit of Python's own reader, which other libraries lift for the whole process."""

RETURN_ALONE = re.compile(r"\r(?!\n)")
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs"}


class UnreadableError(Exception):
    """The input cannot be read as a table at all; the message is one line for the user."""


@dataclass(frozen=True)
class CsvShape:
    """The rows of a CSV text by their quotes, without their cells.

    `lines` gives the physical line each data row starts on, `odd` the (row number from 1, line, width) of the rows
    whose width is not the header's, `last_line` the number of physical lines.
    """

    header: list[str]
    lines: Sequence[int]
    odd: list[tuple[int, int, int]]
    last_line: int


def decoded(content: bytes, shown: str) -> str:
    """The text of a file. Raises `UnreadableError` unless it is UTF-8 without byte order mark and NUL bytes."""
    if not content.strip():
        raise UnreadableError(f"{shown}: the file is empty; a header row with the table's columns is needed")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(f"{shown}:1: found UTF-16, which is not UTF-8; fix: save the file as CSV UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{shown}:{_line(content, error.start)}: found byte 0x{content[error.start]:02x}, which is not UTF-8 "
            "(GBK perhaps), expected UTF-8; fix: save the file as CSV UTF-8"
        ) from None
    if text.startswith("\ufeff"):
        raise UnreadableError(
            f"{shown}:1: found a byte order mark, expected plain UTF-8; fix: save as UTF-8 without BOM"
        )
    if "\x00" in text:
        raise UnreadableError(
            f"{shown}:{_line(content, content.index(0))}: found a NUL byte (UTF-16 perhaps), expected UTF-8; "
            "fix: save the file as CSV UTF-8"
        )
    return text


def shape_of(text: str, shown: str) -> CsvShape:
    """Header and row widths of a CSV text. Raises `UnreadableError` where its quotes do not close.

    Where every quote closes on its own line, separators are counted at the speed of reading; else, and where
    anything is odd, Python's own reader decides.
    """
    counted = counted_shape(text.encode("utf-8"))
    if counted is not None:
        _refuse_other_separator(counted.header, shown)
        return counted
    return parsed_shape(text, shown)


def parsed_shape(text: str, shown: str) -> CsvShape:
    """The shape as Python's own reader sees it, quotes over several lines included."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    odd: list[tuple[int, int, int]] = []
    start = 1
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        header = next(reader)
        _refuse_other_separator(header, shown)
        start = reader.line_num + 1
        for row in reader:
            lines.append(start)
            if len(row) != len(header):
                odd.append((len(lines), start, len(row)))
            start = reader.line_num + 1
    except csv.Error as error:
        _refuse_quotes(error, start, shown)
    finally:
        csv.field_size_limit(limit)
    return CsvShape(header, lines, odd, reader.line_num)


MOST_QUOTED = 200_000
"""Lines with quotes that are parsed one by one; a file with more is left to the reader as a whole."""


def counted_shape(content: bytes) -> CsvShape | None:
    """The shape of a text whose rows are its lines, from counts of separators; None where that is not sure."""
    if b"\r" in content:
        return None
    data = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    if not content.endswith(b"\n"):
        ends = np.append(ends, len(content))
    starts = np.concatenate(([0], ends[:-1] + 1))
    quotes = _per_line(data, '"', ends)
    quoted = np.flatnonzero(quotes)
    if (quotes % 2).any() or len(quoted) > MOST_QUOTED or (ends - starts).max() >= LONGEST_CELL:
        return None
    widths = _per_line(data, ",", ends) + 1
    widths[ends == starts] = 0
    try:
        for line in quoted:
            (cells,) = csv.reader([content[starts[line] : ends[line]].decode("utf-8")], strict=True)
            widths[line] = len(cells)
        (header,) = csv.reader([content[: ends[0]].decode("utf-8")], strict=True)
    except (csv.Error, ValueError):
        return None
    odd = [(int(row), int(row) + 1, int(widths[row])) for row in np.flatnonzero(widths != len(header))]
    return CsvShape(header, range(2, len(ends) + 1), odd, len(ends))


def _per_line(data: NDArray[np.uint8], byte: str, ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """How often a byte stands in each line."""
    return np.diff(np.searchsorted(np.flatnonzero(data == ord(byte)), ends), prepend=0)


def refuse_rows(text: str, shape: CsvShape, shown: str) -> NoReturn:
    """Say why a fast reader sees other rows than the quotes make: line ends of CR alone, or a stray quote."""
    alone = RETURN_ALONE.search(text)
    if alone:
        raise UnreadableError(
            f"{shown}:{text.count(chr(10), 0, alone.start()) + 1}: found a line end of CR alone, expected LF; "
            "fix: save the file with line ends LF"
        )
    physical = text.split("\n")
    for start, end in zip(shape.lines, [*shape.lines[1:], shape.last_line + 1], strict=True):
        if "\n".join(physical[start - 1 : end - 1]).count('"') % 2:
            raise UnreadableError(
                f"{shown}:{start}: found a single quote inside a cell, expected none or the cell in double quotes; "
                "fix: put the cell in double quotes and double the quote in it"
            )
    raise UnreadableError(f"{shown}: rows and line ends do not agree; fix: put cells with line ends in double quotes")


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _refuse_other_separator(header: list[str], shown: str) -> None:
    for separator, words in OTHER_SEPARATORS.items():
        if len(header) == 1 and separator in header[0]:
            raise UnreadableError(
                f"{shown}:1: found columns separated by {words}, expected commas; fix: save the file as CSV with commas"
            )


def _refuse_quotes(error: csv.Error, line: int, shown: str) -> NoReturn:
    found = "a quote that is not closed, or stands in a quoted cell undoubled"
    if "field limit" in str(error):
        found = f"a cell of more than {LONGEST_CELL:,} characters, or a quote that is not closed"
    raise UnreadableError(
        f"{shown}:{line}: found {found}, expected a row of cells; "
        "fix: close every quote, double the quotes in a cell, shorten the cell"
    ) from None
