"""The currency that an entity's money is told in: a number in one that no other document uses, and no word names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from canonical.printed_text import currency_of_text
from validation.relations.currencies import conversion
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.reach import family_of
from validation.relations.relation import Case, Remark, evaluated, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 8
"""So many numbers of other documents make a currency the usual one."""


@relation(
    "V.usual_currency",
    "warning",
    says="money of an entity is told in a currency that another document uses too, or that its text names",
    rationale="Yuan typed for dollars is a slip of the list of units: a company reports in one currency.",
    fix="check the currency in the source, and type printed_text with its sign or word",
)
def usual_currency(facts: Facts) -> Iterator[Remark]:
    """Each result in a currency that its document alone uses for the entities of one tree, and names nowhere.

    What stands beside own prints of the fact is held by their rate of the year.
    """
    families: dict[str, list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if o.series.standing == ACTUAL and _currency(o, facts):
            families[family_of(o.series.entity_id, facts.parents)].append(o)
    converted = {
        case.row_id
        for case in evaluated(conversion, facts)
        if isinstance(case, Case) and case.best.inputs[0].period == case.printed.period
    }
    for rows in families.values():
        documents: dict[str, set[str]] = defaultdict(set)
        for o in rows:
            documents[_currency(o, facts)].add(o.source_id)
        counts = Counter(_currency(o, facts) for o in rows)
        for o in rows if len(counts) > 1 else ():
            own = _currency(o, facts)
            others = len(rows) - counts[own]
            if len(documents[own]) == 1 and others >= ENOUGH and o.row_id not in converted and not _is_named(o):
                usual = " or ".join(sorted(counts.keys() - {own}))
                message = f"all {others} other amounts are in {usual}, and neither text nor label names {own}"
                yield remark_on(o, "printed_unit_id", False, f"a unit of {usual}", message)


def _is_named(o: Observation) -> bool:
    return bool(currency_of_text(o.row["printed_text"]) or currency_of_text(o.row["printed_label"]))


def _currency(o: Observation, facts: Facts) -> str:
    unit = facts.reference.units.get(o.row["printed_unit_id"])
    return unit.currency if unit is not None and unit.quantity == "money" else ""


RELATIONS = (usual_currency,)
