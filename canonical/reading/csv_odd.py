"""Text on which readers of CSV may differ: read as Python's own reader takes it, or refused with its line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from itertools import pairwise
from typing import NoReturn

from canonical.reading.content import BEGINNING
from canonical.reading.csv_records import last_end
from canonical.reading.csv_shape import LONGEST_CELL, RETURN_ALONE, refuse_quotes
from canonical.reading.encodings import UnreadableError, decoded, refuse_other_kinds, text_of

__all__ = ["LONGEST_RECORD", "read_odd", "text_at_once", "whole_letters"]

LONGEST_RECORD = 16 << 20
"""Bytes in which a record must end: a quote that is not closed would else run through the whole file."""


def read_odd(content: bytes, before: int, shown: str) -> tuple[list[list[str]], list[int]]:
    """The rows of a text as Python's own reader takes them, and the line on which each begins.

    Raises `UnreadableError` where other readers take it otherwise: a single quote in a cell, line ends of CR alone.
    """
    text = text_of(content, shown, before)
    csv.field_size_limit(LONGEST_CELL)  # one for the whole process, which another library may have widened
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
        refuse_quotes(error, before + start, shown)
    _refuse_strays(text, [*at, start], before, shown)
    return rows, [before + line for line in at]


def text_at_once(content: bytes, shown: str) -> str:
    """The text of a CSV file that is read at once, which takes several times its bytes.

    Raises `UnreadableError` as `decoded` does and, before a text is made of the file, where a record is longer than
    `LONGEST_RECORD`: a quote that is not closed, or a cell beyond all measure.
    """
    refuse_other_kinds(content[:BEGINNING], shown)
    start = line = 0
    while len(content) - start > LONGEST_RECORD:
        stretch = content[start : start + LONGEST_RECORD]
        end = last_end(stretch)
        if not end:
            read_odd(whole_letters(stretch), line, shown)
            _refuse(shown, line + 1, f"a record of more than {LONGEST_RECORD:,} bytes, expected a row of cells",
                    "close every quote, shorten the cells")  # fmt: skip
        start, line = start + end, line + stretch.count(b"\n", 0, end)
    return decoded(content, shown)


def whole_letters(content: bytes) -> bytes:
    """A text in UTF-8 that was cut off, without the part of a letter at its end."""
    end = len(content)
    while end and content[end - 1] & 0xC0 == 0x80:
        end -= 1
    return content[: end - 1] if end and content[end - 1] >= 0xC0 else content


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
