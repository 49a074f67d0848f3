"""A comparison of releases as text for a terminal and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from canonical.safe_text import safe_json, safe_line
from release.versions.comparison import Comparison
from release.versions.page import comparison_page

__all__ = ["FORMATS", "comparison_report"]

SHOWN = 10
"""Headlines that the text names one by one; the other forms have all."""


def comparison_report(comparison: Comparison, form: str) -> str:
    """The comparison in one of `FORMATS`."""
    return FORMATS[form](comparison)


def _text(comparison: Comparison) -> str:
    return "".join(safe_line(line) + "\n" for line in _lines(comparison))


def _lines(comparison: Comparison) -> Iterator[str]:
    changes = comparison.changes
    yield f"{changes.old} to {changes.new}: least version {comparison.least_version}"
    if not comparison.reasons:
        yield "nothing changed"
    breaks = [change for change in changes.schemas if change.breaks]
    yield f"schemas: {len(changes.schemas)} changes, {len(breaks)} of them break a program that reads them"
    for change in changes.schemas:
        mark = "breaks" if change.breaks else "adds"
        yield f"  {mark:6} {change.table}{'.' + change.field if change.field else ''}: {change.what}"
    yield "tables:"
    for table in changes.tables:
        counts = f"{table.rows_before:,} to {table.rows_after:,} rows"
        yield f"  {table.table}: {counts}; {_counted(len(table.added), len(table.removed), len(table.cells))}"
    causes = Counter(one.cause for one in comparison.moved)
    said = ", ".join(f"{count} by {cause}" for cause, count in sorted(causes.items()))
    yield f"headlines moved: {len(comparison.moved)}{': ' + said if said else ''}"
    for one in comparison.moved[:SHOWN]:
        yield f"  {one.table} {one.cell.row_id} {one.cell.field}: {one.cell.old} to {one.cell.new} ({one.cause})"
    if len(comparison.moved) > SHOWN:
        yield f"  and {len(comparison.moved) - SHOWN} more; --format json has all"


def _counted(added: int, removed: int, cells: int) -> str:
    return f"{added:,} added, {removed:,} removed, {cells:,} cells changed"


def _json(comparison: Comparison) -> str:
    changes = comparison.changes
    told = {
        "old": changes.old,
        "new": changes.new,
        "least_version": comparison.least_version,
        "reasons": [asdict(reason) for reason in comparison.reasons],
        "schemas": [asdict(change) for change in changes.schemas],
        "tables": [asdict(change) for change in changes.tables],
        "headlines": [asdict(one) for one in comparison.moved],
    }
    return safe_json(json.dumps(told, ensure_ascii=False, indent=1)) + "\n"


FORMATS = {"text": _text, "json": _json, "html": comparison_page}
"""The forms of a comparison."""
