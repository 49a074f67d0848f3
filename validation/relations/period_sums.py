"""Longer periods against the shorter ones that make them up: year and quarters, halves, nine months."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import at_least, scaled, sum_of
from canonical.intervals import Interval
from canonical.reference import Reference
from canonical.spans import TILINGS, Period, Tiling, quarter_to, tiles
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import Formula, Role
from validation.relations.quantities import adds_up_over_time, is_extensive
from validation.relations.relation import Case, Option, Relation, relation

__all__ = ["RELATIONS"]

RECHECK = "check the longer period and each shorter one in the source, and whether the year is fiscal or calendar"
WORDS = {
    "year": "year", "trailing_12_months": "trailing twelve months", "half_year": "half year",
    "nine_months": "nine-month period", "quarter": "quarter", "month": "month",
}  # fmt: skip


@relation(
    "C.sum_of_periods",
    "error",
    says="a longer period is the sum of the shorter ones that make it up",
    rationale="Flows add up over time: a year that is not its quarters holds a wrong number or a wrong label.",
    fix=RECHECK,
)
def sum_of_periods(facts: Facts) -> Iterator[Case]:
    """Every level of a flow against each complete set of shorter periods that make up its period."""
    for printed in facts.by_measure.get("level", []):
        if not adds_up_over_time(printed.series, facts.reference):
            continue
        assert printed.period is not None
        for tiling in TILINGS.get(printed.period.type, ()):
            options = tuple(_options(printed, printed.period, tiling, facts))
            if options:
                yield Case(printed, options, note=_in_words(tiling))


@relation(
    "C.sum_of_known_periods",
    "warning",
    says="a longer period is at least the sum of the shorter ones that are known of it",
    rationale="Where a quarter is missing, the others set a floor: a year below them is another year, or another unit.",
    fix=RECHECK,
)
def sum_of_known_periods(facts: Facts) -> Iterator[Case]:
    """Each flow that is never negative against the quarters known of its period, a group's lent by its twin."""
    for printed in facts.by_measure.get("level", []):
        assert printed.period is not None
        tilings = TILINGS.get(printed.period.type, ())
        if (
            tilings
            and adds_up_over_time(printed.series, facts.reference)
            and is_extensive(printed.series, facts.reference)
        ):
            known = [_own_or_lent(printed.series, tile, facts) for tile in tiles(printed.period, tilings[0])]
            parts = tuple(prints[0] for prints in known if prints)
            if len(parts) > 1:
                floor = sum_of(o.interval for o in parts)
                yield Case(printed, (Option(parts, at_least(floor.low, floor.low_open)),))


def _in_words(tiling: Tiling) -> str:
    """What makes up a period, `2 half years`; of several lengths, `half year and 2 quarters`."""
    counts = {kind: tiling.count(kind) for kind in tiling}
    return " and ".join(f"{n} {WORDS[kind]}s" if n > 1 else WORDS[kind] for kind, n in counts.items())


def _own_or_lent(series: Series, tile: Period, facts: Facts) -> list[Observation]:
    own = facts.readings(series, tile)
    return own or [o for twin in facts.twins.get(series, []) for o in facts.readings(twin, tile)]


def _options(printed: Observation, period: Period, tiling: Tiling, facts: Facts) -> Iterator[Option]:
    parts = [facts.readings(printed.series, tile, printed.source_id) for tile in tiles(period, tiling)]
    if not all(parts):
        return
    # One conflicting print at a time stands in for the most trusted one: no product over all of them.
    chosen = tuple(readings[0] for readings in parts)
    yield _sum(chosen)
    for place, readings in enumerate(parts):
        for other in readings[1:]:
            yield _sum((*chosen[:place], other, *chosen[place + 1 :]))


def _sum(parts: tuple[Observation, ...]) -> Option:
    return Option(parts, sum_of(o.interval for o in parts))


def _is_of_quarter(printed: Observation, reference: Reference) -> bool:
    """Whether a run rate is one of a flow, and not said to be taken from a month."""
    return not _is_said_of_month(printed) and adds_up_over_time(printed.series._replace(measure="level"), reference)


def _is_of_month(printed: Observation, reference: Reference) -> bool:
    """Whether a run rate is one of a flow, and said to be taken from a month."""
    return _is_said_of_month(printed) and adds_up_over_time(printed.series._replace(measure="level"), reference)


def _is_said_of_month(printed: Observation) -> bool:
    return printed.period is not None and printed.period.type == "month"


def _four_times(quarter: Interval) -> Interval:
    return scaled(quarter, Decimal(4))


def _twelve_times(month: Interval) -> Interval:
    return scaled(month, Decimal(12))


def _quarter_at_end(period: Period) -> Period | None:
    return quarter_to(period.end)


def _month_at_end(period: Period) -> Period | None:
    return tiles(Period("quarter", None, period.end), ("month",) * 3)[-1]


RUN_RATE = Relation(
    "C.run_rate",
    "warning",
    "a run rate is four times the quarter that ends with it",
    "A run rate that is not four quarters was taken from another month, or is another metric (ARR).",
    "correct it, or name the span it is taken from in period_type and period_end",
    Formula("annualised", (Role("quarter", at=_quarter_at_end),), _four_times, _is_of_quarter).cases,
)
RUN_RATE_OF_MONTH = Relation(
    "C.run_rate_of_month",
    "warning",
    "a run rate is twelve times the month that ends with it",
    "A run rate that is not twelve months was taken from another span, or is another metric (ARR).",
    "correct it, or name the span it is taken from in period_type and period_end",
    Formula("annualised", (Role("month", at=_month_at_end),), _twelve_times, _is_of_month).cases,
)

RELATIONS = (sum_of_periods, sum_of_known_periods, RUN_RATE, RUN_RATE_OF_MONTH)
