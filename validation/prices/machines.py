"""Layers U and C of machine prices: mainland China is priced in yuan, spare capacity no higher than on demand."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices

__all__ = ["mainland_currencies", "spot_above_on_demand"]

MAINLAND = r"^(cn-|china)"
"""How Amazon, Alibaba and Azure begin the codes of their regions in mainland China."""
HONG_KONG = r"^cn-hongkong"
OFFER = ("source_id", "vendor_id", "region", "instance_type", "operating_system", "currency")
CHEAPER = ("spot", "reserved_1_year", "reserved_3_years")
"""Purchase options whose point is to cost less than on demand."""
ROUNDED = 0.001

MAINLAND_CURRENCY = PriceRule(
    "U.price_currency", "warning", "currency", "vendors price their regions in mainland China in yuan",
    "look whether the list of the mainland was read into the one in dollars; type the currency it prints",
)  # fmt: skip
SPOT = PriceRule(
    "C.price_spot", "warning", "amount", "spare or reserved capacity costs more than the same machine on demand",
    "look for exchanged purchase options or a misplaced digit",
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
    """Standing prices of spare or reserved capacity above the one on demand of the same machine in the same list."""
    standing = prices.machine_series.filter(pl.col("valid_to").is_null(), pl.col("amount") > 0)
    spot = standing.filter(pl.col("purchase_option").is_in(CHEAPER))
    if spot.is_empty():
        return
    own = {"before__own": "_own"} if "_own" in standing.columns else {}
    listed = standing.filter(pl.col("purchase_option") == "on_demand").select(*OFFER, on_demand="amount", **own)
    broken = spot.join(listed, on=OFFER).filter(pl.col("amount") > pl.col("on_demand") * (1 + ROUNDED))
    yield from price_findings(SPOT, "compute_prices", broken.sort(OFFER), ("source_id", "region"), _spot, _at_most)


def _spot(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']}"


def _at_most(row: Cells) -> str:
    return f"at most {money(row['on_demand'])}, the price on demand"
