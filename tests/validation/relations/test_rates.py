"""Mean rates of a year: a table that is damaged or holds numbers beyond all bounds gives none, and no fault."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from validation.relations.rates import rate_of_year, rates_of_days

GOOD = "date,base,quote,rate,source_id\n2025-01-02,EUR,USD,1.25,a\n2025-01-03,EUR,USD,1.35,a\n"


def test_the_rate_of_a_year_is_the_mean_of_its_days(tmp_path: Path) -> None:
    (tmp_path / "exchange_rates.csv").write_text(GOOD)
    assert rate_of_year("EUR", "USD", 2025, tmp_path) == Decimal("1.3")
    assert rate_of_year("EUR", "USD", 2024, tmp_path) is None


def test_the_rates_of_days_are_the_least_and_the_greatest_of_their_months(tmp_path: Path) -> None:
    lines = (
        "2025-01-02,EUR,CNY,7.5,a",
        "2025-02-03,EUR,USD,1.2,a",
        "2025-02-03,EUR,CNY,9.0,a",
        "2025-02-04,EUR,CNY,9,a",
    )
    (tmp_path / "exchange_rates.csv").write_text(GOOD + "\n".join(lines))
    january, march = date(2025, 1, 1), date(2025, 3, 31)
    assert rates_of_days("USD", "CNY", january, march, tmp_path) == (Decimal("6.0"), Decimal("7.5"))
    assert rates_of_days("USD", "CNY", january, date(2025, 1, 31), tmp_path) == (Decimal("6.0"), Decimal("6.0"))
    assert rates_of_days("USD", "CNY", march, march, tmp_path) is None
    assert rates_of_days("USD", "HKD", january, march, tmp_path) is None


@pytest.mark.parametrize("rate", ["9" * 400, "inf", "Infinity", "-inf", "NaN", "1e400", "0", "-1", "1e-400", "x", ""])
def test_a_rate_beyond_all_bounds_counts_for_nothing(rate: str, tmp_path: Path) -> None:
    (tmp_path / "exchange_rates.csv").write_text(f"{GOOD}2025-01-06,EUR,USD,{rate},a\n2026-01-06,EUR,USD,{rate},a\n")
    assert rate_of_year("EUR", "USD", 2025, tmp_path) == Decimal("1.3")
    assert rate_of_year("EUR", "USD", 2026, tmp_path) is None
    assert rates_of_days("USD", "USD", date(2025, 1, 1), date(2026, 12, 1), tmp_path) == (1, 1)


@pytest.mark.parametrize(
    "content", [b"", b"date,rate\n2025-01-02,1\n", b"\xff\xfe\x00", b'date,base,quote,rate\n"a', b"a\n1,2\n"]
)
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_table_that_is_none_gives_no_rate(content: bytes, suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"exchange_rates.{suffix}").write_bytes(content)
    assert rate_of_year("EUR", "USD", 2025, tmp_path) is None
    assert rates_of_days("USD", "CNY", date(2025, 1, 1), date(2025, 1, 31), tmp_path) is None
