"""Mean and last exchange rates from the daily reference rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from canonical.reference import Reference
from release.series.exchange import SOURCE, Rates

DAYS = {"2025-01-02": ("1.0", "8.0"), "2025-01-03": ("1.1", "7.0"), "2025-01-06": ("1.2", "6.0")}


@pytest.fixture
def rates(tmp_path: Path) -> Rates:
    lines = ["date,base,quote,rate,source_id"]
    for day, (usd, cny) in DAYS.items():
        lines += [f"{day},EUR,USD,{usd},{SOURCE}", f"{day},EUR,CNY,{cny},{SOURCE}", f"{day},EUR,USD,9,another"]
    (tmp_path / "exchange_rates.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Rates(Reference(tmp_path))


def test_a_mean_is_that_of_the_daily_crosses_not_the_cross_of_means(rates: Rates) -> None:
    rate = rates.mean("CNY", "USD", date(2025, 1, 1), date(2025, 1, 8))
    assert rate is not None and rate.days == 3
    crosses = [Decimal(usd) / Decimal(cny) for usd, cny in DAYS.values()]
    assert rate.rate == (sum(crosses, Decimal(0)) / 3).quantize(Decimal("0.0000000001"))
    assert rates.used == {"CNY.USD.2025-01-01.2025-01-08": rate}


def test_a_mean_is_that_of_the_days_of_its_period_with_both_ends(rates: Rates) -> None:
    for days, ends in ((2, (2, 3)), (2, (3, 6)), (1, (6, 6)), (1, (4, 6))):
        rate = rates.mean("CNY", "USD", *(date(2025, 1, day) for day in ends))
        assert rate is not None and rate.days == days
    assert rates.mean("CNY", "USD", date(2025, 1, 4), date(2025, 1, 5)) is None


def test_the_euro_needs_no_cross(rates: Rates) -> None:
    rate = rates.mean("EUR", "USD", date(2025, 1, 1), date(2025, 1, 6))
    assert rate is not None and rate.rate == Decimal("1.1")


def test_an_instant_takes_the_last_rate_on_or_before_it(rates: Rates) -> None:
    rate = rates.last("EUR", "USD", date(2025, 1, 5))
    assert rate is not None and (rate.period_end, rate.rate) == (date(2025, 1, 3), Decimal("1.1"))
    assert rates.last("EUR", "USD", date(2025, 1, 1)) is None
    assert rates.last("EUR", "USD", date(2025, 3, 1)) is None


def test_a_period_that_the_rates_do_not_cover_has_no_mean(rates: Rates) -> None:
    assert rates.mean("CNY", "USD", date(2024, 10, 1), date(2025, 1, 8)) is None
    assert rates.mean("CNY", "USD", date(2025, 1, 1), date(2025, 3, 31)) is None
    assert rates.mean("XXX", "USD", date(2025, 1, 1), date(2025, 1, 8)) is None
