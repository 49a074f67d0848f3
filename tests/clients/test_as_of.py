"""A restated quarter reads in every client as it was known on the day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from cloud_vendor_metrics import as_of, load

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
