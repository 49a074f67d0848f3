"""Layer C of prices: two lists that have nearly all models of a seller alike, and one of them otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.frames import LIST, Prices, text_tokens
from validation.prices.second_voices import published
from validation.prices.single_meters import SINGLE, WEEKS, days_at_once, is_rounded, single_rows
from validation.prices.slips import as_known, named_slips
from validation.prices.witnesses import own_word

__all__ = ["lists_that_agree_elsewhere"]

PRICE = ("seller", "region", "bare_name", "meter", "mode", "tier", "currency")
"""What two lists of one price share."""
READ = (
    "row_number",
    "model_price_id",
    "source_id",
    "seller",
    "maker",
    "model",
    "date_basis",
    "amount",
    "since",
    "until",
)
PAIR = ("publisher", "publisher_other", "seller")
MODELS, SELDOM = 8, 0.03
"""So many models tell that two lists agree on a seller, and such a share of them, or one, may be an exception."""
SAME = 0.005
"""Relative distance within which two lists state one amount."""

APART = replace(SINGLE, message="another list that has nearly all models of the seller alike has another price here")


def lists_that_agree_elsewhere(prices: Prices) -> Iterator[Broken]:
    """Prices of a seller that two lists of other publishers put otherwise for two weeks, which agree on others.

    Both prices are named. What any list bears out on these days is a price, and so is what a maker prints on its own
    page; what `single_meters` tells is told there.
    """
    dated = text_tokens(prices).filter(pl.col("via_source_id").is_null(), pl.col("valid_from").is_not_null())
    read = dated.select("row_number", "source_id", "date_basis", price=prices.coded(dated, *PRICE))
    read = read.with_columns(list=prices.coded(dated, "source_id"))
    two = read.filter(pl.col("list").min().over("price") < pl.col("list").max().over("price"))
    codes = published(prices, two).select("row_number", "price", pl.col("publisher").rank("dense"))
    rows = dated.select(READ).join(codes, on="row_number", maintain_order="right")
    rows = as_known(prices, rows.with_columns(own=own_word(), seller=prices.coded(rows, "seller")))
    rows = rows.with_columns(model=prices.coded(rows, "model"))
    beside = rows.select("price", "publisher", "source_id", "amount", "since", "until", other_id="model_price_id")
    pairs = rows.join(beside, on="price", suffix="_other").filter(
        pl.col("publisher") != pl.col("publisher_other"), days_at_once() >= WEEKS
    )
    is_same = (pl.col("amount") / pl.col("amount_other") - 1).abs() <= SAME
    is_same |= is_rounded("amount", "amount_other") | is_rounded("amount_other", "amount")
    pairs = pairs.with_columns(is_same=is_same)
    fine = pairs.filter("is_same")["model_price_id"].unique().implode()
    is_odd = ~pl.any_horizontal(pl.col(row).is_in(fine) for row in ("model_price_id", "other_id"))
    pairs = pairs.with_columns(is_odd=is_odd)
    habits = pairs.group_by(PAIR).agg(models=pl.n_unique("model"), odd=pl.col("model").filter("is_odd").n_unique())
    agree = habits.filter(
        pl.col("models") >= MODELS, pl.col("odd") <= pl.max_horizontal(1, pl.col("models") * SELDOM)
    ).select(PAIR)
    odd = pairs.filter("is_odd").join(agree, on=PAIR, how="semi").filter(~pl.col("own"))
    odd = odd.filter(~pl.col("row_number").is_in(single_rows(prices)["row_number"].implode()))
    odd = odd.filter(~pl.col("model_price_id").is_in(named_slips(prices).implode()))
    once = odd.sort("row_number", "other_id").unique("row_number", keep="first", maintain_order=True)
    told = once.select("row_number", "other_id", stated="amount_other", stated_by="source_id_other")
    broken = prices.models.join(told, on="row_number", maintain_order="right")
    yield from price_findings(APART, "model_prices", broken, (*LIST, "seller"), _amount, _as_the_other)


def _amount(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']}"


def _as_the_other(row: Cells) -> str:
    return f"{money(row['stated'])}, as {row['stated_by']} has it"
