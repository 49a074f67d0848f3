"""Fiscal calendars in both directions."""

from __future__ import annotations

from datetime import date

import pytest

from canonical.calendars import Calendar, calendar_quarter, is_aligned
from release.series.calendars import fiscal_label


@pytest.mark.parametrize(
    ("period_type", "end", "calendar", "label"),
    [
        ("quarter", date(2025, 9, 30), Calendar(3), "FY2026Q2"),
        ("quarter", date(2026, 3, 31), Calendar(6), "FY2026Q3"),
        ("quarter", date(2026, 8, 31), Calendar(5), "FY2027Q1"),
        ("quarter", date(2025, 12, 31), Calendar(12), "FY2025Q4"),
        ("half_year", date(2026, 2, 28), Calendar(8), "FY2026H1"),
        ("year", date(2025, 3, 31), Calendar(3), "FY2025"),
        ("year", date(2025, 12, 31), Calendar(3), None),
        ("quarter", date(2025, 9, 29), Calendar(3), None),
        ("quarter", date(2025, 10, 31), Calendar(3), None),
        ("quarter", date(2024, 10, 27), Calendar(1, "last_sunday"), "FY2025Q3"),
        ("half_year", date(2024, 7, 28), Calendar(1, "last_sunday"), "FY2025H1"),
        ("quarter", date(2024, 10, 31), Calendar(1, "last_sunday"), None),
    ],
)
def test_a_fiscal_period_is_named_after_the_year_it_ends_in(
    period_type: str, end: date, calendar: Calendar, label: str | None
) -> None:
    assert fiscal_label(period_type, end, calendar) == label


@pytest.mark.parametrize(
    ("start", "end", "quarter", "aligned"),
    [
        (date(2025, 7, 1), date(2025, 9, 30), "2025-Q3", True),
        (date(2026, 6, 1), date(2026, 8, 31), "2026-Q3", False),
        (date(2025, 12, 1), date(2026, 2, 28), "2026-Q1", False),
        (date(2026, 3, 1), date(2026, 5, 31), "2026-Q2", False),
    ],
)
def test_a_quarter_belongs_where_most_of_its_days_lie(start: date, end: date, quarter: str, aligned: bool) -> None:
    assert calendar_quarter(start, end) == quarter
    assert is_aligned(start, end) is aligned


def test_only_whole_calendar_periods_are_aligned() -> None:
    assert is_aligned(date(2025, 1, 1), date(2025, 12, 31))
    assert is_aligned(date(2025, 7, 1), date(2025, 12, 31))
    assert not is_aligned(date(2025, 4, 1), date(2026, 3, 31))
    assert not is_aligned(date(2025, 4, 1), date(2025, 9, 30))
