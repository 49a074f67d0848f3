"""A level against its own series: the periods before and after it, one and two steps away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from canonical.arithmetic import ANYTHING, meets, scaled
from canonical.intervals import EXACT, Interval
from canonical.reference import Reference
from canonical.spans import Period, preceding
from validation.relations.crowds import met_by_others
from validation.relations.facts import Facts, Observation, Series
from validation.relations.quantities import Without, is_extensive
from validation.relations.relation import Case, Option, evaluated, relation

__all__ = ["RELATIONS", "out_of_series"]

REACH = 2
"""So many periods before and after a print are its neighbours."""
NEAR, REACH_DAYS = timedelta(days=400), {"year": timedelta(days=800), "trailing_12_months": timedelta(days=800)}
"""So near in time a neighbour must end."""
TENS = tuple(Decimal(1).scaleb(power) for power in (-2, -1, 1, 2))
STEADY = Decimal(3)
"""Neighbours that differ among themselves by more than this factor foretell nothing."""
FAR, BEYOND = Decimal("3.5"), Decimal(8)
"""A print so many times beyond its steady neighbours is far from them, between them and at an end of the series."""
SMOOTH = Decimal("1.1")
"""A series that bends more than this as a rule foretells no single point of itself."""
UNLIKELY, STEPS = Decimal("1.3"), 6
"""In a smooth series a bend is odd beyond this square, and beyond the sixth power of the usual bend."""

Sequence = list[tuple[Period, list[Observation]]]
"""The periods of one type of a series, in order of time, each with its prints."""


@relation(
    "U.scale_slip",
    "error",
    says="a level is of the order of the periods before and after it",
    rationale="A wrong magnitude (million for billion) or a lost decimal point throws a number out of its series.",
    fix="check the unit and the digits in the source",
)
def scale_slip(facts: Facts) -> Iterator[Case]:
    """Each level whose two to four neighbours are steady against three and a half times their span."""
    for sequence in _sequences(facts, _is_level):
        values = [_value(readings[0]) for _, readings in sequence]
        for place in range(len(sequence)):
            yield from _far_from_neighbours(sequence, values, place)


@relation(
    "U.rate_slip",
    "warning",
    says="a rate is of the order of the periods before and after it",
    rationale="A ratio for a percentage, or a lost decimal point, throws a rate out of its own series.",
    fix="check the unit and the digits in the source",
)
def rate_slip(facts: Facts) -> Iterator[Case]:
    """Each positive growth rate, margin and share against its steady neighbours, as levels are."""
    for sequence in _sequences(facts, _is_rate):
        values = [_value(readings[0]) for _, readings in sequence]
        for place in range(len(sequence)):
            for case in _far_from_neighbours(sequence, values, place):
                # Rates swing more than levels: only one that a factor of ten would bring home is a slip.
                yield case if _is_lost_point(case) else Case(case.printed, ANY_RATE, severity=case.severity)


def _is_lost_point(case: Case) -> bool:
    span = case.options[0].implied
    if _are_apart(case.printed.interval, span):
        return False
    return any(meets(scaled(case.printed.interval, ten), span) for ten in TENS)


def _are_apart(printed: Interval, span: Interval) -> bool:
    """Whether doubles are enough to tell that no power of ten of `TENS` brings a positive print into a span."""
    ends = (printed.low, printed.high, span.low, span.high)
    if any(end is None or end <= 0 for end in ends):
        return False
    low, high, least, most = (float(end) for end in ends if end is not None)
    return all(low * ten > most * BEYOND_DOUBT or high * ten * BEYOND_DOUBT < least for ten in map(float, TENS))


BEYOND_DOUBT = 1 + 1e-9
"""What doubles err by lies far below it."""


def _far_from_neighbours(sequence: Sequence, values: list[Decimal], place: int) -> Iterator[Case]:
    """The prints of one period against the span of its neighbours, where these are near in time and steady.

    `values` are those of the first print of each period.
    """
    end = sequence[place][0].end
    reach = REACH_DAYS.get(sequence[place][0].type, NEAR)
    before = [i for i in range(max(0, place - REACH), place) if end - sequence[i][0].end <= reach]
    after = [i for i in range(place + 1, min(place + 1 + REACH, len(sequence))) if sequence[i][0].end - end <= reach]
    near = [values[i] for i in (*before, *after)]
    if len(near) < 2:
        return
    least, most = min(near), max(near)
    if most <= STEADY * least and _is_near(sequence, place):
        times = FAR if before and after else BEYOND
        inputs = tuple(sequence[i][1][0] for i in (*before, *after))
        span = Interval(None, least / times, most * times)
        for printed in sequence[place][1]:
            if printed.interval.value is not None:
                yield Case(printed, (Option(inputs, span),), severity=None if before and after else "warning")


ANY_RATE = (Option((), ANYTHING),)
"""What a rate is held against that no factor of ten would bring home."""


@lru_cache(maxsize=4)
def out_of_series(facts: Facts) -> dict[str, tuple[Observation, ...]]:
    """The neighbours of each level that breaks `U.scale_slip`, by its row."""
    cases = (case for case in evaluated(scale_slip, facts) if isinstance(case, Case))
    return {case.row_id: case.best.inputs for case in cases if not case.holds}


@relation(
    "U.bend",
    "notice",
    says="a level lies near the mean of the periods just before and after it, as others of its series do",
    rationale="A wrong digit or a period one place off bends a smooth series at one point.",
    fix="check the digits and the period in the source",
)
def bend(facts: Facts) -> Iterator[Case]:
    """Each level between two neighbours, against how much the series bends elsewhere.

    A level in line with the two before it or the two after it is not the odd one: the series stepped up for good,
    or the neighbour is wrong. Neighbours that break `U.scale_slip` say nothing, and a level that another document
    prints too was read and typed rightly: depreciation falls where machines are to last longer.
    """
    slipped = out_of_series(facts)
    for sequence in _sequences(facts, _is_level):
        bends = {i: _bend(sequence, i) for i in range(1, len(sequence) - 1) if _are_adjacent(sequence, i)}
        ordered = sorted(bends.values())
        for place, found in bends.items():
            is_most = found >= max(bends.get(place - 1, found), bends.get(place + 1, found))
            if not is_most:
                continue
            others = Without(ordered, (bends[i] for i in (place - 1, place, place + 1) if i in bends))
            if len(others) >= 4 and others.median <= SMOOTH:
                most = max(UNLIKELY, others.median**STEPS)
                before, after = sequence[place - 1][1][0], sequence[place + 1][1][0]
                is_told = slipped.keys().isdisjoint((before.row_id, after.row_id))
                for printed in _alone(sequence[place][1]) if is_told else ():
                    if not _is_in_line(printed, sequence, place, most):
                        yield Case(printed, (_between(before, after, most),))


def _alone(prints: list[Observation]) -> list[Observation]:
    """The prints of a fact that none of another document meets."""
    met = met_by_others([(o.source_id, o.interval) for o in prints]) if len(prints) > 1 else [False]
    return [o for o, is_met in zip(prints, met, strict=True) if not is_met]


def _is_level(series: Series, reference: Reference) -> bool:
    return series.measure in ("level", "annualised") and is_extensive(series._replace(measure="level"), reference)


def _is_rate(series: Series, reference: Reference) -> bool:
    if series.measure in ("growth_yoy", "growth_prev", "share"):
        return True
    return series.measure == "level" and reference.metrics.get(series.metric_id, {}).get("quantity") == "ratio"


def _sequences(facts: Facts, accepts: Callable[[Series, Reference], bool]) -> Iterator[Sequence]:
    """Each series by type of period, in order of time, with the positive prints of each period."""
    for series, periods in facts.by_series.items():
        if not accepts(series, facts.reference):
            continue
        by_type: dict[str, Sequence] = {}
        for period, prints in periods.items():
            positive = [o for o in prints if _value(o) > 0]
            if positive:
                by_type.setdefault(period.type, []).append((period, positive))
        for sequence in by_type.values():
            if len(sequence) > REACH:
                yield sequence


def _is_near(sequence: Sequence, place: int) -> bool:
    """Whether a print lies between its neighbours, or at an end no farther from them than they from one another."""
    if 0 < place < len(sequence) - 1:
        return True
    first, second, third = (sequence[i][0].end for i in ((0, 1, 2) if place == 0 else (-1, -2, -3)))
    return abs(first - second) * 2 <= abs(second - third) * 3


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


def _is_in_line(printed: Observation, sequence: Sequence, place: int, most: Decimal) -> bool:
    """Whether a level goes on where the two before it were heading, or leads to where the two after it go on from."""
    for near, far in ((place - 1, place - 2), (place + 1, place + 2)):
        if 0 <= far < len(sequence):
            quotient = _value(sequence[near][1][0]) ** 2 / (_value(sequence[far][1][0]) * _value(printed))
            # An end bends a series half as much as its middle: squared, both are measured alike.
            if max(quotient, 1 / quotient) ** 2 <= most:
                return True
    return False


def _between(before: Observation, after: Observation, most: Decimal) -> Option:
    middle = _value(before) * _value(after)
    span = Interval(None, (middle / most).sqrt(EXACT), (middle * most).sqrt(EXACT))
    return Option((before, after), span)


RELATIONS = (scale_slip, rate_slip, bend)
