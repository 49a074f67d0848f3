"""The order of a report after an edit: what is wrong with an edited row first, and of that what names the cause."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from canonical.findings import Finding, named_rows

__all__ = ["SAYS_TEXT", "edited_first", "names_cause"]

SEVERITIES = ("error", "warning", "notice")
NUMBER = "printed_value"
"""A finding on another cell than the number names what is wrong; one on the number names its cause, or none."""
CAUSE = "; likely: "
SAYS_CAUSE = ("another number", "a number below zero", "the other sign", "perhaps ")
"""How what is expected begins where the finding itself is the cause: the number of another line, a lost minus."""
NAMES_DOCUMENT = ("V.copy_period", "V.document_period")
"""Rules that name the document beside the period: of a period that lies ahead, or is too old, they tell why."""
SAYS_TEXT = ("U.text_digits", "U.text_unit", "U.text_sign")
"""Rules that hold a cell against the text of its own row, which says what was to be typed."""
ROUNDING = ("the last digit is off", "the digits would fit if they were cut off")
"""How a cause begins that says little: nearly every small difference would fit so."""


def edited_first(findings: Sequence[Finding], rows: Collection[str]) -> list[Finding]:
    """Findings on edited rows, then those that rest on one, then the others; each as they were, but for the first.

    Parameters: `rows` are the ids of the rows that were edited. Of one such row those that name a cause come first,
    and errors before warnings and notices; a notice that names one asks a question, and comes behind the errors.
    What the row's own text says otherwise stands before all of them.
    """
    return sorted(findings, key=lambda finding: _place(finding, rows))


def names_cause(finding: Finding) -> bool:
    """Whether a finding names the cell that is wrong, or how its number came about; rounding may be by chance."""
    if any(f"{CAUSE}{words}" in finding.message for words in ROUNDING):
        return False
    is_lost_minus = finding.expected == f"-{finding.found}"
    is_said = is_lost_minus or finding.expected.startswith(SAYS_CAUSE)
    return CAUSE in finding.message or finding.column != NUMBER or is_said or finding.rule in SAYS_TEXT


def _place(finding: Finding, rows: Collection[str]) -> tuple[int, int, int, int]:
    if finding.row_id in rows:
        cause = 0 if finding.rule in (*NAMES_DOCUMENT, *SAYS_TEXT) else 1 if names_cause(finding) else 2
        if cause == 1 and finding.severity == "notice":
            return 0, finding.row_number or 0, 2, 1
        return 0, finding.row_number or 0, cause, 2 * SEVERITIES.index(finding.severity)
    rests_on_one = any(row.row_id in rows for row in named_rows(finding))
    return (1 if rests_on_one else 2), 0, 0, 0
