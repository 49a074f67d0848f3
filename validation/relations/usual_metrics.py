"""The definition that an entity's own documents use: a number under another one that they never use beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 3
"""So many documents of its own make a definition the usual one of an entity."""
Prints = dict[str, list[Observation]]


@relation(
    "V.usual_metric",
    "warning",
    says="an entity's own documents tell a quantity by the definitions that they use",
    rationale="One quarter of capital expenditure with leases among nine in cash is a slip of the definition.",
    fix="check which definition the number follows; where it is a new one, add the number of the usual one beside it",
)
def usual_metric(facts: Facts) -> Iterator[Remark]:
    """Each result that alone of an entity's own stands under a definition, where others use one akin to it.

    A document that prints the usual one of the same period as well tells both, and is right.
    """
    for prints in _own(facts).values():
        for metric_id, rows in prints.items():
            for other, others in prints.items() if len(rows) == 1 else ():
                documents = {o.source_id for o in others}
                is_told = any((o.source_id, o.period) == (rows[0].source_id, rows[0].period) for o in others)
                if len(documents) >= ENOUGH and not is_told and _are_akin(metric_id, other, facts):
                    yield remark_on(
                        rows[0], "metric_id", False, other,
                        f"{len(documents)} documents of its own print {other}, no other prints {metric_id}", others[0],
                    )  # fmt: skip


def _own(facts: Facts) -> dict[tuple[str, str], Prints]:
    """The levels that an entity's own documents print, by entity and part, then by metric."""
    found: dict[tuple[str, str], Prints] = defaultdict(lambda: defaultdict(list))
    for o in facts.by_measure.get("level", []):
        if o.is_own_word and o.series.standing == ACTUAL:
            found[o.series.entity_id, o.series.breakdown_id][o.series.metric_id].append(o)
    return found


def _are_akin(one: str, other: str, facts: Facts) -> bool:
    """Whether two metrics define one quantity: one is the broader of the other, or both have the same broader one."""
    a, b = (facts.reference.metrics.get(metric, {}).get("broader_metric_id", "") for metric in (one, other))
    return one != other and (a == other or b == one or (a == b != ""))


RELATIONS = (usual_metric,)
