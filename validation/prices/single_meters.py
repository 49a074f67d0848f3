"""Layer C of prices: one price of an offer that others put otherwise who have its other prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.frames import LIST, Prices, text_tokens
from validation.prices.machine_lists import LISTS
from validation.prices.second_voices import published
from validation.prices.slips import as_known, named_slips
from validation.prices.witnesses import own_word

__all__ = ["SINGLE", "WEEKS", "days_at_once", "is_rounded", "single_meters", "single_rows"]

OFFER = ("common_name", "mode", "tier", "currency")
"""What all voices on an offer share."""
VOICE = ("seller", "region", "model")
"""What, beside the publisher of its list, makes a voice."""
READ = (
    "source_id", "row_number", "model_price_id", "seller", "maker", "date_basis", "meter", "amount", "since", "until",
)  # fmt: skip
WEEKS = 14
"""So many days two voices must hold at once: lists follow a price within two weeks."""
SAME, NOISE = 0.005, 1e-9
"""Relative distances within which two voices state one amount, and within which two doubles are one."""
CENTS, DIGITS = 2, 2
"""Some lists round amounts to cents, others to so many significant digits."""
OWN, ANY = (1, 1), (2, 2)
"""So many voices agree on another price, and so many other prices of the offer they share with it: lists of the seller
itself, and any sellers."""

SINGLE = replace(
    LISTS, message="others that have the other prices of the offer have another one here",
    fix="look up the price on the seller's page of those days; report the wrong or stale price to the list",
)  # fmt: skip


def single_meters(prices: Prices) -> Iterator[Broken]:
    """Prices of models that nobody else states, where others state the other prices of the offer and not this one.

    They are another list of the seller, or two voices of any list and seller that agree on it and share two prices.
    What resellers ask for a cache is their own, and what a maker prints on its own page is its price.
    """
    once = single_rows(prices)
    broken = prices.models.join(once, on="row_number", maintain_order="left")
    broken = broken.filter(~pl.col("model_price_id").is_in(named_slips(prices).implode()))
    yield from price_findings(SINGLE, "model_prices", broken, (*LIST, "seller"), _amount, _as_others)


def single_rows(prices: Prices) -> pl.DataFrame:
    """The `row_number` of what `single_meters` names, with `stated`, `voices` and `other_id`."""
    return prices.shared("single_rows", _single_rows)


def _single_rows(prices: Prices) -> pl.DataFrame:
    said = _said(prices)
    counted = said.group_by("offer", "meter", "amount").agg(pl.min("voice"), other=pl.max("voice"))
    lone = counted.filter(pl.col("voice") == pl.col("other")).select("offer", "meter", "amount")
    of_voice = ("offer", "meter", "voice", "publisher", "place", "amount", "since", "until")
    is_resold = (pl.col("seller") != pl.col("maker")).fill_null(True)
    is_cache = pl.col("meter").str.contains("cache", literal=True) & is_resold
    doubted = said.filter(~own_word()).join(lone, on=("offer", "meter", "amount"), how="semi")
    doubted = doubted.select("row_number", *of_voice, is_cache=is_cache)
    beside = said.select(*of_voice, other_id="model_price_id")
    pairs = doubted.join(beside, on=("offer", "meter"), suffix="_other")
    pairs = pairs.filter(pl.col("voice") != pl.col("voice_other"), days_at_once() >= WEEKS)
    borne_out = pairs.filter(_same() | is_rounded("amount", "amount_other") | is_rounded("amount_other", "amount"))
    pairs = pairs.filter(~pl.col("row_number").is_in(borne_out["row_number"].unique().implode()))
    is_own = (pl.col("place") == pl.col("place_other")) & (pl.col("publisher") != pl.col("publisher_other"))
    several = ~pl.struct("row_number", "amount_other").is_unique()
    pairs = pairs.with_columns(is_own=is_own).filter(pl.col("is_own") | ~pl.col("is_cache"))
    pairs = pairs.filter(pl.col("is_own") | several)
    held = pairs.join(_shared(pairs, beside), on=("row_number", "voice_other"))
    lists = _voted(held.filter("is_own", pl.col("shared") >= OWN[1]), OWN[0])
    anybody = _voted(held.filter(pl.col("shared") >= ANY[1]), ANY[0])
    return pl.concat([lists, anybody]).unique("row_number", keep="first", maintain_order=True)


def _said(prices: Prices) -> pl.DataFrame:
    """The prices of tokens with a number for their `offer` and `voice`, each list's own word."""
    rows = text_tokens(prices).filter(pl.col("via_source_id").is_null()).select(READ)
    named = published(prices, rows).with_columns(
        offer=prices.coded(rows, *OFFER),
        of_list=prices.coded(rows, *VOICE),
    )
    voices = named.with_columns(voice=pl.struct("publisher", "of_list").rank("dense"))
    voices = voices.with_columns(place=prices.coded(rows, "seller", "region"))
    columns = (
        "row_number", "model_price_id", "seller", "maker", "date_basis", "publisher", "offer", "meter", "voice",
        "place", "amount", "since", "until",
    )  # fmt: skip
    return as_known(prices, voices.select("source_id", *columns)).select(columns)


def days_at_once() -> pl.Expr:
    """The days on which the two rows of a join hold at once; below zero where there are none."""
    last, first = pl.min_horizontal("until", "until_other"), pl.max_horizontal("since", "since_other")
    return (last - first).dt.total_days()


def _same() -> pl.Expr:
    """Whether the two rows of a join state one amount."""
    return (pl.col("amount") / pl.col("amount_other") - 1).abs() <= SAME


def is_rounded(one: str, other: str) -> pl.Expr:
    """Whether an amount is the other one, rounded."""
    rounded = (pl.col(other).round(CENTS), pl.col(other).round_sig_figs(DIGITS))
    return pl.any_horizontal((amount / pl.col(one) - 1).abs() <= NOISE for amount in rounded)


def _shared(pairs: pl.DataFrame, said: pl.DataFrame) -> pl.DataFrame:
    """By row and other voice how many other prices of the offer they `shared`, where they differ in none of them."""
    asked = pairs.select("row_number", "offer", "meter", "voice", "voice_other", "since", "until")
    asked = asked.unique(["row_number", "voice_other"])
    mine = said.select("offer", "voice", "amount", first="since", last="until", of="meter")
    own = asked.join(mine, on=("offer", "voice")).filter(
        pl.col("of") != pl.col("meter"), pl.col("first") <= pl.col("until"), pl.col("since") <= pl.col("last")
    )
    its = said.select(
        "offer", voice_other="voice", of="meter", amount_other="amount", first_other="since", last_other="until"
    )
    both = own.join(its, on=("offer", "voice_other", "of")).filter(
        pl.col("first_other") <= pl.col("until"), pl.col("since") <= pl.col("last_other")
    )
    by_meter = both.group_by("row_number", "voice_other", "of").agg(_same().any().alias("same"))
    told = by_meter.group_by("row_number", "voice_other").agg(pl.col("same").all(), shared=pl.len())
    return told.filter("same").drop("same")


def _voted(held: pl.DataFrame, least: int) -> pl.DataFrame:
    """By row the amount `stated` by most `voices`, so many at least, and one row that has it."""
    counted = held.group_by("row_number", stated="amount_other").agg(
        pl.min("other_id"), voices=pl.col("voice_other").n_unique()
    )
    most = counted.sort("row_number", "voices", "stated", descending=[False, True, False])
    return most.unique("row_number", keep="first", maintain_order=True).filter(pl.col("voices") >= least)


def _amount(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']}"


def _as_others(row: Cells) -> str:
    if row["voices"] == 1:
        return f"{money(row['stated'])}, as another list has it beside the same other prices"
    return f"{money(row['stated'])}, as {row['voices']} others have it beside the same other prices"
