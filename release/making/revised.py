"""Write into `data/revisions.csv` what the next release owes it, once a person has looked at the difference."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.file_writing import only_writer
from canonical.table_schema import ROOT, load_schema
from canonical.text_tables import DATA, Row, csv_path, read_rows, write_rows
from release.package.metadata import version
from release.versions.changes import Changes
from release.versions.comparison import Comparison, compared
from release.versions.files import last_release
from release.versions.revisions import WHOLE_ROW, missing_tombstones, revisions_of

__all__ = ["revise", "revised_rows"]

TABLE = "revisions"


def revise(buried: bool) -> tuple[int, list[tuple[str, str]]]:
    """Write the revisions of the version that `package.yaml` names; gives their number and the rows left unburied.

    Rows of earlier releases stay as they are. `buried` says that rows which went, went on purpose: they get a
    tombstone.
    """
    wanted = version()
    comparison = compared(last_release(but=wanted), str(ROOT))
    path = csv_path(TABLE)
    with only_writer(DATA):
        kept = read_rows(path) if path.exists() else []
        rows = revised_rows(wanted, comparison, kept, buried)
        write_rows(path, load_schema(TABLE), rows)
    left = missing_tombstones(wanted, comparison.changes, rows)
    return sum(row["release"] == wanted for row in rows), left


def revised_rows(wanted: str, comparison: Comparison, kept: list[Row], buried: bool) -> list[Row]:
    """The rows of `revisions`: those of other releases, the tombstones that stand, and what this release owes."""
    others = [row for row in kept if row["release"] != wanted]
    stones = [row for row in kept if row["release"] == wanted and row["field_name"] == WHOLE_ROW]
    if buried:
        stones += _tombstones(wanted, comparison.changes, stones)
    own = [*revisions_of(wanted, comparison.changes, comparison.moved), *stones]
    return others + sorted(own, key=lambda row: (row["table_name"], row["row_id"], row["field_name"]))


def _tombstones(wanted: str, changes: Changes, standing: list[Row]) -> Iterator[Row]:
    for table, row_id in missing_tombstones(wanted, changes, standing):
        yield {
            "release": wanted, "table_name": table, "row_id": row_id, "field_name": WHOLE_ROW, "old": "", "new": "",
            "reason": "tombstone",
        }  # fmt: skip
