"""Facts cut down to what an edit can touch: by its rows, their documents, their families of entities."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from canonical.text_tables import Row
from canonical.walks import above
from validation.relations.doubtful import doubtful
from validation.relations.facts import Facts, Observation
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
    _touched: dict[Reach, dict[str, Observation]] = field(default_factory=dict[Reach, dict[str, Observation]])

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
            is_here = case.row_id in self._around(relation.reach)
        else:
            is_here = relation.reach == "package" or case.row_id in self._facts(relation.reach).by_row_id
        return is_here or case.row_id not in self.facts.by_row_id

    @property
    def size(self) -> int:
        """How many observations some relation is asked of that does not look at all of them."""
        return len({row_id for reach in CUT for row_id in self._facts(reach).by_row_id})

    def _facts(self, reach: Reach) -> Facts:
        if reach == "package":
            return self.facts
        if reach not in self._cut:
            self._cut[reach] = self.facts.only(self._within(reach))
        return self._cut[reach]

    def _within(self, reach: Reach) -> Iterator[Observation]:
        """The observations that the edit touches, as far as a relation of some reach looks."""
        if reach == "row":
            return (o for o in self.facts.observations if o.row_id in self.touched.rows)
        if reach == "document":
            return (o for o in self.facts.observations if o.source_id in self.touched.documents)
        if reach == "part":
            return (o for o in self.facts.observations if o.series.breakdown_id in self.touched.parts)
        if reach in AROUND:
            around = self._around(reach).values()
            documents = {o.source_id for o in around} if reach == "surroundings" else set[str]()
            inside = self._of_families({self._family(entity) for o in around for entity in _named(o, reach)})
            return (o for o in self.facts.observations if o.source_id in documents or o.series.entity_id in inside)
        inside = self._of_families(self.touched.families)
        return (o for o in self.facts.observations if o.series.entity_id in inside)

    def _around(self, reach: Reach) -> dict[str, Observation]:
        """The rows that the edit touches, or that are held against some it touches, by their ids."""
        if reach not in self._touched:
            documents = self.touched.documents if reach == "surroundings" else frozenset[str]()
            families = {name for name in self._entities(reach) if self._family(name) in self.touched.families}
            self._touched[reach] = {
                o.row_id: o
                for o in self.facts.observations
                if o.source_id in documents or not families.isdisjoint(_named(o, reach))
            }
        return self._touched[reach]

    def _entities(self, reach: Reach) -> set[str]:
        return {entity for o in self.facts.observations for entity in _named(o, reach)}

    def _family(self, entity_id: str) -> str:
        return family_of(entity_id, self.facts.parents)

    def _of_families(self, families: Iterable[str]) -> set[str]:
        """The entities of some families of which there are rows."""
        wanted = set(families)
        return {entity for entity in self._entities("family") if self._family(entity) in wanted}


def _named(o: Observation, reach: Reach) -> tuple[str, ...]:
    """The entities in whose families a relation looks from a row: its own, and the one that it is a share in."""
    return (o.series.entity_id, o.series.of_entity_id) if reach == "wholes" else (o.series.entity_id,)


def asked_again(facts: Facts, touched: Touched | None) -> int:
    """Of how many observations relations are asked where an edit touches a part of the facts, or all of them."""
    return len(facts.observations) if touched is None else Part(facts, touched).size
