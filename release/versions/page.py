"""A comparison of releases as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from release.versions.changes import TableChange
from release.versions.comparison import Comparison

__all__ = ["comparison_page"]

SHOWN = 200
"""Rows of a table's changes that the page shows; the JSON form has all."""
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}"
    "body{color:#222;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem;font-size:.9rem}"
    "th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "td.number{text-align:right;font-variant-numeric:tabular-nums}del{color:#8a1c1c}ins{color:#14632b}"
    "summary{cursor:pointer}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#1e2129}th,td{border-color:#444a57}"
    "del{color:#ff9d9d}ins{color:#7fdc9d}}"
)


def comparison_page(comparison: Comparison) -> str:
    """The page: the version that follows and why, schemas, tables, headlines, and cells behind a click."""
    changes = comparison.changes
    title = f"{changes.old} to {changes.new}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>Least version: <strong>{escape(comparison.least_version)}</strong></p>",
        _table(("Step", "Why"), ((reason.level, reason.what) for reason in comparison.reasons)),
        "<h2>Schemas</h2>",
        _table(
            ("Table", "Field", "What changed", "Breaks"),
            ((c.table, c.field, c.what, "yes" if c.breaks else "no") for c in changes.schemas),
        ),
        "<h2>Headlines that moved</h2>",
        _table(
            ("Table", "Row", "Field", "Old", "New", "Cause"),
            ((m.table, m.cell.row_id, m.cell.field, m.cell.old, m.cell.new, m.cause) for m in comparison.moved),
        ),
        "<h2>Tables</h2>",
        *(_of_table(change) for change in changes.tables),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _of_table(change: TableChange) -> str:
    head = (
        f"{change.table}: {change.rows_before:,} to {change.rows_after:,} rows; {len(change.added):,} added, "
        f"{len(change.removed):,} removed, {len(change.cells):,} cells changed"
    )
    cells = [(cell.row_id, cell.field, cell.old, cell.new) for cell in change.cells[:SHOWN]]
    cells += [(row, "", "the whole row", "") for row in change.removed[:SHOWN]]
    cells += [(row, "", "", "the whole row") for row in change.added[:SHOWN]]
    return (
        f'<details id="{escape(change.table)}"><summary>{escape(head)}</summary>\n'
        f"{_table(('Row', 'Field', 'Old', 'New'), cells)}</details>"
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "\n".join("<tr>" + "".join(_cell(name, text) for name, text in zip(head, row, strict=True)) + "</tr>"
                     for row in rows)  # fmt: skip
    if not body:
        return "<p>None.</p>"
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    return f"<table><thead><tr>{names}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def _cell(name: str, text: str) -> str:
    tag = {"Old": "del", "New": "ins"}.get(name)
    shown = escape(text)
    return f"<td><{tag}>{shown}</{tag}></td>" if tag and text else f"<td>{shown}</td>"
