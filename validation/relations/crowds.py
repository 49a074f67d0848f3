"""Many prints of one fact together: which are narrowest and who bears one out, by sorted ends and not pair by pair."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from canonical.intervals import Interval
from canonical.observation import Observation

__all__ = ["Crowd", "innermost", "met_by_others", "narrowest"]

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
    """Intervals by who states them, to be asked how many have one that meets another interval.

    What one states is kept as the stretches it covers, which have gaps between them. Of these stretches those that meet
    an interval follow one another: they are one more than the gaps that lie inside the interval.
    """

    def __init__(self, stated: Iterable[tuple[str, Interval]]) -> None:
        """Join the intervals of each that meet, and sort where stretches begin, end and leave a gap."""
        by_name: dict[str, list[tuple[End, End]]] = {}
        for name, interval in stated:
            by_name.setdefault(name, []).append((_low(interval), _high(interval)))
        stretches = [_joined(ends) for ends in by_name.values()]
        self._begun = sorted(low for joined in stretches for low, _ in joined)
        self._ended = sorted(high for joined in stretches for _, high in joined)
        gaps = ((one[1], next_[0]) for joined in stretches for one, next_ in pairwise(joined))
        self._gaps = sorted(gaps, reverse=True)

    def meeting(self, intervals: Sequence[Interval]) -> list[int]:
        """How many have an interval with a number in common with each of `intervals`."""
        asked = [(_low(interval), _high(interval)) for interval in intervals]
        found = [bisect_left(self._begun, high) - bisect_right(self._ended, low) for low, high in asked]
        if self._gaps:
            found = [count - inside for count, inside in zip(found, self._gaps_inside(asked), strict=True)]
        return found

    def _gaps_inside(self, asked: Sequence[tuple[End, End]]) -> list[int]:
        """How many gaps lie inside each of some intervals, the ones that begin last first: a tree counts their ends."""
        ends = sorted(end for _, end in self._gaps)
        tree, found, taken = [0] * (len(ends) + 1), [0] * len(asked), 0
        for place in sorted(range(len(asked)), key=lambda place: asked[place][0], reverse=True):
            low, high = asked[place]
            while taken < len(self._gaps) and self._gaps[taken][0] > low:
                at = bisect_right(ends, self._gaps[taken][1])
                while at < len(tree):
                    tree[at] += 1
                    at += at & -at
                taken += 1
            at = bisect_left(ends, high)
            while at:
                found[place] += tree[at]
                at -= at & -at
        return found


def innermost(prints: Sequence[Observation]) -> tuple[Observation, Observation]:
    """The print that begins last and the one that ends first: what meets both meets all others.

    Intervals of one line all meet where the one that begins last meets the one that ends first.
    """
    last_begun = max(prints, key=lambda o: FIRST if o.interval.low is None else o.interval.low)
    return last_begun, min(prints, key=lambda o: LAST if o.interval.high is None else o.interval.high)


def met_by_others(stated: Sequence[tuple[str, Interval]]) -> list[bool]:
    """Whether each interval has a number in common with one that somebody else states."""
    found, farthest = [False] * len(stated), list[tuple[End, str]]()
    ends = [(_low(interval), _high(interval)) for _, interval in stated]
    begun = sorted(range(len(stated)), key=lambda place: ends[place][0])
    asked = sorted(range(len(stated)), key=lambda place: ends[place][1])
    taken = 0
    for place in asked:
        low, high = ends[place]
        while taken < len(begun) and ends[begun[taken]][0] < high:
            # Of two names the interval that ends last: one of them is somebody else's.
            farthest.append((ends[begun[taken]][1], stated[begun[taken]][0]))
            last = max(farthest)
            farthest = [last, *sorted((end for end in farthest if end[1] != last[1]), reverse=True)[:1]]
            taken += 1
        found[place] = any(name != stated[place][0] and low < end for end, name in farthest)
    return found


def _joined(ends: list[tuple[End, End]]) -> list[tuple[End, End]]:
    """The stretches that intervals cover, in order."""
    found: list[tuple[End, End]] = []
    for low, high in sorted(ends):
        if found and low < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


def _low(interval: Interval) -> End:
    return (FIRST, True) if interval.low is None else (interval.low, interval.low_open)


def _high(interval: Interval) -> End:
    return (LAST, True) if interval.high is None else (interval.high, not interval.high_open)
