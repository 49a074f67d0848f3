"""The findings of a build as a table of the release, each with an id that stays from release to release."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

import polars as pl

from canonical.findings import Finding, named_rows
from canonical.table_schema import load_schema
from canonical.text_tables import csv_path, read_rows
from release.package.metadata import version
from release.series.tables import frame_of

__all__ = ["finding_id", "findings_frame", "identified"]


def finding_id(finding: Finding, place: int = 0) -> str:
    """An id from what the finding is about: rule, table, row and column.

    What was found, and what it was held against, is left out: the id outlives a reworded message, a corrected
    neighbour and a new print beside it. `place` tells apart findings that are about the same.
    """
    parts = (finding.rule, finding.table, finding.row_id, finding.column)
    about = "\x1f".join((*parts, str(place)) if place else parts)
    return f"{finding.rule.lower().replace('_', '-')}.{hashlib.sha256(about.encode()).hexdigest()[:10]}"


def identified(findings: Iterable[Finding]) -> list[tuple[str, Finding]]:
    """The findings with their ids, in order of table, row, column and rule; equal ones once."""
    found: list[tuple[str, Finding]] = []
    alike: Counter[str] = Counter()
    for finding in sorted(set(findings), key=lambda finding: finding.sort_key):
        first = finding_id(finding)
        found.append((finding_id(finding, alike[first]), finding))
        alike[first] += 1
    return found


def findings_frame(findings: Iterable[Finding]) -> pl.DataFrame:
    """The findings as rows of table `findings`, in the order of `identified`."""
    first_seen = {row["finding_id"]: row["first_seen_in"] for row in read_rows(csv_path("findings"))}
    rows = (_row(finding, key, first_seen.get(key) or version()) for key, finding in identified(findings))
    return frame_of(load_schema("findings"), rows)


def _row(finding: Finding, key: str, first_seen_in: str) -> dict[str, object]:
    cells: dict[str, object] = {
        column: getattr(finding, column) or None
        for column in (
            "rule", "severity", "status", "row_id", "found", "expected", "message", "fix", "related", "reason",
        )
    }  # fmt: skip
    place = {"table_name": finding.table, "field_name": finding.column or None}
    return cells | place | {"finding_id": key, "rows": len(named_rows(finding)), "first_seen_in": first_seen_in}
