"""Numbers that no other print, or no equation either, bears out: of these alone a prior may speak."""

from __future__ import annotations

from functools import lru_cache

from canonical.spans import Period
from validation.relations import growth, margins, parts, period_sums, scopes
from validation.relations.crowds import met_by_others
from validation.relations.facts import Facts, Observation, Series
from validation.relations.relation import Case, evaluated

__all__ = ["Prints", "unheld", "unheld_by_series", "unmet"]

Prints = dict[Period, list[Observation]]

EQUATIONS = (
    growth.GROWTH_YOY, growth.GROWTH_PREV, period_sums.sum_of_periods, margins.MARGIN, parts.sum_of_parts,
    scopes.sum_of_entities,
)  # fmt: skip


@lru_cache(maxsize=8)
def unmet(facts: Facts) -> frozenset[str]:
    """The rows that no print of another document meets."""
    met = {
        o.row_id
        for prints in facts.told_again
        for o, is_met in zip(prints, met_by_others([(o.source_id, o.interval) for o in prints]), strict=True)
        if is_met
    }
    return frozenset(o.row_id for o in facts.comparable if o.row_id not in met)


@lru_cache(maxsize=8)
def unheld(facts: Facts) -> frozenset[str]:
    """Those of them on which no equation with other numbers holds."""
    held: set[str] = set()
    for relation in EQUATIONS:
        for case in evaluated(relation, facts):
            if isinstance(case, Case) and case.holds:
                held.update(o.row_id for o in case.observations)
    return unmet(facts) - held


@lru_cache(maxsize=8)
def unheld_by_series(facts: Facts) -> dict[Series, Prints]:
    """The prints of these rows by series and period, in the order of `Facts.by_series`."""
    alone, columns = unheld(facts), facts.columns
    found: dict[Series, Prints] = {}
    for place in columns.in_order.tolist():
        o = columns.prints[place]
        if o.row_id in alone and o.period is not None:
            found.setdefault(o.series, {}).setdefault(o.period, []).append(o)
    return found
