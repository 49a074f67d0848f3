"""No row of the published tables combines two perimeters or two metrics: every pair of headlines is looked at."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from canonical.calendars import Calendar
from canonical.reference import Reference
from canonical.table_schema import ROOT
from release.series.facts import FACT_KEY, FactKey
from release.series.growth import growth
from release.series.history import History
from release.series.perimeters import are_one_perimeter
from release.series.tables import Tables
from release.series.vintage import Vintage

METRICS = ("quarterly_metrics", "half_year_metrics", "annual_metrics")
GROWTH = {"growth_yoy": ("yoy_across_break", 12), "growth_prev": ("prev_across_break", None)}
MONTHS = {"quarterly_metrics": 3, "half_year_metrics": 6, "annual_metrics": 12}
Row = dict[str, object]


@cache
def rows_of(table: str) -> list[Row]:
    return pl.read_csv(ROOT / "data" / f"{table}.csv", infer_schema_length=None).to_dicts()


@cache
def perimeters() -> dict[str, str]:
    """The perimeter of each observation, as corrected."""
    rows = pl.read_csv(ROOT / "data" / "observations_flat.csv", infer_schema_length=0)
    return dict(rows.select("observation_id", "perimeter_id").iter_rows())


@cache
def history() -> History:
    return History.of(Tables(ROOT / "data"))


def key_of(row: Row) -> FactKey:
    return tuple(str({"measure": "level"}.get(column) or row.get(column) or "") for column in FACT_KEY)


def earlier(row: Row, months: int) -> FactKey:
    """The fact of a row so many months before."""
    calendar = history().facts.reference.calendar(str(row["entity_id"])) or Calendar()
    before = calendar.earlier(date.fromisoformat(str(row["period_end"])), months)
    start = calendar.start(str(row["period_type"]), before)
    return (*key_of(row)[:7], start.isoformat() if start else "", before.isoformat())


def within(key: FactKey, perimeter: str) -> Vintage | None:
    return history().within(key, perimeter)


@pytest.mark.parametrize("table", (*METRICS, "vintages"))
def test_every_observation_of_a_row_stands_in_its_perimeter(table: str) -> None:
    rows = rows_of(table)
    assert rows
    for row in rows:
        found = {perimeters()[name] for name in str(row["observation_ids"]).split()}
        assert found == {row["perimeter_id"]}, row


@pytest.mark.parametrize("table", METRICS)
@pytest.mark.parametrize("column", GROWTH)
def test_both_ends_of_every_growth_stand_in_one_perimeter_or_a_flag_says_why_not(table: str, column: str) -> None:
    flag, months = GROWTH[column]
    pairs = 0
    for row in rows_of(table):
        key, perimeter = earlier(row, months or MONTHS[table]), str(row["perimeter_id"])
        now, base = within(key_of(row), perimeter), within(key, perimeter)
        flagged = flag in str(row["flags"] or "").split()
        assert flagged == (base is None and key in history().levels), row
        if row[column] is not None:
            assert now is not None and base is not None, row
            expected = growth(now, base)
            assert expected is not None and float(expected[0]) == row[column], row
            pairs += 1
    assert pairs > 50


@pytest.mark.parametrize("table", METRICS)
def test_a_figure_apart_from_the_revenue_of_its_period_says_so(table: str) -> None:
    reference = history().facts.reference
    parts = ("entity_id", "period_type", "period_start", "period_end")
    lead = {
        tuple(row[part] for part in parts): str(row["perimeter_id"])
        for row in rows_of(table)
        if (row["metric_id"], row["basis"], row["breakdown_id"]) == ("revenue", "reported", "total")
    }
    for row in rows_of(table):
        revenue = lead.get(tuple(row[part] for part in parts))
        apart = revenue is not None and not are_one_perimeter(
            reference, str(row["entity_id"]), (str(row["metric_id"]), str(row["perimeter_id"])), ("revenue", revenue)
        )
        assert ("perimeter_apart" in str(row["flags"] or "").split()) == apart, row


def test_every_margin_divides_figures_of_one_perimeter() -> None:
    reference, margins = Reference(ROOT / "data"), 0
    for row in rows_of("cloud_quarters"):
        if row["operating_result"] is not None:
            figures = ("revenue", str(row["perimeter_id"])), (
                str(row["operating_result_metric_id"]), str(row["operating_result_perimeter_id"]),
            )  # fmt: skip
            assert are_one_perimeter(reference, str(row["entity_id"]), *figures), row
            margin = float(str(row["operating_result"])) / float(str(row["revenue"])) * 100
            assert row["operating_margin"] == pytest.approx(margin, abs=1e-3), row
            margins += 1
        else:
            assert row["operating_margin"] is None
    assert margins > 100


def test_each_observation_of_a_wide_row_stands_in_the_perimeter_of_its_figure() -> None:
    for row in rows_of("cloud_quarters"):
        named = {row["perimeter_id"], row["operating_result_perimeter_id"], row["capex_perimeter_id"]}
        assert {perimeters()[name] for name in str(row["observation_ids"]).split()} == named - {None}, row


def test_a_break_is_a_change_of_any_perimeter_of_the_row() -> None:
    figures = ("perimeter_id", "operating_result_perimeter_id", "capex_perimeter_id")
    last: dict[object, Row] = {}
    for row in sorted(rows_of("cloud_quarters"), key=lambda r: (str(r["vendor_id"]), str(r["calendar_quarter"]))):
        before = last.get(row["vendor_id"], {})
        held = {figure: row[figure] for figure in figures if row[figure]}
        assert row["perimeter_break"] == any(figure in before and before[figure] != held[figure] for figure in held), (
            row
        )
        last[row["vendor_id"]] = before | held


def test_capital_expenditure_and_results_of_a_vendor_are_one_metric_throughout() -> None:
    for column in ("capex_metric_id", "operating_result_metric_id"):
        named: dict[object, set[object]] = {}
        for row in rows_of("cloud_quarters"):
            named.setdefault(row["vendor_id"], set()).update({row[column]} - {None})
        assert all(len(metrics) <= 1 for metrics in named.values()), named


@pytest.mark.parametrize("table", METRICS)
def test_a_growth_as_printed_is_one_of_the_perimeter(table: str) -> None:
    seen = 0
    for row in rows_of(table):
        if row["growth_yoy_printed"] is not None:
            printed = history().facts.by_key[(*key_of(row)[:3], "growth_yoy", *key_of(row)[4:])]
            values = {float(c.value) for c in printed if c.perimeter_id == row["perimeter_id"] and c.value is not None}
            assert row["growth_yoy_printed"] in values, row
            seen += 1
    assert seen > 10


def quarter(vendor: str, name: str) -> Row:
    return next(r for r in rows_of("cloud_quarters") if (r["vendor_id"], r["calendar_quarter"]) == (vendor, name))


def test_the_quarters_of_a_recast_year_add_up_to_it() -> None:
    """Alibaba Cloud's fiscal 2024, whose first quarter was first printed in an older perimeter."""
    quarters = [quarter("alibaba", name) for name in ("2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1")]
    (year,) = [
        row for row in rows_of("annual_metrics")
        if (row["entity_id"], row["metric_id"], row["fiscal_period"], row["breakdown_id"], row["basis"])
        == ("alibaba-cloud", "revenue", "FY2024", "total", "reported")
    ]  # fmt: skip
    assert {row["perimeter_id"] for row in quarters} == {year["perimeter_id"]}
    assert sum(float(str(row["revenue"])) for row in quarters) == year["value"]


def test_a_recast_revenue_is_not_divided_into_a_result_of_before() -> None:
    row = quarter("microsoft", "2023-Q4")
    assert row["revenue"] == 21_525 and row["operating_result"] != 12_461
    assert quarter("alibaba", "2022-Q2")["operating_margin"] == pytest.approx(864 / 24_356 * 100, abs=1e-3)


def test_a_newspapers_cash_figure_does_not_stand_between_two_of_the_companys_accruals() -> None:
    row = quarter("tencent", "2025-Q3")
    assert (row["capex"], row["capex_metric_id"]) == (12_983, "capex")


def test_a_note_that_a_filing_contradicts_disputes_its_own_year_and_is_named_where_that_year_is_a_base() -> None:
    years = {
        row["fiscal_period"]: row
        for row in rows_of("annual_metrics")
        if (row["entity_id"], row["metric_id"], row["breakdown_id"]) == ("coreweave", "revenue", "total")
    }
    assert years["FY2024"]["disputed"] is True
    assert years["FY2025"]["growth_yoy"] == pytest.approx(167.9, abs=0.1)  # 5,131 over the filing's 1,915
    assert set((years["FY2024"]["finding_ids"] or "").split()) <= set((years["FY2025"]["finding_ids"] or "").split())
    assert "c.agreement" in (years["FY2025"]["finding_ids"] or "")
