"""Explanations by another period or another precision: growth on another base, a year of other quarters, padding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from validation.arithmetic import growth, meets, sum_of
from validation.facts import Facts, Observation, is_fine
from validation.intervals import Interval
from validation.relations.relation import Case, Relation
from validation.spans import preceding, year_before

__all__ = ["another_base", "other_four_quarters", "padded"]


def another_base(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Growth that fits another period of the same series: q/q for y/y, a list one quarter late, a fiscal year."""
    if relation.id not in ("C.growth_yoy", "C.growth_prev") or len(case.best.inputs) != 2:
        return
    now, base = case.best.inputs
    assert case.printed.period is not None and base.period is not None
    fitting = [
        other
        for period, prints in facts.by_series.get(base.series, {}).items()
        for other in prints
        if period.type == base.period.type
        and period != base.period
        and meets(growth(_unpadded(now), _unpadded(other)), _unpadded(case.printed))
    ]
    told = [words for other in fitting if (words := _base_words(case.printed, base, other, facts))]
    yield from told
    if not told and len(fitting) == 1 and fitting[0].period is not None and is_fine(fitting[0]):
        yield f"it fits another base: {_print(fitting[0])} of the {fitting[0].period.label}"


def _base_words(printed: Observation, base: Observation, other: Observation, facts: Facts) -> str:
    """Why growth would be taken over another period, where there is a known reason."""
    assert printed.period is not None and base.period is not None and other.period is not None
    period, measure = other.period, printed.series.measure
    fits = f"it fits the base {_print(other)} of the {period.label}"
    months = (base.period.end.year - period.end.year) * 12 + base.period.end.month - period.end.month
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
    """The interval of a print if its trailing zeros behind the point claim nothing."""
    printed = observation.row["printed_value"]
    zeros = len(printed) - len(printed.rstrip("0")) if "." in printed else 0
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
    if relation.id != "C.sum_of_periods" or len(case.best.inputs) != 4:
        return
    series = case.best.inputs[0].series
    quarters = [(p, prints[0]) for p, prints in facts.by_series[series].items() if p.type == "quarter"]
    for start in range(len(quarters) - 3):
        four = [observation for _, observation in quarters[start : start + 4]]
        last = quarters[start + 3][0]
        is_run = all(preceding(quarters[i + 1][0]) == quarters[i][0] for i in range(start, start + 3))
        if is_run and meets(sum_of(o.interval for o in four), case.printed.interval):
            yield f"it is the sum of the four quarters to {last.end}: another kind of year than its period says"


def _print(observation: Observation) -> str:
    return f"{observation.row['printed_value']} {observation.row['printed_unit_id']}"
