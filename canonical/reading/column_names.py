"""Which column of a table the header of somebody else's file means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

__all__ = ["former_names", "meant_column", "present_names"]

BEFORE, BEHIND = ("", "printed_", "period_"), ("", "_id", "_on")
"""What people leave out of the names of columns."""


def former_names(fields: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What columns were called in earlier releases, which files of others may still call them, with today's names.

    >>> former_names([{"name": "per_unit_id", "formerly": "unit_id"}, {"name": "amount"}])
    {'unit_id': 'per_unit_id'}
    """
    listed = list(fields)
    names = {field["name"] for field in listed}
    return {
        field["formerly"]: field["name"] for field in listed if "formerly" in field and field["formerly"] not in names
    }


def present_names(header: Sequence[str], former: Mapping[str, str]) -> list[str]:
    """A header with today's name in the place of a former one, unless today's stands in it as well."""
    return [former[name] if name in former and former[name] not in header else name for name in header]


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
