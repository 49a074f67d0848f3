"""Dates of reporting periods: where a period starts, and the last day a coarse date allows."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

__all__ = ["FIRST_DAY", "LAST_DAY", "MONTHS_OF", "last_day_allowed", "months_before", "parse_date", "period_start"]

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""The days a report can be about: a year of 0202 or 9999 is a slip, and has no neighbours to count from."""

MONTHS_OF = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12, "trailing_12_months": 12}
"""Length in months of each period type that fixes its own start."""


@lru_cache(maxsize=1 << 14)
def parse_date(text: str) -> date | None:
    """The date of an ISO text, None where the text is empty or names no day that a report can be about."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
    except ValueError:
        return None
    return day if day and FIRST_DAY <= day <= LAST_DAY else None


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier, or the last day of a shorter month.

    >>> months_before(date(2026, 1, 1), 3)
    datetime.date(2025, 10, 1)
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=1 << 14)
def period_start(period_type: str, period_end: date) -> date | None:
    """First day of the period that ends on `period_end`, None for types that have no fixed length.

    None too at the ends of the calendar, where a slip such as 9999-12-31 has no next day.

    >>> period_start("quarter", date(2025, 9, 30))
    datetime.date(2025, 7, 1)
    """
    months = MONTHS_OF.get(period_type)
    try:
        return None if months is None else months_before(period_end + timedelta(days=1), months)
    except (OverflowError, ValueError):
        return None


def last_day_allowed(day: date, precision: str) -> date:
    """The last day of the month, quarter or year that holds `day`; `day` itself at day precision."""
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "quarter":
        month = (day.month + 2) // 3 * 3
    elif precision == "month":
        month = day.month
    else:
        return day
    return date(day.year, month, calendar.monthrange(day.year, month)[1])
