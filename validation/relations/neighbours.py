"""A level against its own series: the periods before and after it, one and two steps away."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from validation.facts import Facts, Observation, Series
from validation.intervals import EXACT, Interval
from validation.relations.quantities import is_extensive
from validation.relations.relation import Case, Option, relation
from validation.spans import Period, preceding

__all__ = ["RELATIONS"]

REACH = 2
"""So many periods before and after a print are its neighbours."""
STEADY = Decimal(3)
"""Neighbours that differ among themselves by more than this factor foretell nothing."""
FAR = Decimal("3.5")
"""A print so many times beyond its steady neighbours is far from them."""
UNLIKELY, STEPS = Decimal("1.44"), 5
"""A bend of a series is odd from 1.2 (its square) on, and where it is the fifth power of the series' usual bend."""


@relation(
    "U.scale_slip",
    "error",
    says="a level is of the order of the periods before and after it",
    rationale="万 for 亿, million for billion and a lost decimal point all throw a number out of its own series.",
    fix="check the unit and the digits in the source",
)
def scale_slip(facts: Facts) -> Iterator[Case]:
    """Each level whose two to four neighbours are steady against three and a half times their span."""
    for series, sequence in _sequences(facts):
        if series.measure != "level" and series.measure != "annualised":
            continue
        for place, (_, prints) in enumerate(sequence):
            around = [*sequence[max(0, place - REACH) : place], *sequence[place + 1 : place + 1 + REACH]]
            inputs = tuple(readings[0] for _, readings in around)
            values = [_value(o) for o in inputs]
            if len(values) >= 2 and min(values) > 0 and max(values) <= STEADY * min(values):
                span = Interval(None, min(values) / FAR, max(values) * FAR)
                for printed in prints:
                    if printed.interval.value is not None:
                        yield Case(printed, (Option(inputs, span),))


@relation(
    "U.bend",
    "notice",
    says="a level lies near the mean of the periods just before and after it, as others of its series do",
    rationale="A wrong digit or a period one place off bends a smooth series at one point.",
    fix="check the digits and the period in the source",
)
def bend(facts: Facts) -> Iterator[Case]:
    """Each level between two neighbours, against how much the series bends elsewhere."""
    for series, sequence in _sequences(facts):
        if series.measure != "level":
            continue
        bends = {i: _bend(sequence, i) for i in range(1, len(sequence) - 1) if _are_adjacent(sequence, i)}
        for place, found in bends.items():
            others = [b for i, b in bends.items() if abs(i - place) > 1]
            if len(others) >= 4 and found >= max(bends.get(place - 1, found), bends.get(place + 1, found)):
                most = max(UNLIKELY, median(others) ** STEPS)
                for printed in sequence[place][1]:
                    yield Case(printed, (_between(sequence[place - 1][1][0], sequence[place + 1][1][0], most),))


Sequence = list[tuple[Period, list[Observation]]]


def _sequences(facts: Facts) -> Iterator[tuple[Series, Sequence]]:
    """Each series by type of period, in order of time, with the positive prints of each period."""
    for series, periods in facts.by_series.items():
        if not is_extensive(series._replace(measure="level"), facts.reference):
            continue
        by_type: dict[str, Sequence] = {}
        for period, prints in periods.items():
            positive = [o for o in prints if _value(o) > 0]
            if positive:
                by_type.setdefault(period.type, []).append((period, positive))
        for sequence in by_type.values():
            if len(sequence) > REACH:
                yield series, sequence


def _value(observation: Observation) -> Decimal:
    interval = observation.interval
    ends = [end for end in (interval.value, interval.low, interval.high) if end is not None]
    return ends[0] if ends else Decimal(0)


def _are_adjacent(sequence: Sequence, place: int) -> bool:
    before, here, after = (sequence[i][0] for i in (place - 1, place, place + 1))
    return preceding(here) == before and preceding(after) == here


def _bend(sequence: Sequence, place: int) -> Decimal:
    """How far a level lies from the geometric mean of its neighbours: the square of their quotient, at least 1."""
    before, here, after = (_value(sequence[i][1][0]) for i in (place - 1, place, place + 1))
    quotient = here * here / (before * after)
    return max(quotient, 1 / quotient)


def _between(before: Observation, after: Observation, most: Decimal) -> Option:
    middle = _value(before) * _value(after)
    span = Interval(None, (middle / most).sqrt(EXACT), (middle * most).sqrt(EXACT))
    return Option((before, after), span)


RELATIONS = (scale_slip, bend)
