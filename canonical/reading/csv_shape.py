"""Look at the text of a CSV file before its content: encoding, line ends, quotes, the width of every row."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import NoReturn

import polars as pl

from canonical.reading.encodings import MARK, UnreadableError

__all__ = [
    "LONGEST_CELL",
    "CsvShape",
    "counted_shape",
    "parsed_shape",
    "refuse_odd_text",
    "refuse_other_separator",
    "refuse_quotes",
    "refuse_rows",
    "shape_of",
]

LONGEST_CELL = 131_072
"""Characters; the limit of Python's own reader, which other libraries lift for the whole process."""

RECORDS = re.compile(r'(?:(?:"(?:[^"]|"")*+"|[^",\r\n]*+)(?:,|\r?\n|\Z))*+')
"""Text that every reader takes alike: a cell stands in quotes as a whole or has none, a row ends in LF or CR LF."""
LINES = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""Lines with their ends, to be taken one at a time: a file made of the text would take four bytes a letter."""
RETURN_ALONE = re.compile(r"\r(?!\n)")
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}


SHORT = 1 << 15
"""Bytes of a text that Python's own reader has read before a query over its lines has begun."""


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


def shape_of(content: bytes, text: str, shown: str) -> CsvShape:
    """Header and row widths of a CSV file, of which `text` is the decoded content.

    Raises `UnreadableError` where its quotes do not close. Where a text is long and every quote closes on its own line,
    separators are counted at the speed of reading; else, and where anything is odd, Python's own reader decides.
    """
    counted = counted_shape(content.removeprefix(MARK)) if len(content) > SHORT else None
    if counted is not None:
        refuse_other_separator(counted.header, shown)
        return counted
    return parsed_shape(text, shown)


def parsed_shape(text: str, shown: str) -> CsvShape:
    """The shape as Python's own reader sees it, quotes over several lines included."""
    reader = csv.reader((found[0] for found in LINES.finditer(text)), strict=True)
    lines: list[int] = []
    odd: list[tuple[int, int, int]] = []
    start = 1
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        header = next(reader)
        refuse_other_separator(header, shown)
        start = reader.line_num + 1
        for row in reader:
            lines.append(start)
            if len(row) != len(header):
                odd.append((len(lines), start, len(row)))
            start = reader.line_num + 1
    except csv.Error as error:
        refuse_quotes(error, start, shown)
    finally:
        csv.field_size_limit(limit)
    return CsvShape(header, lines, odd, reader.line_num)


MOST_QUOTED = 200_000
"""Lines with quotes that are parsed one by one; a file with more is left to the reader as a whole."""


def counted_shape(content: bytes) -> CsvShape | None:
    """The shape of a text whose rows are its lines, from counts of separators; None where that is not sure."""
    if b"\r" in content:
        return None
    lines = pl.scan_lines(BytesIO(content), name="line")
    line = pl.col("line")
    counted = lines.select(
        pl.when(line == "").then(0).otherwise(line.str.count_matches(",", literal=True) + 1).alias("width"),
        line.str.count_matches('"', literal=True).alias("quotes"),
        line.str.len_bytes().alias("bytes"),
    ).collect()
    quotes = counted.get_column("quotes")
    quoted = quotes.gt(0).arg_true()
    if (quotes % 2 == 1).any() or len(quoted) > MOST_QUOTED or (counted.get_column("bytes") >= LONGEST_CELL).any():
        return None
    widths = counted.get_column("width")
    try:
        (header,) = csv.reader([content.partition(b"\n")[0].decode("utf-8")], strict=True)
        if len(quoted):
            texts = lines.filter(line.str.contains('"', literal=True)).collect().to_series()
            parsed = [len(next(csv.reader([text], strict=True))) for text in texts]
            widths = widths.scatter(quoted, parsed)
    except (csv.Error, ValueError, StopIteration):
        return None
    places = (widths != len(header)).arg_true().to_list()
    odd = [(place, place + 1, widths[place]) for place in places if place]
    return CsvShape(header, range(2, counted.height + 1), odd, counted.height)


def refuse_odd_text(text: str, shown: str) -> None:
    """Raise `UnreadableError` where readers differ on a text: a quote inside a cell, a line end of CR alone."""
    records = RECORDS.match(text)
    end = records.end() if records else 0
    if end == len(text):
        return
    line = text.count("\n", 0, end) + 1
    if text[end] == "\r":
        raise UnreadableError(
            f"{shown}:{line}: found a line end of CR alone, expected LF; fix: save the file with line ends LF"
        )
    raise UnreadableError(
        f"{shown}:{line}: found a quote inside a cell, expected none or the whole cell in double quotes; "
        "fix: put the cell in double quotes and double the quote in it"
    )


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


def refuse_other_separator(header: list[str], shown: str) -> None:
    for separator, words in OTHER_SEPARATORS.items():
        if len(header) == 1 and separator in header[0]:
            raise UnreadableError(
                f"{shown}:1: found columns separated by {words}, expected commas; fix: save the file as CSV with commas"
            )


def refuse_quotes(error: csv.Error, line: int, shown: str) -> NoReturn:
    found = "a quote that is not closed, or stands in a quoted cell undoubled"
    if "field limit" in str(error):
        found = f"a cell of more than {LONGEST_CELL:,} characters, or a quote that is not closed"
    raise UnreadableError(
        f"{shown}:{line}: found {found}, expected a row of cells; "
        "fix: close every quote, double the quotes in a cell, shorten the cell"
    ) from None
