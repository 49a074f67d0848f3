"""Fiscal calendars: on which day each fiscal year, half and quarter of an entity ends, by month or by week.

A year ends with a month, or on a weekday: the last of a month, or the one nearest to its end. The latter make years
of 52 or 53 weeks, whose quarters are counted in weeks from the first day of the year.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from canonical.periods import MONTHS_OF, last_day_allowed, months_before, period_start

__all__ = ["MONTH_END", "WEEKS", "Calendar", "calendar_of", "calendar_quarter", "is_aligned"]

MONTH_END = "month_end"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKS = "13 13 13 13"
QUARTERS_OF = {kind: months // 3 for kind, months in MONTHS_OF.items() if months % 3 == 0}


@dataclass(frozen=True)
class Calendar:
    """When the fiscal years of an entity end: the month, the rule of the day, and the weeks of its quarters.

    `long_quarter` (0 to 3) takes the 53rd week of a year that has one.
    """

    month: int = 12
    rule: str = MONTH_END
    weeks: tuple[int, ...] = (13, 13, 13, 13)
    long_quarter: int = 3

    @property
    def is_by_weeks(self) -> bool:
        """Whether periods end on a weekday rather than with a month."""
        return self.rule != MONTH_END

    def quarter_end(self, year: int, quarter: int) -> date:
        """The last day of a fiscal quarter, 1 to 4; the year is named after that of its last month.

        >>> Calendar(1, "last_sunday").quarter_end(2025, 3)
        datetime.date(2024, 10, 27)
        """
        return _quarter_ends(self, year)[quarter - 1]

    def year_of(self, day: date) -> int:
        """The fiscal year that holds a day."""
        return next(year for year in (day.year - 1, day.year, day.year + 1) if day <= self.quarter_end(year, 4))

    def quarter_of(self, end: date) -> tuple[int, int] | None:
        """Fiscal year and quarter, 1 to 4, that end on a day; None where no quarter does."""
        for year in (end.year, end.year + 1, end.year - 1):
            if end in (ends := _quarter_ends(self, year)):
                return year, ends.index(end) + 1
        return None

    def quarter_in(self, year: int, month: int) -> date | None:
        """The last day of the quarter named after a calendar month; None where no quarter ends there.

        Quarters counted in weeks may end in the first days of the next month and be named after the one before.
        """
        last = last_day_allowed(date(year, month, 1), "month")
        ends = [e for y in (year - 1, year, year + 1) for e in _quarter_ends(self, y)]
        near = [end for end in ends if -_month_days(last) < (end - last).days <= (6 if self.is_by_weeks else 0)]
        return min(near, key=lambda end: abs((end - last).days), default=None)

    def start(self, period_type: str, end: date) -> date | None:
        """The first day of the period that ends on a day; None for types that have no fixed length.

        Where no quarter of a calendar of weeks ends on the day, it is counted back in months.
        """
        place = self.quarter_of(end) if self.is_by_weeks and period_type in QUARTERS_OF else None
        if place is None:
            return period_start(period_type, end)
        return self._quarters_back(place, QUARTERS_OF[period_type]) + timedelta(days=1)

    def earlier(self, end: date, months: int) -> date:
        """The last day of the same kind of period `months` earlier: the last day of a month stays one."""
        place = self.quarter_of(end) if self.is_by_weeks and months % 3 == 0 else None
        if place is not None:
            return self._quarters_back(place, months // 3)
        return months_before(end + timedelta(days=1), months) - timedelta(days=1)

    def _quarters_back(self, place: tuple[int, int], quarters: int) -> date:
        index = place[0] * 4 + place[1] - 1 - quarters
        return self.quarter_end(index // 4, index % 4 + 1)


def _is_small(text: str) -> bool:
    """Whether a text is a whole number of two digits at most: of thousands of digits Python makes none."""
    return text.isdecimal() and len(text) <= 2


def calendar_of(month: str, rule: str = "", weeks: str = "") -> Calendar | None:
    """The calendar that the cells of an entity declare; None where they name no month.

    An empty rule means that the year ends with its month, and so does one that cannot be read: the schema says so.
    """
    if not _is_small(month) or not 1 <= int(month) <= 12:
        return None
    how, _, day = rule.partition("_")
    if how not in ("last", "nearest") or day not in WEEKDAYS:
        return Calendar(int(month))
    parts = (weeks or WEEKS).split()
    counts = [part.rstrip("+") for part in parts]
    if len(parts) != 4 or not all(map(_is_small, counts)) or sum(map(int, counts)) != 52:
        parts = counts = WEEKS.split()
    long = next((n for n, part in enumerate(parts) if part.endswith("+")), 3)
    return Calendar(int(month), rule, tuple(map(int, counts)), long)


@lru_cache(maxsize=1 << 12)
def _quarter_ends(of: Calendar, year: int) -> tuple[date, ...]:
    """The last days of the four quarters of a fiscal year."""
    end = _year_end(of, year)
    if not of.is_by_weeks:
        return tuple(months_before(end + timedelta(days=1), back) - timedelta(days=1) for back in (9, 6, 3, 0))
    day = _year_end(of, year - 1)
    has_53 = (end - day).days > 52 * 7
    ends: list[date] = []
    for quarter, weeks in enumerate(of.weeks):
        day += timedelta(weeks=weeks + (has_53 and quarter == of.long_quarter))
        ends.append(day)
    return tuple(ends)


def _year_end(of: Calendar, year: int) -> date:
    last = last_day_allowed(date(year, of.month, 1), "month")
    if not of.is_by_weeks:
        return last
    how, _, weekday = of.rule.partition("_")
    back = (last.weekday() - WEEKDAYS.index(weekday)) % 7
    return last - timedelta(days=back if how == "last" or back <= 3 else back - 7)


def _month_days(last: date) -> int:
    return calendar.monthrange(last.year, last.month)[1]


def calendar_quarter(start: date, end: date) -> str:
    """The calendar quarter that holds most days of a quarter.

    >>> calendar_quarter(date(2026, 6, 1), date(2026, 8, 31))
    '2026-Q3'
    """
    middle = start + timedelta(days=(end - start).days // 2)
    return f"{middle.year}-Q{(middle.month + 2) // 3}"


def is_aligned(start: date, end: date) -> bool:
    """Whether a period is exactly a calendar quarter, half-year or year (or another span of whole ones)."""
    begins = start.day == 1 and start.month in (1, 4, 7, 10)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    whole = months in (3, 6, 12) and (start.month - 1) % months == 0
    return begins and whole and end == last_day_allowed(end, "month")
