"""Calculate with intervals of printed numbers: what a sum, a quotient or a growth rate may be, ends included.

Two readings of one quantity agree where their intervals meet: that is how XBRL Calculations 1.1 compares a
total with the sum of its parts, for rounded figures (closed ends) and for truncated ones (one end open). See
https://www.xbrl.org/Specification/calculation-1.1/REC-2023-02-22/calculation-1.1-REC-2023-02-22.html.

An end of None is unbounded. Sums and products are exact; a quotient is rounded to 60 digits. Where the quotient
of two prints differs from a printed end at all, it differs by far more than the last of these digits, so every
comparison comes out as it would in exact fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from canonical.intervals import EXACT, Interval

__all__ = [
    "ANYTHING", "at_least", "at_most", "contains", "difference", "downwards", "exactly", "fixed", "gap", "growth",
    "hull", "meets", "negated", "product", "ratio", "scaled", "shifted", "sum_of", "upwards",
]  # fmt: skip

ANYTHING = Interval(None, None, None, True, True)
"""The interval that says nothing: every number lies in it."""

ZERO, HUNDRED = Decimal(0), Decimal(100)


class _End(NamedTuple):
    """One end: the number (infinite where unbounded) and whether it stands outside the interval."""

    at: Decimal
    open: bool


def exactly(number: Decimal) -> Interval:
    """The interval that holds one number alone."""
    return Interval(number, number, number)


def at_least(number: Decimal | None, is_open: bool = False) -> Interval:
    """Everything from `number` upwards; None: everything."""
    return Interval(None, number, None, is_open or number is None, True)


def at_most(number: Decimal | None, is_open: bool = False) -> Interval:
    """Everything up to `number`; None: everything."""
    return Interval(None, None, number, True, is_open or number is None)


def upwards(a: Interval) -> Interval:
    """Everything from the low end of `a` upwards."""
    return at_least(a.low, a.low_open)


def downwards(a: Interval) -> Interval:
    """Everything up to the high end of `a`."""
    return at_most(a.high, a.high_open)


def fixed(interval: Interval) -> Interval:
    """An interval that is given; what calculates with many at once has a function of this name too."""
    return interval


def sum_of(terms: Iterable[Interval]) -> Interval:
    """What the sum of numbers, each somewhere in its interval, may be; 0 for no terms."""
    return reduce(_add, terms, exactly(ZERO))


def negated(a: Interval) -> Interval:
    """The interval mirrored at zero."""
    return Interval(
        None if a.value is None else -a.value,
        None if a.high is None else -a.high,
        None if a.low is None else -a.low,
        a.high_open,
        a.low_open,
    )


def difference(a: Interval, b: Interval) -> Interval:
    """What a − b may be."""
    return _add(a, negated(b))


def scaled(a: Interval, factor: Decimal) -> Interval:
    """What a × factor may be, for a factor that is known exactly."""
    if factor <= 0:
        return product(a, exactly(factor))
    value = None if a.value is None else EXACT.multiply(a.value, factor)
    low, high = _times(a.low, factor), _times(a.high, factor)
    return Interval(value, low, high, a.low_open or low is None, a.high_open or high is None)


def shifted(a: Interval, by: Decimal) -> Interval:
    """What a + by may be, for a summand that is known exactly."""
    return _add(a, exactly(by))


def product(a: Interval, b: Interval) -> Interval:
    """What a × b may be.

    The ends are the least and the greatest of the four products of ends; an end is open where no pair of
    numbers reaches it. A closed zero is reached whatever the other factor does.
    """
    corners = [_corner(x, y) for x in (_low(a), _high(a)) for y in (_low(b), _high(b))]
    value = None if a.value is None or b.value is None else EXACT.multiply(a.value, b.value)
    return _interval(value, min(corners), max(corners, key=lambda end: (end.at, not end.open)))


def ratio(a: Interval, b: Interval) -> Interval:
    """What a / b may be; `ANYTHING` where b may be zero and of either sign."""
    low, high = _low(b), _high(b)
    if low.at < 0 < high.at or low.at == high.at == 0:
        return ANYTHING
    side = 1 if high.at > 0 else -1
    corners = [_quotient(x, y, side) for x in (_low(a), _high(a)) for y in (low, high)]
    value = None if a.value is None or not b.value else EXACT.divide(a.value, b.value)
    return _interval(value, min(corners), max(corners, key=lambda end: (end.at, not end.open)))


def growth(now: Interval, before: Interval) -> Interval:
    """What the growth from `before` to `now` may be, in percent; `ANYTHING` where the base may not be positive.

    >>> from canonical.intervals import Print, decimal_text, interval_of
    >>> found = growth(interval_of(Print("432.84")), interval_of(Print("398.24")))
    >>> decimal_text(round(found.low, 3)), decimal_text(round(found.high, 3))
    ('8.686', '8.691')
    """
    if before.low is None or before.low < 0 or (before.low == 0 and before.high in (None, ZERO)):
        return ANYTHING
    return shifted(scaled(ratio(now, before), HUNDRED), -HUNDRED)


def meets(a: Interval, b: Interval) -> bool:
    """Whether some number lies in both intervals."""
    return _starts_before(a, b) and _starts_before(b, a)


def gap(a: Interval, b: Interval) -> Decimal:
    """How far two intervals lie apart: 0 where they meet or touch."""
    return max(_low(a).at - _high(b).at, _low(b).at - _high(a).at, ZERO)


def contains(outer: Interval, inner: Interval) -> bool:
    """Whether every number of `inner` lies in `outer`."""
    low, high = _low(outer), _high(outer)
    inner_low, inner_high = _low(inner), _high(inner)
    return low <= inner_low and (high.at, not high.open) >= (inner_high.at, not inner_high.open)


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval around all of them; ValueError for none."""
    members = list(intervals)
    if not members:
        raise ValueError("no intervals to put a hull around")
    return _interval(None, min(map(_low, members)), max(map(_high, members), key=lambda end: (end.at, not end.open)))


def _add(a: Interval, b: Interval) -> Interval:
    def end(x: Decimal | None, y: Decimal | None) -> Decimal | None:
        return None if x is None or y is None else EXACT.add(x, y)

    return Interval(
        end(a.value, b.value),
        end(a.low, b.low),
        end(a.high, b.high),
        a.low_open or b.low_open,
        a.high_open or b.high_open,
    )


def _starts_before(a: Interval, b: Interval) -> bool:
    """Whether `a` starts no later than `b` ends."""
    if a.low is None or b.high is None:
        return True
    return a.low < b.high or (a.low == b.high and not a.low_open and not b.high_open)


def _low(a: Interval) -> _End:
    return _End(Decimal("-Infinity"), True) if a.low is None else _End(a.low, a.low_open)


def _high(a: Interval) -> _End:
    return _End(Decimal("Infinity"), True) if a.high is None else _End(a.high, a.high_open)


def _times(end: Decimal | None, factor: Decimal) -> Decimal | None:
    """An end times a factor above zero; None for one that is unbounded."""
    if end is None:
        return None
    return EXACT.multiply(end, factor) if end else ZERO


def _corner(x: _End, y: _End) -> _End:
    if x.at == 0 or y.at == 0:
        reached = (x.at == 0 and not x.open) or (y.at == 0 and not y.open)
        return _End(ZERO, not reached)
    return _End(EXACT.multiply(x.at, y.at), x.open or y.open)


def _quotient(x: _End, y: _End, side: int) -> _End:
    """x / y at two ends; `side` is the sign of all other numbers of y's interval, for an end at zero."""
    if x.at == 0:
        return _End(ZERO, x.open)
    if y.at.is_infinite():
        return _End(ZERO, True)
    if y.at == 0:
        return _End(Decimal("Infinity").copy_sign(x.at * side), True)
    return _End(EXACT.divide(x.at, y.at), x.open or y.open)


def _interval(value: Decimal | None, low: _End, high: _End) -> Interval:
    found = Interval(value, low.at, high.at, low.open, high.open)
    if low.at.is_infinite():
        found = replace(found, low=None, low_open=True)
    return replace(found, high=None, high_open=True) if high.at.is_infinite() else found
