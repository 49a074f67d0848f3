"""The calendar of a print: its label against its dates, by dates, lengths and spellings, and calendars of weeks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import load_schema
from tests.builders import write_csv
from validation.consistency import check_facts
from validation.own_files import tables_of
from validation.relations import relation_of
from validation.relations.facts import Facts

HEADER = ("entity_id", "metric_id", "period_type", "period_end", "period_label", "printed_value", "printed_unit_id")
QUARTER = ("quarter", "2025-06-30")
WEEKS = (("2024-10-27", "FY2025 Q3", "3508"), ("2025-01-26", "FY2025 Q4", "3933"), ("2025-04-27", "FY2026 Q1", "4406"))


@cache
def package() -> Reference:
    return Reference()


def found(
    *rows: tuple[str, ...], reference: Reference | None = None, rules: Sequence[str] = ("P.label", "P.month_end")
) -> list[tuple[str, str]]:
    """Row, counted from 1, and rule of each finding on the label or the last day of such rows."""
    known, schema = reference or package(), load_schema("observations")
    typed = [dict(zip(HEADER, row, strict=True)) | {"observation_id": str(n)} for n, row in enumerate(rows, start=1)]
    facts = Facts.of([complete_row(schema, cells, known) for cells in typed], known)
    return [(f.row_id, f.rule) for f in check_facts(facts, [relation_of(rule) for rule in rules])]


def of_amazon(period: tuple[str, str], label: str) -> tuple[str, ...]:
    return ("amazon", "capex-cash", *period, label, "32183", "usd-m")


def test_labels_with_another_date_or_length_are_named() -> None:
    wrong = [
        "Three Months Ended March 31, 2025", "quarter ended September 30, 2025", "2025-03-31", "March 2025 quarter",
        "Nine months ended June 30, 2025", "9M 2025", "H1 2025", "YTD Q2 2025", "截至2025年6月30日止六个月",
        "2025年1-6月",
    ]  # fmt: skip
    rows = [of_amazon(QUARTER, label) for label in wrong]
    rows += [of_amazon(("half_year", "2025-06-30"), "six months ended June 30, 2024")]
    rows += [of_amazon(("year", "2025-12-31"), "FY2024")]
    assert found(*rows) == [(str(n), "P.label") for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize(
    ("label", "is_right"),
    [
        ("Q4 FY25", True), ("FQ4 2025", True), ("4Q25", True), ("F4Q25", True), ("Q4'25", True), ("FY25Q4", True),
        ("FY2025-Q4", True), ("2025Q2", True), ("CQ2 2025", True), ("Jun-25", True),
        ("Three months ended June 30, 2025", True), ("FY25 Q3", False), ("2025Q1", False), ("Q4 2024", False),
        ("FQ3'25", False), ("3Q25", False), ("Three months ended March 31, 2025", False),
    ],
)  # fmt: skip
def test_right_spellings_are_silent_and_wrong_ones_named(label: str, is_right: bool) -> None:
    row = ("microsoft", "capex-cash", *QUARTER, label, "17079", "usd-m")
    assert found(row) == ([] if is_right else [("1", "P.label")])


def with_hollis(folder: Path, rule: str) -> Reference:
    """The package with an entity whose year ends in January; without a rule its table has no such column."""
    entity = {"entity_id": "hollis", "name_en": "Hollis", "scope": "group", "fiscal_year_end_month": "1"}
    write_csv(folder / "entities.csv", [entity | ({"fiscal_year_end_rule": rule} if rule else {})])
    return Reference(own=tuple(tables_of(folder)))


@pytest.mark.parametrize(("rule", "rules"), [("last_sunday", []), ("", ["P.month_end"] * 3)])
def test_quarters_of_weeks_are_right_once_their_calendar_is_declared(
    tmp_path: Path, rule: str, rules: list[str]
) -> None:
    rows = [("hollis", "revenue", "quarter", end, label, value, "usd-m") for end, label, value in WEEKS]
    assert [name for _, name in found(*rows, reference=with_hollis(tmp_path, rule))] == rules


def test_a_day_that_ends_no_quarter_of_a_declared_calendar_is_named(tmp_path: Path) -> None:
    row = ("hollis", "revenue", "quarter", "2024-10-31", "FY2025 Q3", "3508", "usd-m")
    assert found(row, reference=with_hollis(tmp_path, "last_sunday")) == [("1", "P.label"), ("1", "P.month_end")]


def test_a_year_and_nine_months_end_with_the_fiscal_year_or_with_the_calendar() -> None:
    def ends(entity: str, *periods: tuple[str, str]) -> list[str]:
        rows = [(entity, "capex-cash", *period, "", "32183", "usd-m") for period in periods]
        return [row for row, _ in found(*rows, rules=("P.fiscal_grid",))]

    assert ends("amazon", ("year", "2025-06-30"), ("nine_months", "2025-12-31"), ("year", "2025-12-31")) == ["1", "2"]
    assert ends("microsoft", ("year", "2025-06-30"), ("year", "2025-12-31"), ("nine_months", "2026-03-31")) == []
    assert ends("microsoft", ("nine_months", "2025-09-30"), ("year", "2025-03-31")) == ["2"]


def test_rates_are_of_the_kind_of_period_that_their_metric_is_about_but_growth_of_a_balance_may_be_of_a_year() -> None:
    instant, quarter, year = ("instant", "2025-06-30"), ("quarter", "2025-06-30"), ("year", "2025-12-31")
    growth = [(metric, period) for metric in ("revenue", "rpo") for period in (instant, quarter, year)]
    known, schema = package(), load_schema("observations")
    cells = [
        {"observation_id": str(n), "entity_id": "amazon", "metric_id": metric, "period_type": type_, "period_end": end,
         "printed_value": "20", "printed_unit_id": "percent", "measure": "growth_yoy"}
        for n, (metric, (type_, end)) in enumerate(growth)
    ]  # fmt: skip
    facts = Facts.of([complete_row(schema, row, known) for row in cells], known)
    assert [f.row_id for f in check_facts(facts, [relation_of("P.kind")])] == ["0", "4"]
