"""What a run of the checks did: over which files, which layers with which rules, what was not run and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from canonical.descriptor import what_it_says
from canonical.findings import Finding, as_object, render
from canonical.safe_text import safe_json
from validation.row_keys import keyed
from validation.structure.table_files import shown_path

__all__ = [
    "FORM",
    "ReadFile",
    "Report",
    "Run",
    "Step",
    "counted",
    "named_files",
    "report_text",
    "step_lines",
    "summary",
]

FORM = Path(__file__).with_name("report.schema.json")
"""The JSON Schema of the report's JSON form."""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read: its path as findings show it, the table it was read as, and its rows."""

    path: str
    table: str
    rows: int


@dataclass(frozen=True)
class Step:
    """One layer over one table, or over several together: which rules read how many rows, and what they found.

    `not_run` is the reason why nothing was asked, empty where something was; a pass has rules, rows and no findings.
    `left_out` counts rows that could not be read for this layer, because another finding names their cause.
    """

    layer: str
    tables: tuple[str, ...]
    rules: tuple[str, ...] = ()
    rows: int = 0
    left_out: int = 0
    findings: int = 0
    not_run: str = ""


@dataclass(frozen=True)
class Run:
    """The run as a whole: version of the package, files, rows of all of them, and how long it took."""

    version: str
    files: tuple[ReadFile, ...]
    rows: int
    seconds: float


@dataclass(frozen=True)
class Report:
    """What was checked, in words, empty where nothing could be read; what was done and found; unreadable files.

    `was_stopped` says that Ctrl-C ended the check: the findings are those of the rows read before.
    """

    checked: str
    findings: list[Finding]
    unreadable: list[str]
    steps: tuple[Step, ...] = ()
    files: tuple[ReadFile, ...] = ()
    was_stopped: bool = False


def counted(steps: Sequence[Step], findings: Sequence[Finding]) -> tuple[Step, ...]:
    """The steps with the number of findings of each: of its rules, in its tables, the first step that has both."""
    found = Counter((finding.rule, finding.table) for finding in findings)
    told: list[Step] = []
    for step in steps:
        of_step = [key for key in found if not step.not_run and key[0] in step.rules and key[1] in step.tables]
        told.append(replace(step, findings=sum(found.pop(key) for key in of_step)))
    return tuple(told)


def report_text(report: Report, form: str, seconds: float) -> str:
    """The report in a form: JSON as `report.schema.json` says; the others are the findings alone, one a line."""
    findings = [keyed(finding) for finding in report.findings]
    if form != "json":
        return render(findings, form)
    rows = sum(file.rows for file in report.files)
    run = Run(_version(), report.files, rows, round(seconds, 3))
    told: dict[str, Any] = {
        "run": asdict(run) | {"unreadable": report.unreadable},
        "steps": [asdict(step) | {"not_run": step.not_run or None} for step in report.steps],
        "findings": [as_object(finding) for finding in findings],
    }
    return safe_json(json.dumps(told, ensure_ascii=False, indent=1)) + "\n"


def step_lines(steps: Sequence[Step]) -> list[str]:
    """A line for each layer that was run and for each reason why one was not, for a terminal."""
    lines: list[str] = []
    for layer in dict.fromkeys(step.layer for step in steps):
        of_layer = [step for step in steps if step.layer == layer]
        ran = [step for step in of_layer if not step.not_run]
        if ran:
            lines.append(f"{layer}: {_done(ran)}")
        for reason, tables in _reasons(of_layer).items():
            lines.append(f"{layer} not run{_of(tables)}: {reason}")
    return lines


def summary(findings: Sequence[Finding]) -> str:
    """One line that counts findings by severity, accepted ones apart."""
    counts = Counter(f.severity if f.status == "open" else f.status for f in findings)
    kinds = ("error", "warning", "notice", "accepted", "corrected")
    return ", ".join(
        f"{counts[kind]} {kind}" + ("s" if kind in kinds[:3] and counts[kind] != 1 else "") for kind in kinds
    )


def named_files(files: Sequence[Path]) -> str:
    """A file by its path, several by their number, none as nothing."""
    return f"{len(files)} files" if len(files) > 1 else "".join(map(shown_path, files))


def _done(steps: Sequence[Step]) -> str:
    tables = list(dict.fromkeys(name for step in steps for name in step.tables))
    rules = len({rule for step in steps for rule in step.rules})
    rows, left_out = sum(step.rows for step in steps), sum(step.left_out for step in steps)
    counts = [_number(rules, "rule"), _number(rows, "row"), _number(sum(step.findings for step in steps), "finding")]
    without = f"; {_number(left_out, 'row')} left out, as other findings say" if left_out else ""
    return f"{tables[0] if len(tables) == 1 else _number(len(tables), 'table')}, {', '.join(counts)}{without}"


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def _reasons(steps: Sequence[Step]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for step in steps:
        if step.not_run:
            found.setdefault(step.not_run, []).extend(step.tables)
    return found


def _of(tables: Sequence[str]) -> str:
    named = list(dict.fromkeys(tables))
    if not named:
        return ""
    return f" for {named[0]}" if len(named) == 1 else f" for {len(named)} tables"


def _version() -> str:
    """The version of the package that the files were held against, as its descriptor states it."""
    return str(what_it_says().get("version", ""))
