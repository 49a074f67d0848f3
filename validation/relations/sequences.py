"""Positive levels and rates in order of time: the periods of one type of each series, one by one or in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from canonical.reference import Reference
from canonical.spans import Period
from validation.relations.facts import Facts, Observation, Series
from validation.relations.lines import Asked, Lines
from validation.relations.quantities import is_extensive

__all__ = ["BEYOND_DOUBT", "Sequence", "is_level", "is_rate", "positive_lines", "sequences", "value_of"]

FEWEST = 3
"""Fewer periods tell nothing of one another."""
BEYOND_DOUBT = 1 + 1e-9
"""What doubles err by lies far below it."""
Sequence = list[tuple[Period, list[Observation]]]
"""The periods of one type of a series, in order of time, each with its prints."""


def is_level(series: Series, reference: Reference) -> bool:
    """Whether its numbers are levels, none of which is negative."""
    return series.measure in ("level", "annualised") and is_extensive(series._replace(measure="level"), reference)


def is_rate(series: Series, reference: Reference) -> bool:
    """Whether its numbers are growth rates, margins or shares."""
    if series.measure in ("growth_yoy", "growth_prev", "share"):
        return True
    return series.measure == "level" and reference.metrics.get(series.metric_id, {}).get("quantity") == "ratio"


def sequences(
    facts: Facts, accepts: Callable[[Series, Reference], bool], asked: Asked | None
) -> Iterator[tuple[Sequence, list[int]]]:  # fmt: skip
    """Each series by type of period, in order of time, with the positive prints of each period.

    Beside it the places in it that are `asked`, which are all places where nothing is said of that.
    """
    for series, periods in facts.by_series.items():
        if (asked is not None and series not in asked) or not accepts(series, facts.reference):
            continue
        by_type: dict[str, Sequence] = {}
        for period, prints in periods.items():
            positive = [o for o in prints if value_of(o) > 0]
            if positive:
                by_type.setdefault(period.type, []).append((period, positive))
        for sequence in by_type.values():
            if len(sequence) >= FEWEST:
                periods_asked = None if asked is None else asked[series]
                yield sequence, [i for i, at in enumerate(sequence) if periods_asked is None or at[0] in periods_asked]


def positive_lines(facts: Facts, accepts: Callable[[Series, Reference], bool]) -> Lines:
    """The sequences in columns."""
    kept = (facts.numbers.sizes > 0) | facts.numbers.are_rough
    return Lines(facts, lambda series: accepts(series, facts.reference), kept)


def value_of(observation: Observation) -> Decimal:
    """The value of a print, or else its low or high end, 0 where it has none."""
    interval = observation.interval
    ends = [end for end in (interval.value, interval.low, interval.high) if end is not None]
    return ends[0] if ends else Decimal(0)
