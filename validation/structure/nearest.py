"""What a mistyped code was probably meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from canonical.findings import Finding

__all__ = ["nearest_of", "with_nearest"]

MOST_LOOKED_UP = 20
"""So many different cells are compared with all codes; a column that is wrong throughout needs no hints."""


def with_nearest(findings: Sequence[Finding], codes: Sequence[str]) -> list[Finding]:
    """Findings on unknown codes, each with the nearest of `codes` in what is expected, where one is near."""
    cells = list(dict.fromkeys(finding.found for finding in findings))[:MOST_LOOKED_UP]
    by_folded = _folded(codes)
    nearest = {cell: _nearest(cell, by_folded) for cell in cells} if codes else {}
    return [
        replace(finding, expected=f"{finding.expected}; nearest is {nearest[finding.found]}")
        if nearest.get(finding.found)
        else finding
        for finding in findings
    ]


def nearest_of(name: str, names: Sequence[str]) -> str:
    """The name among `names` that a mistyped one was probably meant to be, `` where none is near."""
    return _nearest(name, _folded(names))


def _folded(codes: Sequence[str]) -> dict[str, str]:
    return {code.casefold(): code for code in sorted(codes, reverse=True)}


def _nearest(cell: str, by_folded: dict[str, str]) -> str:
    """The code most like one of the items of a cell that is none, `` where none is near."""
    for item in cell.split() or [cell]:
        if item not in by_folded.values():
            found = get_close_matches(item.strip().casefold(), by_folded, n=1, cutoff=0.75)
            return by_folded[found[0]] if found else ""
    return by_folded.get(cell.strip().casefold(), "")
