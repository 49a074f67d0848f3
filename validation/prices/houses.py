"""Layer C of prices: a maker that sells its models in two houses asks one price in both."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices, apart, text_tokens, together
from validation.prices.second_voices import borne_out
from validation.prices.slips import as_known
from validation.prices.witnesses import own_words

__all__ = ["houses_apart"]

HOUSES = {"google-vertex": "google"}
"""Sellers that are a second house of a maker."""
OFFER = ("region", "model_key", "meter", "mode", "tier", "counted", "currency")
"""What the two houses share."""
DIFFERS, FAR = 0.005, 4

APART = PriceRule(
    "C.price_houses", "warning", "amount", "the maker's other house has another price, as lists have it",
    "look up the price on the page of either house; a list may have kept one that was changed long ago",
)  # fmt: skip


def houses_apart(prices: Prices) -> Iterator[Broken]:
    """Standing prices of a maker's second house that differ from what other lists state for the first one.

    They are compared on the last day that both lists speak of. A price that any other list bears out in its own
    words is left alone, and so is output of models that put out images too. Ended or not, a list may not itself have
    the two houses four times apart on the same days.
    """
    sold = text_tokens(prices).filter(pl.col("seller").is_in([*HOUSES, *HOUSES.values()]))
    rows = as_known(prices, sold)
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
    both = pl.concat([broken, _within_a_list(prices, rows)], how="diagonal").sort("row_number", maintain_order=True)
    once = both.unique("model_price_id", keep="first", maintain_order=True)
    yield from price_findings(APART, "model_prices", once, ("source_id", "seller"), _asked, _in_the_other)


def _within_a_list(prices: Prices, rows: pl.DataFrame) -> pl.DataFrame:
    """Prices of the second house far from those of the first in the same list, where no second publisher has them."""
    is_lone = ~pl.col("row_number").is_in(borne_out(prices).implode())
    second = rows.filter(pl.col("seller").is_in(list(HOUSES)), pl.col("maker").is_in(list(HOUSES.values())), is_lone)
    first = rows.filter(pl.col("seller").is_in(list(HOUSES.values())), pl.col("seller") == pl.col("maker"))
    others = first.select(*OFFER, *LIST, "since", "until", "amount", other_id="model_price_id")
    pairs = second.join(others, on=(*OFFER, *LIST), nulls_equal=True, suffix="_other").filter(together("_other"))
    return pairs.filter(apart("amount", "amount_other") >= FAR).with_columns(source_id_other="source_id")


def _asked(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} at {row['seller']}"


def _in_the_other(row: Cells) -> str:
    return f"{money(row['amount_other'])} at {row['maker']}, as {row['source_id_other']} has it"
