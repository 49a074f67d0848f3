"""Facts cut down to what an edit can touch: by its rows, their documents, their families of entities."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from canonical.text_tables import Row
from canonical.walks import above
from validation.relations.columns import different_numbers
from validation.relations.doubtful import doubtful
from validation.relations.facts import Facts
from validation.relations.relation import Case, Reach, Relation, Remark, evaluated

__all__ = ["AROUND", "MADE_OF", "WHOLE", "WIDEST", "Part", "Touched", "asked_again", "family_of", "touched_by_rows"]


CUT: tuple[Reach, ...] = ("row", "document", "family", "part")
AROUND: tuple[Reach, ...] = ("surroundings", "wholes")
"""How far relations look that hold a row against rows around it, of which other rows than its own are around it too."""
WIDEST: tuple[Reach, ...] = (*AROUND, "package")
"""How far relations look that read other rows than those that an edit can have changed a case of."""
WHOLE = "total"
"""What is no part of anything."""
MADE_OF = {
    "observations": frozenset((
        "observation_id", "source_id", "entity_id", "metric_id", "breakdown_id", "measure", "basis", "of_entity_id",
        "perimeter_id", "claim_status", "period_type", "period_start", "period_end", "printed_value",
        "printed_value_to", "printed_unit_id", "decimals", "bound", "precision_word", "assumed",
    )),
    "sources": frozenset((
        "source_id", "kind", "publisher", "published_on", "published_precision", "retrieved_on",
    )),
}  # fmt: skip
"""The cells of two tables that say what an observation is: its series, period, number, and how far it is trusted."""


@dataclass(frozen=True)
class Touched:
    """What an edit of observations touches: ids of rows, and the documents, families and parts they are or were of."""

    rows: frozenset[str]
    documents: frozenset[str]
    families: frozenset[str]
    parts: frozenset[str]
    cells: frozenset[str] | None = None
    """The cells of observations and sources that differ, as table.column, where these alone do and none of them is one
    of those that make an observation; else None."""

    def asks(self, relation: Relation) -> bool:
        """Whether the edit can have changed a case of a relation."""
        return self.cells is None or not self.cells.isdisjoint(relation.beside)


def family_of(entity_id: str, parents: Mapping[str, str]) -> str:
    """The entity at the top of the tree in which an entity stands; the empty text for all that stand in a circle."""
    chain = (entity_id, *above(entity_id, parents))
    return "" if parents.get(chain[-1]) else chain[-1]


def touched_by_rows(rows: Iterable[Row], parents: Mapping[str, str]) -> Touched:
    """What is touched where `rows` came, went or changed, given as they were and as they are."""
    rows = list(rows)
    return Touched(
        frozenset(row["observation_id"] for row in rows),
        frozenset(row["source_id"] for row in rows),
        frozenset(family_of(row["entity_id"], parents) for row in rows),
        frozenset(row["breakdown_id"] for row in rows) - {WHOLE},
    )


@dataclass(frozen=True, eq=False)
class Part:
    """The facts as far as an edit touches them: of each relation only the cases that the edit can have changed."""

    facts: Facts
    touched: Touched
    _cut: dict[Reach, Facts] = field(default_factory=dict[Reach, Facts])
    _covers: dict[Reach, frozenset[str]] = field(default_factory=dict[Reach, frozenset[str]])

    def cases(self, relation: Relation) -> tuple[Case | Remark, ...]:
        """The cases of a relation on rows that it covers, in the order in which all facts have them."""
        return self._covered(relation, evaluated(relation, self._facts(relation.reach)))

    def doubtful(self, relation: Relation, kept: Collection[str] = ()) -> tuple[Case | Remark, ...]:
        """Those of them that may be broken, and all on the rows `kept`."""
        return self._covered(relation, doubtful(relation, self._facts(relation.reach), kept))

    def _covered(self, relation: Relation, cases: tuple[Case | Remark, ...]) -> tuple[Case | Remark, ...]:
        """Those of the cases of a relation, of the facts that it reads, that the edit can have changed."""
        if relation.reach not in AROUND:
            return cases
        return tuple(case for case in cases if self.covers(relation, case))

    def covers(self, relation: Relation, case: Case | Remark) -> bool:
        """Whether the case of a relation is on a row that the edit touches, as far as the relation looks."""
        if relation.reach in AROUND:
            is_here = case.row_id in self._rows_around(relation.reach)
        else:
            is_here = relation.reach == "package" or case.row_id in self._facts(relation.reach).by_row_id
        return is_here or case.row_id not in self.facts.by_row_id

    def _rows_around(self, reach: Reach) -> frozenset[str]:
        if reach not in self._covers:
            self._covers[reach] = frozenset(o.row_id for o in self.facts.cells.rows(self._around(reach)))
        return self._covers[reach]

    @property
    def size(self) -> int:
        """How many observations some relation is asked of that does not look at all of them."""
        return len({row_id for reach in CUT for row_id in self._facts(reach).by_row_id})

    def _facts(self, reach: Reach) -> Facts:
        if reach == "package":
            return self.facts
        if reach not in self._cut:
            self._cut[reach] = self.facts.only(self.facts.cells.rows(self._within(reach)))
        return self._cut[reach]

    def _within(self, reach: Reach) -> NDArray[np.bool_]:
        """Which observations the edit touches, as far as a relation of some reach looks."""
        if reach == "row":
            return np.array([o.row_id in self.touched.rows for o in self.facts.observations], np.bool_)
        if reach == "document":
            return self._of("source_id", self.touched.documents)
        if reach == "part":
            return self._of("breakdown_id", self.touched.parts)
        if reach not in AROUND:
            return self._of_families("entity_id", self.touched.families)
        around = self._around(reach)
        families = {self._family(entity) for name in _named(reach) for entity in self._said(name, around)}
        inside = self._of_families("entity_id", families)
        return inside | self._of("source_id", self._said("source_id", around)) if reach == "surroundings" else inside

    def _around(self, reach: Reach) -> NDArray[np.bool_]:
        """Which observations the edit touches, or are held against some it touches."""
        found = [self._of_families(name, self.touched.families) for name in _named(reach)]
        if reach == "surroundings":
            found.append(self._of("source_id", self.touched.documents))
        return np.logical_or.reduce(found)

    def _of(self, column: str, wanted: Collection[str]) -> NDArray[np.bool_]:
        """Which observations say one of the wanted texts in a column."""
        return self.facts.cells.each(column, lambda text: text in wanted) > 0

    def _of_families(self, column: str, families: Collection[str]) -> NDArray[np.bool_]:
        """Which observations name an entity of one of the families in a column."""
        return self.facts.cells.each(column, lambda entity: self._family(entity) in families) > 0

    def _said(self, column: str, are_asked: NDArray[np.bool_]) -> set[str]:
        """What some observations say in a column."""
        codes, texts = self.facts.cells.codes(column)
        return {texts[code] for code in different_numbers(codes[are_asked])}

    def _family(self, entity_id: str) -> str:
        return family_of(entity_id, self.facts.parents)


def _named(reach: Reach) -> tuple[str, ...]:
    """The columns of the entities in whose families a relation looks: the row's own, and the one it is a share in."""
    return ("entity_id", "of_entity_id") if reach == "wholes" else ("entity_id",)


def asked_again(facts: Facts, touched: Touched | None) -> int:
    """Of how many observations relations are asked where an edit touches a part of the facts, or all of them."""
    return len(facts.observations) if touched is None else Part(facts, touched).size
