"""Explanations by what else a document tells: a column of another period, a number that was restated since."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from canonical.arithmetic import meets
from canonical.spans import Period, preceding, year_before
from validation.causes.elsewhere import on_any_perimeter
from validation.causes.recalculation import now_and_base
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.foreseen import growths
from validation.relations.kept import kept
from validation.relations.relation import Case, Relation

__all__ = ["growth_of_other_period", "left_out_column", "stale_base"]

IN_ONE, OF_DOCUMENTS, WHOLE = "C.agreement_in_source", ("C.agreement", "C.restatement"), "total"
"""The rule of two numbers of one fact in a document, and those of numbers in several."""
OF_GROWTH = (IN_ONE, *OF_DOCUMENTS, "C.growth_yoy")
"""Rules that a rate on the year may break."""
NARROW = Decimal("1.5")
"""A rate that is known within so many points tells which number would meet it."""
LONG = timedelta(days=180)
"""A number is restated in a report that comes so much later, or later still."""


def left_out_column(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A period near that of a print, or a part, of which its document tells others by this measure but not this.

    Of two unlike numbers of one document any such is named, unless another document prints for it what neither meets;
    of one that differs from other documents the period that most numbers of its document are of.
    """
    printed, period = case.printed, case.printed.period
    if relation.id not in (IN_ONE, *OF_DOCUMENTS) or printed.series.standing != ACTUAL or period is None:
        return
    is_in_one = relation.id == IN_ONE
    told = _periods_of(facts).get((printed.source_id, printed.series.entity_id), {})
    two = (printed, *case.best.inputs[:1]) if is_in_one else (printed,)
    main = _main_periods(facts).get(printed.source_id)
    for other, series in told.items():
        if (
            (is_in_one or other == main)
            and other != period
            and _are_beside(other, period)
            and _is_left_out(printed.series, series)
        ):
            prints = facts.by_fact.get((printed.series, other), [])
            if not prints or any(meets(o.interval, p.interval) for o in two for p in prints):
                yield f"its document tells nothing of it for the {other.label}, of which it tells other numbers"
    if is_in_one and printed.series.breakdown_id == WHOLE:
        yield from _left_out_parts(printed.series, told[period])


def _is_left_out(asked: Series, told: set[Series]) -> bool:
    """Whether a series is not among those told of a period, and others of its measure are."""
    by_measure = {series for series in told if series.measure == asked.measure}
    return bool(by_measure) and asked not in by_measure


def _left_out_parts(asked: Series, told: set[Series]) -> Iterator[str]:
    """The one part that a document tells of by another measure alone, where it tells of others by this one."""
    alike = [series for series in told if series.metric_id == asked.metric_id and series.breakdown_id != WHOLE]
    by_measure = {series.breakdown_id for series in alike if series.measure == asked.measure}
    left = {series.breakdown_id for series in alike} - by_measure
    if by_measure and len(left) == 1:
        yield f"its document tells no such number of {left.pop()}, of which it tells others"


def growth_of_other_period(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Growth on the year that the levels of a period near it give, of which its document tells other numbers."""
    printed, period = case.printed, case.printed.period
    if relation.id not in OF_GROWTH or printed.series.measure != "growth_yoy" or period is None:
        return
    for other in _periods_of(facts).get((printed.source_id, printed.series.entity_id), {}):
        is_other = other != period and _are_beside(other, period)
        for option in growths(printed.series, replace(printed, period=other), facts) if is_other else ():
            low, high = option.implied.low, option.implied.high
            is_known = low is not None and high is not None and high - low <= NARROW
            if is_known and meets(option.implied, printed.interval):
                told = f"the growth of the {other.label}, of which its document tells other numbers"
                yield f"{printed.row['printed_value']} would fit as {told}"
                break


@kept
def _periods_of(facts: Facts) -> dict[tuple[str, str], dict[Period, set[Series]]]:
    """The periods that each document tells of an entity, with the series that it tells of each."""
    found: dict[tuple[str, str], dict[Period, set[Series]]] = defaultdict(lambda: defaultdict(set))
    for o in facts.comparable:
        assert o.period is not None
        found[o.source_id, o.series.entity_id][o.period].add(o.series)
    return found


@kept
def _main_periods(facts: Facts) -> dict[str, Period]:
    """The period that more numbers of each document are of than of any other one."""
    counts: dict[str, Counter[Period]] = defaultdict(Counter)
    for o in facts.comparable:
        if o.period is not None:
            counts[o.source_id][o.period] += 1
    two = {source_id: count.most_common(2) for source_id, count in counts.items()}
    return {name: first for name, ((first, many), *rest) in two.items() if not rest or rest[0][1] < many}


def _are_beside(one: Period, other: Period) -> bool:
    """Whether one of two periods is the one before the other, or that of the year before."""
    return one in (preceding(other), year_before(other)) or other in (preceding(one), year_before(one))


def stale_base(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A base in the document of a growth rate that is the number of a much older document: restated since, perhaps."""
    if relation.id != "C.growth_yoy" or case.printed.period is None:
        return
    for base in now_and_base(case)[1]:
        prints = on_any_perimeter(base.series, base.period, facts) if base.period is not None else []
        older = next((o for o in prints if _is_older(o, base)), None)
        if older is not None and base.source_id == case.printed.source_id:
            yield f"follows from {base.row_id}: it is the number of {older.row_id}, and may have been restated since"


def _is_older(one: Observation, other: Observation) -> bool:
    """Whether one print of a number is of a document of the same publisher that came out much earlier."""
    if one.known_on is None or other.known_on is None or not meets(one.interval, other.interval):
        return False
    return one.publisher == other.publisher and other.known_on - one.known_on >= LONG
