"""Where in a document something stands: places as `kind:which`, one after the other."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["columns", "is_locator"]

KINDS = "p|list|table|row|col|page|figure|section|line|sheet|slide|note|item|box|title|chart|footnote|time"
PLACES = re.compile(rf"({KINDS}):\S.*")
COLUMN = re.compile(rf"\bcol:(\S.*?)(?= (?:{KINDS}):|$)")


def is_locator(text: str) -> bool:
    """Whether a text names places so that pages and tools can read it.

    >>> is_locator("table:1 row:2 col:Kimi"), is_locator("page 3")
    (True, False)
    """
    return PLACES.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)
def columns(text: str) -> str:
    """The words above the columns that a locator names.

    >>> columns("table:1 row:Cloud col:Jun 30, 2025")
    'Jun 30, 2025'
    """
    return " ".join(COLUMN.findall(text)) if "col:" in text else ""
