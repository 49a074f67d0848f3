"""Labels of periods: fiscal ones mean one period, plain ones either calendar, and other words say nothing."""

from __future__ import annotations

from datetime import date

import pytest

from canonical.labels import periods_of_label


@pytest.mark.parametrize(
    ("label", "year_end", "expected"),
    [
        ("2026 财年 Q3", 3, {("quarter", date(2025, 12, 31))}),
        ("2026财年第二季度", 3, {("quarter", date(2025, 9, 30))}),
        ("FY2026 Q2", 5, {("quarter", date(2025, 11, 30))}),
        ("Q3 FY18", 5, {("quarter", date(2018, 2, 28))}),
        ("Q1 fiscal 2025", 5, {("quarter", date(2024, 8, 31))}),
        ("fiscal 2026 Q2 outlook", 6, {("quarter", date(2025, 12, 31))}),
        ("FY2026 3rd quarter", 8, {("quarter", date(2026, 5, 31))}),
        ("December quarter 2024", 3, {("quarter", date(2024, 12, 31))}),
        ("Q4 '20", 12, {("quarter", date(2020, 12, 31))}),
        ("1Q26", 12, {("quarter", date(2026, 3, 31))}),
        ("2023年第四季度", 12, {("quarter", date(2023, 12, 31))}),
        ("third quarter of 2025", 12, {("quarter", date(2025, 9, 30))}),
        ("2025年上半年", 12, {("half_year", date(2025, 6, 30))}),
        ("First half FY22", 8, {("half_year", date(2022, 2, 28))}),
        ("2024年前三季度", 12, {("nine_months", date(2024, 9, 30))}),
        ("TTM Q3 2021", 12, {("trailing_12_months", date(2021, 9, 30))}),
        ("FY 2017", 12, {("year", date(2017, 12, 31))}),
        ("Fiscal Year 2022", 6, {("year", date(2022, 6, 30))}),
        ("2025 年全年", 3, {("year", date(2025, 3, 31)), ("year", date(2025, 12, 31))}),
        ("Q2 2026", 3, {("quarter", date(2025, 9, 30)), ("quarter", date(2026, 6, 30))}),
    ],
)
def test_a_label_stands_for_the_periods_it_can_mean(label: str, year_end: int, expected: set[tuple[str, date]]):
    assert periods_of_label(label, year_end) == expected


@pytest.mark.parametrize(
    "label", ["", "年初", "FY2022 至 FY2024", "同期", "截至 2025 年 Q3", "launch", "2025 年…各季度"]
)
def test_a_label_that_is_not_understood_says_nothing(label: str):
    assert periods_of_label(label, 3) is None


def test_a_fiscal_label_says_nothing_of_an_entity_without_a_fiscal_year():
    assert periods_of_label("FY2026 Q2", None) is None
    assert periods_of_label("2025", None) == {("year", date(2025, 12, 31))}
