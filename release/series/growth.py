"""Growth recomputed from two headlines, with the interval that their intervals allow."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from release.series.vintage import Vintage

__all__ = ["growth"]

PLACES = Decimal("0.0001")


def growth(current: Vintage, base: Vintage) -> tuple[Decimal, Decimal | None, Decimal | None] | None:
    """Growth in percent from `base` to `current`: value, low and high end, rounded outwards to four decimals.

    (current / base - 1) x 100, each end from the ends that make it extreme. None where the units differ or the base
    is not surely positive, or one is a mere bound: growth from a loss or from nothing says nothing.
    """
    if current.unit_id != base.unit_id or current.value is None or base.value is None:
        return None
    if base.low is None or base.low <= 0 or "bound" in (*current.flags, *base.flags):
        return None
    value = _percent(current.value, base.value).quantize(PLACES)
    low = high = None
    if current.low is not None:
        divisor = base.high if current.low >= 0 else base.low
        low = None if divisor is None else _percent(current.low, divisor).quantize(PLACES, ROUND_FLOOR)
    if current.high is not None:
        divisor = base.low if current.high >= 0 else base.high
        high = None if divisor is None else _percent(current.high, divisor).quantize(PLACES, ROUND_CEILING)
    return value, low, high


def _percent(level: Decimal, base: Decimal) -> Decimal:
    return (level / base - 1) * 100
