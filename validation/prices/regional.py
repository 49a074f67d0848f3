"""Layer U of prices: a machine that alone of its region stands apart from what it costs in the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.decimals import decimals
from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.frames import Prices
from validation.prices.jumps import APART, REGION_FAR

__all__ = ["machines_apart_alone"]

MACHINE = ("source_id", "instance_type", "operating_system", "purchase_option", "currency")
PLACE = ("source_id", "region", "operating_system", "purchase_option", "currency")
MARKET = "spot"
"""What regions price each as the market has it."""
REGIONS, MACHINES = 5, 10
"""So many regions tell what a machine costs, and so many machines how dear a region is."""
FAR, TIMES, ALIKE = 1.5, 2, 0.05
"""So many times apart is odd of one machine in one region, where its logarithm is so many times what it is elsewhere at
most; others are apart alike where the logarithms are so near."""
ROUNDED = 1.5
"""So many units of the last decimal of an amount are more than a rounding."""

ALONE = replace(
    APART, severity="notice",
    message="the machine alone costs another multiple of its price in other regions than all machines of the region do",
)  # fmt: skip


def machines_apart_alone(prices: Prices) -> Iterator[Broken]:
    """Machines that cost half as much again as what they cost elsewhere, given how dear the region is, or two thirds.

    It is so in one region, and no other machine of the region is apart alike: what families or regions have so is a
    price. What costs five times as much is `machines_apart`. Asked are prices on demand and of reserved capacity: a
    finding by list and region.
    """
    rows = _beside_region(prices)
    off = pl.col("log").abs()
    is_more = (pl.col("amount") - pl.col("usual")).abs() > ROUNDED * pl.lit(10.0).pow(-decimals(pl.col("amount")))
    far = rows.filter(off >= pl.lit(FAR).log())
    far = far.filter(is_more, pl.col("times").is_between(1 / REGION_FAR, REGION_FAR))
    elsewhere = rows.filter(pl.col("machine").is_in(far["machine"].unique().implode()))
    elsewhere = (
        elsewhere.join(far, on=("machine", "place"), how="anti")
        .group_by("machine")
        .agg(widest=off.max(), regions=1 + pl.n_unique("place"))
    )
    far = far.join(elsewhere.filter(pl.col("regions") >= REGIONS), on="machine").filter(off >= TIMES * pl.col("widest"))
    places = far.group_by("machine").agg(pl.min("place"), most=pl.max("place"))
    several = places.filter(pl.col("place") < pl.col("most"))["machine"]
    beside = far.select("place", other="machine", log_other="log")
    pairs = far.filter(~pl.col("machine").is_in(several.implode())).join(beside, on="place")
    alike = (pl.col("machine") != pl.col("other")) & ((pl.col("log") - pl.col("log_other")).abs() < ALIKE)
    alone = pairs.group_by("at", maintain_order=True).agg(pl.first("usual", "regions"), alike=alike.any())
    alone = alone.filter(~pl.col("alike")).sort("at")
    broken = prices.machine_series[alone["at"]].with_columns(alone["usual"], alone["regions"])
    yield from price_findings(ALONE, "compute_prices", broken, ("source_id", "region"), _amount, _usual)


def _beside_region(prices: Prices) -> pl.DataFrame:
    """The prices with what the machine and the region tell, `usual`, and by how much they are apart from it, `log`."""
    is_listed = (prices.machine_keys["purchase_option"] != MARKET).gather(prices.machine_series["series"] - 1)
    at = is_listed.arg_true()
    rows = prices.machine_series.select("series", "amount")[at].with_columns(at=at).filter(pl.col("amount") > 0)
    series = rows["series"] - 1
    rows = rows.select(
        "at", "amount", machine=prices.machine_codes.of(*MACHINE).gather(series),
        place=prices.machine_codes.of(*PLACE).gather(series),
    )  # fmt: skip
    machines = rows.group_by("machine").agg(middle=pl.col("amount").median(), prices=pl.len())
    rows = rows.join(machines.filter(pl.col("prices") >= REGIONS), on="machine")
    rows = rows.with_columns(times=pl.col("amount") / pl.col("middle"))
    dear = rows.group_by("place").agg(dear=pl.col("times").median(), machines=pl.len())
    rows = rows.join(dear.filter(pl.col("machines") >= MACHINES), on="place")
    return rows.with_columns(usual=pl.col("middle") * pl.col("dear"), log=(pl.col("times") / pl.col("dear")).log())


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} from {row['valid_from']}"


def _usual(row: Cells) -> str:
    return f"about {money(row['usual'])}, as in {row['regions']} regions"
