"""The currency that an entity's money is told in: a number in one that no other document uses, and no word names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np

from canonical.printed_text import currency_of_text
from validation.relations.cells import are_mixed, codes_of
from validation.relations.currencies import conversion
from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.quantities import significant_digits
from validation.relations.reach import family_of
from validation.relations.relation import Case, Remark, evaluated, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH, ESTIMATE = 4, "estimate"
"""So many numbers of other documents make a currency the usual one."""


@relation(
    "V.usual_currency",
    "warning",
    says="money of an entity is told in a currency that another document uses too, or that its text names",
    rationale="Yuan typed for dollars is a slip of the list of units: a company reports in one currency.",
    fix="check the currency in the source, and type printed_text with its sign or word",
    beside="observations.printed_label observations.printed_text",
)
def usual_currency(facts: Facts) -> Iterator[Remark]:
    """Each amount in a currency that its document alone uses for the entities of one tree, and names nowhere.

    Estimates are in the currency of the tracker, and are left out.

    What stands beside own prints of the fact is held by their rate of the year, unless it has their very digits.
    """
    families: dict[str, list[Observation]] = defaultdict(list)
    rows = facts.cells.rows(_in_mixed_families(facts))
    for o in rows:
        if o.row["claim_status"] != ESTIMATE and _currency(o, facts):
            families[family_of(o.series.entity_id, facts.parents)].append(o)
    converted = {
        case.row_id
        for case in (evaluated(conversion, facts) if rows else ())
        if isinstance(case, Case)
        and case.best.inputs[0].period == case.printed.period
        and not _are_same_digits(case.printed, case.best.inputs[0])
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


@relation(
    "V.own_currency",
    "warning",
    says="a vendor's own document tells its amounts in the currency that it reports in, or the text names another",
    rationale="A report in yen has no amount in dollars without a word of it: the unit is a slip of the list.",
    fix="check the currency in the source, and type printed_text with its sign or word",
    reach="row",
    beside="observations.printed_label observations.printed_text",
)
def own_currency(facts: Facts) -> Iterator[Remark]:
    """Each level of money in a document of the reporter in another currency than its entity's, which no word names."""
    for o in facts.by_measure.get("level", []):
        own = facts.reference.entities.get(o.series.entity_id, {}).get("reporting_currency", "")
        currency = _currency(o, facts)
        if o.is_own_word and own and currency and currency != own:
            message = f"{o.series.entity_id} reports in {own}, and neither text nor label names {currency}"
            yield remark_on(o, "printed_unit_id", _is_named(o), f"a unit of {own}", message)


def _in_mixed_families(facts: Facts) -> Truths:
    """Which rows are of families of which money is told in several currencies."""
    entities, names = facts.cells.codes("entity_id")
    units, of_units = facts.cells.codes("printed_unit_id")
    families, currencies = (codes_of(told)[0] for told in (
        [family_of(name, facts.parents) for name in names], [_currency_of(unit, facts) for unit in of_units],
    ))  # fmt: skip
    is_money = np.array([bool(_currency_of(unit, facts)) for unit in of_units], np.bool_)
    return are_mixed(families[entities], currencies[units], is_money[units])


def _are_same_digits(one: Observation, other: Observation) -> bool:
    """Whether two amounts in different currencies are printed alike: no rate makes 192.9 dollars of 192.9 euros."""
    return significant_digits(one) == significant_digits(other) and len(significant_digits(one)) > 1


def _is_named(o: Observation) -> bool:
    return bool(currency_of_text(o.row["printed_text"]) or currency_of_text(o.row["printed_label"]))


def _currency(o: Observation, facts: Facts) -> str:
    return _currency_of(o.row["printed_unit_id"], facts)


def _currency_of(unit_id: str, facts: Facts) -> str:
    unit = facts.reference.units.get(unit_id)
    return unit.currency if unit is not None and unit.quantity == "money" else ""


RELATIONS = (usual_currency, own_currency)
