"""Layers U and C of machine prices: yuan in mainland China, spare capacity below on demand, disks not for nothing."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings, row_id
from validation.prices.frames import Prices, together

__all__ = ["OFFER", "RESERVED", "SPOT", "disks_for_nothing", "mainland_currencies", "spot_above_on_demand"]

MAINLAND = r"^(cn-|china)"
"""How Amazon, Alibaba and Azure begin the codes of their regions in mainland China."""
HONG_KONG = r"^cn-hongkong"
OFFER = ("source_id", "vendor_id", "region", "instance_type", "operating_system", "currency")
RESERVED = ("reserved_1_year", "reserved_3_years")
CHEAPER = ("spot", *RESERVED)
"""Purchase options whose point is to cost less than on demand."""
ROUNDED = 0.001
DISKS = r"-lssd$"
"""How Google ends the name of a machine with local disks, which it has without them too."""
BARE = ("source_id", "region", "operating_system", "purchase_option", "currency")
"""What a machine and the same without disks share, beside the name without disks."""
SAME = 1e-6

MAINLAND_CURRENCY = PriceRule(
    "U.price_currency", "warning", "currency", "vendors price their regions in mainland China in yuan",
    "look whether the list of the mainland was read into the one in dollars; type the currency it prints",
)  # fmt: skip
SPOT = PriceRule(
    "C.price_spot", "warning", "amount", "spare or reserved capacity costs more than the same machine on demand",
    "look for exchanged purchase options or a misplaced digit",
)  # fmt: skip
DISK = PriceRule(
    "U.price_disks", "warning", "amount", "a machine with local disks costs what the same machine costs without them",
    "look up the machine in the vendor's list; the list may have left its disks out",
)  # fmt: skip


def mainland_currencies(prices: Prices) -> Iterator[Broken]:
    """Machines in mainland China that are priced in another currency than yuan: one finding for each list."""
    regions = prices.machines["region"].unique().cast(pl.String)
    mainland = regions.filter(regions.str.contains(MAINLAND) & ~regions.str.contains(HONG_KONG))
    broken = prices.machines.filter(pl.col("currency") != "CNY", pl.col("region").is_in(mainland.implode()))
    yield from price_findings(
        MAINLAND_CURRENCY, "compute_prices", broken, ("source_id", "currency"),
        lambda row: f"{row['currency']} in {row['region']}", lambda row: "CNY",
    )  # fmt: skip


def spot_above_on_demand(prices: Prices) -> Iterator[Broken]:
    """Prices of spare or reserved capacity above the one on demand of the same machine in the same list.

    Of spare capacity those that stand; of reserved capacity all, beside what was asked on demand on the same days.
    """
    is_cheaper, is_listed = pl.col("purchase_option").is_in(CHEAPER), pl.col("purchase_option") == "on_demand"
    is_open = pl.col("valid_to").is_null() | pl.col("purchase_option").is_in(RESERVED)
    cheaper = prices.machine_rows(is_cheaper, "purchase_option", "valid_to", offer=OFFER).filter(is_open)
    cheaper, listed = cheaper.drop("purchase_option", "valid_to"), prices.machine_rows(is_listed, offer=OFFER)
    pairs = cheaper.join(listed, on="offer", suffix="_other").filter(
        pl.col("amount") > pl.col("amount_other") * (1 + ROUNDED), together("_other")
    )
    dearer = pairs.sort("at", "at_other")
    if dearer.is_empty():
        return
    own = {"before__own": "_own"} if "_own" in prices.machine_series.columns else {}
    beside = prices.machine_series[dearer["at_other"]].select(
        other_id=row_id("compute_prices"), on_demand="amount", **own
    )
    broken = pl.concat([prices.machine_series[dearer["at"]], beside], how="horizontal")
    in_order = broken.sort(*OFFER, "purchase_option", "since", maintain_order=True)
    once = in_order.unique(("series", "since"), keep="first", maintain_order=True)
    yield from price_findings(SPOT, "compute_prices", once, ("source_id", "region"), _spot, _at_most)


def disks_for_nothing(prices: Prices) -> Iterator[Broken]:
    """Machines with local disks at the very price of the same without: one finding for each list and series."""
    types = prices.machine_keys.select(pl.col("instance_type").unique()).with_columns(
        name=pl.col("instance_type").cast(pl.String)
    )
    bare = pl.col("name").str.replace(DISKS, "")
    disked = types.filter(pl.col("name").str.contains(DISKS)).select(
        "instance_type", bare=bare.cast(pl.Categorical), kind=bare.str.extract("^([a-z0-9]+)")
    )
    if disked.is_empty():
        return
    has_disks, has_none = (pl.col("instance_type").is_in(disked[of].implode()) for of in ("instance_type", "bare"))
    with_disks = prices.machine_rows(has_disks, "instance_type", offer=BARE)
    with_disks = with_disks.join(disked.drop("kind"), on="instance_type").drop("instance_type")
    without = prices.machine_rows(has_none, "instance_type", offer=BARE)
    pairs = with_disks.join(without.rename({"instance_type": "bare"}), on=("offer", "bare"), suffix="_other")
    same = pairs.filter((pl.col("amount") / pl.col("amount_other") - 1).abs() < SAME, together("_other"))
    once = same.sort("at", "at_other").unique("at", keep="first", maintain_order=True)
    once = once.select("at", "bare", "amount_other").join(
        disked.select("bare", "kind").unique("bare"), on="bare", maintain_order="left"
    )
    broken = prices.machine_series[once["at"]].with_columns(once.select("amount_other", "bare", "kind"))
    broken = broken.unique(("series", "since"), keep="first", maintain_order=True)
    yield from price_findings(DISK, "compute_prices", broken, ("source_id", "kind"), _with_disks, _more_than_without)


def _with_disks(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} in {row['region']}"


def _more_than_without(row: Cells) -> str:
    return f"more than {money(row['amount_other'])}, what {row['bare']} costs there"


def _spot(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']}"


def _at_most(row: Cells) -> str:
    return f"at most {money(row['on_demand'])}, the price on demand"
