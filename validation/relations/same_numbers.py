"""Which prints of many are the number of another one: looked up by sorted ends, not print by print."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from canonical.intervals import Interval
from canonical.observation import Observation, is_fine, is_same_number

__all__ = ["SameNumbers", "in_both", "told_finer"]

MOST = 64
"""So many prints with the very same interval are told; those beyond say nothing new."""
FEW = 8
"""Fewer prints than these are asked one by one."""


class SameNumbers:
    """Prints, to be asked which of them are the number of another print."""

    def __init__(self, prints: Sequence[Observation]) -> None:
        """Sort the prints by their low ends; one that is known too roughly is nobody's number."""
        self._prints = prints if len(prints) < FEW else ()
        alike: dict[Interval, list[tuple[int, Observation]]] = defaultdict(list)
        for place, o in enumerate(prints if len(prints) >= FEW else ()):
            if is_fine(o) and len(alike[o.interval]) < MOST:
                alike[o.interval].append((place, o))
        self._alike = sorted(alike.values(), key=lambda told: _low(told[0][1]))
        self._lows = [_low(told[0][1]) for told in self._alike]
        self._widest = max((_high(told[0][1]) - _low(told[0][1]) for told in self._alike), default=Decimal(0))

    def of(self, printed: Observation) -> list[Observation]:
        """The prints that are the number of `printed`, in their order."""
        if self._prints:
            return [o for o in self._prints if is_same_number(printed, o)]
        if not self._alike or not is_fine(printed):
            return []
        found: list[tuple[int, Observation]] = []
        for told in self._alike[bisect_left(self._lows, _low(printed) - self._widest) :]:
            if _low(told[0][1]) > _high(printed):
                break
            if is_same_number(printed, told[0][1]):
                found += told
        return [o for _, o in sorted(found, key=lambda at: at[0])]


def in_both(prints: Sequence[Observation], others: Sequence[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """Each print that is the number of some of the others, with the first of these."""
    if len(others) < FEW:
        for printed in prints:
            same = next((o for o in others if is_same_number(printed, o)), None)
            if same is not None:
                yield printed, same
        return
    theirs = SameNumbers(others)
    for printed in prints:
        same = theirs.of(printed)
        if same:
            yield printed, same[0]


def told_finer(o: Observation, prints: Sequence[Observation]) -> bool:
    """Whether another of the first prints of a fact says to more digits that its number is none of these digits.

    30.7 is no number of its own where 30.66 is told as well.
    """
    return any(p.interval.value != o.interval.value and _is_within(p.interval, o.interval) for p in prints[:MOST])


def _is_within(one: Interval, other: Interval) -> bool:
    ends = (one.low, one.high, other.low, other.high)
    if one.value is None or None in ends:
        return False
    low, high, least, most = (end for end in ends if end is not None)
    return least <= low <= high <= most and high - low < most - least


def _low(o: Observation) -> Decimal:
    assert o.interval.low is not None  # a fine print has both ends
    return o.interval.low


def _high(o: Observation) -> Decimal:
    assert o.interval.high is not None
    return o.interval.high
