"""A restated quarter reads in every client as it was known on the day."""

from __future__ import annotations

from datetime import date

import pytest
from cloud_vendor_metrics import as_of, load

FACT = "microsoft-intelligent-cloud||revenue|level|reported|total|quarter|2021-07-01|2021-09-30"


@pytest.mark.parametrize(
    ("day", "value"), [("2021-10-26", 16_964), (date(2023, 7, 24), 16_964), ("2023-07-25", 16_912)]
)
def test_a_fact_is_its_last_vintage_known_by_the_day(day: date | str, value: float) -> None:
    known = as_of(day)
    assert known["fact_id"].is_unique
    assert list(known.loc[known["fact_id"] == FACT, "value"]) == [value]


def test_before_it_was_published_a_fact_is_not_there() -> None:
    assert FACT not in set(as_of("2021-10-25")["fact_id"])


def test_at_the_end_of_time_every_fact_is_there() -> None:
    assert len(as_of("9999-12-31")) == load("vintages")["fact_id"].nunique()


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="2021-02-31"):
        as_of("2021-02-31")
