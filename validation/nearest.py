"""What a mistyped code was probably meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from validation.findings import Finding

__all__ = ["with_nearest"]

MOST_LOOKED_UP = 20
"""So many different cells are compared with all codes; a column that is wrong throughout needs no hints."""


def with_nearest(findings: Sequence[Finding], codes: Sequence[str]) -> list[Finding]:
    """Findings on unknown codes, each with the nearest of `codes` in what is expected, where one is near."""
    cells = list(dict.fromkeys(finding.found for finding in findings))[:MOST_LOOKED_UP]
    by_folded = {code.casefold(): code for code in sorted(codes, reverse=True)}
    nearest = {cell: _nearest(cell, by_folded) for cell in cells} if codes else {}
    return [
        replace(finding, expected=f"{finding.expected}; nearest is {nearest[finding.found]}")
        if nearest.get(finding.found)
        else finding
        for finding in findings
    ]


def _nearest(cell: str, by_folded: dict[str, str]) -> str:
    """The code most like one of the items of a cell that is none, `` where none is near."""
    for item in cell.split() or [cell]:
        if item not in by_folded.values():
            found = get_close_matches(item.strip().casefold(), by_folded, n=1, cutoff=0.75)
            return by_folded[found[0]] if found else ""
    return by_folded.get(cell.strip().casefold(), "")
