"""Fiscal calendars by month and by week: when quarters end, where periods begin, and what came a year before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.calendars import Calendar, calendar_of

SUNDAYS = Calendar(1, "last_sunday")
SATURDAYS = Calendar(12, "nearest_saturday")
LONG_FIRST = Calendar(12, "nearest_saturday", long_quarter=0)
GROCER = Calendar(8, "last_saturday", (12, 12, 12, 16))


@pytest.mark.parametrize(
    ("calendar", "year", "ends"),
    [
        (Calendar(3), 2025, ["2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31"]),
        (Calendar(2), 2024, ["2023-05-31", "2023-08-31", "2023-11-30", "2024-02-29"]),
        (SUNDAYS, 2025, ["2024-04-28", "2024-07-28", "2024-10-27", "2025-01-26"]),
        (SUNDAYS, 2016, ["2015-04-26", "2015-07-26", "2015-10-25", "2016-01-31"]),
        (SATURDAYS, 2020, ["2020-03-28", "2020-06-27", "2020-09-26", "2021-01-02"]),
        (LONG_FIRST, 2020, ["2020-04-04", "2020-07-04", "2020-10-03", "2021-01-02"]),
        (GROCER, 2025, ["2024-11-23", "2025-02-15", "2025-05-10", "2025-08-30"]),
    ],
)  # fmt: skip
def test_quarters_end_where_the_calendar_says(calendar: Calendar, year: int, ends: list[str]) -> None:
    assert [calendar.quarter_end(year, n).isoformat() for n in (1, 2, 3, 4)] == ends


@pytest.mark.parametrize(
    ("calendar", "period_type", "end", "start"),
    [
        (Calendar(3), "quarter", date(2024, 9, 30), date(2024, 7, 1)),
        (SUNDAYS, "quarter", date(2024, 10, 27), date(2024, 7, 29)),
        (SUNDAYS, "year", date(2025, 1, 26), date(2024, 1, 29)),
        (SUNDAYS, "nine_months", date(2024, 10, 27), date(2024, 1, 29)),
        (GROCER, "quarter", date(2025, 8, 30), date(2025, 5, 11)),
        (SUNDAYS, "month", date(2024, 10, 31), date(2024, 10, 1)),
        (SUNDAYS, "quarter", date(2024, 9, 30), date(2024, 7, 1)),
    ],
)
def test_a_period_begins_the_day_after_the_one_before_it(
    calendar: Calendar, period_type: str, end: date, start: date
) -> None:
    assert calendar.start(period_type, end) == start


def test_an_instant_has_no_start() -> None:
    assert SUNDAYS.start("instant", date(2024, 10, 27)) is None


@given(st.integers(2000, 2100), st.integers(1, 4), st.sampled_from([Calendar(6), SUNDAYS, SATURDAYS, GROCER]))
def test_every_quarter_is_found_again_by_its_last_day(year: int, quarter: int, calendar: Calendar) -> None:
    end = calendar.quarter_end(year, quarter)
    assert calendar.quarter_of(end) == (year, quarter)
    assert calendar.earlier(end, 12) == calendar.quarter_end(year - 1, quarter)
    assert calendar.earlier(calendar.earlier(end, 3), -3) == end
    assert calendar.year_of(end) == year


def test_a_day_within_a_quarter_ends_none() -> None:
    assert SUNDAYS.quarter_of(date(2024, 10, 31)) is None
    assert Calendar(3).quarter_of(date(2024, 10, 31)) is None


@pytest.mark.parametrize(
    ("year", "month", "end"),
    [(2024, 10, date(2024, 10, 27)), (2024, 11, None), (2016, 4, date(2016, 5, 1))],
)
def test_a_quarter_of_weeks_is_named_after_the_month_it_ends_with(year: int, month: int, end: date | None) -> None:
    assert SUNDAYS.quarter_in(year, month) == end


@pytest.mark.parametrize(
    ("cells", "calendar"),
    [
        (("",), None),
        (("13",), None),
        (("3",), Calendar(3)),
        (("1", "last_sunday"), SUNDAYS),
        (("8", "last_saturday", "12 12 12 16"), GROCER),
        (("9", "last_saturday", "13+ 13 13 13"), Calendar(9, "last_saturday", long_quarter=0)),
        (("1", "last_noday"), Calendar(1)),
        (("1", "last_sunday", "13 13 13"), SUNDAYS),
    ],
)
def test_an_entity_declares_its_calendar_in_three_cells(cells: tuple[str, ...], calendar: Calendar | None) -> None:
    assert calendar_of(*cells) == calendar
