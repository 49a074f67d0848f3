"""The adapter of the sterling year-end rates, on a stand-in for the package's interface."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from ingest.exchange_rates_hmrc import QUOTES, rows_of
from ingest.upstream import UpstreamError


def a_package(periods: list[Any]) -> Any:
    table = SimpleNamespace(rate=lambda quote: SimpleNamespace(units_per_gbp=Decimal("1.3450")))
    rates = SimpleNamespace(spot_periods=lambda: periods, spot=lambda period: table)
    return SimpleNamespace(Rates=lambda: rates)


def test_a_year_end_is_one_day_and_the_digits_stay() -> None:
    periods = [SimpleNamespace(year=2026, is_march=True), SimpleNamespace(year=2025, is_march=False)]
    rows = rows_of(a_package(periods))
    assert [row["date"] for row in rows] == ["2025-12-31"] * len(QUOTES) + ["2026-03-31"] * len(QUOTES)
    assert {(row["base"], row["rate"]) for row in rows} == {("GBP", "1.3450")}


def test_an_interface_that_changed_is_named() -> None:
    with pytest.raises(UpstreamError, match="is_march"):
        rows_of(a_package([SimpleNamespace(year=2026)]))
