"""Which column of a table the header of somebody else's file means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

__all__ = ["meant_column"]

BEFORE, BEHIND = ("", "printed_", "period_"), ("", "_id", "_on")
"""What people leave out of the names of columns."""


def meant_column(header: str, columns: Sequence[str]) -> str:
    """The column that a header was probably meant to be, the empty text where none is near.

    >>> columns = ["entity_id", "period_end", "printed_value", "printed_unit_id"]
    >>> [meant_column(header, columns) for header in ("Entity ID", "End", "Value", "unit", "colour")]
    ['entity_id', 'period_end', 'printed_value', 'printed_unit_id', '']
    """
    plain = re.sub(r"[^0-9a-z]+", "_", header.casefold()).strip("_")
    for name in (f"{before}{plain}{behind}" for before in BEFORE for behind in BEHIND):
        if name in columns:
            return name
    return next(iter(get_close_matches(plain, columns, n=1, cutoff=0.8)), "")
