"""Layer C of prices: a longer prompt costs no less than a short one, and more where the rest of the offer does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.frames import LIST, Prices, together
from validation.prices.orders import TIERS
from validation.prices.siblings import one_amounts

__all__ = ["tiers_out_of_order"]

TIERED = (*LIST, "seller", "region", "model", "meter", "mode", "currency", "counted")
"""What the tiers of one price share."""
OFFER = tuple(column for column in TIERED if column != "meter")
SAME = 0.005
"""Relative distance within which two tiers cost the same."""

CHEAPER = replace(
    TIERS, severity="warning", column="amount",
    message="the tier of longer prompts costs less than a shorter one of the same price",
    fix="look for exchanged tiers or a digit in the list; it may have kept the tier of a price that has changed",
)  # fmt: skip
FLAT = replace(
    CHEAPER,
    message="the tier costs what the shorter one does and others of the offer rise, as with no other model of the list",
)


def tiers_out_of_order(prices: Prices) -> Iterator[Broken]:
    """Tiers cheaper than a shorter one, and the one price of an offer whose tiers cost the same.

    Of 5,700 pairs of tiers 21 are the other way round, and 101 cost the same: of nearly all of these the list has that
    meter so with several models, or the whole offer. The finding names the longer tier beside the shorter one.
    """
    rows = one_amounts(prices)
    read = rows.select("row_number", "amount", "since", "until", tier=pl.col("tier").fill_null(0))
    read = read.with_columns(price=prices.coded(rows, *TIERED))
    read = read.filter(pl.col("tier").min().over("price") < pl.col("tier").max().over("price"))
    pairs = read.join(read, on="price", suffix="_other").filter(
        pl.col("tier") > pl.col("tier_other"), together("_other")
    )
    if pairs.is_empty():
        return
    pairs = pairs.with_columns(times=pl.col("amount") / pl.col("amount_other"))
    for rule, odd in ((CHEAPER, pairs.filter(pl.col("times") < 1 - SAME)), (FLAT, _flat(prices, pairs))):
        told = odd.sort("row_number", "row_number_other").unique("row_number", keep="first", maintain_order=True)
        beside = prices.models.select(row_number_other="row_number", other_id="model_price_id", shorter="tier")
        told = told.select("row_number", "row_number_other", "amount_other").join(
            beside, on="row_number_other", maintain_order="left"
        )
        broken = prices.models.join(told, on="row_number", maintain_order="right")
        yield from price_findings(rule, "model_prices", broken, (*LIST, "seller"), _tier, _shorter)


def _flat(prices: Prices, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one amount beside a pair of the offer that differs, where the list has one such model of the meter."""
    coded = pairs.with_columns(
        offer=prices.coded(pairs, *OFFER), habit=prices.coded(pairs, *LIST, "seller", "meter"),
        model=prices.coded(pairs, "model"), is_flat=(pl.col("times") - 1).abs() <= SAME,
    )  # fmt: skip
    models = coded.group_by("habit").agg(flat=pl.col("model").filter("is_flat").n_unique())
    step = ("offer", "tier", "tier_other")
    risen = coded.filter(~pl.col("is_flat")).select(step).unique()
    alone = coded.filter("is_flat").join(models.filter(pl.col("flat") == 1), on="habit", how="semi")
    return alone.join(risen, on=step, how="semi")


def _tier(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} from {row['tier_from_tokens']} tokens"


def _shorter(row: Cells) -> str:
    return f"more than {money(row['amount_other'])}, the price from {row['shorter'] or 0} tokens"
