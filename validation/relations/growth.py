"""Growth, multiples and differences on the year or the period before, against the levels they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import reduce

from canonical.arithmetic import difference, growth, hull, product, ratio, scaled, shifted
from canonical.intervals import Interval
from canonical.reference import Reference
from canonical.spans import TILINGS, Period, preceding, tiles, year_before
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import Formula, Role, level
from validation.relations.relation import Case, Option, Relation, relation

__all__ = ["RECHECK", "RELATIONS", "is_nominal"]

HUNDRED, HUNDREDTH = Decimal(100), Decimal("0.01")
RECHECK = "check the rate, both levels and their periods in the source; if the base was recast, give it its perimeter"


def is_nominal(printed: Observation, reference: Reference) -> bool:
    """Whether the print speaks of levels as reported: constant-currency and organic growth do not."""
    return printed.series.basis in ("reported", "before_elimination")


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
    Formula("growth_yoy", (NOW, BEFORE), growth, is_nominal),
)
GROWTH_PREV = _formula(
    "C.growth_prev",
    "growth on the preceding period is the level over the level of that period",
    "Growth on the quarter is often mistaken for growth on the year, or the other way round; the levels tell.",
    Formula("growth_prev", (NOW, Role("before", at=preceding)), growth, is_nominal),
)
MULTIPLE_YOY = _formula(
    "C.multiple_yoy",
    "a multiple on the year is the level over the level a year before",
    "A multiple is easily confused with growth: fourfold is growth of 300 %.",
    Formula("multiple_yoy", (NOW, BEFORE), ratio, is_nominal),
)
DIFFERENCE_YOY = _formula(
    "C.difference_yoy",
    "a difference on the year is the level less the level a year before",
    "Percentage points and percent are easily confused; the two margins tell.",
    Formula("difference_yoy", (NOW, BEFORE), difference, is_nominal),
)
CONTRIBUTION_YOY = _formula(
    "C.contribution_yoy",
    "a part's contribution is its change on the year over the level of the whole a year before",
    "Points of growth that a part contributed follow from its levels and the whole.",
    Formula(
        "contribution_yoy",
        (NOW, BEFORE, Role("the whole a year before", of=_of_parent, at=year_before)),
        _contribution,
        is_nominal,
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
    GROWTH_YOY, GROWTH_PREV, MULTIPLE_YOY, DIFFERENCE_YOY, CONTRIBUTION_YOY, growth_of_parts, growth_chain,
)  # fmt: skip
