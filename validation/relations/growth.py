"""Growth, multiples and differences on the year or the period before, against the levels they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial, reduce

from canonical import arithmetic
from canonical.arithmetic import hull
from canonical.reference import Reference
from canonical.spans import TILINGS, Period, preceding, tiles, year_before
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import Formula, Role, level
from validation.relations.inner import Arithmetic, N
from validation.relations.questions import InColumns, Question, in_columns
from validation.relations.relation import Case, Option, far_reaching, relation

__all__ = ["RECHECK", "RELATIONS", "growth", "is_nominal", "ratio"]

HUNDRED, HUNDREDTH = Decimal(100), Decimal("0.01")
RECHECK = "check the rate, both levels and their periods in the source; if the base was recast, give it its perimeter"


def is_nominal(series: Series, reference: Reference) -> bool:
    """Whether prints speak of levels as reported: constant-currency and organic growth do not."""
    return series.basis in ("reported", "before_elimination")


def _of_parent(series: Series, reference: Reference) -> Series | None:
    """The level of the whole that a contribution is a part of: the parent breakdown."""
    breakdown = reference.breakdowns.get(series.breakdown_id, {})
    parent = breakdown.get("parent_breakdown_id", "")
    return level(series, reference)._replace(breakdown_id=parent) if parent else None


def growth(on: Arithmetic[N], now: N, before: N) -> N:
    """The growth from one level to another, in percent."""
    return on.growth(now, before)


def ratio(on: Arithmetic[N], now: N, before: N) -> N:
    """One level over another."""
    return on.ratio(now, before)


def _difference(on: Arithmetic[N], now: N, before: N) -> N:
    return on.difference(now, before)


def _contribution(on: Arithmetic[N], now: N, before: N, parent_before: N) -> N:
    return on.scaled(on.ratio(on.difference(now, before), parent_before), HUNDRED)


NOW, BEFORE = Role("now"), Role("a year before", at=year_before)


def _formula(id_: str, says: str, rationale: str, formula: Formula) -> InColumns:
    return formula.relation(id_, "error", says, rationale, RECHECK)


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
    Formula("difference_yoy", (NOW, BEFORE), _difference, is_nominal),
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
            yield tuple(observation for readings in parts for observation in far_reaching(readings))


def _between(parts: tuple[Observation, ...]) -> Option:
    return Option(parts, hull(o.interval for o in parts))


@in_columns(
    "C.growth_chain",
    "warning",
    says="growth on the year is the product of four quarters' growth on the quarter",
    rationale="Where no level is printed, rates on the quarter still add up to the rate on the year.",
    fix=RECHECK,
)
def growth_chain(facts: Facts) -> list[Question]:
    """Growth on the year of a quarter against the four rates on the quarter that lead to it."""
    columns = facts.columns
    prints = columns.by_series(columns.of_measure("growth_yoy"), lambda series: series.basis == "reported")
    prints = columns.by_period(prints, lambda period: period.type == "quarter")
    (series,) = columns.other_series(prints, lambda series, source_id: [series._replace(measure="growth_prev")])
    quarters = [columns.other_period(prints, partial(_quarter_of_year, place)) for place in range(4)]
    inputs = [columns.readings(series, quarter, columns.document[prints]) for quarter in quarters]
    return [Question(prints, inputs, _chained, partial(_chain, facts=facts))]


def _quarter_of_year(place: int, period: Period) -> Period:
    """One of the four quarters of the year that ends with a period, from the first."""
    return tiles(Period("year", None, period.end), ("quarter",) * 4)[place]


def _chain(printed: Observation, facts: Facts) -> Case | None:
    assert printed.period is not None
    series, period = printed.series._replace(measure="growth_prev"), printed.period
    parts = [facts.readings(series, _quarter_of_year(place, period), printed.source_id) for place in range(4)]
    inputs = tuple(readings[0] for readings in parts if readings)
    if len(inputs) < len(parts):
        return None
    return Case(printed, (Option(inputs, _chained(arithmetic, *(o.interval for o in inputs))),))


def _chained(on: Arithmetic[N], *rates: N) -> N:
    multiples = [on.scaled(on.shifted(rate, HUNDRED), HUNDREDTH) for rate in rates]
    return on.shifted(on.scaled(reduce(on.product, multiples), HUNDRED), -HUNDRED)


RELATIONS = (
    GROWTH_YOY, GROWTH_PREV, MULTIPLE_YOY, DIFFERENCE_YOY, CONTRIBUTION_YOY, growth_of_parts, growth_chain,
)  # fmt: skip
