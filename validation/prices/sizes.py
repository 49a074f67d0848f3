"""Layer U of prices: machines of one family cost in proportion to their size, whoever names the sizes."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices, apart

__all__ = ["machines_out_of_size"]

NAMED_SIZES = {"nano": 0.125, "micro": 0.25, "small": 0.5, "medium": 1.0, "large": 2.0, "xlarge": 4.0}
"""What the words of Amazon and Alibaba count, each twice the one before."""
SIZES, FAR = 3, 7
"""So many sizes of a family tell what one costs, and so many times that is no rounding: standing prices reach five."""
FAMILY = ("source_id", "region", "operating_system", "purchase_option", "currency", "family")

OUT_OF_SIZE = PriceRule(
    "U.price_size", "warning", "amount", "the machine costs a multiple or a fraction of what its family costs by size",
    "look whether the list gave it the price of another size, or a digit more or less; report the slip to the list",
)  # fmt: skip


def machines_out_of_size(prices: Prices) -> Iterator[Broken]:
    """Prices of machines seven times or more from the median of their family by size: a finding by list and region."""
    names = prices.machines.select(pl.col("instance_type").unique()).with_columns(*_family_and_size())
    sized = names.filter(pl.col("family").is_not_null(), pl.col("size") > 0)
    # Names of half a million machines are joined as the few numbers that stand for them.
    rows = prices.machines.with_row_index("_at").select("_at", "amount", "instance_type", *FAMILY[:-1])
    priced = rows.filter(pl.col("amount") > 0).with_columns(pl.col(pl.String).cast(pl.Categorical))
    known = sized.with_columns(pl.col("instance_type", "family").cast(pl.Categorical))
    each = priced.join(known, on="instance_type").with_columns(each=pl.col("amount") / pl.col("size"))
    usual = each.group_by(FAMILY).agg(usual=pl.col("each").median(), sizes=pl.col("instance_type").n_unique())
    held = each.join(usual.filter(pl.col("sizes") >= SIZES), on=FAMILY)
    far = held.filter(apart("each", "usual") >= FAR).sort("_at")
    broken = prices.machines[far["_at"]].with_columns(far["size"], far["usual"], far["sizes"])
    yield from price_findings(OUT_OF_SIZE, "compute_prices", broken, ("source_id", "region"), _amount, _by_size)


def _family_and_size() -> tuple[pl.Expr, pl.Expr]:
    """Family and size of machines as their vendors name them: m5.2xlarge, Standard_D4s_v3, n1-standard-8."""
    name = pl.col("instance_type")
    words = "|".join(NAMED_SIZES)
    worded = name.str.extract(rf"^((?:ecs\.)?[a-z0-9-]+)\.(?:[0-9]*xlarge|{words})$", 1)
    times = name.str.extract(r"\.([0-9]+)xlarge$", 1).cast(pl.Float64) * NAMED_SIZES["xlarge"]
    word = name.str.extract(rf"\.({words})$", 1).replace_strict(NAMED_SIZES, default=None, return_dtype=pl.Float64)
    inner = name.str.extract(r"^[A-Za-z]+_[A-Z]+([0-9]+)", 1).cast(pl.Float64)
    last = name.str.extract(r"-([0-9]+)$", 1).cast(pl.Float64)
    family = (
        pl.when(worded.is_not_null())
        .then(worded)
        .when(inner.is_not_null())
        .then(name.str.replace(r"[0-9]+", "N"))
        .when(last.is_not_null())
        .then(name.str.replace(r"-[0-9]+$", ""))
    )
    size = pl.when(worded.is_not_null()).then(pl.coalesce(times, word)).otherwise(pl.coalesce(inner, last))
    return family.alias("family"), size.alias("size")


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} from {row['valid_from']}"


def _by_size(row: Cells) -> str:
    return f"about {money(row['usual'] * row['size'])}, as {row['sizes']} sizes of its family cost"
