"""The adapter of the sterling year-end rates, on a stand-in for the package's interface."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from ingest.exchange_rates_hmrc import PACKAGE, QUOTES, rows_of
from ingest.upstream import UpstreamError


def a_package(periods: list[Any], rate: object = Decimal("1.3450")) -> Any:
    table = SimpleNamespace(rate=lambda quote: SimpleNamespace(units_per_gbp=rate))
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


@pytest.mark.parametrize(
    "rate",
    [Decimal("NaN"), Decimal("Infinity"), Decimal(-1), Decimal(0), Decimal("9" * 400), 1e400, "１", None, [1], "=1"],
)
def test_a_rate_that_is_none_is_refused(rate: object) -> None:
    with pytest.raises(UpstreamError, match="units_per_gbp"):
        rows_of(a_package([SimpleNamespace(year=2026, is_march=True)], rate))


@pytest.mark.parametrize("year", [0, -1, 1, 9999, 12345, "2026\u200b", None, "２０２５"])
def test_a_year_that_is_none_is_refused(year: object) -> None:
    with pytest.raises(UpstreamError, match=PACKAGE):
        rows_of(a_package([SimpleNamespace(year=year, is_march=True)]))


def test_a_package_without_years_is_refused() -> None:
    with pytest.raises(UpstreamError, match="spot_periods is empty"):
        rows_of(a_package([]))
