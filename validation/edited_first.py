"""The order of a report after an edit: what is wrong with an edited row first, and of that what names the cause."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from canonical.findings import Finding, named_rows

__all__ = ["SAYS_TEXT", "edited_first", "names_cause"]

SEVERITIES = ("error", "warning", "notice")
NUMBER = "printed_value"
"""A finding on another cell than the number names what is wrong; one on the number names its cause, or none."""
CAUSE = "; likely: "
FOLLOWS = re.compile(rf"(?:{CAUSE}|; or )follows from (?:one of )?([^:]+): ")
"""How a finding on one row says that the cause lies in another."""
GUESS = "perhaps "
SAYS_CAUSE = ("another number", "a number below zero", "the other sign", GUESS)
"""How what is expected begins where the finding itself is the cause: the number of another line, a lost minus."""
NAMES_DOCUMENT = ("V.copy_period", "V.document_period", "V.copy_document")
"""Rules that name the document beside the period: of a period that lies ahead, or is too old, they tell why."""
NAMES_LABEL = ("C.label_definition", "V.same_place")
"""Rules that hold the metric against the words or the line of the row, which say how its number came to be odd."""
NAMES_BASIS = ("C.last_digit",)
"""Rules that hold a rate against one that differs from it by what another basis makes."""
OF_OTHERS = ("V.main_period", "V.usual_evidence")
"""Rules that know only what the other rows of a document are like."""
SAYS_TEXT = ("U.text_digits", "U.text_unit", "U.text_sign")
"""Rules that hold a cell against the text of its own row, which says what was to be typed."""
ROUNDING = re.compile(
    rf"{CAUSE}(?:follows from \S+: )?(?:the last digit is off|the digits would fit if they were cut off|"
    r"\S+ would fit if its last zeros|the base was printed on)"
)
"""How a cause begins that says little: nearly every small difference would fit so."""


def edited_first(findings: Sequence[Finding], rows: Collection[str]) -> list[Finding]:
    """Findings on edited rows, then those that rest on one, then the others as they were.

    Parameters: `rows` are the ids of the rows that were edited. Of one such row those that name a cause come first,
    and errors before warnings and notices, a cause that was calculated before a guess; a notice that names one asks a
    question, and comes behind the errors. What the row's own text says otherwise stands before all of them. A finding
    on another row that follows from one, for a cause that it names, stands before what is only odd about the edited
    one. Of those that rest on one, too, causes come first, unless they lie in rows that nobody edited.
    """
    numbers = {finding.row_id: finding.row_number or 0 for finding in findings if finding.row_id in rows}
    return sorted(findings, key=lambda finding: _place(finding, numbers, rows))


def names_cause(finding: Finding) -> bool:
    """Whether a finding names the cell that is wrong, or how its number came about; rounding may be by chance."""
    if ROUNDING.search(finding.message):
        return False
    is_lost_minus = finding.expected == f"-{finding.found}"
    is_said = is_lost_minus or finding.expected.startswith(SAYS_CAUSE)
    return CAUSE in finding.message or finding.column != NUMBER or is_said or finding.rule in SAYS_TEXT


def _place(finding: Finding, numbers: Mapping[str, int], rows: Collection[str]) -> tuple[int, int, int, int]:
    """The place of a finding; `numbers` are those of the edited rows that findings are on."""
    severity = SEVERITIES.index(finding.severity)
    if finding.row_id in rows:
        first = (*NAMES_DOCUMENT, *NAMES_LABEL, *NAMES_BASIS, *SAYS_TEXT)
        cause = 0 if finding.rule in first else 1 if names_cause(finding) else 3
        if cause == 1 and finding.severity == "notice":
            return 0, finding.row_number or 0, 3, 1
        if finding.rule in OF_OTHERS:
            return 0, finding.row_number or 0, 2, len(SEVERITIES)
        is_guess = finding.expected.startswith(GUESS) and CAUSE not in finding.message
        return 0, finding.row_number or 0, cause, 2 * severity + is_guess
    follows = {row_id for told in FOLLOWS.findall(finding.message) for row_id in told.split(", ")}
    is_cause = names_cause(finding) and (not follows or not follows.isdisjoint(rows))
    if is_cause and follows:
        return 0, min(numbers.get(row_id, 0) for row_id in follows.intersection(rows)), 2, severity
    if any(row.row_id in rows for row in named_rows(finding)):
        return 1, 0, 0 if is_cause else 1, severity
    return 2, 0, 0, 0
