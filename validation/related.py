"""What relations are asked of a folder, as any process can ask it: their modules are imported where they are asked."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from canonical.findings import Finding

__all__ = ["READ", "Held", "Related", "related", "related_to_edits", "relation_rules"]

READ = (
    "observations", "statements", "supply_chain_links", "supply_chain_stages", "companies", "sources", "corrections",
)  # fmt: skip
"""The tables whose rows relations read."""


class Held(NamedTuple):
    """How many observations relations were asked of again, and how many keep the findings of the last build."""

    again: int
    kept: int


class Related(NamedTuple):
    """What relations find in a folder, and the ids of all of them; None where they could not be asked.

    After edits also of how many observations they were asked, None where no relation reads what was edited, and what is
    to be said of rows that no build has published yet.
    """

    findings: list[Finding]
    rules: tuple[str, ...] | None
    held: Held | None = None
    of_new_rows: tuple[Finding, ...] = ()


def related(folder: Path) -> Related:
    """Ask every relation of all rows. Raises `UnreadableError` where a table cannot be read at all."""
    from validation.consistency import check_consistency

    return Related(check_consistency(folder), relation_rules())


def related_to_edits(folder: Path) -> Related:
    """Ask every relation of what edits of the package since the last build can have changed; raises as `related`."""
    from validation.changed import edited_tables
    from validation.consistency import Folder
    from validation.edits import UNREAD, check_edited
    from validation.new_rows import check_new_rows

    edited, tables = edited_tables(UNREAD), Folder(folder)
    findings, held = check_edited(tables, edited)
    of_new_rows = check_new_rows(tables=tables) if "observations" in edited else []
    return Related(findings, relation_rules(), held, tuple(of_new_rows))


def relation_rules() -> tuple[str, ...]:
    """The ids of all relations, in their order."""
    from validation.relations import RELATIONS

    return tuple(relation.id for relation in RELATIONS)
