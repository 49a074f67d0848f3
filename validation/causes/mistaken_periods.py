"""Explanations by another period, print or precision: growth on another base, a year of other quarters, padding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from canonical.arithmetic import growth, meets, sum_of
from canonical.intervals import Interval
from canonical.spans import Period, preceding, year_before
from validation.causes.recalculation import now_and_base
from validation.relations.facts import Facts, Observation, is_fine
from validation.relations.quantities import adds_up_over_time
from validation.relations.relation import Case, Relation

__all__ = ["accumulated", "another_base", "longer", "other_four_quarters", "padded"]


def another_base(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Growth that fits another period of the same series: q/q for y/y, a list one quarter late, a fiscal year."""
    if relation.id not in BASES or case.printed.period is None or case.printed.row["bound"] not in ("", "eq"):
        return
    now, base = now_and_base(case)
    period = BASES[relation.id](case.printed.period)
    if not now or not base or period is None:
        return
    level = sum_of(_unpadded(o) for o in now)
    fitting = [
        other
        for series in dict.fromkeys((base[0].series, now[0].series))
        for other_period, prints in islice(facts.by_series.get(series, {}).items(), MOST_PERIODS)
        for other in prints[:TRIED]
        if other_period.type == period.type and other_period != period and other_period.end < case.printed.period.end
        if _is_growth(case.printed, growth(level, _unpadded(other)))
    ]
    told = [words for other in fitting if (words := _base_words(case.printed, period, other, facts))]
    yield from told
    others = {other.period: other for other in reversed(fitting)}
    if not told and len(others) == 1 and is_fine(fitting[0]) and fitting[0].period is not None:
        yield f"it fits another base: {_print(fitting[0])} of the {fitting[0].period.label}"


TRIED, MOST_PERIODS = 16, 1_000
"""So many prints of a period are tried, and so many periods of a series."""
BASES = {"C.growth_yoy": year_before, "C.growth_prev": preceding}
"""The period that growth is taken over."""


def _is_growth(printed: Observation, implied: Interval) -> bool:
    """Whether a rate that is known at both ends fits."""
    return implied.low is not None and implied.high is not None and meets(implied, _unpadded(printed))


def _base_words(printed: Observation, base: Period, other: Observation, facts: Facts) -> str:
    """Why growth would be taken over another period, where there is a known reason."""
    assert printed.period is not None and other.period is not None
    period, measure = other.period, printed.series.measure
    fits = f"it fits the base {_print(other)} of the {period.label}"
    months = (base.end.year - period.end.year) * 12 + base.end.month - period.end.month
    year_end = facts.year_end_month(printed.series.entity_id)
    if measure == "growth_prev" and period == year_before(printed.period):
        return f"{fits}: growth on the year printed as growth on the period before"
    if measure == "growth_yoy" and period == preceding(printed.period):
        return f"{fits}: growth on the period before printed as growth on the year"
    if year_end not in (None, 12) and months in (year_end, year_end - 12):
        return f"{fits}, {months} months off: the list of the year may follow the fiscal year"
    if measure == "growth_prev" and 9 < months <= 15:
        return f"{fits}: growth on the year, with that list {months - 9} months off"
    return ""


def _unpadded(observation: Observation) -> Interval:
    """The interval of a print if the trailing zeros behind its point that it still claims did claim nothing."""
    printed, claimed = observation.row["printed_value"], observation.row["decimals"]
    behind = printed.partition(".")[2]
    given_up = len(behind) - int(claimed) if claimed else 0
    zeros = max(len(behind) - len(behind.rstrip("0")) - given_up, 0)
    low, high, value = observation.interval.low, observation.interval.high, observation.interval.value
    if not zeros or low is None or high is None or value is None:
        return observation.interval
    return replace(observation.interval, low=value - (value - low) * 10**zeros, high=value + (high - value) * 10**zeros)


def padded(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A print that would meet what is implied if the zeros behind its point claimed nothing."""
    if meets(_unpadded(case.printed), case.best.implied):
        yield f"{case.printed.row['printed_value']} would fit if its last zeros claim nothing"


def other_four_quarters(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A year that fits the same number of quarters ending one to three quarters apart."""
    if relation.id != "C.sum_of_periods" or len(case.best.inputs) != 4 or case.printed.period is None:
        return
    series = case.best.inputs[0].series
    quarters = [(p, prints[0]) for p, prints in facts.by_series[series].items() if p.type == "quarter"]
    for start in range(len(quarters) - 3):
        four = [observation for _, observation in quarters[start : start + 4]]
        last = quarters[start + 3][0]
        is_run = all(preceding(quarters[i + 1][0]) == quarters[i][0] for i in range(start, start + 3))
        is_another = is_run and last.end != case.printed.period.end
        if is_another and meets(sum_of(o.interval for o in four), case.printed.interval):
            yield f"it is the sum of the four quarters to {last.end}: another kind of year than its period says"


def accumulated(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A quarter that fits as the sum of the quarters to its end: a half year, a year to date, or twelve months."""
    printed, period, implied = case.printed, case.printed.period, case.best.implied
    is_flow = period is not None and adds_up_over_time(printed.series, facts.reference)
    if period is None or period.type != "quarter" or not is_flow or not is_fine(printed) or not _is_known(implied):
        return
    terms, earlier = [implied], preceding(period)
    while earlier is not None and len(terms) < QUARTERS:
        before = facts.by_fact.get((printed.series, earlier), [])
        if not before:
            return
        terms.append(before[0].interval)
        if meets(sum_of(terms), printed.interval):
            yield f"{printed.row['printed_value']} would fit as the sum of the {len(terms)} quarters to {period.end}"
            return
        earlier = preceding(earlier)


def longer(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A quarter that is about twice, three or four times what it is held against."""
    printed, implied = case.printed, case.best.implied
    is_flow = printed.period is not None and adds_up_over_time(printed.series, facts.reference)
    if not is_flow or printed.period is None or printed.period.type != "quarter" or relation.id not in OF_ONE_FACT:
        return
    value, low, high = printed.interval.value, implied.low, implied.high
    if value and low is not None and high is not None and low * high > 0:
        times = 2 * value / (low + high)
        if any(abs(times - many) * ABOUT <= many for many in range(2, QUARTERS + 1)):
            yield (
                f"{printed.row['printed_value']} would fit as the number of a longer period, "
                "such as the year to date, or as a yearly rate"
            )


OF_ONE_FACT, ABOUT = ("C.agreement", "C.agreement_in_source", "C.restatement"), 8
"""Rules that hold a print against another one of its fact; quarters of a year are equal to about an eighth."""
QUARTERS, PART = 4, 20
"""So many quarters make a year; what is known to a twentieth tells one sum from another."""


def _is_known(interval: Interval) -> bool:
    low, high = interval.low, interval.high
    return low is not None and high is not None and (high - low) * PART <= abs(high + low)


def _print(observation: Observation) -> str:
    return f"{observation.row['printed_value']} {observation.row['printed_unit_id']}"
