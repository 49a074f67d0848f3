"""Growth and multiples from one day to another, against the readings of both days or of those around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import pairwise

from canonical import arithmetic
from canonical.arithmetic import hull
from canonical.intervals import Interval
from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.formula import Formula, Role, level
from validation.relations.growth import RECHECK, growth, is_nominal, ratio
from validation.relations.kept import kept
from validation.relations.nearby import Nearby
from validation.relations.relation import Case, Option, Relation

__all__ = ["RELATIONS"]

REACH = timedelta(days=200)
"""So near in time a reading says something of a day."""


def _at_start(period: Period) -> Period | None:
    """The instant at which a window begins: from the first of a month means from the end of the one before."""
    if period.start is None:
        return None
    day = period.start - timedelta(days=1) if period.start.day == 1 else period.start
    return Period("instant", None, day)


def _at_end(period: Period) -> Period:
    """The instant at which a window ends."""
    return Period("instant", None, period.end)


def _over_period(id_: str, says: str, rationale: str, formula: Formula) -> Relation:
    """A relation of readings at both ends of a window, of the very days or of those around them."""

    def cases(facts: Facts) -> Iterator[Case]:
        on_the_day = {case.row_id: case for case in formula.cases(facts)}
        yield from on_the_day.values()
        for printed in facts.by_measure.get(formula.measure, []):
            if printed.row_id not in on_the_day and formula.applies(printed.series, facts.reference):
                option = _in_between(printed, partial(formula.implied, arithmetic), facts)
                if option:
                    yield Case(printed, (option,), note="readings before and after its days", severity="warning")

    return Relation(id_, "error", says, rationale, RECHECK, cases)


def _in_between(printed: Observation, implied: Callable[..., Interval], facts: Facts) -> Option | None:
    """What growth from one day to another may be, where readings that only rise, or only fall, surround both days."""
    period = printed.period
    start = None if period is None else _at_start(period)
    if period is None or start is None:
        return None
    for unit in facts.units_of(level(printed.series, facts.reference)):
        series = level(printed.series, facts.reference)._replace(unit_id=unit, standing=ACTUAL)
        around = [_around(series, day, facts) for day in (_at_end(period), start)]
        inputs = [o for readings in reversed(around) for o in readings]
        if all(around) and (_rises(inputs) or _rises(inputs[::-1])):
            at_end, at_start = (hull(o.interval for o in readings) for readings in around)
            return Option(tuple(dict.fromkeys(o for readings in around for o in readings)), implied(at_end, at_start))
    return None


def _around(series: Series, day: Period, facts: Facts) -> list[Observation]:
    """The reading on a day, else the last before and the first after it; none where one is missing or far away."""
    near = _line(series, facts).around(day.end, REACH)
    instants = [period for period in near if period.type == "instant"]
    before = [period for period in instants if period.end <= day.end][-1:]
    after = [period for period in instants if period.end >= day.end][:1]
    return [facts.readings(series, period)[0] for period in (*before, *after)] if before and after else []


@kept
def _line(series: Series, facts: Facts) -> Nearby:
    return Nearby(facts.by_series.get(series, {}))


def _rises(readings: list[Observation]) -> bool:
    values = [o.interval.value for o in readings if o.interval.value is not None]
    return len(values) == len(readings) and all(one <= other for one, other in pairwise(values))


GROWTH_OVER_PERIOD = _over_period(
    "C.growth_over_period",
    "growth over a span is the reading at its end over the reading at its start",
    "Both readings are often printed beside the growth, so that the three can be held together.",
    Formula("growth_over_period", (Role("end", at=_at_end), Role("start", at=_at_start)), growth, is_nominal, False),
)
MULTIPLE_OVER_PERIOD = _over_period(
    "C.multiple_over_period",
    "a multiple over a span is the reading at its end over the reading at its start",
    "A multiple is easily confused with growth: fourfold is growth of 300 %.",
    Formula("multiple_over_period", (Role("end", at=_at_end), Role("start", at=_at_start)), ratio, is_nominal, False),
)

RELATIONS = (GROWTH_OVER_PERIOD, MULTIPLE_OVER_PERIOD)
