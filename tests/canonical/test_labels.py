"""Labels of periods: fiscal ones mean one period, plain ones either calendar, dates and lengths are read."""

from __future__ import annotations

from datetime import date

import pytest

from canonical.calendars import Calendar
from canonical.labels import periods_near, periods_of_label


def said(label: str, calendar: Calendar | None) -> set[str]:
    """The periods a label can stand for, as findings show them."""
    return {str(named) for named in periods_of_label(label, calendar) or ()}


@pytest.mark.parametrize(
    ("label", "year_end", "expected"),
    [
        ("2026 财年 Q3", 3, {"quarter to 2025-12-31"}),
        ("2026财年第二季度", 3, {"quarter to 2025-09-30"}),
        ("FY2026 Q2", 5, {"quarter to 2025-11-30"}),
        ("Q3 FY18", 5, {"quarter to 2018-02-28"}),
        ("Q1 fiscal 2025", 5, {"quarter to 2024-08-31"}),
        ("fiscal 2026 Q2 outlook", 6, {"quarter to 2025-12-31"}),
        ("FY2026 3rd quarter", 8, {"quarter to 2026-05-31"}),
        ("second quarter of fiscal year 2025", 6, {"quarter to 2024-12-31"}),
        ("December quarter 2024", 3, {"quarter to 2024-12-31"}),
        ("March 2025 quarter", 12, {"quarter to 2025-03-31"}),
        ("Q4 '20", 12, {"quarter to 2020-12-31"}),
        ("1Q26", 12, {"quarter to 2026-03-31"}),
        ("2QFY25", 6, {"quarter to 2024-12-31"}),
        ("FQ3'25", 6, {"quarter to 2025-03-31"}),
        ("2026年3月期1Q", 3, {"quarter to 2025-06-30"}),
        ("2026年3月期 第2四半期(中間期)", 3, {"quarter to 2025-09-30"}),
        ("2026年3月期上期", 3, {"half_year to 2025-09-30"}),
        ("2026年3月期第3四半期累計", 3, {"nine_months to 2025-12-31"}),
        ("2025年3月期通期", 12, {"year to 2025-03-31"}),
        ("2025年12月期", 3, {"year to 2025-12-31"}),
        ("F4Q25", 6, {"quarter to 2025-06-30"}),
        ("CQ2 2025", 6, {"quarter to 2025-06-30"}),
        ("2025Q2", 6, {"quarter to 2024-12-31", "quarter to 2025-06-30"}),
        ("2023年第四季度", 12, {"quarter to 2023-12-31"}),
        ("二零二五年第二季度", 12, {"quarter to 2025-06-30"}),
        ("2025財年第三財季", 3, {"quarter to 2024-12-31"}),
        ("third quarter of 2025", 12, {"quarter to 2025-09-30"}),
        ("2025年上半年", 12, {"half_year to 2025-06-30"}),
        ("1H25", 12, {"half_year to 2025-06-30"}),
        ("First half FY22", 8, {"half_year to 2022-02-28"}),
        ("2025 年中期", 12, {"half_year to 2025-06-30"}),
        ("2024年前三季度", 12, {"nine_months to 2024-09-30"}),
        ("2025年1-9月", 12, {"nine_months to 2025-09-30"}),
        ("9M 2025", 12, {"nine_months to 2025-09-30"}),
        ("9MFY25", 6, {"nine_months to 2025-03-31"}),
        ("first nine months of 2025", 12, {"nine_months to 2025-09-30"}),
        ("Q1-Q3 2025", 12, {"nine_months to 2025-09-30"}),
        ("YTD Q2 2025", 12, {"half_year to 2025-06-30"}),
        ("2025 Q3 累计", 12, {"nine_months to 2025-09-30"}),
        ("TTM Q3 2021", 12, {"trailing_12_months to 2021-09-30"}),
        ("FY 2017", 12, {"year to 2017-12-31"}),
        ("FY2024/25", 6, {"year to 2025-06-30"}),
        ("Fiscal Year 2022", 6, {"year to 2022-06-30"}),
        ("2025 年全年", 3, {"year to 2025-03-31", "year to 2025-12-31"}),
        ("Q2 2026", 3, {"quarter to 2025-09-30", "quarter to 2026-06-30"}),
        ("Q1 FY March 2026", 3, {"quarter to 2025-06-30", "quarter to 2026-03-31"}),
        ("FY March 2026", 3, {"year to 2026-03-31"}),
        ("2025 outlook (November 2025)", 12, {"year to 2025-12-31"}),
    ],
)
def test_a_label_stands_for_the_periods_it_can_mean(label: str, year_end: int, expected: set[str]) -> None:
    assert said(label, Calendar(year_end)) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Three Months Ended March 31, 2025", {"quarter to 2025-03-31"}),
        ("three months ended March 31, 2025 and 2024", {"quarter to 2025-03-31", "quarter to 2024-03-31"}),
        ("six-month period ended 30 June 2025", {"half_year to 2025-06-30"}),
        ("Nine months ended September 30, 2025", {"nine_months to 2025-09-30"}),
        ("nine months to September 2025", {"nine_months to 2025-09-30"}),
        ("quarter ended Sept. 30, 2025", {"quarter to 2025-09-30"}),
        ("Year ended 31 December 2024", {"year to 2024-12-31"}),
        ("13 weeks ended April 27, 2025", {"quarter to 2025-04-27"}),
        ("39 weeks ended October 26, 2025", {"nine_months to 2025-10-26"}),
        ("Twelve months ended June 30, 2025", {"year to 2025-06-30"}),
        ("截至2025年3月31日止三个月", {"quarter to 2025-03-31"}),
        ("截至二零二五年六月三十日止六個月", {"half_year to 2025-06-30"}),
        ("2025年4月1日至6月30日", {"quarter to 2025-06-30"}),
        ("April 1 – June 30, 2025", {"quarter to 2025-06-30"}),
        ("Apr-Jun 2025", {"quarter to 2025-06-30"}),
        ("2025.01-2025.09", {"nine_months to 2025-09-30"}),
        ("2025年6月季度", {"quarter to 2025-06-30"}),
        ("2025-03-31", {"a period to 2025-03-31"}),
        ("31.03.2025", {"a period to 2025-03-31"}),
        ("as of March 31, 2025", {"a period to 2025-03-31"}),
        ("Jun-25", {"a period to 2025-06-30"}),
        ("2025年6月", {"a period to 2025-06-30"}),
    ],
)
def test_a_label_with_a_date_or_a_length_is_read_by_it(label: str, expected: set[str]) -> None:
    assert said(label, None) == said(label, Calendar(6)) == expected


@pytest.mark.parametrize(
    "label",
    [
        "", "年初", "FY2022 至 FY2024", "FY2022 to FY2024", "同期", "截至 2025 年 Q3", "launch", "2025 年…各季度", "Q2",
        "25", "YTD", "03/04/2025", "2025-02-30", "Q1 2024 - Q3 2025", "three and six months ended June 30",
    ],
)  # fmt: skip
def test_a_label_that_is_not_understood_says_nothing(label: str) -> None:
    assert periods_of_label(label, Calendar(3)) is None


def test_a_fiscal_label_says_nothing_of_an_entity_without_a_fiscal_year() -> None:
    assert periods_of_label("FY2026 Q2", None) is None
    assert said("2025", None) == {"year to 2025-12-31"}


def test_a_quarter_is_printed_over_the_year_to_date_too_and_a_length_in_words_is_not() -> None:
    (quarter,) = periods_of_label("Q3 2025", None) or ()
    assert quarter.is_of("nine_months", date(2025, 9, 30)) and not quarter.is_of("half_year", date(2025, 9, 30))
    (three_months,) = periods_of_label("three months ended September 30, 2025", None) or ()
    assert not three_months.is_of("nine_months", date(2025, 9, 30))


def test_a_label_by_month_leaves_a_few_days_to_the_rule_on_month_ends_and_one_by_day_none() -> None:
    (quarter,) = periods_of_label("FY2025 Q3", Calendar(1)) or ()
    assert quarter.is_of("quarter", date(2024, 10, 27)) and not quarter.is_of("quarter", date(2024, 10, 20))
    (day,) = periods_of_label("quarter ended October 31, 2024", Calendar(1)) or ()
    assert not day.is_of("quarter", date(2024, 10, 27))


@pytest.mark.parametrize("label", ["FY2025 Q3", "October 2024 quarter", "Q3 FY25", "quarter ended October 27, 2024"])
def test_a_calendar_of_weeks_is_followed_to_the_day(label: str) -> None:
    weeks = Calendar(1, "last_sunday")
    assert said(label, weeks) == {"quarter to 2024-10-27"}
    assert not any(named.is_of("quarter", date(2024, 10, 31)) for named in periods_of_label(label, weeks) or ())


@pytest.mark.parametrize(
    ("label", "fits"),
    [("Q2", True), ("二季度", True), ("Q4", True), ("first quarter", False), ("三季度", False), ("fiscal Q2", False),
     ("2025Q2E", True), ("2025Q1A", False)],
)  # fmt: skip
def test_a_quarter_without_a_year_is_one_of_either_calendar(label: str, fits: bool) -> None:
    end = date(2025, 6, 30)
    assert any(named.is_of("quarter", end) for named in periods_near(label, Calendar(6), end) or ()) == fits


def test_a_length_without_a_year_or_an_unknown_quarter_says_nothing_of_days() -> None:
    assert all(periods_near(label, Calendar(6), date(2025, 6, 30)) is None for label in ("quarter", "half year", "Q5"))
