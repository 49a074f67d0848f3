"""A level against its own series: the periods before and after it, one and two steps away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from decimal import Decimal

import numpy as np

from canonical.arithmetic import ANYTHING, meets, scaled
from canonical.intervals import Interval
from canonical.reference import Reference
from validation.relations.doubtful import doubtful
from validation.relations.facts import Facts, Observation, Series
from validation.relations.inner import Ends, meet
from validation.relations.kept import kept
from validation.relations.lines import Asked, asked_facts
from validation.relations.numbers import Truths
from validation.relations.relation import Case, Option, relation
from validation.relations.sequences import (
    BEYOND_DOUBT,
    Sequence,
    is_level,
    is_rate,
    positive_lines,
    sequences,
    value_of,
)

__all__ = ["RELATIONS", "out_of_one_series", "out_of_series"]

REACH = 2
"""So many periods before and after a print are its neighbours."""
NEAR, REACH_DAYS = timedelta(days=400), {"year": timedelta(days=800), "trailing_12_months": timedelta(days=800)}
"""So near in time a neighbour must end."""
TENS = tuple(Decimal(1).scaleb(power) for power in (-2, -1, 1, 2))
TENFOLD = tuple(map(float, TENS))
STEADY = Decimal(3)
"""Neighbours that differ among themselves by more than this factor foretell nothing."""
FAR, BEYOND = Decimal("3.5"), Decimal(8)
"""A print so many times beyond its steady neighbours is far from them, between them and at an end of the series."""


@relation(
    "U.scale_slip",
    "error",
    says="a level is of the order of the periods before and after it",
    rationale="A wrong magnitude (million for billion) or a lost decimal point throws a number out of its series.",
    fix="check the unit and the digits in the source",
    doubts=lambda facts, kept: _far_levels(facts, _perhaps_far(facts, is_level, kept)),
)
def scale_slip(facts: Facts) -> Iterator[Case]:
    """Each level whose two to four neighbours are steady against three and a half times their span."""
    return _far_levels(facts)


def _far_levels(facts: Facts, asked: Asked | None = None) -> Iterator[Case]:
    for sequence, places in sequences(facts, is_level, asked):
        values = [value_of(readings[0]) for _, readings in sequence]
        for place in places:
            yield from _far_from_neighbours(sequence, values, place)


@relation(
    "U.rate_slip",
    "warning",
    says="a rate is of the order of the periods before and after it",
    rationale="A ratio for a percentage, or a lost decimal point, throws a rate out of its own series.",
    fix="check the unit and the digits in the source",
    doubts=lambda facts, kept: _far_rates(facts, _perhaps_far(facts, is_rate, kept)),
)
def rate_slip(facts: Facts) -> Iterator[Case]:
    """Each positive growth rate, margin and share against its steady neighbours, as levels are."""
    return _far_rates(facts)


def _far_rates(facts: Facts, asked: Asked | None = None) -> Iterator[Case]:
    for sequence, places in sequences(facts, is_rate, asked):
        values = [value_of(readings[0]) for _, readings in sequence]
        for place in places:
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
    return all(low * ten > most * BEYOND_DOUBT or high * ten * BEYOND_DOUBT < least for ten in TENFOLD)


def _surely_apart(printed: Ends, span: Ends) -> Truths:
    """For which of many prints and spans that is so, whatever doubles err by."""
    beyond = BEYOND_DOUBT**3
    apart = [(printed.low * ten > span.high * beyond) | (printed.high * ten * beyond < span.low) for ten in TENFOLD]
    return (printed.low > 0) & np.all(apart, axis=0)


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


@kept
def out_of_series(facts: Facts) -> dict[str, tuple[Observation, ...]]:
    """The neighbours of each level that breaks `U.scale_slip`, by its row."""
    cases = (case for case in doubtful(scale_slip, facts) if isinstance(case, Case))
    return {case.row_id: case.best.inputs for case in cases if not case.holds}


@kept
def out_of_one_series(series: Series, facts: Facts) -> dict[str, tuple[Observation, ...]]:
    """The same of the levels of one series alone."""
    cases = _far_levels(facts.only(o for prints in facts.by_series.get(series, {}).values() for o in prints))
    return {case.row_id: case.best.inputs for case in cases if not case.holds}


def _perhaps_far(facts: Facts, accepts: Callable[[Series, Reference], bool], kept: Collection[str]) -> Asked:
    """The facts of which doubles leave open whether a print is far from its neighbours, and those of rows `kept`."""
    lines, ends = positive_lines(facts, accepts), facts.columns.ends
    sizes, reach = facts.numbers.sizes[lines.first], lines.by_type(lambda type_: REACH_DAYS.get(type_, NEAR).days)
    before, after = ([lines.near(sizes, way * step, reach) for step in (1, 2)] for way in (-1, 1))
    least, most = np.fmin.reduce([*before, *after]), np.fmax.reduce([*before, *after])
    is_between = ~np.isnan(before[0]) & ~np.isnan(after[0])
    times = np.where(is_between, float(FAR), float(BEYOND))
    with np.errstate(all="ignore"):  # what is out of the reach of doubles is asked one by one
        span = Ends(least / times * BEYOND_DOUBT, most * times / BEYOND_DOUBT).of(lines.fact)
        is_steady = (np.sum(~np.isnan([*before, *after]), axis=0) > 1) & (most <= float(STEADY) * least * BEYOND_DOUBT)
        is_held = meet(span, ends.of(lines.prints))
        if accepts is is_rate:
            is_held |= _surely_apart(ends.of(lines.prints), span)
    is_open = is_steady[lines.fact] & ~is_held & ~np.isnan(facts.numbers.values[lines.prints])
    return asked_facts(facts, lines.doubtful(is_open), kept)


def _is_near(sequence: Sequence, place: int) -> bool:
    """Whether a print lies between its neighbours, or at an end no farther from them than they from one another."""
    if 0 < place < len(sequence) - 1:
        return True
    first, second, third = (sequence[i][0].end for i in ((0, 1, 2) if place == 0 else (-1, -2, -3)))
    return abs(first - second) * 2 <= abs(second - third) * 3


RELATIONS = (scale_slip, rate_slip)
