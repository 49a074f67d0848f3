"""The label a source prints beside a number against the entity and part that its row is filed under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from canonical.text_tables import Row
from canonical.walks import above
from validation.relations.facts import Facts, Observation
from validation.relations.names_in_texts import Names
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

WHOLE = "total"
SHORTEST = 3
"""Names of two letters, such as AI, stand in many labels that are about something else."""


@dataclass(frozen=True)
class Scope:
    """What a number can be about: an entity or a breakdown, by the column that names it."""

    column: str
    id: str


@relation(
    "C.label_scope",
    "warning",
    says="a label that names an entity or part of one names that of its row",
    rationale="AI model and application services are fewer than AI-related products: one key mixes the two.",
    fix="file the row under the entity or breakdown that its label names, or add a key with a definition for it",
    reach="row",
    reads="printed_label entity_id metric_id breakdown_id of_entity_id",
    beside="observations.printed_label",
)
def label_scope(facts: Facts) -> Iterator[Remark]:
    """Each printed label in which a name of the vendor's entities or of a breakdown stands, the longest names first.

    A label that begins with the whole, the company before its cloud, names nothing else than its row; nor do the
    words of its metric, such as finance leases in capital expenditure that includes them.
    """
    metrics = {metric_id: _words(row) for metric_id, row in facts.reference.metrics.items()}
    parts = _Names(("breakdown_id", row) for name, row in facts.reference.breakdowns.items() if name != WHOLE)
    entities: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for row in facts.reference.entities.values():
        entities[row.get("vendor_id", "")].append(("entity_id", row))
    by_vendor: dict[str, _Names] = {}
    read: dict[tuple[str, str, str], set[Scope]] = {}
    for o in facts.observations:
        if o.row["printed_label"]:
            vendor = facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")
            if vendor not in by_vendor:
                by_vendor[vendor] = _Names(entities[vendor] if vendor else ())
            key = (o.row["printed_label"], vendor, o.series.metric_id)
            if key not in read:
                read[key] = _named(key[0], (by_vendor[vendor], parts), metrics.get(key[2], frozenset()))
            named = read[key]
            if named:
                scopes = sorted({scope.id for scope in named})
                yield remark_on(
                    o, _column(named), not named.isdisjoint(_own(o, facts.parents)), " or ".join(scopes),
                    f"its label {o.row['printed_label']!r} names another scope",
                )  # fmt: skip


def _own(o: Observation, parents: Mapping[str, str]) -> set[Scope]:
    entities = (o.series.entity_id, *above(o.series.entity_id, parents), o.series.of_entity_id)
    return {Scope("breakdown_id", o.series.breakdown_id), *(Scope("entity_id", entity) for entity in entities)}


def _column(named: Iterable[Scope]) -> str:
    return min(scope.column for scope in named)


class _Names:
    """The names, in both languages, of entities and breakdowns, to be found in labels."""

    def __init__(self, rows: Iterable[tuple[str, Row]]) -> None:
        """Take rows, each with the column of its id."""
        self.scopes: dict[str, set[Scope]] = {}
        for column, row in rows:
            for name in _both(row):
                self.scopes.setdefault(name, set()).add(Scope(column, row[column]))
        self.known = Names(self.scopes, SHORTEST)


def _both(row: Row) -> set[str]:
    names = {_plain(row.get(column, "")) for column in ("name_en", "name_zh")}
    return {name for name in names if len(name) >= SHORTEST}


def _words(metric: Row) -> frozenset[str]:
    """The names of a metric in both languages and its other names."""
    others = metric.get("aliases", "").split(";")
    return frozenset(_both(metric) | {plain for other in others if (plain := _plain(other))})


def _named(label: str, names: Sequence[_Names], metric: frozenset[str]) -> set[Scope]:
    """The scopes named in a label; a name that is part of a longer one or of the metric's is not what is meant."""
    text = _plain(label)
    found = {name for of in names for name in of.known.within(text)}
    longest = [*found, *(words for words in metric if words in text)]
    return {
        scope
        for name in found
        if not any(name != longer and name in longer for longer in longest)
        for of in names
        for scope in of.scopes.get(name, ())
    }


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


RELATIONS = (label_scope,)
