"""Arithmetic over many prints at once that proves that numbers meet: in doubles, each interval inside the exact one.

`Ends` are open intervals, one for each of many prints. Every end is rounded inwards, and so is every end of what is
calculated, so that no interval reaches beyond the exact one of `canonical.arithmetic`, whose functions have the same
names. Where two of them have a number in common, the exact ones have it too; where they have none, nothing is said. An
interval that is a single number, or one of which doubles do not tell, has no ends here (NaN) and meets nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from itertools import product as pairs
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from canonical.intervals import Interval

__all__ = [
    "Arithmetic", "Ends", "N", "difference", "downwards", "ends_of", "fixed", "growth", "hull", "meet", "negated",
    "product", "ratio", "scaled", "shifted", "sum_of", "upwards",
]  # fmt: skip

N = TypeVar("N")
INFINITE, HUNDRED = np.inf, Decimal(100)


class Arithmetic(Protocol[N]):
    """What a formula calculates with: `canonical.arithmetic`, exactly, or this module, for many prints in doubles."""

    def sum_of(self, terms: Iterable[N], /) -> N: ...
    def difference(self, a: N, b: N, /) -> N: ...
    def negated(self, a: N, /) -> N: ...
    def scaled(self, a: N, factor: Decimal, /) -> N: ...
    def shifted(self, a: N, by: Decimal, /) -> N: ...
    def product(self, a: N, b: N, /) -> N: ...
    def ratio(self, a: N, b: N, /) -> N: ...
    def growth(self, now: N, before: N, /) -> N: ...
    def hull(self, intervals: Iterable[N], /) -> N: ...
    def fixed(self, interval: Interval, /) -> N: ...
    def upwards(self, a: N, /) -> N: ...
    def downwards(self, a: N, /) -> N: ...


class Ends(NamedTuple):
    """The low and the high end of an open interval for each of many prints; NaN where nothing is known of it."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def of(self, places: NDArray[np.int64]) -> Ends:
        """Those of the prints at some places."""
        return Ends(self.low[places], self.high[places])


def ends_of(intervals: Iterable[Interval]) -> Ends:
    """The ends of exact intervals; one that is unbounded ends at the last double."""
    given = list(intervals)
    low = np.array([-INFINITE if i.low is None else float(i.low) for i in given], np.float64)
    high = np.array([INFINITE if i.high is None else float(i.high) for i in given], np.float64)
    return _inwards(low, high)


def meet(a: Ends, b: Ends) -> NDArray[np.bool_]:
    """Where two intervals have a number in common for certain."""
    return np.maximum(a.low, b.low) < np.minimum(a.high, b.high)


def fixed(interval: Interval) -> Ends:
    """An interval that is the same for all prints."""
    return ends_of([interval])


def upwards(a: Ends) -> Ends:
    """Everything from the low end upwards."""
    return _inwards(a.low, np.where(np.isnan(a.high), np.nan, INFINITE))


def downwards(a: Ends) -> Ends:
    """Everything up to the high end."""
    return _inwards(np.where(np.isnan(a.low), np.nan, -INFINITE), a.high)


def sum_of(terms: Iterable[Ends]) -> Ends:
    """What the sum of numbers may be; ValueError for no terms."""
    found = list(terms)
    if not found:
        raise ValueError("no terms to add up")
    return reduce(lambda a, b: _inwards(a.low + b.low, a.high + b.high), found)


def negated(a: Ends) -> Ends:
    """The intervals mirrored at zero."""
    return Ends(-a.high, -a.low)


def difference(a: Ends, b: Ends) -> Ends:
    """What a − b may be."""
    return _inwards(a.low - b.high, a.high - b.low)


def scaled(a: Ends, factor: Decimal) -> Ends:
    """What a × factor may be, for a factor above zero that is known exactly."""
    if factor <= 0:
        raise ValueError(f"{factor} is not above zero")
    about = _doubles_about(factor)
    return _inwards(_greatest([a.low * f for f in about]), _least([a.high * f for f in about]))


def shifted(a: Ends, by: Decimal) -> Ends:
    """What a + by may be, for a summand that is known exactly."""
    below, above = _doubles_about(by)
    return _inwards(a.low + above, a.high + below)


def product(a: Ends, b: Ends) -> Ends:
    """What a × b may be: between the least and the greatest of the four products of ends."""
    corners = [x * y for x, y in pairs(a, b)]
    return _inwards(_least(corners), _greatest(corners))


def ratio(a: Ends, b: Ends) -> Ends:
    """What a / b may be where b is above zero; nothing is said elsewhere."""
    is_above = b.low > 0
    low, high = (np.where(is_above, end, np.nan) for end in b)
    corners = [x / y for x, y in pairs(a, (low, high))]
    return _inwards(_least(corners), _greatest(corners))


def growth(now: Ends, before: Ends) -> Ends:
    """What the growth from `before` to `now` may be, in percent, where the base is above zero."""
    return shifted(scaled(ratio(now, before), HUNDRED), -HUNDRED)


def hull(intervals: Iterable[Ends]) -> Ends:
    """The smallest intervals around all of them; ValueError for none."""
    found = list(intervals)
    if not found:
        raise ValueError("no intervals to put a hull around")
    return Ends(_least([a.low for a in found]), _greatest([a.high for a in found]))


def _inwards(low: NDArray[np.float64], high: NDArray[np.float64]) -> Ends:
    """Ends that lie inside of those calculated, whichever way these were rounded; none where nothing lies between."""
    low, high = np.nextafter(low, INFINITE), np.nextafter(high, -INFINITE)
    is_open = low < high
    return Ends(np.where(is_open, low, np.nan), np.where(is_open, high, np.nan))


def _doubles_about(number: Decimal) -> tuple[float, float]:
    """The double itself where the number is one, else the two around it."""
    near = float(number)
    return (near, near) if Decimal(near) == number else (np.nextafter(near, -INFINITE), np.nextafter(near, INFINITE))


def _least(ends: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return reduce(np.minimum, ends)


def _greatest(ends: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    return reduce(np.maximum, ends)
