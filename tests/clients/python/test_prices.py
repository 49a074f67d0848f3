"""Prices asked in Python are those that the views of DuckDB give, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pandas as pd
import pytest
from cloud_vendor_metrics import UnknownNameError, cheapest, load, price_on

from canonical.table_schema import ROOT


@pytest.fixture(scope="module")
def sql() -> duckdb.DuckDBPyConnection:
    """A connection with the views over the package."""
    connection = duckdb.connect()
    views = (ROOT / "clients" / "sql" / "views.sql").read_text(encoding="utf-8")
    connection.execute(views.replace("'data/", f"'{ROOT}/data/"))
    return connection


def rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a frame with plain values."""
    plain = frame.astype(object).where(frame.notna(), None)
    cells = ([cell.date() if isinstance(cell, pd.Timestamp) else cell for cell in row] for row in plain.to_numpy())
    return [tuple(row) for row in cells]


def in_order(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in one order, whichever a language sorts by."""
    return sorted(found, key=repr)


@pytest.mark.parametrize(
    "model", ["gpt-4o", "GPT-4o", "claude-3-5-sonnet-20241022", "deepseek-chat", "qwen-max", "openai/gpt-4o"]
)
@pytest.mark.parametrize("day", ["2024-02-29", "2025-06-01", "2026-11-01"])
def test_the_price_of_a_model_is_that_of_sql(sql: duckdb.DuckDBPyConnection, model: str, day: str) -> None:
    expected = sql.execute("FROM price_on(?, ?)", [model, day]).fetchall()
    assert in_order(rows(price_on(model, day))) == in_order(expected)


@pytest.mark.parametrize(
    ("card", "region"),
    [("H100", None), ("h100", "us-east-1"), ("A100", "US-East-1"), ("H100", "East US"), ("T4", None)],
)
@pytest.mark.parametrize("day", ["2023-05-01", "2026-06-15", "2028-01-01"])
def test_the_cheapest_hour_is_that_of_sql(
    sql: duckdb.DuckDBPyConnection, card: str, region: str | None, day: str
) -> None:
    found = cheapest(card, region, day)
    assert in_order(rows(found)) == in_order(sql.execute("FROM cheapest(?, ?, ?)", [card, region, day]).fetchall())
    assert found.groupby("currency")["amount_each"].is_monotonic_increasing.all()


@pytest.mark.parametrize(
    ("written", "region"), [("US-EAST-1", "us-east-1"), ("East US", "eastus"), ("us_east_1", None)]
)
def test_a_region_may_have_other_capitals_blanks_and_hyphens(written: str, region: str | None) -> None:
    found = set(cheapest("A100", written, "2026-06-15")["region"])
    assert found == ({region} if region else {"us-east-1", "us-east1"})


def test_a_region_without_the_accelerator_has_no_row() -> None:
    found = cheapest("T4", "us-west-2", "2020-01-01")
    assert found.empty and "amount_each" in found.columns


def test_of_two_sources_the_one_that_nothing_disputes_is_asked_first() -> None:
    claims = load("model_price_claims")
    asked = price_on("mistral-medium-latest", "2026-07-05").query("seller == 'mistral' and meter == 'input'")
    others = claims[(claims["model_key"] == "mistral-medium-latest") & (claims["meter"] == "input")]
    assert not asked.empty
    assert (asked["state"] == "priced").all() or (others["state"] != "priced").all()


def test_without_a_day_today_is_meant() -> None:
    pd.testing.assert_frame_equal(price_on("gpt-4o"), price_on("gpt-4o", date.today()))


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda: price_on("gpt-4oo"), "gpt-4o"),
        (lambda: cheapest("H10"), "H100"),
        (lambda: cheapest("H100", "us-east"), "us-east-1"),
    ],
)
def test_what_no_list_holds_is_answered_with_near_names(ask: Any, near: str) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        ask()
    assert near in refusal.value.near


@pytest.mark.parametrize("card", ["L4", "Trainium2", "MI300X"])
def test_an_accelerator_is_not_another_of_a_like_name(card: str) -> None:
    assert set(cheapest(card)["accelerator"]) <= {card} <= set(load("machine_accelerators")["accelerator"])


def test_a_region_that_two_vendors_name_alike_begins_with_dollars() -> None:
    """`us-east-1` is a region of Amazon's and one of Alibaba's, whose list is in yuan."""
    currencies = cheapest("T4", "us-east-1", "2026-06-15")["currency"].unique().tolist()
    assert currencies == ["USD", "CNY"]
