"""Which cases of relations are broken: no option meets the print, on twelve decimals as a frame of cases shows them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from canonical.arithmetic import meets
from canonical.intervals import Interval
from validation.relations.relation import Case, Remark

__all__ = ["SCALE", "broken_cases", "shown_ends"]

SCALE = 12
"""The decimals to which a frame of cases gives the ends of intervals."""
LARGEST = Decimal(10) ** 25
"""Beyond what a decimal column of 38 digits holds; no metric comes near."""


def broken_cases(cases: Iterable[Case | Remark]) -> list[Case | Remark]:
    """The cases whose print does not meet what is implied; pandera refuses the same in the frame of the cases."""
    return [case for case in cases if not case.holds and _is_shown(case)]


def shown_ends(interval: Interval) -> tuple[Decimal | None, bool, Decimal | None, bool]:
    """Low end, whether it is open, high end, whether it is open: the ends rounded outwards to `SCALE` decimals.

    No contradiction comes of that.
    """
    low, high = interval.low, interval.high
    return _rounded(low, ROUND_FLOOR), interval.low_open, _rounded(high, ROUND_CEILING), interval.high_open


def _is_shown(case: Case | Remark) -> bool:
    """Whether a case that does not hold does not so either on the ends that a frame of cases shows."""
    return isinstance(case, Remark) or not meets(_shown(case.printed.interval), _shown(case.best.implied))


def _shown(interval: Interval) -> Interval:
    low, low_open, high, high_open = shown_ends(interval)
    return Interval(None, low, high, low_open, high_open)


def _rounded(end: Decimal | None, rounding: str) -> Decimal | None:
    if end is None:
        return None
    exponent = end.as_tuple().exponent
    within = max(-LARGEST, min(LARGEST, end))
    if isinstance(exponent, int) and exponent >= -SCALE and within == end:
        return end
    return within.quantize(Decimal(1).scaleb(-SCALE), context=Context(prec=60, rounding=rounding))
