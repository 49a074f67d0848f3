"""Hostile cases: every kind of damage under every command that reads the damaged file."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.hostile_files import file_kinds
from benchmarks.hostile_kind import Kind
from benchmarks.hostile_releases import CALLS as RELEASE_CALLS
from benchmarks.hostile_releases import release_kinds
from benchmarks.hostile_schemas import own_kinds
from benchmarks.hostile_sizes import size_kinds
from benchmarks.hostile_tables import table_kinds
from benchmarks.hostile_upstreams import CALLS, upstream_kinds
from benchmarks.hostile_worlds import world_kinds

__all__ = ["CASES", "COMMANDS", "Case"]

COMMANDS: dict[str, tuple[str, ...]] = {
    "feed": ("validation", "--table", "{table}", "{file}"),
    "table": ("validation", "--table", "{table}"),
    "check": ("validation",),
    "changed": ("validation", "--changed"),
    "fill": ("canonical.fill",),
    "build": ("release", "build"),
    "docs": ("release", "docs"),
    "load": ("load", "{table}"),
    "own": ("validation", "--schema", "{file}", "own/things.csv"),
    **CALLS,
    **RELEASE_CALLS,
}
"""Every command that reads files, by the name it has in a case."""


@dataclass(frozen=True)
class Case:
    """A kind under one command."""

    kind: Kind
    command: str

    @property
    def name(self) -> str:
        """What the case is called in a report."""
        return f"{self.kind.group}: {self.kind.name} / {self.command}"


CASES = tuple(
    Case(kind, command)
    for kinds in (table_kinds, file_kinds, upstream_kinds, own_kinds, release_kinds, size_kinds, world_kinds)
    for kind in kinds()
    for command in kind.codes
)
"""Every case, in the order of a run."""
