"""Which of the amounts that a list goes back and forth between is right, as far as evidence tells."""

from __future__ import annotations

import polars as pl

from validation.prices.families import CLOSE, FAMILY, is_licence, sized, with_lowest
from validation.prices.flips import unstable_machines, unstable_models
from validation.prices.frames import Prices

__all__ = ["likely_amounts", "likely_model_amounts"]

SAME = 0.005
"""Relative distance within which two lists state one amount."""
MACHINE = ("vendor_id", "region", "instance_type", "operating_system", "purchase_option", "currency")
MODEL = ("seller", "region", "model_key", "meter", "mode", "tier", "counted", "currency")


def likely_amounts(prices: Prices) -> pl.DataFrame:
    """By `series` of `unstable_machines`, the amount that evidence speaks for: columns `likely` and `likely_by`.

    `second_list`: another list of the seller states it; `licence`: every other amount exceeds it by what a Windows
    licence costs; `family`: it is in proportion to machines of the family. Series without evidence have no row.
    """
    unstable = sized(unstable_machines(prices))
    amounts = unstable.unique(["series", "amount"], keep="first", maintain_order=True)
    found = [_in_second_list(prices, amounts), _without_licence(amounts), _in_proportion(prices, amounts)]
    return pl.concat(found).unique("series", keep="first", maintain_order=True)


def likely_model_amounts(prices: Prices) -> pl.DataFrame:
    """By `series` of `unstable_models`, the amount that another list states now; columns as in `likely_amounts`."""
    unstable = unstable_models(prices)
    steady = prices.model_series.join(unstable.select("series").unique(), on="series", how="anti")
    standing = steady.filter(pl.col("valid_to").is_null(), pl.col("via_source_id").is_null())
    amounts = unstable.unique(["series", "amount"], keep="first", maintain_order=True)
    return _stated_elsewhere(amounts, standing, MODEL)


def _in_second_list(prices: Prices, amounts: pl.DataFrame) -> pl.DataFrame:
    unstable = unstable_machines(prices).select("series").unique()
    others = prices.machine_series.filter(pl.col("valid_to").is_null()).join(unstable, on="series", how="anti")
    return _stated_elsewhere(amounts, others, MACHINE)


def _stated_elsewhere(amounts: pl.DataFrame, others: pl.DataFrame, offer: tuple[str, ...]) -> pl.DataFrame:
    stated = others.select(*offer, "source_id", other="amount")
    pairs = amounts.join(stated, on=offer, suffix="_other", nulls_equal=True)
    same = (pl.col("source_id") != pl.col("source_id_other")) & ((pl.col("other") / pl.col("amount") - 1).abs() <= SAME)
    return _told(pairs.filter(same), "second_list")


def _without_licence(amounts: pl.DataFrame) -> pl.DataFrame:
    linux = amounts.filter(pl.col("operating_system") == "linux", pl.col("currency") == "USD")
    above = linux.filter(pl.col("amount") > pl.col("low"))
    explained = is_licence(pl.col("amount") - pl.col("low"), of_one=pl.lit(True))
    series = above.group_by("series").agg(explained.all().alias("all")).filter("all").select("series")
    return _told(linux.filter(pl.col("amount") == pl.col("low")).join(series, on="series"), "licence")


def _in_proportion(prices: Prices, amounts: pl.DataFrame) -> pl.DataFrame:
    unstable = unstable_machines(prices).select("series").unique()
    steady = prices.machine_series.filter(pl.col("valid_to").is_null(), pl.col("amount") > 0)
    lowest = (
        with_lowest(sized(steady.join(unstable, on="series", how="anti")), pl.col("amount"))
        .select(*FAMILY, "lowest")
        .unique()
    )
    held = amounts.join(lowest, on=FAMILY)
    near = (pl.col("amount") / pl.col("size") / pl.col("lowest") - 1).abs() <= CLOSE
    return _told(held.filter(near), "family")


def _told(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    """One amount for each series of which the evidence names no other."""
    named = rows.group_by("series").agg(likely=pl.col("amount").unique()).filter(pl.col("likely").list.len() == 1)
    return named.select("series", pl.col("likely").list.first(), likely_by=pl.lit(by)).sort("series")
