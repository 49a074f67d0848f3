"""Layer U of prices: machines of one family cost in proportion to their size, whoever names the sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import polars as pl

from validation.prices.family_days import FamilyDays, family_days
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices, apart

__all__ = ["OUT_OF_SIZE", "PLACE", "days_of_families", "machines_out_of_size", "sized_rows"]

NAMED_SIZES = {"nano": 0.125, "micro": 0.25, "small": 0.5, "medium": 1.0, "large": 2.0, "xlarge": 4.0}
"""What the words of Amazon and Alibaba count, each twice the one before."""
LAST = r"-([0-9]+)(g?(?:-[a-z]+)*)$"
"""How Google ends the name of a machine: its cores, or its accelerators before a g, and what it has besides."""
CONSTRAINED = r"^([A-Za-z]+_[A-Z]+[0-9]+)-[0-9]+"
"""How Azure names a machine some of whose cores are off: it costs what the same costs with all of them."""
SIZES, FAR = 3, 7
"""So many sizes of a family tell what one costs, and so many times that is no rounding: standing prices reach five."""
PLACE = ("source_id", "region", "operating_system", "purchase_option", "currency")
"""What the prices of a family share beside its name."""

OUT_OF_SIZE = PriceRule(
    "U.price_size", "warning", "amount", "the machine costs a multiple or a fraction of what its family costs by size",
    "look whether the list gave it the price of another size, or a digit more or less; report the slip to the list",
)  # fmt: skip


def machines_out_of_size(prices: Prices) -> Iterator[Broken]:
    """Prices of machines seven times or more from the median of their family by size: a finding by list and region."""
    rows = sized_rows(prices)
    each = pl.col("each")
    days = prices.shared("family_days", days_of_families).groups
    ends = days.group_by("family").agg(pl.min("least"), pl.max("most"))
    wide = rows.join(ends.filter(pl.col("most") / pl.col("least") >= FAR), on="family", how="semi")
    usual = wide.group_by("family").agg(usual=each.median(), sizes=pl.col("type").n_unique())
    held = wide.join(usual.filter(pl.col("sizes") >= SIZES), on="family")
    far = held.filter(apart("each", "usual") >= FAR).sort("at")
    broken = prices.machine_series[far["at"]].with_columns(far["size"], far["usual"], far["sizes"])
    yield from price_findings(OUT_OF_SIZE, "compute_prices", broken, ("source_id", "region"), _amount, _by_size)


def sized_rows(prices: Prices) -> pl.DataFrame:
    """The prices of machines whose names tell their size: `at` is the place in `machine_series`.

    Further columns are its `series`, `since`, `until` and `amount`, its `size`, what `each` unit of that costs, and
    numbers for its `type` and its `family`.
    """
    return prices.shared("sized_rows", _sized_rows)


def days_of_families(prices: Prices) -> FamilyDays:
    """The groups of `sized_rows` by family and the day from which a price holds."""
    return family_days(sized_rows(prices), "since")


def _sized_rows(prices: Prices) -> pl.DataFrame:
    names = prices.machine_keys.select(pl.col("instance_type").unique().cast(pl.String))
    sized = names.with_columns(*_family_and_size()).filter(pl.col("family").is_not_null(), pl.col("size") > 0)
    known = sized.with_columns(pl.col("instance_type", "family").cast(pl.Categorical))
    keys = prices.machine_keys.join(known, on="instance_type", how="left", maintain_order="left")
    place, codes = prices.machine_series["series"] - 1, keys["family"].to_physical().cast(pl.Int64)
    families = 1 + (cast("int | None", codes.max()) or 0)
    family = prices.machine_codes.of(*PLACE) * families + codes
    rows = prices.machine_series.with_row_index("at").select(
        "at", "series", "since", "until", "amount",
        size=keys["size"].gather(place),
        type=keys["instance_type"].to_physical().gather(place),
        family=family.gather(place),
    )  # fmt: skip
    priced = rows.filter(pl.col("amount") > 0, pl.col("size").is_not_null())
    return priced.with_columns(each=pl.col("amount") / pl.col("size"))


def _family_and_size() -> tuple[pl.Expr, pl.Expr]:
    """Family and size of machines as their vendors name them: m5.2xlarge, Standard_D4s_v3, c4-standard-8-lssd."""
    name = pl.col("instance_type").str.replace(CONSTRAINED, "$1")
    words = "|".join(NAMED_SIZES)
    worded = name.str.extract(rf"^((?:ecs\.)?[a-z0-9-]+)\.(?:[0-9]*xlarge|metal-[0-9]+xl|{words})$", 1)
    times = name.str.extract(r"\.(?:metal-)?([0-9]+)xl(?:arge)?$", 1).cast(pl.Float64) * NAMED_SIZES["xlarge"]
    word = name.str.extract(rf"\.({words})$", 1).replace_strict(NAMED_SIZES, default=None, return_dtype=pl.Float64)
    inner = name.str.extract(r"^[A-Za-z]+_[A-Z]+([0-9]+)", 1).cast(pl.Float64)
    last = name.str.extract(LAST, 1).cast(pl.Float64)
    family = (
        pl.when(worded.is_not_null())
        .then(worded)
        .when(inner.is_not_null())
        .then(name.str.replace(r"[0-9]+", "N"))
        .when(last.is_not_null())
        .then(name.str.replace(LAST, "-N$2"))
    )
    size = pl.when(worded.is_not_null()).then(pl.coalesce(times, word)).otherwise(pl.coalesce(inner, last))
    return family.alias("family"), size.alias("size")


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} from {row['valid_from']}"


def _by_size(row: Cells) -> str:
    return f"about {money(row['usual'] * row['size'])}, as {row['sizes']} sizes of its family cost"
