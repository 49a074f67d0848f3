"""Say on the error stream how far a long reading has come."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = ["counted"]

Item = TypeVar("Item")
STEP = 100_000


def counted(items: Iterable[Item], what: str) -> Iterator[Item]:
    """The items, with a line for every 100,000 of them and one at the end: `pricing.csv.gz: 200,000 rows`."""
    number = 0
    for number, item in enumerate(items, 1):
        if number % STEP == 0:
            print(f"{what}: {number:,} rows", file=sys.stderr, flush=True)
        yield item
    if number % STEP:
        print(f"{what}: {number:,} rows, all read", file=sys.stderr, flush=True)
