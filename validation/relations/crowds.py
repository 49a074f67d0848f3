"""Many prints of one fact together: which are narrowest and who bears one out, by sorted ends and not pair by pair."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate

from canonical.intervals import Interval

__all__ = ["Crowd", "narrowest"]

End = tuple[Decimal, bool]
"""An end and a mark by which ends compare: a low one is lower where it is closed, a high one where it is open."""
FIRST, LAST = Decimal("-Infinity"), Decimal("Infinity")


def narrowest(intervals: Sequence[Interval]) -> list[int]:
    """The places of the intervals that hold no other one, in their order; of equal ones the first.

    >>> a, b, c = (Interval(None, Decimal(low), Decimal(high)) for low, high in ((0, 9), (1, 2), (1, 2)))
    >>> narrowest([a, b, c])
    [1]
    """
    places = sorted(range(len(intervals)), key=lambda place: _high(intervals[place]))
    places.sort(key=lambda place: _low(intervals[place]), reverse=True)
    kept: list[int] = []
    # Whatever comes before begins no earlier: it lies inside where it also ends no later.
    for place in places:
        if not kept or _high(intervals[place]) < _high(intervals[kept[-1]]):
            kept.append(place)
    return sorted(kept)


class Crowd:
    """Intervals by who states them, to be asked how many have one that meets another interval."""

    def __init__(self, stated: Iterable[tuple[str, Interval]]) -> None:
        """Sort the intervals of each by their low ends, with the highest end so far."""
        by_name: dict[str, list[tuple[End, End]]] = {}
        for name, interval in stated:
            by_name.setdefault(name, []).append((_low(interval), _high(interval)))
        self._sorted: list[tuple[list[End], list[End]]] = []
        for ends in by_name.values():
            ends.sort()
            self._sorted.append(([low for low, _ in ends], list(accumulate((high for _, high in ends), max))))

    def meeting(self, interval: Interval) -> int:
        """How many have an interval with a number in common with `interval`."""
        low, high = _low(interval), _high(interval)
        begun = ((bisect_left(lows, high), highest) for lows, highest in self._sorted)
        return sum(count > 0 and low < highest[count - 1] for count, highest in begun)


def _low(interval: Interval) -> End:
    return (FIRST, True) if interval.low is None else (interval.low, interval.low_open)


def _high(interval: Interval) -> End:
    return (LAST, True) if interval.high is None else (interval.high, not interval.high_open)
