"""Numbers that no other print, or no equation either, bears out: of these alone a prior may speak."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from canonical.spans import Period
from validation.relations import growth, margins, parts, period_sums, scopes
from validation.relations.contested import are_contested
from validation.relations.crowds import met_by_others
from validation.relations.facts import Facts, Observation, Series
from validation.relations.kept import kept
from validation.relations.reach import family_of
from validation.relations.relation import Case, Remark, evaluated

__all__ = ["Prints", "of_series", "unheld", "unheld_among", "unheld_by_series", "unmet", "unmet_among"]

Prints = dict[Period, list[Observation]]

EQUATIONS = (growth.GROWTH_YOY, growth.GROWTH_PREV, period_sums.sum_of_periods, margins.margin, parts.sum_of_parts)


@kept
def unmet(facts: Facts) -> frozenset[str]:
    """The rows that no print of another document meets."""
    met = set[str]()
    for prints, is_contested in zip(facts.told_again, are_contested(facts), strict=True):
        if is_contested:
            told = met_by_others([(o.source_id, o.interval) for o in prints])
            met.update(o.row_id for o, is_met in zip(prints, told, strict=True) if is_met)
        elif any(o.source_id != prints[0].source_id for o in prints):
            met.update(o.row_id for o in prints)
    return frozenset(o.row_id for o in facts.comparable if o.row_id not in met)


def of_series(prints: Collection[Observation], facts: Facts) -> Facts:
    """The facts of all observations of the series of some."""
    series = {o.series for o in prints}
    subjects = dict.fromkeys((s.entity_id, s.metric_id) for s in series)
    return facts.only(o for subject in subjects for o in facts.by_subject[subject] if o.series in series)


def unmet_among(prints: Collection[Observation], facts: Facts) -> frozenset[str]:
    """Those of some rows that are in `unmet`, of which only the series of these rows are read."""
    return unmet(of_series(prints, facts)) & {o.row_id for o in prints} if prints else frozenset()


@kept
def unheld(facts: Facts) -> frozenset[str]:
    """Those of them on which no equation with other numbers holds, nor on a print of the same number of their fact."""
    prints, are_held = facts.columns.prints, np.zeros(len(facts.comparable), np.bool_)
    cases = list[Case | Remark](evaluated(scopes.sum_of_entities, facts))
    for answers in (answers for equation in EQUATIONS for answers in equation.answers(facts)):
        are_held[answers.prints[answers.is_held]] = True
        are_held[answers.inputs[:, answers.is_held]] = True
        cases += answers.left_open(facts)
    held = {prints[place].row_id for place in np.flatnonzero(are_held).tolist()}
    for case in cases:
        if case.holds:
            held.update(o.row_id for o in case.observations)
    for prints in facts.told_again:
        same = {o.interval for o in prints if o.row_id in held}
        held.update(o.row_id for o in prints if o.interval in same)
    return unmet(facts) - held


def unheld_among(prints: Collection[Observation], facts: Facts) -> frozenset[str]:
    """Those of some rows that are in `unheld`, of which only the families of those in `unmet` are read."""
    alone = unmet_among(prints, facts)
    families = {family_of(o.series.entity_id, facts.parents) for o in prints if o.row_id in alone}
    if not families:
        return frozenset()
    entities = {o.series.entity_id for o in facts.observations}
    inside = {entity for entity in entities if family_of(entity, facts.parents) in families}
    return unheld(facts.only(o for o in facts.observations if o.series.entity_id in inside)) & alone


@kept
def unheld_by_series(facts: Facts) -> dict[Series, Prints]:
    """The prints of these rows by series and period, in the order of `Facts.by_series`."""
    alone, columns = unheld(facts), facts.columns
    found: dict[Series, Prints] = {}
    for place in columns.in_order.tolist():
        o = columns.prints[place]
        if o.row_id in alone and o.period is not None:
            found.setdefault(o.series, {}).setdefault(o.period, []).append(o)
    return found
