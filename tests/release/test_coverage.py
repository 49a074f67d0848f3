"""What may be expected and whether it is here: lags, expectations of every vendor, and the table of freshness."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest

from canonical.table_schema import ROOT
from release.package.metadata import package_metadata
from release.series.expectations import METRICS, TABLE_OF, Expectation

LARGE = ("aws", "microsoft", "google-cloud", "alibaba-cloud", "oracle")


@cache
def published(table: str) -> pl.DataFrame:
    return pl.read_parquet(ROOT / "data" / f"{table}.parquet")


def test_an_expectation_holds_from_its_first_period_to_its_last() -> None:
    expected = Expectation("acme", "revenue", "total", "quarter", date(2025, 3, 31), date(2025, 9, 30), None, "listed")
    ends = (date(2024, 12, 31), date(2025, 3, 31), date(2025, 9, 30), date(2025, 12, 31))
    assert [expected.is_of("acme", "quarter", end) for end in ends] == [False, True, True, False]
    assert not expected.is_of("acme", "year", date(2025, 3, 31))


def test_a_number_is_not_yet_published_until_the_reporters_own_lag_has_passed() -> None:
    released = package_metadata()["released_on"]
    missing = published("coverage").filter(pl.col("state").is_in(["not_yet_published", "not_collected"]))
    assert missing.height > 0
    for row in missing.iter_rows(named=True):
        assert (row["state"] == "not_yet_published") == (row["due_on"] >= released), row
        assert row["period_end"] < row["expected_on"] <= row["due_on"]


def test_the_lag_of_a_reporter_is_its_own() -> None:
    lags = {row["entity_id"]: row["due_on"] - row["period_end"] for row in published("coverage").iter_rows(named=True)
            if row["period_end"] == date(2025, 9, 30)}  # fmt: skip
    assert lags["aws"] < timedelta(days=40) < lags["alibaba-cloud"]


def test_every_vendor_whose_results_are_printed_for_three_periods_has_an_expectation() -> None:
    vendors = set(published("coverage")["vendor_id"])
    for frequency, table in TABLE_OF.items():
        printed = published(table).filter(
            pl.col("vendor_id").is_not_null(), pl.col("period_type") == frequency, pl.col("basis") == "reported",
            pl.col("breakdown_id") == "total", pl.col("metric_id").is_in(METRICS),
            ~pl.col("flags").fill_null("").str.contains("weak"),
        )  # fmt: skip
        counts = printed.group_by("vendor_id", "entity_id", "metric_id").len().filter(pl.col("len") >= 8)
        assert set(counts["vendor_id"]) <= vendors


@pytest.mark.parametrize("entity", ["digitalocean", "ovhcloud", "ucloud"])
def test_holes_of_smaller_vendors_are_visible(entity: str) -> None:
    quarters = published("coverage").filter(pl.col("entity_id") == entity, pl.col("frequency") == "quarter")
    assert quarters.height > 15


def test_each_expected_entity_says_how_fresh_it_is_and_when_it_comes_next() -> None:
    coverage, fresh = published("coverage"), published("freshness")
    assert set(LARGE) <= set(fresh["entity_id"])
    held = coverage.filter(pl.col("state").is_in(["present", "derived"]))
    ends = held.group_by("entity_id", "frequency").agg(pl.col("period_end").max())
    last = {(entity, frequency): end for entity, frequency, end in ends.iter_rows()}
    for row in fresh.iter_rows(named=True):
        assert row["last_period_end"] == last[row["entity_id"], row["frequency"]], row
        assert row["next_expected_on"] == row["next_period_end"] + timedelta(days=row["lag_median_days"])
        assert (row["state"] == "overdue") == (row["next_due_on"] < package_metadata()["released_on"])


def test_a_series_that_has_ended_is_not_awaited() -> None:
    ended = published("freshness").filter(pl.col("entity_id") == "oracle-cloud-license-support")
    assert ended.is_empty()


def test_the_large_five_have_no_hole_without_a_reason_in_results_since_2018() -> None:
    holes = published("coverage").filter(
        pl.col("vendor_id").is_in(["amazon", "microsoft", "google", "alibaba", "oracle"]),
        pl.col("expectation") == "listed",
        pl.col("metric_id").is_in(["revenue", "operating-income", "ebita"])
        | pl.col("metric_id").str.starts_with("capex"),
        pl.col("state") == "not_collected", pl.col("period_end") >= date(2018, 1, 1),
    )  # fmt: skip
    assert holes.is_empty(), holes.select("entity_id", "metric_id", "period_end")


def test_what_no_copy_was_found_of_is_of_single_periods_and_names_the_older_documents() -> None:
    unread = published("reporting").filter(pl.col("absence") == "no_copy_found")
    assert unread.height > 0
    assert unread["last_period_end"].null_count() == 0
    assert unread.filter(pl.col("last_period_end") < date(2026, 7, 1))["source_id"].null_count() == 0
