"""Fiscal calendars: an entity's own name of a period, and the days of a quarter."""

from __future__ import annotations

from datetime import date, timedelta

from canonical.calendars import Calendar
from canonical.periods import months_before, period_start

__all__ = ["fiscal_label", "quarter_days"]


def fiscal_label(period_type: str, period_end: date, calendar: Calendar) -> str | None:
    """The name of the fiscal period that ends on a day; None where no period of the calendar ends there.

    A fiscal year is named after the calendar year it ends in.

    >>> fiscal_label("quarter", date(2025, 9, 30), Calendar(3))
    'FY2026Q2'
    """
    place = calendar.quarter_of(period_end)
    if place is None:
        return None
    year, quarter = place
    if period_type == "quarter":
        return f"FY{year}Q{quarter}"
    if period_type == "half_year" and quarter % 2 == 0:
        return f"FY{year}H{quarter // 2}"
    return f"FY{year}" if period_type == "year" and quarter == 4 else None


def quarter_days(period_end: date) -> tuple[date, date]:
    """First and last day of the quarter that ends on a day."""
    start = period_start("quarter", period_end)
    assert start is not None and start == months_before(period_end + timedelta(days=1), 3)
    return start, period_end
