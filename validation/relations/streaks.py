"""Counts of consecutive quarters against one another, and against the growth printed for those quarters."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from canonical.arithmetic import at_least, exactly, sum_of
from canonical.intervals import Interval
from canonical.spans import Period, preceding, quarter_to
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Case, Option, far_reaching, relation

__all__ = ["RELATIONS"]

STREAK = "growth-streak-quarters"
LONGEST = 80
"""No streak of this dataset can be longer, in quarters."""
TRIPLE_DIGITS = Decimal(100)
"""The growth that a quarter of the streak has at least, in percent, as the metric defines it."""


@relation(
    "C.streak_count",
    "error",
    says="a streak grows by one a quarter, or starts anew",
    rationale="Ten quarters in a row cannot follow on eight in the quarter before.",
    fix="check both counts and the quarter each is counted to",
)
def streak_count(facts: Facts) -> Iterator[Case]:
    """Each count against the count printed before it: as many more as quarters lie between, or fewer than those."""
    for series, periods in facts.by_series.items():
        if series.metric_id == STREAK and series.measure == "level":
            for earlier, later in pairwise(periods):
                quarters = _quarters_between(earlier, later)
                if quarters is not None and quarters > 0:
                    for printed in periods[later]:
                        yield Case(printed, _continued_or_new(printed, periods[earlier], quarters))


def _continued_or_new(printed: Observation, before: list[Observation], quarters: int) -> tuple[Option, ...]:
    passed = exactly(Decimal(quarters))
    continued = [Option((o,), sum_of([o.interval, passed])) for o in far_reaching(before)]
    return (*continued, *(Option((o,), _below(quarters)) for o in before[:1]))


def _below(quarters: int) -> Interval:
    return Interval(None, Decimal(0), Decimal(quarters), high_open=True)


def _quarters_between(earlier: Period, later: Period) -> int | None:
    months = (later.end.year - earlier.end.year) * 12 + later.end.month - earlier.end.month
    return months // 3 if months % 3 == 0 else None


@relation(
    "C.streak_growth",
    "error",
    says="every quarter of a streak of triple-digit growth grew by 100 % or more",
    rationale="A single quarter below the mark ends the streak that a later count still claims.",
    fix="check the count and the growth printed for the quarter",
)
def streak_growth(facts: Facts) -> Iterator[Case]:
    """Growth on the year of each quarter that a count covers against 100 %."""
    for counted in facts.by_measure.get("level", []):
        if counted.series.metric_id == STREAK and counted.period is not None and counted.interval.low is not None:
            quarter = quarter_to(counted.period.end)
            for _ in range(min(int(counted.interval.low), LONGEST)):
                for printed in _growth_at(counted, quarter, facts):
                    yield Case(printed, (Option((counted,), at_least(TRIPLE_DIGITS)),))
                earlier = preceding(quarter)
                assert earlier is not None
                quarter = earlier


def _growth_at(counted: Observation, quarter: Period, facts: Facts) -> list[Observation]:
    series = counted.series._replace(metric_id="revenue", measure="growth_yoy", unit_id="percent")
    return facts.by_fact.get((series, quarter), [])


RELATIONS = (streak_count, streak_growth)
