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
    marked: list[Finding] = []
    for finding in findings:
        entry = next((entry for entry in entries if _meets(entry, finding)), None)
        marked.append(replace(finding, status="accepted", reason=entry["reason"]) if entry else finding)
    return marked


def are_accepted(published: list[Row]) -> bool:
    """Whether each published finding is still accepted by an entry."""
    accepted = {tuple(entry[column] for column in ("rule", "row_id", *GUARDS)) for entry in _entries()}
    return all((row["rule"], row["row_id"], row["found"], row["expected"]) in accepted for row in published)


def _entries() -> list[Row]:
    return rows_with(PATH, COLUMNS, "git checkout validation/known_issues.csv")


def _in_vain(findings: list[Finding], entries: list[Row]) -> list[Finding]:
    """An error for each entry that accepts nothing: one that leaves a guard open, or fits no finding."""
    errors: list[Finding] = []
    for number, entry in enumerate(entries, start=1):
        open_guard = next((guard for guard in GUARDS if not entry[guard]), None)
        if open_guard:
            message, fix = "the entry would accept any other finding on the row", "copy the cell from the finding"
            errors.append(_error(entry, number, open_guard, f"{open_guard} of the finding", message, fix))
        elif not any(_meets(entry, finding) for finding in findings):
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


def _meets(entry: Row, finding: Finding) -> bool:
    named = (entry["rule"], entry["row_id"], entry["found"], entry["expect"])
    said = (finding.rule, finding.row_id, finding.found, finding.expected)
    return named == said and all(entry[guard] for guard in GUARDS)
