"""Say on the error stream how far a long reading has come, to who sits at a terminal, and what everybody must know."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = ["counted", "note", "one_line", "tell"]

Item = TypeVar("Item")
STEP = 100_000
LONGEST = 600


def counted(items: Iterable[Item], what: str) -> Iterator[Item]:
    """The items, with a line for every 100,000 of them and one at the end: `pricing.csv.gz: 200,000 rows`."""
    number = 0
    for number, item in enumerate(items, 1):
        if number % STEP == 0:
            note(f"{what}: {number:,} rows")
        yield item
    if number % STEP:
        note(f"{what}: {number:,} rows, all read")


def note(text: str) -> None:
    """A line on the progress of the work, where the error stream is a terminal."""
    if sys.stderr.isatty():
        tell(text)


def tell(text: str) -> None:
    """A line on the error stream."""
    print(one_line(text), file=sys.stderr, flush=True)


def one_line(text: str) -> str:
    """The text on one line, whatever stands in it: letters that cannot be printed escaped, the end cut off.

    >>> one_line("a\\nb\\x1b")
    'a\\\\nb\\\\x1b'
    """
    cut = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in cut)
