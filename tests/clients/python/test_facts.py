"""A restated quarter reads in every client as it was known on the day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from cloud_vendor_metrics import UnknownNameError, as_of, load, observations, series, vintages

FACT = "microsoft-intelligent-cloud||revenue|level|reported|total|quarter|2021-07-01|2021-09-30"


@pytest.mark.parametrize(
    ("day", "value"), [("2021-10-26", 16_964), (date(2022, 10, 24), 16_964), ("2022-10-25", 16_912)]
)
def test_a_fact_is_its_last_vintage_known_by_the_day(day: date | str, value: float) -> None:
    known = as_of(day)
    assert known["fact_id"].is_unique
    assert list(known.loc[known["fact_id"] == FACT, "value"]) == [value]


def test_before_it_was_published_a_fact_is_not_there() -> None:
    assert FACT not in set(as_of("2021-10-25")["fact_id"])


def test_at_the_end_of_time_every_fact_is_there() -> None:
    assert len(as_of("9999-12-31")) == load("vintages")["fact_id"].nunique()


@pytest.mark.parametrize("time", [datetime(2023, 7, 25, 23, 59), pd.Timestamp("2023-07-25", tz="Asia/Shanghai")])
def test_of_a_time_the_date_counts(time: datetime) -> None:
    assert as_of(time).equals(as_of(date(2023, 7, 25)))


@pytest.mark.parametrize("text", ["2021-02-31", "2024-W01", "20240101", "2024-W01-1", "2024-1-1", "yesterday", ""])
def test_a_text_that_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is not a day of the calendar written YYYY-MM-DD"):
        as_of(text)


@pytest.mark.parametrize("day", [None, pd.NaT, 20240101, ["2024-01-01"]])
def test_what_is_neither_date_nor_text_is_refused(day: Any) -> None:
    with pytest.raises(TypeError, match="is not a day; give a date, or its text YYYY-MM-DD"):
        as_of(day)


@pytest.mark.parametrize("frequency", ["quarter", "half_year", "year"])
def test_at_the_end_of_time_a_series_is_that_of_the_headline_tables(frequency: Any) -> None:
    key = ["entity_id", "metric_id", "breakdown_id", "basis", "period_start", "period_end"]
    table = {"quarter": "quarterly_metrics", "half_year": "half_year_metrics", "year": "annual_metrics"}[frequency]
    now = load(table)
    entities = sorted(set(now["entity_id"]))
    codes = {"breakdown": sorted(set(now["breakdown_id"])), "basis": sorted(set(now["basis"]))}
    metrics = sorted(set(now["metric_id"]))
    asked = {"entity": entities, "metric": metrics, "frequency": frequency, **codes}
    for currency in (None, "USD"):
        then = series(as_of="9999-12-31", currency=currency, **asked).set_index(key)["value"].sort_index()
        today = series(currency=currency, **asked).set_index(key)["value"].sort_index()
        both = then.reindex(today.index)
        known = today.notna() & both.notna()
        assert known.sum() > 0.7 * len(today)
        # A headline table leaves a cell of another perimeter empty or takes the newest; what both hold is the same.
        assert (both[known] - today[known]).abs().max() <= 0.0002


def test_a_series_takes_the_cloud_of_a_vendor_and_the_group_where_the_cloud_does_not_report() -> None:
    assert set(series("AWS", "revenue")["entity_id"]) == {"aws"}
    assert set(series("AWS", "capex-cash")["entity_id"]) == {"amazon"}
    assert set(series("阿里云", "资本开支")["entity_id"]) == {"alibaba-group"}
    assert set(series(entity="alibaba-group", metric="revenue")["entity_id"]) == {"alibaba-group"}


def test_wide_has_a_column_a_vendor_in_usd() -> None:
    wide = series(["AWS", "阿里云", "MSFT", "google"], "revenue", ("2020", None), currency="USD", wide=True)
    assert list(wide.columns) == ["alibaba", "amazon", "google", "microsoft"] and wide.index[0] == "2020-Q1"
    quarters = load("cloud_quarters").set_index(["vendor_id", "calendar_quarter"])
    assert wide.loc["2024-Q1", "alibaba"] == quarters.loc[("alibaba", "2024-Q1"), "revenue_usd"]


def test_a_vendor_without_the_metric_is_answered_with_those_it_has() -> None:
    with pytest.raises(UnknownNameError, match="did you mean capex-cash, capex-cash-net"):
        series("AWS", "capex")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"currency": "EUR"}, "currency 'EUR': expected USD"),
        ({"frequency": "month"}, "frequency 'month': expected quarter"),
        ({"period": "last year"}, "period 'last year': expected 2025-06-30"),
        ({"period": "2025-13"}, "expected 2025-06-30"),
    ],
)
def test_a_wrong_word_is_refused_with_those_that_are_right(asked: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        series("AWS", **asked)


@pytest.mark.parametrize(
    ("period", "ends"),
    [
        ("2025-06-30", {"2025-06-30"}),
        ("2025-06", {"2025-06-30"}),
        ("2025-Q2", {"2025-06-30"}),
        ("2025q2", {"2025-06-30"}),
        ("FY2025Q2", {"2025-06-30"}),
        ("2025", {"2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"}),
        (("2025-Q3", "2025"), {"2025-09-30", "2025-12-31"}),
        (date(2025, 6, 30), {"2025-06-30"}),
    ],
)
def test_a_period_is_asked_for_in_the_words_of_reports(period: Any, ends: set[str]) -> None:
    for as_known in (None, "2026-11-01"):
        found = series("AWS", "revenue", period, as_of=as_known)
        assert set(found["period_end"].dt.strftime("%Y-%m-%d")) == ends


def test_a_fiscal_quarter_is_not_the_calendar_quarter_of_its_name() -> None:
    assert list(series("MSFT", "revenue", "FY2025Q2")["calendar_quarter"]) == ["2024-Q4"]
    assert list(series("MSFT", "revenue", "FY2025Q2", as_of="2026-01-01")["calendar_quarter"]) == ["2024-Q4"]


def test_observations_are_those_published_by_the_day() -> None:
    every = observations("MSFT", "revenue", "2021-Q3")
    early = observations("MSFT", "revenue", "2021-Q3", as_of="2021-12-31")
    assert 0 < len(early) < len(every) and early["known_on"].max() <= pd.Timestamp("2021-12-31")
    assert set(every["vendor_id"]) == {"microsoft"} and set(every["metric_id"]) == {"revenue"}


def test_each_vintage_is_a_column_with_what_was_known_then() -> None:
    wide = vintages("MSFT", "revenue", "2021-Q3", wide=True)
    for day in wide.columns:
        known = as_of(day).set_index("fact_id")["value"].reindex(wide.index)
        assert wide[day].equals(known.rename(day))
    assert FACT in set(vintages("MSFT", "revenue", "2021-Q3")["fact_id"])
