"""Accept the known problems of sources, and say when an accepted one no longer fires."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from validation.findings import Finding
from validation.text_tables import Row, read_rows

__all__ = ["COLUMNS", "PATH", "accept", "mark_accepted"]

PATH = Path(__file__).with_name("known_issues.csv")
COLUMNS = ("rule", "row_id", "expect", "reason", "status")


def accept(findings: list[Finding], entries: list[Row] | None = None) -> list[Finding]:
    """The findings, those of a known issue with status `accepted` and its reason; stale entries as errors.

    An entry names a rule and a row and what the finding must say (`expect`, a part of what was found,
    expected or the message): once the source or the rule changes, the entry no longer fires and has to go.
    """
    entries = read_rows(PATH) if entries is None else entries
    return mark_accepted(findings, entries) + _stale(findings, entries)


def mark_accepted(findings: list[Finding], entries: list[Row] | None = None) -> list[Finding]:
    """The findings, those of a known issue accepted; for a part of the package, where other entries cannot fire."""
    entries = read_rows(PATH) if entries is None else entries
    marked: list[Finding] = []
    for finding in findings:
        entry = next((entry for entry in entries if _meets(entry, finding)), None)
        marked.append(replace(finding, status="accepted", reason=entry["reason"]) if entry else finding)
    return marked


def _stale(findings: list[Finding], entries: list[Row]) -> list[Finding]:
    return [
        Finding(
            "V.stale_acceptance",
            "error",
            "known_issues",
            row_id=entry["row_id"],
            row_number=number,
            line_number=number + 1,
            column="expect",
            found=entry["expect"],
            expected=f"a finding of rule {entry['rule']}",
            message="the accepted finding no longer fires",
            fix="delete the entry",
            file="validation/known_issues.csv",
        )
        for number, entry in enumerate(entries, start=1)
        if not any(_meets(entry, finding) for finding in findings)
    ]


def _meets(entry: Row, finding: Finding) -> bool:
    said = (finding.found, finding.expected, finding.message)
    same = entry["rule"] == finding.rule and entry["row_id"] == finding.row_id
    # An entry that expects nothing in particular would accept whatever the rule finds next.
    return same and bool(entry["expect"]) and any(entry["expect"] in part for part in said)
