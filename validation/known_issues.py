"""Accept the known problems of sources, and say when an accepted one no longer fires."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from canonical.findings import Finding
from canonical.text_tables import Row, rows_with

__all__ = ["COLUMNS", "PATH", "accept", "are_accepted", "mark_accepted"]

PATH = Path(__file__).with_name("known_issues.csv")
COLUMNS = ("rule", "row_id", "found", "expect", "reason", "status")
GUARDS = ("found", "expect")


def accept(findings: list[Finding], entries: list[Row] | None = None) -> list[Finding]:
    """The findings, those of a known issue with status `accepted` and its reason; entries in vain as errors.

    An entry names a rule and a row and repeats what the finding says was `found` and expected (`expect`), both in
    full: once the print, its inputs or the rule change, the entry no longer fires and has to go.
    """
    entries = _entries() if entries is None else entries
    return mark_accepted(findings, entries) + _in_vain(findings, entries)


def mark_accepted(findings: list[Finding], entries: list[Row] | None = None) -> list[Finding]:
    """The findings, those of a known issue accepted; for a part of the package, where other entries cannot fire."""
    entries = _entries() if entries is None else entries
    reasons = {_named(entry): entry["reason"] for entry in reversed(entries) if all(entry[guard] for guard in GUARDS)}
    return [
        finding if reason is None else replace(finding, status="accepted", reason=reason)
        for finding, reason in ((finding, reasons.get(_said(finding))) for finding in findings)
    ]


def are_accepted(published: list[Row]) -> bool:
    """Whether each published finding is still accepted by an entry."""
    accepted = set(map(_named, _entries()))
    return all((row["rule"], row["row_id"], row["found"], row["expected"]) in accepted for row in published)


def _entries() -> list[Row]:
    return rows_with(PATH, COLUMNS, "git checkout validation/known_issues.csv")


def _in_vain(findings: list[Finding], entries: list[Row]) -> list[Finding]:
    """An error for each entry that accepts nothing: one that leaves a guard open, or fits no finding."""
    errors: list[Finding] = []
    said = set(map(_said, findings))
    for number, entry in enumerate(entries, start=1):
        open_guard = next((guard for guard in GUARDS if not entry[guard]), None)
        if open_guard:
            message, fix = "the entry would accept any other finding on the row", "copy the cell from the finding"
            errors.append(_error(entry, number, open_guard, f"{open_guard} of the finding", message, fix))
        elif _named(entry) not in said:
            expected, message = f"a finding of rule {entry['rule']}", "the accepted finding no longer fires"
            errors.append(_error(entry, number, "expect", expected, message, "delete the entry"))
    return errors


def _error(entry: Row, number: int, column: str, expected: str, message: str, fix: str) -> Finding:
    return Finding(
        "V.stale_acceptance",
        "error",
        "known_issues",
        row_id=entry["row_id"],
        row_number=number,
        line_number=number + 1,
        column=column,
        found=" against ".join(entry[guard] for guard in GUARDS if entry[guard]),
        expected=expected,
        message=message,
        fix=fix,
        file="validation/known_issues.csv",
    )


def _named(entry: Row) -> tuple[str, ...]:
    """What an entry names of a finding."""
    return tuple(entry[column] for column in ("rule", "row_id", *GUARDS))


def _said(finding: Finding) -> tuple[str, ...]:
    """The same of a finding."""
    return finding.rule, finding.row_id, finding.found, finding.expected
