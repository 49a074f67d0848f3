"""A level against the mean of the periods beside it: a smooth series that bends at one point."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

import numpy as np

from canonical.intervals import EXACT, Interval
from canonical.spans import preceding
from validation.relations.crowds import met_by_others
from validation.relations.facts import Facts, Observation
from validation.relations.inner import Ends, meet
from validation.relations.lines import Asked, asked_facts
from validation.relations.neighbours import out_of_series
from validation.relations.quantities import Without
from validation.relations.relation import Case, Option, relation
from validation.relations.sequences import BEYOND_DOUBT, Sequence, is_level, positive_lines, sequences, value_of

__all__ = ["RELATIONS"]

SMOOTH = Decimal("1.1")
"""A series that bends more than this as a rule foretells no single point of itself."""
UNLIKELY, STEPS = Decimal("1.15"), 6
"""In a smooth series a bend is odd beyond this square, and beyond the sixth power of the usual bend."""


@relation(
    "U.bend",
    "notice",
    says="a level lies near the mean of the periods just before and after it, as others of its series do",
    rationale="A wrong digit or a period one place off bends a smooth series at one point.",
    fix="check the digits and the period in the source",
    doubts=lambda facts, kept: _bent(facts, _perhaps_bent(facts, kept)),
)
def bend(facts: Facts) -> Iterator[Case]:
    """Each level between two neighbours, against how much the series bends elsewhere.

    A level in line with the two before it or the two after it is not the odd one: the series stepped up for good,
    or the neighbour is wrong. Neighbours that break `U.scale_slip` say nothing, and a level that another document
    prints too was read and typed rightly: depreciation falls where machines are to last longer.
    """
    return _bent(facts)


def _bent(facts: Facts, asked: Asked | None = None) -> Iterator[Case]:
    slipped = out_of_series(facts)
    for sequence, asked_places in sequences(facts, is_level, asked):
        places = frozenset(asked_places)
        bends = {i: _bend(sequence, i) for i in range(1, len(sequence) - 1) if _are_adjacent(sequence, i)}
        ordered = sorted(bends.values())
        for place, found in bends.items():
            is_most = found >= max(bends.get(place - 1, found), bends.get(place + 1, found))
            if not is_most or place not in places:
                continue
            others = Without(ordered, (bends[i] for i in (place - 1, place, place + 1) if i in bends))
            if len(others) >= 4 and others.median <= SMOOTH:
                most = max(UNLIKELY, others.median**STEPS)
                before, after = sequence[place - 1][1][0], sequence[place + 1][1][0]
                is_told = slipped.keys().isdisjoint((before.row_id, after.row_id))
                for printed in _alone(sequence[place][1]) if is_told else ():
                    if not _is_in_line(printed, sequence, place, most):
                        yield Case(printed, (_between(before, after, most),))


def _perhaps_bent(facts: Facts, kept: Collection[str]) -> Asked:
    """The facts with a print of which doubles leave open whether it bends a series at all, and those of rows `kept`."""
    lines = positive_lines(facts, is_level)
    sizes = facts.numbers.sizes[lines.first]
    middle = lines.beside(sizes, -1) * lines.beside(sizes, 1)
    with np.errstate(all="ignore"):  # what is out of the reach of doubles is asked one by one
        low, high = (np.sqrt(middle * times) for times in (1 / float(UNLIKELY), float(UNLIKELY)))
        span = Ends(low * BEYOND_DOUBT, high / BEYOND_DOUBT).of(lines.fact)
    is_even = meet(span, facts.columns.ends.of(lines.prints))
    return asked_facts(facts, lines.doubtful(~is_even & ~np.isnan(middle)[lines.fact]), kept)


def _alone(prints: list[Observation]) -> list[Observation]:
    """The prints of a fact that none of another document meets."""
    met = met_by_others([(o.source_id, o.interval) for o in prints]) if len(prints) > 1 else [False]
    return [o for o, is_met in zip(prints, met, strict=True) if not is_met]


def _are_adjacent(sequence: Sequence, place: int) -> bool:
    before, here, after = (sequence[i][0] for i in (place - 1, place, place + 1))
    return preceding(here) == before and preceding(after) == here


def _bend(sequence: Sequence, place: int) -> Decimal:
    """How far a level lies from the geometric mean of its neighbours: the square of their quotient, at least 1."""
    before, here, after = (value_of(sequence[i][1][0]) for i in (place - 1, place, place + 1))
    quotient = here * here / (before * after)
    return max(quotient, 1 / quotient)


def _is_in_line(printed: Observation, sequence: Sequence, place: int, most: Decimal) -> bool:
    """Whether a level goes on where the two before it were heading, or leads to where the two after it go on from."""
    for near, far in ((place - 1, place - 2), (place + 1, place + 2)):
        if 0 <= far < len(sequence):
            quotient = value_of(sequence[near][1][0]) ** 2 / (value_of(sequence[far][1][0]) * value_of(printed))
            # An end bends a series half as much as its middle: squared, both are measured alike.
            if max(quotient, 1 / quotient) ** 2 <= most:
                return True
    return False


def _between(before: Observation, after: Observation, most: Decimal) -> Option:
    middle = value_of(before) * value_of(after)
    span = Interval(None, (middle / most).sqrt(EXACT), (middle * most).sqrt(EXACT))
    return Option((before, after), span)


RELATIONS = (bend,)
