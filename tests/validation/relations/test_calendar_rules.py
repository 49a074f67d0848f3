"""The calendar of a print: its label against its dates, by dates, lengths and spellings, and calendars of weeks."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.reference import Reference
from tests.builders import write_csv
from validation.feed import check_feed

HEADER = ("entity_id", "metric_id", "period_type", "period_end", "period_label", "printed_value", "printed_unit_id")
QUARTER = ("quarter", "2025-06-30")
WEEKS = (("2024-10-27", "FY2025 Q3", "3508"), ("2025-01-26", "FY2025 Q4", "3933"), ("2025-04-27", "FY2026 Q1", "4406"))


def found(folder: Path, reference: Path | None, *rows: tuple[str, ...]) -> list[tuple[int | None, str]]:
    """Row and rule of each finding on the label or the last day in a feed of such rows."""
    path = folder / "feed.csv"
    write_csv(path, [dict(zip(HEADER, row, strict=True)) for row in rows])
    findings = check_feed(path, Reference(reference) if reference else Reference(), set())
    return [(f.row_number, f.rule) for f in findings if f.rule in ("P.label", "P.month_end")]


def of_amazon(period: tuple[str, str], label: str) -> tuple[str, ...]:
    return ("amazon", "capex-cash", *period, label, "32183", "usd-m")


def test_labels_with_another_date_or_length_are_named(tmp_path: Path) -> None:
    wrong = [
        "Three Months Ended March 31, 2025", "quarter ended September 30, 2025", "2025-03-31", "March 2025 quarter",
        "Nine months ended June 30, 2025", "9M 2025", "H1 2025", "YTD Q2 2025", "截至2025年6月30日止六个月",
        "2025年1-6月",
    ]  # fmt: skip
    rows = [of_amazon(QUARTER, label) for label in wrong]
    rows += [of_amazon(("half_year", "2025-06-30"), "six months ended June 30, 2024")]
    rows += [of_amazon(("year", "2025-12-31"), "FY2024")]
    assert found(tmp_path, None, *rows) == [(n, "P.label") for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize(
    ("label", "is_right"),
    [
        ("Q4 FY25", True), ("FQ4 2025", True), ("4Q25", True), ("F4Q25", True), ("Q4'25", True), ("FY25Q4", True),
        ("FY2025-Q4", True), ("2025Q2", True), ("CQ2 2025", True), ("Jun-25", True),
        ("Three months ended June 30, 2025", True), ("FY25 Q3", False), ("2025Q1", False), ("Q4 2024", False),
        ("FQ3'25", False), ("3Q25", False), ("Three months ended March 31, 2025", False),
    ],
)  # fmt: skip
def test_right_spellings_are_silent_and_wrong_ones_named(tmp_path: Path, label: str, is_right: bool) -> None:
    row = ("microsoft", "capex-cash", *QUARTER, label, "17079", "usd-m")
    assert found(tmp_path, None, row) == ([] if is_right else [(1, "P.label")])


def of_hollis(rule: str) -> list[dict[str, str]]:
    """An entity whose year ends in January; without a rule its folder has no such column."""
    entity = {"entity_id": "hollis", "name_en": "Hollis", "scope": "group", "fiscal_year_end_month": "1"}
    return [entity | ({"fiscal_year_end_rule": rule} if rule else {})]


@pytest.mark.parametrize(("rule", "rules"), [("last_sunday", []), ("", ["P.month_end"] * 3)])
def test_quarters_of_weeks_are_right_once_their_calendar_is_declared(
    tmp_path: Path, rule: str, rules: list[str]
) -> None:
    reference = tmp_path / "reference"
    reference.mkdir()
    write_csv(reference / "entities.csv", of_hollis(rule))
    rows = [("hollis", "revenue", "quarter", end, label, value, "usd-m") for end, label, value in WEEKS]
    assert [name for _, name in found(tmp_path, reference, *rows)] == rules


def test_a_day_that_ends_no_quarter_of_a_declared_calendar_is_named(tmp_path: Path) -> None:
    reference = tmp_path / "reference"
    reference.mkdir()
    write_csv(reference / "entities.csv", of_hollis("last_sunday"))
    row = ("hollis", "revenue", "quarter", "2024-10-31", "FY2025 Q3", "3508", "usd-m")
    assert found(tmp_path, reference, row) == [(1, "P.label"), (1, "P.month_end")]
