"""The one way a table becomes CSV text: every cell quoted that some reader would split, trim or lose otherwise."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

__all__ = ["csv_lines"]

CHUNK = 1024
"""Rows that are looked through at a time."""
DIVIDES = re.compile(r"[^\S\n](?:(?<=[,\n].)|(?=[,\n])|(?<=[\r\v\f\x1c-\x1e\x85\u2028\u2029]))", re.DOTALL)
"""A blank at the edge of a cell, or a line end that some reader knows besides LF."""
QUOTED = re.compile(r'[",\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|^\s|\s$')


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as records of CSV that end in LF, some rows at a time.

    Cells with commas, quotes, blanks at an edge or any kind of line end stand in double quotes. Python's own writer
    leaves a lone CR bare, which ends the row for other readers.
    """
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        text = _written(chunk)
        yield "".join(map(_quoted, chunk)) if DIVIDES.search(f"\n{text}") else text


def _written(rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _quoted(row: Sequence[str]) -> str:
    if list(row) == [""]:
        return '""\n'  # a blank line is no row
    cells = ('"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell for cell in row)
    return ",".join(cells) + "\n"
