"""What relations are asked of a folder, as any process can ask it: their modules are imported where they are asked."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from canonical.findings import Finding

__all__ = ["READ", "Related", "related", "relation_rules"]

READ = ("observations", "statements", "supply_chain_links", "supply_chain_stages", "sources", "corrections")
"""The tables whose rows relations read."""


class Related(NamedTuple):
    """What relations find in a folder, and the ids of all of them."""

    findings: list[Finding]
    rules: tuple[str, ...]


def related(folder: Path) -> Related:
    """Ask every relation. Raises `UnreadableError` where a table cannot be read at all."""
    from validation.consistency import check_consistency

    return Related(check_consistency(folder), relation_rules())


def relation_rules() -> tuple[str, ...]:
    """The ids of all relations, in their order."""
    from validation.relations import RELATIONS

    return tuple(relation.id for relation in RELATIONS)
