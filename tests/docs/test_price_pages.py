"""The pages about prices print numbers of the tables: each of them still stands there."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from canonical.periods import last_day_allowed
from canonical.table_schema import ROOT
from canonical.text_tables import Row, read_rows
from release.derived import model_price_disagreement
from release.series.exchange import Rates
from release.series.machine_lists import list_versions, machine_prices
from release.series.tables import Tables
from validation.prices.flips import unstable_machines
from validation.prices.frames import Prices
from validation.prices.likely import likely_amounts
from validation.prices.orders import CHEAPER, meter_pairs

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
    "litellm.16457": {"model": "gpt-4o", "amount": "2.5", "valid_from": "2024-11-21", "valid_to": ""},
    "litellm.40880": {"model": "gpt-4o", "amount": "5", "valid_from": "2024-05-21", "valid_to": "2024-11-20"},
    "litellm.40881": {"model": "gpt-4o", "amount": "15", "valid_from": "2024-05-21", "valid_to": "2024-11-20"},
    "dify-official-plugins.416": {
        "model": "kimi-k2.5",
        "meter": "input",
        "amount": "4",
        "currency": "CNY",
        "valid_to": "",
    },
    "dify-official-plugins.417": {
        "model": "kimi-k2.5",
        "amount": "20",
        "valid_from": "2026-01-28",
        "valid_to": "2026-01-29",
    },
    "dify-official-plugins.418": {"model": "kimi-k2.5", "meter": "output", "amount": "21", "valid_from": "2026-01-30"},
    "genai-prices.1823": {"model": "gemini-1.5-pro", "amount": "2.5", "tier_from_tokens": "128000"},
    "genai-prices.1825": {"model": "gemini-1.5-pro", "amount": "10", "tier_from_tokens": "128000"},
    "litellm.11346": {"amount": "3.5", "valid_to": "2026-03-20", "via_source_id": ""},
    "litellm.11348": {"amount": "10.5", "valid_to": "2026-03-20", "via_source_id": ""},
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
    assert len(rows) == 15
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


def test_what_is_called_a_price_of_that_day_was_in_force_on_it(prices: dict[str, Row]) -> None:
    for price_id in ("models-dev.987", "model-prices.1359", "model-prices.2062", "models-dev.6621"):
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


MACHINE = ("region", "instance_type", "operating_system", "purchase_option", "currency")
HISTORIES = ("cyclenerd-gcp-pricing", "karpenter-gcp")


@pytest.fixture(scope="module")
def checked() -> Prices:
    """The prices as the checks read them."""
    tables = Tables()
    units = dict(tables["units"].select("unit_id", "canonical_unit_id").iter_rows())
    return Prices(tables["model_prices"], tables["compute_prices"], units, tables["sources"])


def numbers_in(page: str) -> list[str]:
    """The numbers of a page of the method, in their order."""
    return re.findall(r"\d[\d,]*", (METHOD / page).read_text(encoding="utf-8"))


def stand_together(page: str, *numbers: int) -> bool:
    """Whether a page prints these numbers one after the other."""
    printed, wanted = numbers_in(page), [f"{number:,}" for number in numbers]
    return any(printed[at : at + len(wanted)] == wanted for at in range(len(printed)))


METHODS = ("prices.md", "prices.zh.md")


@pytest.mark.parametrize("page", METHODS)
def test_pairs_of_meters_are_counted_as_the_page_says(checked: Prices, page: str) -> None:
    pairs = [meter_pairs(checked, less, more) for less, more in CHEAPER]
    assert stand_together(page, *(n for pair in pairs for n in (pair.height, int(pair["reversed"].sum()))))


def on_both_lists(machines: pl.DataFrame, day: date | None) -> pl.DataFrame:
    """The prices that both histories of Google's list hold on a day, or in their last versions; `differs`."""
    until = pl.col("valid_to")
    held = until.is_null() if day is None else pl.lit(day).is_between("valid_from", until.fill_null(date.max))
    one, other = (machines.filter(pl.col("source_id") == source, held) for source in HISTORIES)
    both = one.join(other, on=MACHINE, suffix="_other")
    return both.with_columns(differs=(pl.col("amount_other") / pl.col("amount") - 1).abs() > 0.005)


@pytest.mark.parametrize("page", METHODS)
def test_two_histories_of_one_list_agree_as_the_page_says(checked: Prices, page: str) -> None:
    machines = checked.machines.filter(pl.col("amount").is_not_null())
    last = on_both_lists(machines, None)
    assert (last["amount"] == last["amount_other"]).all()
    assert f"{last.height:,}" in numbers_in(page)
    then = on_both_lists(machines, date(2026, 7, 22))
    counts = {
        option: (part.height, int(part["differs"].sum()))
        for (option,), part in then.partition_by("purchase_option", as_dict=True).items()
    }
    assert counts["on_demand"][1] == 0
    spot = counts["spot"] if page.endswith(".zh.md") else counts["spot"][::-1]
    assert stand_together(page, *spot)
    assert f"{counts['on_demand'][0]:,}" in numbers_in(page)


def test_the_last_versions_of_both_histories_are_of_the_days_the_page_names() -> None:
    versions = list_versions(machine_prices(Tables())).group_by("source_id").agg(pl.col("day").max())
    last = dict(versions.iter_rows())
    assert [last[source] for source in HISTORIES] == [date(2026, 7, 30), date(2026, 8, 3)]


@pytest.mark.parametrize("page", METHODS)
def test_machines_that_leapt_are_counted_as_the_page_says(checked: Prices, page: str) -> None:
    rises = pl.col("amount") >= 9.9 * pl.col("before_amount")
    azure = checked.machines_after((pl.col("source_id") == "karpenter-azure") & rises)
    spain = azure.filter(pl.col("region") == "spaincentral")
    assert set(spain["before_amount"]) == {0.01}
    assert stand_together(page, azure.height, spain.height)


@pytest.mark.parametrize("page", METHODS)
def test_unstable_machines_and_what_explains_them_are_counted_as_the_page_says(checked: Prices, page: str) -> None:
    standing = pl.col("valid_to").is_null() & (pl.col("source_id") == "karpenter-azure")
    last = unstable_machines(checked).filter(standing)
    told = last.join(likely_amounts(checked).filter(pl.col("likely_by") == "licence"), on="series")
    licensed = told.filter(pl.col("amount") > pl.col("likely"))
    assert stand_together(page, last.height, told.height, licensed.height)


def test_the_list_of_azure_was_read_in_as_many_quarters_as_the_page_says() -> None:
    days = list_versions(machine_prices(Tables())).filter(pl.col("source_id") == "karpenter-azure")["day"]
    quarters = {last_day_allowed(day, "quarter") for day in days}
    first, last = min(quarters), max(quarters)
    assert (len(quarters), (last.year - first.year) * 4 + (last.month - first.month) // 3 + 1) == (5, 11)
