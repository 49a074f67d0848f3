"""The pages about prices print numbers of the tables: each of them still stands there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from release.derived import model_price_disagreement
from release.exchange import Rates
from release.tables import Tables
from validation.table_schema import ROOT
from validation.text_tables import Row, read_rows

FINDING = ROOT / "docs" / "findings"
METHOD = ROOT / "docs" / "method"
COMPARED_ON = date(2026, 3, 31)


def cells_of(page: Path) -> list[list[str]]:
    """The cells of a page's only table, without its two rows of head."""
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture(scope="module")
def prices() -> dict[str, Row]:
    return {row["model_price_id"]: row for row in read_rows(ROOT / "data" / "model_prices.csv")}


@pytest.mark.parametrize("page", ["seed-price-ranges.md", "seed-price-ranges.zh.md"])
def test_each_compared_price_stands_in_the_table(prices: dict[str, Row], page: str) -> None:
    rows = cells_of(FINDING / page)
    assert len(rows) == 13
    for *_, since, input_amount, output_amount, ids in rows:
        for price_id, amount in zip(ids.split(), (input_amount, output_amount), strict=True):
            row = prices[price_id]
            assert (row["amount"], row["valid_from"]) == (amount, since), price_id


def test_what_is_called_a_price_of_that_day_was_in_force_on_it(prices: dict[str, Row]) -> None:
    for price_id in ("models-dev.987", "model-prices.1359", "model-prices.2062", "models-dev.6621", "litellm.11346"):
        row = prices[price_id]
        ends = row["valid_to"] or "9999-12-31"
        assert row["valid_from"] <= COMPARED_ON.isoformat() <= ends, price_id


@pytest.mark.parametrize("page", ["seed-price-ranges.md", "seed-price-ranges.zh.md"])
def test_the_cross_rate_is_that_of_the_day(page: str) -> None:
    rate = Rates.of(Tables()).last("USD", "CNY", COMPARED_ON)
    assert rate is not None
    assert f"{rate.rate:.4f}" in (FINDING / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["prices.md", "prices.zh.md"])
def test_disagreement_is_counted_as_the_page_says(page: str) -> None:
    found = model_price_disagreement.build(Tables()).to_dicts()
    together = [
        [r["source_a"], r["source_b"], r["day"].isoformat(), str(r["prices"]), str(r["differing"])]
        for r in found
        if r["seller"] == "all"
    ]
    assert cells_of(METHOD / page) == together
