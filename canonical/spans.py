"""Reporting periods as values to step through: the year before, the preceding period, the parts of a year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from canonical.calendars import Calendar
from canonical.periods import MONTHS_OF, months_before, period_start

__all__ = ["TILINGS", "Period", "Tiling", "preceding", "quarter_to", "tiles", "year_before"]


class Period(NamedTuple):
    """A period as an observation names it: its type, first day (None for instants) and last day.

    `weeks` is the calendar of an entity whose quarters are counted in weeks; None where periods end with months.
    """

    type: str
    start: date | None
    end: date
    weeks: Calendar | None = None

    @property
    def label(self) -> str:
        """The period in words: `quarter to 2025-12-31`, `2025-12-31` for an instant."""
        return self.end.isoformat() if self.type == "instant" else f"{self.type} to {self.end}"


Tiling = tuple[str, ...]
TILINGS: dict[str, tuple[Tiling, ...]] = {
    "year": (
        ("quarter", "quarter", "quarter", "quarter"),
        ("half_year", "half_year"),
        ("nine_months", "quarter"),
        ("half_year", "quarter", "quarter"),
        ("quarter", "quarter", "half_year"),
    ),
    "trailing_12_months": (("quarter",) * 4, ("half_year", "half_year"), ("year",)),
    "half_year": (("quarter", "quarter"),),
    "nine_months": (("quarter", "quarter", "quarter"), ("half_year", "quarter")),
    "quarter": (("month", "month", "month"),),
}
"""Which shorter periods, in order of time, make up a longer one."""

STEP = {"instant": 3, "month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""Months from a period to the preceding one; balances and rates are taken to be told each quarter."""


def year_before(period: Period) -> Period:
    """The same period one year earlier."""
    return _earlier(period, 12)


def preceding(period: Period) -> Period | None:
    """The preceding period of the same type; None for types that do not follow one another."""
    months = STEP.get(period.type)
    return None if months is None else _earlier(period, months)


@lru_cache(maxsize=1 << 14)
def tiles(period: Period, tiling: Tiling) -> tuple[Period, ...]:
    """The shorter periods of a tiling, first to last.

    >>> [str(tile.end) for tile in tiles(Period("half_year", None, date(2025, 6, 30)), ("quarter", "quarter"))]
    ['2025-03-31', '2025-06-30']
    """
    end, found = period.end, list[Period]()
    for type_ in reversed(tiling):
        start = _start(type_, end, period.weeks)
        assert start is not None
        found.append(Period(type_, start, end, period.weeks))
        end = start - timedelta(days=1)
    return tuple(reversed(found))


def quarter_to(end: date) -> Period:
    """The quarter that ends on a day."""
    return Period("quarter", period_start("quarter", end), end)


@lru_cache(maxsize=1 << 14)
def _earlier(period: Period, months: int) -> Period:
    """The period moved back by whole months; the last day of a month stays the last day of one."""
    end = period.weeks.earlier(period.end, months) if period.weeks else _month_end_aware(period.end, months)
    if period.type in MONTHS_OF:
        return Period(period.type, _start(period.type, end, period.weeks), end, period.weeks)
    start = None if period.start is None else months_before(period.start, months)
    return Period(period.type, start, end, period.weeks)


def _start(period_type: str, end: date, weeks: Calendar | None) -> date | None:
    return weeks.start(period_type, end) if weeks else period_start(period_type, end)


def _month_end_aware(day: date, months: int) -> date:
    earlier = months_before(day, months)
    if day.day != calendar.monthrange(day.year, day.month)[1]:
        return earlier
    return earlier.replace(day=calendar.monthrange(earlier.year, earlier.month)[1])
