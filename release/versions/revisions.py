"""The rows of table `revisions` that a release owes: every changed cell with its reason, every row that went."""

from __future__ import annotations

import re
from collections.abc import Iterator

from canonical.text_tables import Row
from release.versions.causes import Moved
from release.versions.changes import Changes

__all__ = ["WHOLE_ROW", "missing_tombstones", "revisions_of"]

WHOLE_ROW = "*"
"""Stands in `field_name` for a row that went: every field of it."""
BLANK = "␣"
EDGES = re.compile(r"^\s+|\s+\Z")
OWN = "revisions"
"""The table itself, whose rows are no news."""


def revisions_of(release: str, changes: Changes, moved: tuple[Moved, ...]) -> list[Row]:
    """The changed cells of typed tables, then the headlines that moved, in order of table, row and field.

    What is added is not listed: the keys of a release tell it. Rows that went need a tombstone that a person types.
    """
    return [*_corrected(release, changes), *_moved(release, moved)]


def _corrected(release: str, changes: Changes) -> Iterator[Row]:
    for change in changes.tables:
        if change.kind != "derived" and change.table != OWN:
            for cell in change.cells:
                yield _row(release, change.table, cell.row_id, cell.field, cell.old, cell.new, "correction")


def _moved(release: str, moved: tuple[Moved, ...]) -> Iterator[Row]:
    for one in moved:
        cell = one.cell
        yield _row(release, one.table, cell.row_id, cell.field, cell.old, cell.new, one.cause)


def missing_tombstones(release: str, changes: Changes, revisions: list[Row]) -> list[tuple[str, str]]:
    """The rows of typed tables that went without a tombstone of this release, as (table, key)."""
    buried = {
        (row["table_name"], row["row_id"])
        for row in revisions
        if (row["release"], row["field_name"], row["reason"]) == (release, WHOLE_ROW, "tombstone")
    }
    went = ((change.table, row) for change in changes.tables if change.kind != "derived" for row in change.removed)
    return [pair for pair in went if pair not in buried and pair[0] != OWN]


def _row(release: str, table: str, row_id: str, field: str, old: str, new: str, reason: str) -> Row:
    return {
        "release": release, "table_name": table, "row_id": row_id, "field_name": field, "old": _visible(old),
        "new": _visible(new), "reason": reason,
    }  # fmt: skip


def _visible(cell: str) -> str:
    """A cell as the table of revisions holds it: a blank at its edges, which no text may have, as `␣`."""
    return EDGES.sub(lambda found: BLANK * len(found[0]), cell)
