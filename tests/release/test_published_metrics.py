"""The published tables of headlines: each row recomputed from its observations, and values as read in sources."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest

from canonical.table_schema import ROOT

TABLES = ("quarterly_metrics", "half_year_metrics", "annual_metrics")


@cache
def published(table: str) -> pl.DataFrame:
    return pl.read_parquet(ROOT / "data" / f"{table}.parquet")


@cache
def corrected_observations() -> dict[str, dict[str, object]]:
    return {row["observation_id"]: row for row in published("observations_flat").iter_rows(named=True)}


def the_quarter(entity_id: str, metric_id: str, period_end: date) -> dict[str, object]:
    """The one reported total of an entity and metric for a quarter, or at its end."""
    rows = published("quarterly_metrics").filter(
        (pl.col("entity_id") == entity_id)
        & (pl.col("metric_id") == metric_id)
        & (pl.col("period_end") == period_end)
        & (pl.col("basis") == "reported")
        & (pl.col("breakdown_id") == "total")
    )
    return rows.row(0, named=True)


@pytest.mark.parametrize("table", TABLES)
def test_every_headline_follows_from_its_observations(table: str) -> None:
    rows = published(table)
    assert rows.height > 0
    for row in rows.iter_rows(named=True):
        values = [corrected_observations()[key]["value"] for key in row["observation_ids"].split()]
        if row["derivation"] == "printed":
            (expected,) = values
        else:
            sign = -1 if row["derivation"] == "difference" else 1
            expected = values[0] + sign * sum(values[1:])
        assert row["value"] == pytest.approx(expected, abs=1e-9), row


@pytest.mark.parametrize("table", TABLES)
def test_every_value_in_dollars_names_the_rate_it_used(table: str) -> None:
    rates = dict(published("exchange_rate_means").select("exchange_rate_id", "rate").iter_rows())
    converted = published(table).filter(pl.col("value_usd").is_not_null())
    assert converted.height > 0
    for row in converted.iter_rows(named=True):
        rate = rates[row["exchange_rate_id"]] if row["exchange_rate_id"] else 1.0
        assert row["value_usd"] == pytest.approx(row["value"] * rate, abs=1e-3), row


@pytest.mark.parametrize("table", TABLES)
def test_the_value_lies_within_its_own_interval(table: str) -> None:
    outside = published(table).filter(
        (pl.col("value") < pl.col("value_low")) | (pl.col("value") > pl.col("value_high"))
    )
    assert outside.is_empty()


@pytest.mark.parametrize(
    ("entity_id", "metric_id", "period_end", "value", "fiscal_period", "calendar_quarter"),
    [
        ("aws", "revenue", date(2025, 12, 31), 35_579, "FY2025Q4", "2025-Q4"),  # the year less nine months
        ("google-cloud", "revenue", date(2026, 3, 31), 20_028, "FY2026Q1", "2026-Q1"),
        ("alibaba-cloud", "revenue", date(2025, 9, 30), 39_824, "FY2026Q2", "2025-Q3"),
        ("microsoft-intelligent-cloud", "revenue", date(2026, 3, 31), 34_681, "FY2026Q3", "2026-Q1"),
        ("oracle", "rpo", date(2026, 8, 31), 664_000, "FY2027Q1", "2026-Q3"),
    ],
)
def test_headlines_are_what_the_sources_give(
    entity_id: str, metric_id: str, period_end: date, value: float, fiscal_period: str, calendar_quarter: str
) -> None:
    row = the_quarter(entity_id, metric_id, period_end)
    assert (row["value"], row["fiscal_period"], row["calendar_quarter"]) == (value, fiscal_period, calendar_quarter)


def test_a_quarter_that_is_none_of_the_calendars_is_not_aligned() -> None:
    assert the_quarter("oracle", "rpo", date(2026, 8, 31))["aligned"] is False
    assert the_quarter("alibaba-cloud", "revenue", date(2025, 9, 30))["aligned"] is True


@pytest.mark.parametrize(
    ("day", "value"), [(date(2021, 10, 26), 16_964), (date(2022, 10, 24), 16_964), (date(2022, 10, 25), 16_912)]
)
def test_a_restated_quarter_reads_as_it_was_known_on_the_day(day: date, value: float) -> None:
    fact = "microsoft-intelligent-cloud||revenue|level|reported|total|quarter|2021-07-01|2021-09-30"
    known = published("vintages").filter((pl.col("fact_id") == fact) & (pl.col("known_on") <= day))
    assert known.sort("known_on").row(-1, named=True)["value"] == value


def test_growth_is_recomputed_only_within_one_perimeter() -> None:
    quarter = the_quarter("microsoft-intelligent-cloud", "revenue", date(2021, 9, 30))
    assert quarter["perimeter_break"] is True
    assert quarter["growth_yoy"] is None


@pytest.mark.parametrize(
    ("entity_id", "first"),
    [
        ("aws", date(2018, 3, 31)),
        ("microsoft-intelligent-cloud", date(2018, 3, 31)),
        ("alibaba-cloud", date(2018, 3, 31)),
        ("google-cloud", date(2018, 12, 31)),
    ],
)
def test_cloud_revenue_has_no_hole_since_2018(entity_id: str, first: date) -> None:
    ends = published("quarterly_metrics").filter(
        (pl.col("entity_id") == entity_id)
        & (pl.col("metric_id") == "revenue")
        & (pl.col("basis") == "reported")
        & (pl.col("breakdown_id") == "total")
        & (pl.col("period_type") == "quarter")
        & (pl.col("period_end") >= first)
    )["period_end"]
    expected = pl.date_range(first, ends.max(), "3mo", eager=True).dt.month_end()
    missing = sorted(set(expected) - set(ends))
    assert not missing, f"{entity_id} has no revenue for quarters ended {missing}"


def test_the_package_is_as_large_as_it_says() -> None:
    counts = {name: published(name).height for name in ("observations", "model_prices", "sources", "entities")}
    assert counts["observations"] >= 3_000
    assert counts["sources"] >= 500 and counts["entities"] >= 25 and published("vendors").height >= 20
