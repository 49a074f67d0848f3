"""A finding: what a rule found wrong, where, and how to put it right; with its text, JSON and CSV forms."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import Any, Literal, NamedTuple

from canonical.csv_lines import csv_lines
from canonical.safe_text import safe_cell, safe_json, safe_line
from canonical.text_faults import RUNS

__all__ = [
    "FORMATS",
    "Finding",
    "NamedRow",
    "Role",
    "Severity",
    "Status",
    "as_object",
    "named_rows",
    "one_line",
    "render",
]

LONGEST_SHOWN, LONGEST_WORDS = 120, 1_000
"""Characters of a cell, and of words about it, that a line of a terminal has use for."""
MOST_TOLD = 201
"""Lines of one rule and column of a file on a terminal: 200 rows, and what a rule itself says of all the others."""

Severity = Literal["error", "warning", "notice"]
Status = Literal["open", "accepted", "corrected"]
Role = Literal["subject", "held_against"]
"""What a row is to a finding: at fault with the others that one cause explains, or read beside them."""


class NamedRow(NamedTuple):
    """A row that a finding names, by its key, parts joined by `|`."""

    row_id: str
    role: Role


@dataclass(frozen=True)
class Finding:
    """One thing a rule found.

    `row_number` counts data rows from 1; `line_number` is the physical line of a CSV file, None for
    Parquet. `related` names the other rows the rule read, separated by spaces: of a finding on many rows the first.
    `rows` are then all of them; see `named_rows`. `key` are the columns and cells by which the row is found again.
    """

    rule: str
    severity: Severity
    table: str
    row_id: str = ""
    row_number: int | None = None
    column: str = ""
    found: str = ""
    expected: str = ""
    message: str = ""
    fix: str = ""
    related: str = ""
    status: Status = "open"
    line_number: int | None = None
    file: str = ""
    reason: str = ""
    rows: tuple[NamedRow, ...] = field(default=(), repr=False)
    key: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def sort_key(self) -> tuple[str, int, str, str, str, str, str, str]:
        """Order of a report: by table, row, column, rule; of one rule and cell by what it was held against.

        Findings that differ have one order, in whatever order they were found.
        """
        cell = (self.table, self.row_number or 0, self.column, self.rule)
        return (*cell, self.row_id, self.found, self.expected, self.related)


def named_rows(finding: Finding) -> tuple[NamedRow, ...]:
    """Every row that a finding names, each once, those at fault first."""
    if finding.rows:
        return finding.rows
    against = (NamedRow(row_id, "held_against") for row_id in finding.related.split() if row_id != finding.row_id)
    subject = (NamedRow(finding.row_id, "subject"),) if finding.row_id else ()
    return tuple(dict.fromkeys((*subject, *against)))


def one_line(finding: Finding) -> str:
    """A finding as one line: file and line, row, column, found, expected, why, how to fix."""
    place = _short(finding.file or finding.table)
    if finding.line_number is not None:
        place += f":{finding.line_number}"
    row = f"row {finding.row_number}" if finding.row_number else ""
    where = [part for part in (row, _short(finding.row_id)) if part]
    text = f"{place}: "
    if where:
        text += f"({', '.join(where)}) "
    if finding.column:
        text += f"{_short(finding.column)}: "
    text += _short(finding.message, LONGEST_WORDS)
    if finding.found or finding.expected:
        text += f"; found {_short(finding.found)!r}" + (
            f", expected {_short(finding.expected, LONGEST_WORDS)}" if finding.expected else ""
        )
    status = "" if finding.status == "open" else f", {finding.status}"
    return safe_line(f"{text}; fix: {_short(finding.fix, LONGEST_WORDS)} [{finding.rule} {finding.severity}{status}]")


def _short(text: str, most: int = LONGEST_SHOWN) -> str:
    """The text as far as a line of a terminal has use for it; the other forms give it whole."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text)} characters)"


def _as_text(findings: Sequence[Finding]) -> str:
    """A line for each, at most `MOST_TOLD` for a rule and column of a file; a last line counts the others."""
    counts, lines = Counter[tuple[str, str, str, str]](), list[str]()
    for finding in findings:
        kind = (_short(finding.file or finding.table), _short(finding.column), finding.rule, finding.severity)
        counts[kind] += 1
        if counts[kind] <= MOST_TOLD:
            lines.append(one_line(finding))
    lines += [
        safe_line(
            f"{place}: {column}: {count - MOST_TOLD:,} more of {count:,}; fix: --format jsonl gives all [{rule} {kind}]"
        )
        for (place, column, rule, kind), count in counts.items()
        if count > MOST_TOLD
    ]
    return "".join(line + "\n" for line in lines)


def _as_json(findings: Sequence[Finding]) -> str:
    return safe_json(json.dumps([as_object(finding) for finding in findings], ensure_ascii=False, indent=1)) + "\n"


def _as_jsonl(findings: Sequence[Finding]) -> str:
    return "".join(safe_json(json.dumps(as_object(finding), ensure_ascii=False)) + "\n" for finding in findings)


def as_object(finding: Finding) -> dict[str, Any]:
    """The cells of a finding, its rows as objects with a key and a role, its own key as one of columns and cells."""
    rows = [row._asdict() for row in named_rows(finding)]
    cells = {cell.name: getattr(finding, cell.name) for cell in fields(finding)}
    return cells | {"rows": rows, "key": dict(finding.key)}


def _as_csv(findings: Sequence[Finding]) -> str:
    """One row for each finding; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    names = [cell.name for cell in fields(Finding) if cell.name not in ("rows", "key")]
    rows = ([_inert(getattr(finding, name)) for name in names] for finding in findings)
    return "".join(csv_lines(chain([names], rows)))


def _inert(cell: object) -> str:
    text = "" if cell is None else safe_cell(str(cell))
    return f"'{text}" if RUNS.search(text) else text


FORMATS = {"text": _as_text, "json": _as_json, "jsonl": _as_jsonl, "csv": _as_csv}


def render(findings: Sequence[Finding], form: str) -> str:
    """The findings in one of `FORMATS`."""
    return FORMATS[form](findings)
