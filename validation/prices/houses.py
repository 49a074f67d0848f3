"""Layer C of prices: a maker that sells its models in two houses asks one price in both."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices, text_tokens
from validation.prices.slips import as_known
from validation.prices.witnesses import own_words

__all__ = ["houses_apart"]

HOUSES = {"google-vertex": "google"}
"""Sellers that are a second house of a maker."""
OFFER = ("region", "model_key", "meter", "mode", "tier", "counted", "currency")
"""What the two houses share."""
DIFFERS = 0.005

APART = PriceRule(
    "C.price_houses", "warning", "amount", "a second list states another price for the maker's other house",
    "look up the price on the page of either house; a list may have kept one that was changed long ago",
)  # fmt: skip


def houses_apart(prices: Prices) -> Iterator[Broken]:
    """Standing prices of a maker's second house that differ from what other lists state for the first one.

    They are compared on the last day that both lists speak of. A price that any other list bears out in its own
    words is left alone, and so is output of models that put out images too.
    """
    rows = as_known(prices, text_tokens(prices))
    second = rows.filter(
        pl.col("seller").is_in(list(HOUSES)), pl.col("maker").is_in(list(HOUSES.values())), pl.col("valid_to").is_null()
    )
    is_first = pl.col("seller").is_in(list(HOUSES.values())) & (pl.col("seller") == pl.col("maker"))
    first = own_words(prices, rows).filter(is_first)
    others = first.select(*OFFER, "source_id", "since", "until", "amount", other_id="model_price_id")
    pairs = second.join(others, on=OFFER, nulls_equal=True, suffix="_other")
    last = pl.min_horizontal("until", "until_other")
    pairs = pairs.filter(
        pl.col("source_id") != pl.col("source_id_other"), pl.col("since") <= last, pl.col("since_other") <= last
    )
    differs = (pl.col("amount") / pl.col("amount_other") - 1).abs() > DIFFERS
    latest = pairs.filter(last == last.max().over("model_price_id", "source_id_other"))
    broken = latest.filter(differs.all().over("model_price_id")).sort("row_number", "source_id_other")
    once = broken.unique("model_price_id", keep="first", maintain_order=True)
    yield from price_findings(APART, "model_prices", once, ("source_id", "seller"), _asked, _in_the_other)


def _asked(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} at {row['seller']}"


def _in_the_other(row: Cells) -> str:
    return f"{money(row['amount_other'])} at {row['maker']}, as {row['source_id_other']} has it"
