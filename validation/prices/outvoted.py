"""Which prices of a seller two other lists contradict for a month or more, while no other list bears them out."""

from __future__ import annotations

import polars as pl

from validation.prices.frames import Prices, apart, text_tokens, together
from validation.prices.second_voices import published
from validation.prices.slips import as_known, named_slips

__all__ = ["outvoted"]

OFFER = ("seller", "region", "model_key", "meter", "mode", "tier", "counted", "currency")
"""What lists of one price share."""
LISTS, MONTH = 2, 30
"""So many lists of other publishers agree on another price, for so many days of this one's."""
SAME, APART = 0.005, 1.05
"""Relative distance within which lists state one amount, and how many times apart is more than a rounding."""
READ = ("row_number", "model_price_id", "source_id", "via_source_id", "date_basis", "amount", "since", "until")
REPEATS = (pl.col("source_id") == "model-prices") & (pl.col("date_basis") == "commit")
"""What repeats models.dev, and is no word of its own."""


def outvoted(prices: Prices) -> pl.DataFrame:
    """The prices of lists, whenever they held, that two lists of other publishers put otherwise on the same days.

    Columns: `row_number`, the amount `agreed` on by so many `witnesses` of `voices`, and how many `times` apart it is.
    A list speaks to the last day on which it was read, a page without a day of none. What any other list states at the
    time is not outvoted, and what is a power of ten away is told as such.
    """
    dated = text_tokens(prices).filter(pl.col("valid_from").is_not_null() | pl.col("valid_to").is_not_null())
    rows = as_known(prices, published(prices, dated.select(READ).with_columns(offer=prices.coded(dated, *OFFER))))
    ends = ("offer", "publisher", "since", "until", "amount")
    rows = rows.filter(pl.col("publisher").n_unique().over("offer") > LISTS)
    own = rows.filter(pl.col("via_source_id").is_null(), ~REPEATS.fill_null(False)).select(ends)
    open_to_vote = rows.filter(~pl.col("model_price_id").is_in(named_slips(prices).implode()))
    pairs = open_to_vote.select("row_number", *ends).join(own, on="offer", suffix="_other")
    overlap = pl.min_horizontal("until", "until_other") - pl.max_horizontal("since", "since_other")
    beside = pairs.filter(
        pl.col("publisher") != pl.col("publisher_other"), together("_other"), overlap >= pl.duration(days=MONTH)
    )
    is_same = (pl.col("amount") / pl.col("amount_other") - 1).abs() <= SAME
    borne_out = beside.filter(is_same).select("row_number").unique()
    others = beside.join(borne_out, on="row_number", how="anti")
    close = (pl.col("amount_other").log() / pl.lit(1 + SAME).log()).round()
    voices = others.group_by("row_number").agg(voices=pl.col("publisher_other").n_unique() + 1)
    counted = others.group_by("row_number", "amount", close=close).agg(
        agreed=pl.col("amount_other").median(), witnesses=pl.col("publisher_other").n_unique()
    )
    told = counted.filter(pl.col("witnesses") >= LISTS, apart("amount", "agreed") >= APART)
    most = told.sort("row_number", "witnesses", "agreed", descending=[False, True, False])
    once = most.unique("row_number", keep="first", maintain_order=True).join(voices, on="row_number")
    return once.with_columns(times=apart("amount", "agreed")).drop("amount", "close")
