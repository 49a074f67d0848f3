"""Growth, multiples and differences against the levels they speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from validation.arithmetic import difference, growth, hull, product, ratio, scaled, shifted
from validation.facts import ACTUAL, Facts, Observation, Series
from validation.intervals import Interval
from validation.reference import Reference
from validation.relations.formula import Formula, Role, level
from validation.relations.relation import Case, Option, Relation, relation
from validation.spans import TILINGS, Period, preceding, tiles, year_before

__all__ = ["RELATIONS"]

HUNDRED, HUNDREDTH = Decimal(100), Decimal("0.01")
REACH = timedelta(days=200)
"""So near in time a reading says something of a day."""
RECHECK = "check the rate, both levels and their periods in the source; if the base was recast, give it its perimeter"


def _nominal(printed: Observation, reference: Reference) -> bool:
    """Whether the print speaks of levels as reported: constant-currency and organic growth do not."""
    return printed.series.basis in ("reported", "before_elimination")


def _at_start(period: Period) -> Period | None:
    """The instant at which a window begins: from the first of a month means from the end of the one before."""
    if period.start is None:
        return None
    day = period.start - timedelta(days=1) if period.start.day == 1 else period.start
    return Period("instant", None, day)


def _at_end(period: Period) -> Period:
    """The instant at which a window ends."""
    return Period("instant", None, period.end)


def _of_parent(series: Series, reference: Reference) -> Series | None:
    """The level of the whole that a contribution is a part of: the parent breakdown."""
    breakdown = reference.breakdowns.get(series.breakdown_id, {})
    parent = breakdown.get("parent_breakdown_id", "")
    return level(series, reference)._replace(breakdown_id=parent) if parent else None


def _contribution(now: Interval, before: Interval, parent_before: Interval) -> Interval:
    return scaled(ratio(difference(now, before), parent_before), HUNDRED)


NOW, BEFORE = Role("now"), Role("a year before", at=year_before)


def _formula(id_: str, says: str, rationale: str, formula: Formula) -> Relation:
    return Relation(id_, "error", says, rationale, RECHECK, formula.cases)


GROWTH_YOY = _formula(
    "C.growth_yoy",
    "growth on the year is the level over the level of the same period a year before",
    "A growth rate, its level and its base are three prints of two facts: where they do not meet, one is wrong.",
    Formula("growth_yoy", (NOW, BEFORE), growth, _nominal),
)
GROWTH_PREV = _formula(
    "C.growth_prev",
    "growth on the preceding period is the level over the level of that period",
    "Growth on the quarter is often mistaken for growth on the year, or the other way round; the levels tell.",
    Formula("growth_prev", (NOW, Role("before", at=preceding)), growth, _nominal),
)


def _over_period(id_: str, says: str, rationale: str, formula: Formula) -> Relation:
    """A relation of readings at both ends of a window, of the very days or of those around them."""

    def cases(facts: Facts) -> Iterator[Case]:
        on_the_day = {case.row_id: case for case in formula.cases(facts)}
        yield from on_the_day.values()
        for printed in facts.by_measure.get(formula.measure, []):
            if printed.row_id not in on_the_day and formula.applies(printed, facts.reference):
                option = _in_between(printed, formula.implied, facts)
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
    periods = facts.by_series.get(series, {})
    instants = [period for period in periods if period.type == "instant" and abs(period.end - day.end) <= REACH]
    before = [period for period in instants if period.end <= day.end][-1:]
    after = [period for period in instants if period.end >= day.end][:1]
    return [facts.readings(series, period)[0] for period in (*before, *after)] if before and after else []


def _rises(readings: list[Observation]) -> bool:
    values = [o.interval.value for o in readings if o.interval.value is not None]
    return len(values) == len(readings) and all(one <= other for one, other in pairwise(values))


GROWTH_OVER_PERIOD = _over_period(
    "C.growth_over_period",
    "growth over a span is the reading at its end over the reading at its start",
    "Both readings are often printed beside the growth, so that the three can be held together.",
    Formula("growth_over_period", (Role("end", at=_at_end), Role("start", at=_at_start)), growth, _nominal, False),
)
MULTIPLE_OVER_PERIOD = _over_period(
    "C.multiple_over_period",
    "a multiple over a span is the reading at its end over the reading at its start",
    "A multiple is easily confused with growth: fourfold is growth of 300 %.",
    Formula("multiple_over_period", (Role("end", at=_at_end), Role("start", at=_at_start)), ratio, _nominal, False),
)
MULTIPLE_YOY = _formula(
    "C.multiple_yoy",
    "a multiple on the year is the level over the level a year before",
    "A multiple is easily confused with growth: fourfold is growth of 300 %.",
    Formula("multiple_yoy", (NOW, BEFORE), ratio, _nominal),
)
DIFFERENCE_YOY = _formula(
    "C.difference_yoy",
    "a difference on the year is the level less the level a year before",
    "Percentage points and percent are easily confused; the two margins tell.",
    Formula("difference_yoy", (NOW, BEFORE), difference, _nominal),
)
CONTRIBUTION_YOY = _formula(
    "C.contribution_yoy",
    "a part's contribution is its change on the year over the level of the whole a year before",
    "Points of growth that a part contributed follow from its levels and the whole.",
    Formula(
        "contribution_yoy",
        (NOW, BEFORE, Role("the whole a year before", of=_of_parent, at=year_before)),
        _contribution,
        _nominal,
    ),
)


@relation(
    "C.growth_of_parts",
    "warning",
    says="growth of a year lies between the least and the greatest growth of its parts",
    rationale="A year's growth is a mean of its quarters' growth with positive weights, so it cannot lie outside them.",
    fix=RECHECK,
)
def growth_of_parts(facts: Facts) -> Iterator[Case]:
    """Growth on the year of a year, half year or nine months against that of all its shorter periods."""
    for printed in facts.by_measure.get("growth_yoy", []):
        assert printed.period is not None
        if _sums_up(printed, facts.reference):
            options = [_between(parts) for parts in _growth_of_tiles(printed, facts)]
            if options:
                yield Case(printed, tuple(options))


def _sums_up(printed: Observation, reference: Reference) -> bool:
    metric = reference.metrics.get(printed.series.metric_id, {})
    return metric.get("aggregation") == "sum" and metric.get("sign") == "nonnegative"


def _growth_of_tiles(printed: Observation, facts: Facts) -> Iterator[tuple[Observation, ...]]:
    assert printed.period is not None
    for tiling in TILINGS.get(printed.period.type, ()):
        parts = [facts.readings(printed.series, tile, printed.source_id) for tile in tiles(printed.period, tiling)]
        if all(parts):
            yield tuple(observation for readings in parts for observation in readings)


def _between(parts: tuple[Observation, ...]) -> Option:
    return Option(parts, hull(o.interval for o in parts))


@relation(
    "C.growth_chain",
    "warning",
    says="growth on the year is the product of four quarters' growth on the quarter",
    rationale="Where no level is printed, rates on the quarter still add up to the rate on the year.",
    fix=RECHECK,
)
def growth_chain(facts: Facts) -> Iterator[Case]:
    """Growth on the year of a quarter against the four rates on the quarter that lead to it."""
    for printed in facts.by_measure.get("growth_yoy", []):
        if printed.period is None or printed.period.type != "quarter" or printed.series.basis != "reported":
            continue
        series = printed.series._replace(measure="growth_prev")
        year = Period("year", None, printed.period.end)
        parts = [facts.readings(series, tile, printed.source_id) for tile in tiles(year, ("quarter",) * 4)]
        if all(parts):
            inputs = tuple(readings[0] for readings in parts)
            yield Case(printed, (Option(inputs, _chained(inputs)),))


def _chained(rates: tuple[Observation, ...]) -> Interval:
    multiples = [scaled(shifted(rate.interval, HUNDRED), HUNDREDTH) for rate in rates]
    return shifted(scaled(reduce(product, multiples), HUNDRED), -HUNDRED)


RELATIONS = (
    GROWTH_YOY, GROWTH_PREV, GROWTH_OVER_PERIOD, MULTIPLE_OVER_PERIOD, MULTIPLE_YOY, DIFFERENCE_YOY,
    CONTRIBUTION_YOY, growth_of_parts, growth_chain,
)  # fmt: skip
