"""The pages about prices print numbers of the tables: each of them still stands there."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
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


PAGES = ("seed-price-ranges.md", "seed-price-ranges.zh.md")
Cells = dict[str, str]

STATED: dict[str, Cells] = {
    "deepseek-docs-models-pricing.004": {"mode": "off-peak", "valid_to": "2025-09-05"},
    "deepseek-docs-models-pricing.006": {"mode": "off-peak", "valid_to": "2025-09-05"},
    "model-prices.1374": {"meter": "input", "amount": "0.28", "currency": "USD", "valid_from": "2025-09-29"},
    "model-prices.1378": {"meter": "output", "amount": "0.42", "currency": "USD", "valid_from": "2025-09-29"},
    "model-prices.1358": {"model": "deepseek-chat", "amount": "0.57", "valid_to": "2025-11-16"},
    "lobehub-chat-1-133-3.001": {"model": "deepseek-chat", "amount": "4", "valid_from": "2025-10-01"},
    "lobehub-chat-1-133-3.002": {"model": "deepseek-chat", "amount": "12", "valid_from": "2025-10-01"},
    "lobehub-chat-1-133-3.004": {"model": "deepseek-reasoner", "amount": "12", "meter": "output"},
    "lobehub-chat-1-143-3.002": {"model": "deepseek-chat", "amount": "2", "valid_from": "2025-10-27"},
    "lobehub-chat-1-143-3.005": {"model": "deepseek-reasoner", "amount": "2", "valid_from": "2025-10-27"},
    "litellm.26278": {"model": "gpt-4o", "amount": "2.5", "valid_from": "2024-11-14", "valid_to": ""},
    "litellm.26277": {"model": "gpt-4o", "amount": "5", "valid_to": "2024-11-13", "via_source_id": "tokencost"},
    "litellm.26280": {"model": "gpt-4o", "amount": "15", "valid_to": "2024-11-13", "via_source_id": "tokencost"},
    "genai-prices.1823": {"model": "gemini-1.5-pro", "amount": "2.5", "tier_from_tokens": "128000"},
    "genai-prices.1825": {"model": "gemini-1.5-pro", "amount": "10", "tier_from_tokens": "128000"},
    "litellm.11346": {"amount": "3.5", "valid_to": "2026-03-31", "via_source_id": ""},
    "litellm.31936": {"amount": "3.5", "valid_to": "", "via_source_id": "tokencostauto"},
    "litellm.31938": {"amount": "10.5", "valid_to": "", "via_source_id": "tokencostauto"},
    "model-prices.1535": {"model": "gemini-2.5-pro", "valid_from": "2025-06-18"},
    "model-prices.2266": {"model": "gpt-5", "valid_from": "2025-08-07"},
}
"""What the prose says of rows, by the id it names."""
CONVERTED = (
    ("models-dev.987", "0.79"), ("models-dev.988", "1.98"), ("model-prices.055", "2.76"), ("model-prices.059", "8.28"),
    ("model-prices.2062", "4.14"), ("model-prices.2064", "20.70"),
)  # fmt: skip
"""Amounts in CNY that the prose gives for rows in USD."""
PRICE_ID = re.compile(r"\b[a-z][a-z0-9]*(?:-[a-z0-9]+)+\.[0-9]{3,}\b|\blitellm\.[0-9]{3,}\b")


def prose_of(page: str) -> str:
    lines = (FINDING / page).read_text(encoding="utf-8").splitlines()
    return " ".join(line.strip() for line in lines if not line.startswith("|"))


@pytest.mark.parametrize("page", PAGES)
def test_each_compared_price_stands_in_the_table(prices: dict[str, Row], page: str) -> None:
    rows = cells_of(FINDING / page)
    assert len(rows) == 14
    for *_, since, until, input_amount, output_amount, ids in rows:
        for number, price_id in enumerate(ids.split()):
            row = prices[price_id]
            meter, amount = (("input", input_amount), ("output", output_amount))[number % 2]
            stated = (row["meter"], row["amount"], row["valid_from"], row["valid_to"])
            assert stated == (meter, amount, since, until), price_id


@pytest.mark.parametrize("page", PAGES)
def test_the_prose_names_rows_that_say_so_and_each_row_it_relies_on(prices: dict[str, Row], page: str) -> None:
    named = set(PRICE_ID.findall(prose_of(page)))
    listed = {price_id for *_, ids in cells_of(FINDING / page) for price_id in ids.split()}
    assert named <= STATED.keys()
    assert STATED.keys() <= named | listed
    for price_id, cells in STATED.items():
        assert {column: prices[price_id][column] for column in cells} == cells, price_id


@pytest.mark.parametrize("page", PAGES)
def test_amounts_converted_in_the_prose_are_those_of_the_day(prices: dict[str, Row], page: str) -> None:
    rate = Rates.of(Tables()).last("USD", "CNY", COMPARED_ON)
    assert rate is not None
    for price_id, converted in CONVERTED:
        assert f"{Decimal(prices[price_id]['amount']) * rate.rate:.2f}" == converted
        assert converted in prose_of(page)


def test_no_row_gives_the_model_of_january_in_cny(prices: dict[str, Row]) -> None:
    rows = [row for row in prices.values() if row["currency"] == "CNY" and "k2.5" in row["model"].lower()]
    assert rows == []


def test_what_is_called_a_price_of_that_day_was_in_force_on_it(prices: dict[str, Row]) -> None:
    for price_id in ("models-dev.987", "model-prices.1359", "model-prices.2062", "models-dev.6621", "litellm.11346"):
        row = prices[price_id]
        ends = row["valid_to"] or "9999-12-31"
        assert row["valid_from"] <= COMPARED_ON.isoformat() <= ends, price_id


@pytest.mark.parametrize("page", PAGES)
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
