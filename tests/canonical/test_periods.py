"""Dates of reporting periods follow from type and end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.periods import MONTHS_OF, last_day_allowed, months_before, parse_date, period_start

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("period_type", "end", "start"),
    [
        ("month", "2024-02-29", "2024-02-01"),
        ("quarter", "2025-09-30", "2025-07-01"),
        ("quarter", "2025-08-31", "2025-06-01"),
        ("half_year", "2025-06-30", "2025-01-01"),
        ("nine_months", "2025-12-31", "2025-04-01"),
        ("year", "2026-03-31", "2025-04-01"),
        ("trailing_12_months", "2025-02-28", "2024-03-01"),
    ],
)
def test_a_period_starts_its_length_before_its_end(period_type: str, end: str, start: str) -> None:
    assert period_start(period_type, date.fromisoformat(end)) == date.fromisoformat(start)


@pytest.mark.parametrize("period_type", ["instant", "cumulative", "window", ""])
def test_a_type_without_length_fixes_no_start(period_type: str) -> None:
    assert period_start(period_type, date(2025, 9, 30)) is None


@given(st.sampled_from(sorted(MONTHS_OF)), st.sampled_from([date.min, date(1, 1, 31), date.max]))
def test_a_slip_to_the_ends_of_the_calendar_has_no_start_or_one_inside_it(period_type: str, end: date) -> None:
    start = period_start(period_type, end)
    assert start is None or start <= end


@given(st.sampled_from(sorted(MONTHS_OF)), days)
def test_consecutive_periods_meet_without_gap(period_type: str, day: date) -> None:
    end = last_day_allowed(day, "month")
    start = period_start(period_type, end)
    assert start is not None and start.day == 1
    before = period_start(period_type, start - timedelta(days=1))
    assert before == months_before(start, MONTHS_OF[period_type])


@given(days, st.sampled_from(["day", "month", "quarter", "year"]))
def test_the_last_day_allowed_is_in_the_same_period_and_no_earlier(day: date, precision: str) -> None:
    last = last_day_allowed(day, precision)
    assert last >= day and last.year == day.year
    assert last_day_allowed(last, precision) == last


@pytest.mark.parametrize(
    "text",
    ["", "2025-02-31", "2025-2-3", "20250203", "2025/02/03", "2025-W06-1", " 2025-2-3", "0202-09-30", "9999-12-31"],
)
def test_a_text_that_is_no_day_is_no_date(text: str) -> None:
    assert parse_date(text) is None
