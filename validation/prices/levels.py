"""Sellers that ask a price of their own: it may stand a power of ten from that of others by chance, and is no slip."""

from __future__ import annotations

import polars as pl

from validation.prices.frames import LIST, apart, power_of_ten

__all__ = ["OFFERS", "own_levels"]

BESIDE = (*LIST, "seller", "region", "model", "mode", "tier", "counted", "currency")
"""What two meters of one offer share."""
ASKED = ("name", "meter", "mode", "tier", "counted", "currency")
"""What sellers of one model share."""
OFFERS = (*BESIDE, "name", "meter", "since", "until", "amount")
"""What is read of all prices."""
SHELF = (*LIST, "seller", "counted", "currency")
"""The prices of a seller in a list."""
OTHER = {"input": "output", "output": "input"}
"""Beside which meter a price is looked at; any other stands beside the input."""
FLAT, PART = 3, 0.2
"""So many models at one amount, and such a part of the seller's models, are a price for all."""
LEVEL, WITHIN = 2, 0.005
SAME = 0.005
UNANIMOUS = 10
"""So many voices on one amount leave a seller no level of its own: that is a model which its maker alone prices."""


def own_levels(rows: pl.DataFrame, broken: pl.DataFrame) -> pl.DataFrame:
    """Numbers of the rows of `broken` whose seller asks its own price of the model, in column `row_number`.

    It asks that of many of its models; or for cached tokens what it asks for others, where it did not make the model;
    or the other meter of the offer is dearer too, or cheaper too, twice or more and by no power of ten, of a model that
    sellers price apart. `rows` are all prices with the `name` of their model, `broken` those of them that stand apart
    from what so many `voices` have `stated`.
    """
    found = [_one_price_for_all(rows, broken), *_beside_their_other_meter(rows, broken)]
    return pl.concat([frame.select("row_number") for frame in found]).unique()


def _one_price_for_all(rows: pl.DataFrame, broken: pl.DataFrame) -> pl.DataFrame:
    shelf = rows.join(broken.select(SHELF).unique(), on=SHELF, nulls_equal=True, how="semi")
    models = shelf.group_by(SHELF).agg(models=pl.col("name").n_unique())
    alike = shelf.group_by(*SHELF, "amount").agg(alike=pl.col("name").n_unique())
    flat = alike.join(models, on=SHELF, nulls_equal=True).filter(
        pl.col("alike") > FLAT, pl.col("alike") >= pl.col("models") * PART
    )
    return broken.join(flat, on=(*SHELF, "amount"), nulls_equal=True, how="semi")


def _beside_their_other_meter(rows: pl.DataFrame, broken: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    other = pl.col("meter").replace_strict(OTHER, default="input")
    at_fault = broken.select(
        "row_number", "maker", *BESIDE, "name", "meter", "since", "until", "amount", "stated", other=other
    )
    known = rows.join(broken.select("name").unique(), on="name", how="semi")
    by_seller = known.group_by(*ASKED, "seller").agg(pl.col("amount").median())
    usual = by_seller.group_by(ASKED).agg(usual=pl.col("amount").median())
    others = known.join(usual, on=ASKED, nulls_equal=True)
    others = others.select(*BESIDE, "since", "until", "usual", beside="amount", other="meter")
    pairs = at_fault.join(others, on=(*BESIDE, "other"), nulls_equal=True, suffix="_other")
    pairs = pairs.filter(pl.col("since") <= pl.col("until_other"), pl.col("since_other") <= pl.col("until"))
    is_resold = (pl.col("seller") != pl.col("maker")).fill_null(True)
    undiscounted = pairs.filter(
        pl.col("meter").str.contains("cache", literal=True),
        is_resold,
        (pl.col("amount") / pl.col("beside") - 1).abs() < SAME,
    )
    same_side = (pl.col("amount") > pl.col("stated")) == (pl.col("beside") > pl.col("usual"))
    times = apart("beside", "usual")
    leveled = pairs.filter(same_side, times >= LEVEL, power_of_ten(times, WITHIN).is_null())
    return undiscounted, leveled.join(broken.filter(pl.col("voices") < UNANIMOUS), on="row_number", how="semi")
