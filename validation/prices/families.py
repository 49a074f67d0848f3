"""Layer U of prices: machines of one family cost in proportion to their size, and a licence costs so much a core."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.flips import unstable_machines
from validation.prices.frames import Prices

__all__ = ["CLOSE", "FAMILY", "is_licence", "licensed_machines", "sized", "with_lowest"]

LICENCES = (0.046, 0.0046)
"""USD an hour and core that Windows adds to a machine, and to one of a burstable family.

Read off the list of Azure: of 3,725 machines that it prices now with, now without, 3,696 differ by one of them.
"""
BURSTABLE = r"_BN"
ROUNDED = 0.0012
"""A list rounds amounts to a tenth of a cent."""
CLOSE = 0.02
"""Relative distance within which machines cost in proportion."""
SIZE = pl.col("name").str.extract(r"^[A-Za-z]+_[A-Z]+([0-9]+)").cast(pl.Float64)
"""Cores of a machine as Azure names it."""
FAMILY = ("source_id", "region", "operating_system", "purchase_option", "currency", "family")

LICENSED = PriceRule(
    "U.price_licence", "warning", "operating_system",
    "a machine without licence costs as much more than its family as a Windows licence does",
    "take the list's item without Windows; upstreams that read either of two items give now one, now the other",
)  # fmt: skip


def licensed_machines(prices: Prices) -> Iterator[Broken]:
    """Machines on Linux that are priced above their family by a Windows licence, and do not go back and forth.

    Of machines that do, the lowest amount speaks for the family.
    """
    is_linux = (pl.col("operating_system") == "linux") & (pl.col("currency") == "USD")
    linux = sized(prices.machine_series.filter(pl.col("valid_to").is_null(), pl.col("amount") > 0, is_linux))
    unstable = unstable_machines(prices).select("series", "low").unique("series", keep="first")
    told = linux.join(unstable, on="series", how="left", maintain_order="left")
    held = with_lowest(told, pl.coalesce("low", "amount")).filter(pl.col("low").is_null())
    broken = held.filter(is_licence(pl.col("amount") - pl.col("lowest") * pl.col("size"), of_one=pl.lit(False)))
    yield from price_findings(LICENSED, "compute_prices", broken, ("source_id",), _licensed, _of_family)


def sized(machines: pl.DataFrame) -> pl.DataFrame:
    """The machines whose name tells their size, with `size` and `family`."""
    family = pl.col("name").str.replace(r"[0-9]+", "N").cast(pl.Categorical).alias("family")
    types = machines.select(pl.col("instance_type").unique()).with_columns(name=pl.col("instance_type").cast(pl.String))
    known = types.select("instance_type", family, size=SIZE).filter(pl.col("size") > 0)
    return machines.join(known, on="instance_type", maintain_order="left")


def with_lowest(machines: pl.DataFrame, amount: pl.Expr) -> pl.DataFrame:
    """The machines with `lowest`, the least price of a core in their family, where two of it agree on that.

    `amount` is what a machine costs without a licence as far as its list tells.
    """
    each = machines.with_columns(each=amount / pl.col("size"))
    least = each.with_columns(lowest=pl.col("each").min().over(FAMILY))
    agree = (pl.col("each") <= pl.col("lowest") * (1 + CLOSE)).sum().over(FAMILY)
    return least.filter(agree > 1)


def is_licence(more: pl.Expr, of_one: pl.Expr) -> pl.Expr:
    """Whether so much more is what a licence costs, for every core or, of ordinary machines and where so, for one."""
    ordinary, burstable = LICENCES
    by_core = (more - ordinary * pl.col("size")).abs() <= ROUNDED + CLOSE * ordinary * pl.col("size")
    for_one = of_one & ((more - ordinary).abs() <= ROUNDED)
    less = (more - burstable * pl.col("size")).abs() <= ROUNDED
    return pl.when(pl.col("family").cast(pl.String).str.contains(BURSTABLE)).then(less).otherwise(by_core | for_one)


def _licensed(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} in {row['region']}"


def _of_family(row: Cells) -> str:
    return f"about {money(row['lowest'] * row['size'])}, as its family costs a core"
