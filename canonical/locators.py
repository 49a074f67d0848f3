"""Where in a document something stands: places as `kind:which`, one after the other."""

from __future__ import annotations

import re

__all__ = ["is_locator"]

PLACES = re.compile(
    r"(p|list|table|row|col|page|figure|section|line|sheet|slide|note|item|box|title|chart|footnote|time):\S.*"
)


def is_locator(text: str) -> bool:
    """Whether a text names places so that pages and tools can read it.

    >>> is_locator("table:1 row:2 col:Kimi"), is_locator("page 3")
    (True, False)
    """
    return PLACES.fullmatch(text) is not None
