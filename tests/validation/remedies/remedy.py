"""What a finding says is to be done, as an edit of the small world in which it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.prints import World

__all__ = ["Remedy"]

Cells = Mapping[str, str]
NOTHING: Mapping[str, Cells] = {}


class Remedy(NamedTuple):
    """One clause of a `fix`, and what carries it out.

    `cells` are typed anew, by the id of a print (`p1`, `p2` …) or by the table and place of another row
    (`statements 1`); rows `without` are deleted; `known` are rows of reference tables, cells of those that are there.
    """

    says: str
    cells: Mapping[str, Cells] = NOTHING
    without: Sequence[str] = ()
    known: Mapping[str, Sequence[Cells]] = {}

    def of(self, world: World) -> World:
        """The world once the remedy is carried out."""
        prints = {f"p{n}": {"observation_id": f"p{n}", **cells} for n, cells in enumerate(world.prints, start=1)}
        tables = {
            name: [
                {**row, **self.cells.get(f"{name} {n}", {})}
                for n, row in enumerate(rows, start=1)
                if f"{name} {n}" not in self.without
            ]
            for name, rows in world.tables.items()
        }
        kept = [{**cells, **self.cells.get(name, {})} for name, cells in prints.items() if name not in self.without]
        return World(kept, tables, self.known)
