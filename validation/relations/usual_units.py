"""The unit in which a publisher prints a metric: an amount in another one was taken from another document or column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 4
"""So many other documents that print a line in one unit make it the usual one."""
SPOKEN = "earnings_call"
"""In a call million and billion are said as they come."""
Documents = dict[str, set[str]]


@relation(
    "V.usual_unit",
    "warning",
    says="an amount stands in the unit in which such documents of its publisher print it at such places",
    rationale="Twenty releases print revenue in millions: a number in billions was read somewhere else.",
    fix="check the number and its unit at the place that the locator names, or name the place where it stands",
    beside="observations.locator",
)
def usual_unit(facts: Facts) -> Iterator[Remark]:
    """Each amount that alone of its document is in a unit, where documents enough print its line in one other unit.

    These are documents of one kind by one publisher, and the places are of one kind. What has no place says nothing
    of where it was read, and what is spoken follows no table.
    """
    of_row, first = facts.cells.kinds(
        ("source_id", "entity_id", "metric_id", "measure", "printed_unit_id", "place")
    )  # fmt: skip
    amounts = {n: o for n, o in enumerate(facts.observations[place] for place in first) if _is_amount(o, facts)}
    counts, alone = np.bincount(of_row, minlength=len(first)), Counter[tuple[str, str]]()
    lines, places = defaultdict[object, Documents](_documents), defaultdict[object, Documents](_documents)
    for number, o in amounts.items():
        unit = o.row["printed_unit_id"]
        alone[o.source_id, unit] += int(counts[number])
        lines[_line(o, facts)][unit].add(o.source_id)
        places[_line(o, facts), _place(o)][unit].add(o.source_id)
    for o in amounts.values():
        unit, units = o.row["printed_unit_id"], lines[_line(o, facts)]
        others = [other for other, documents in units.items() if other != unit and documents != {o.source_id}]
        if alone[o.source_id, unit] == 1 and len(others) == 1 and units[unit] == {o.source_id} and _place(o):
            documents = places[_line(o, facts), _place(o)][others[0]] - {o.source_id}
            if len(documents) >= ENOUGH:
                message = f"{len(documents)} other documents of {o.publisher} print it in {others[0]}, none in {unit}"
                yield remark_on(o, "printed_unit_id", False, others[0], message)


def _documents() -> Documents:
    return defaultdict(set)


def _is_amount(o: Observation, facts: Facts) -> bool:
    """Whether a row is a level of money that was not spoken."""
    unit = facts.reference.units.get(o.row["printed_unit_id"])
    is_money = o.series.measure == "level" and unit is not None and unit.quantity == "money"
    return is_money and _kind(o, facts) != SPOKEN


def _line(o: Observation, facts: Facts) -> tuple[str, ...]:
    return o.publisher, _kind(o, facts), o.series.entity_id, o.series.metric_id


def _kind(o: Observation, facts: Facts) -> str:
    return facts.reference.sources.get(o.source_id, {}).get("kind", "")


def _place(o: Observation) -> str:
    """The kind of a place: a page, a table, a line."""
    return o.row["locator"].partition(":")[0]


RELATIONS = (usual_unit,)
"""They judge what was typed: corrections change nothing in them."""
