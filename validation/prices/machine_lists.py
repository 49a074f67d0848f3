"""Layer C of prices: a machine costs the same in every list of its vendor that has it on the same days."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings, row_id
from validation.prices.frames import Prices
from validation.prices.slips import known_days, until_known

__all__ = ["machines_beside_lists"]

MACHINE = ("vendor_id", "region", "instance_type", "operating_system", "purchase_option", "currency")
"""What two lists share of a machine."""
WEEK = 7
"""So many days two prices must hold at once: a list follows its vendor within a week."""
NOISE = 1e-6
"""Relative distance within which two lists state one amount."""
DECIMALS = (2, 3, 4)
"""To so many decimals a list may round or cut what another prints in full."""

LISTS = PriceRule(
    "C.price_lists", "notice", "amount", "another list of the vendor has another price of the machine on the same days",
    "look up the machine on the vendor's page, or in a third list; report the wrong or stale price to the list",
)  # fmt: skip


def machines_beside_lists(prices: Prices) -> Iterator[Broken]:
    """Prices of machines that another list contradicts for a week of theirs, and none bears out: a finding by list.

    An amount that two lists have of the machine at any time is borne out: they follow a price at their own pace.
    """
    rows = _while_two_have_it(prices)
    lists = rows.group_by("machine", "amount").agg(pl.min("list"), other=pl.max("list"))
    lone = lists.filter(pl.col("list") == pl.col("other")).select("machine", "amount")
    doubted = rows.join(lone, on=("machine", "amount"), how="semi")
    others = rows.filter(pl.col("machine").is_in(lone["machine"].unique().implode()))
    pairs = doubted.join(others, on="machine", suffix="_other")
    last, first = pl.min_horizontal("until", "until_other"), pl.max_horizontal("since", "since_other")
    pairs = pairs.filter(pl.col("list") != pl.col("list_other"), (last - first).dt.total_days() >= WEEK)
    agreeing = pairs.filter(_agree("amount", "amount_other") | _agree("amount_other", "amount"))["at"].unique()
    found = pairs.filter(~pl.col("at").is_in(agreeing.implode())).sort("at", "at_other").unique("at", keep="first")
    found = found.sort("at")
    against = prices.machine_series[found["at_other"]]
    others = against.select(row_id("compute_prices").alias("other_id"), stated="amount", stated_by="source_id")
    broken = pl.concat([prices.machine_series[found["at"]], others], how="horizontal")
    yield from price_findings(LISTS, "compute_prices", broken, ("source_id", "vendor_id"), _amount, _as_the_other)


def _while_two_have_it(prices: Prices) -> pl.DataFrame:
    """Prices of machines that two lists have, on days of which both speak; `at` is the place in `machine_series`."""
    keys = prices.machine_keys.select(
        list=pl.col("source_id").to_physical(), machine=prices.machine_codes.of(*MACHINE)
    ).with_row_index("series", 1)
    is_shared = keys["machine"].is_duplicated()
    shared = keys.filter(is_shared).join(_known_days(prices), on="list", how="left", maintain_order="left")
    series = prices.machine_series["series"] - 1
    is_priced = (prices.machine_series["amount"] > 0).fill_null(False)
    at = (is_shared.gather(series) & is_priced).arg_true()
    place = is_shared.cum_sum().gather(series.gather(at)) - 1
    rows = prices.machine_series.select("amount", "since", "until")[at]
    rows = rows.with_columns(shared["series", "machine", "list", "_known"][place], at=at, place=place)
    rows = rows.with_columns(until_known()).drop("_known")
    spans = rows.group_by("series").agg(pl.first("machine"), pl.min("since"), pl.max("until"))
    common = spans.group_by("machine").agg(first=pl.max("since"), last=pl.min("until"))
    common = shared.join(common, on="machine", how="left", maintain_order="left")
    rows = rows.with_columns(common["first", "last"][rows["place"]]).drop("series", "place")
    # Of three lists the days of all three are left.
    return rows.filter(pl.col("since") <= pl.col("last"), pl.col("first") <= pl.col("until"))


def _known_days(prices: Prices) -> pl.DataFrame:
    """The day on which each list of machines is known, `_known`, by the number of its name, `list`."""
    lists = prices.machine_keys.select(list=pl.col("source_id").to_physical(), source_id=pl.col("source_id"))
    lists = lists.unique("list").with_columns(pl.col("source_id").cast(pl.String))
    return lists.join(known_days(prices), on="source_id", how="left").select("list", "_known")


def _agree(one: str, other: str) -> pl.Expr:
    """Whether an amount is the other one, as it stands, rounded or cut."""
    off = (pl.col(one) - pl.col(other)).abs()
    rounded = (
        (off < 10.0**-places) & ((pl.col(one).round(places) / pl.col(one) - 1).abs() <= NOISE) for places in DECIMALS
    )
    return (off <= NOISE * pl.col(one)) | pl.any_horizontal(rounded)


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} for {row['instance_type']} in {row['region']}"


def _as_the_other(row: Cells) -> str:
    return f"{money(row['stated'])}, as {row['stated_by']} has it"
