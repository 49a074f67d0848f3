"""Text on which readers of CSV may differ: read as Python's own reader takes it, or refused with its line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from itertools import pairwise
from typing import NoReturn

from canonical.reading.csv_shape import LONGEST_CELL, RETURN_ALONE, refuse_quotes
from canonical.reading.encodings import UnreadableError, text_of

__all__ = ["read_odd"]


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
