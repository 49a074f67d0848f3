"""Turn a printed number into the interval of values it may stand for, in exact decimals.

The conventions are the rows of `schemas/precision.csv` (`conventions`); this module only applies them. A number
rounded to its last printed digit stands for half a unit of that digit on either side, as in XBRL
Calculations 1.1 (https://www.xbrl.org/specification/calculation-1.1/rec-2023-02-22/calculation-1.1-rec-2023-02-22.html).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from functools import cached_property, lru_cache
from typing import NamedTuple

from canonical.conventions import End, conventions

__all__ = [
    "EXACT",
    "LONGEST",
    "Interval",
    "Print",
    "decimal_text",
    "interval_of",
    "printed_decimals",
]

EXACT = Context(prec=120)
"""Decimal arithmetic wide enough that no product of a print and a unit factor is ever rounded."""
LONGEST = 30
"""Digits before and after the point of a print, and of the factor of a unit, that `EXACT` has room for."""
LEAST_DECIMALS = -30
PRINTED = re.compile(rf"-?[0-9]{{1,{LONGEST}}}(\.[0-9]{{1,{LONGEST}}})?")
MIRRORED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq"}


@dataclass(frozen=True)
class Interval:
    """A printed number in its canonical unit: the value it names and the ends it may lie between.

    `value` is None where the print names no single value; an end of None is unbounded. An open end is
    not itself part of the interval.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    @cached_property
    def texts(self) -> tuple[str, str, str]:
        """The value and the low and high end as `decimal_text` writes them."""
        return decimal_text(self.value), decimal_text(self.low), decimal_text(self.high)


class Print(NamedTuple):
    """One number as printed: digits, second end, claimed decimals, bound and precision word.

    `decimals` counts from the decimal point of the printed unit, as the XBRL attribute does: 2 for `36.00`,
    -6 for dollars known to the million. `factor` turns the printed unit into the canonical one. `exact`
    says that the digits are the whole truth (a count of regions).
    """

    value: str
    value_to: str = ""
    decimals: int | None = None
    bound: str = "eq"
    precision_word: str = "none"
    factor: Decimal = Decimal(1)
    exact: bool = False


def interval_of(number: Print) -> Interval:
    """The interval of a print, in the canonical unit.

    Raises ValueError, in words a contributor understands, where the digits are malformed or where bound,
    precision word and second end do not go together.

    >>> interval_of(Print("398.24", factor=Decimal(100)))
    Interval(value=Decimal('39824.00'), low=Decimal('39823.500'), high=Decimal('39824.500'), low_open=False, \
high_open=False)
    """
    with localcontext(EXACT):
        low_end = _end(number, number.value)
        if number.bound in ("range", "spread"):
            if not number.value_to:
                raise ValueError(f"bound {number.bound} needs a second end in printed_value_to")
            return _of_two_ends(number, low_end, _end(number, number.value_to))
        # "18 to over 20" prints an upper end that is itself no bound: kept as printed, it limits nothing.
        if number.value_to and number.bound != "range_up":
            raise ValueError(f"bound {number.bound} has one end, but printed_value_to is filled")
        if low_end.x == 0 and (number.bound, number.precision_word) == ("eq", "truncated"):
            # What is cut off to zero may be of either sign, as in section 5.2.4 of Calculations 1.1.
            return Interval(low_end.x, -2 * low_end.h, 2 * low_end.h, low_open=True, high_open=True)
        if low_end.x < 0 and number.bound in MIRRORED:
            mirrored = number._replace(bound=MIRRORED[number.bound])
            return _negated(_of_one_end(mirrored, low_end._replace(x=-low_end.x), number.bound))
        return _of_one_end(number, low_end, number.bound)


def printed_decimals(printed: str) -> int:
    """How many decimals a printed number shows: 2 for `36.00`, 0 for `1237`."""
    return len(printed.partition(".")[2])


def decimal_text(number: Decimal | None) -> str:
    """The shortest exact decimal text: `39824`, `0.5`; the empty text for None."""
    if number is None:
        return ""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _end(number: Print, printed: str) -> End:
    if not PRINTED.fullmatch(printed):
        raise ValueError(f"{printed!r} is not a printed number such as 36.00 or -9")
    if number.decimals is not None and number.decimals < LEAST_DECIMALS:
        raise ValueError(f"decimals {number.decimals} claim no digit of any print; at least {LEAST_DECIMALS}")
    shown = printed_decimals(printed)
    decimals = shown if number.decimals is None else min(number.decimals, shown)
    x = Decimal(printed) * number.factor
    half = Decimal(0) if number.exact else _half(decimals, number.factor)
    return End(x, half, printed, decimals, number.factor)


@lru_cache(maxsize=1 << 10)
def _half(decimals: int, factor: Decimal) -> Decimal:
    """Half a unit of the last claimed digit."""
    return EXACT.multiply(EXACT.divide(Decimal(1).scaleb(-decimals), 2), factor)


def _of_one_end(number: Print, end: End, stated_bound: str) -> Interval:
    word = "none" if number.precision_word == "approximately" and number.bound != "eq" else number.precision_word
    convention = conventions().get((number.bound, word))
    if convention is None:
        raise ValueError(f"precision word {number.precision_word} does not go with bound {stated_bound}")
    interval = Interval(*convention.of(end, end))
    if word == number.precision_word:
        return interval
    return _widened(interval, end.u, end.u)


def _of_two_ends(number: Print, x: End, y: End) -> Interval:
    if x.x > y.x:
        raise ValueError(f"the ends {number.value} and {number.value_to} stand in falling order")
    if number.precision_word not in ("none", "approximately"):
        raise ValueError(f"precision word {number.precision_word} does not go with bound {number.bound}")
    interval = Interval(*conventions()[number.bound, "none"].of(x, y))
    return _widened(interval, x.u, y.u) if number.precision_word == "approximately" else interval


def _widened(interval: Interval, below: Decimal, above: Decimal) -> Interval:
    return replace(
        interval,
        low=None if interval.low is None else interval.low - below,
        high=None if interval.high is None else interval.high + above,
    )


def _negated(interval: Interval) -> Interval:
    def minus(number: Decimal | None) -> Decimal | None:
        return None if number is None else -number

    return Interval(
        minus(interval.value),
        minus(interval.high),
        minus(interval.low),
        interval.high_open,
        interval.low_open,
    )
