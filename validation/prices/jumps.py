"""Layer U of prices: prices that move by a power of ten from one span to the next of the same list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices, apart, power_of_ten, without_mixed_output
from validation.prices.key_codes import key_codes

__all__ = ["jump_findings", "machine_jumps", "machines_apart", "model_jumps"]

WITHIN = 0.01
"""Relative distance from a power of ten within which a jump counts."""
CACHE_FROM = 100
"""Least power that counts for meters of a cache: a tenth of the price is the discount as it is introduced."""

JUMPED = PriceRule(
    "U.price_jump", "warning", "amount", "the price moves by a power of ten from one span to the next",
    "look which of the two the seller charged; correct the other in the list it comes from",
)  # fmt: skip
REGIONS, REGION_FAR, CHEAPER_FAR = 5, 5, 6
"""So many regions tell what a machine costs, and so many times that is no regional price: the dearest ask twice."""
APART = PriceRule(
    "U.price_region", "warning", "amount", "the machine costs a multiple or a fraction of its price in other regions",
    "look up the machine in that region; report the slip to the list",
)  # fmt: skip
LEAPT = replace(JUMPED, message="the price of a machine moves tenfold or more from one span to the next")


def model_jumps(prices: Prices) -> pl.DataFrame:
    """The rows of models whose price is a power of ten apart from the one before, with `power` and `rises`."""
    rows = without_mixed_output(prices, _successions(prices.model_successions))
    times = apart("amount", "before_amount")
    is_cached = pl.col("meter").str.contains("cache", literal=True)
    least = pl.when(is_cached).then(CACHE_FROM).otherwise(10)
    return rows.with_columns(power=power_of_ten(times, WITHIN)).filter(pl.col("power") >= least)


def jump_findings(jumps: pl.DataFrame) -> Iterator[Broken]:
    """One finding for each list and seller of rows of `model_jumps`."""
    yield from price_findings(JUMPED, "model_prices", jumps, ("source_id", "seller"), _jump, _close_to_before)


def machine_jumps(prices: Prices) -> Iterator[Broken]:
    """Prices of machines that move tenfold or more, since these are steady.

    At fault is the one of the two that is farther from what the list asks for the machine in its other regions. What a
    version of a list does in all its regions is one finding.
    """
    leaps = _successions(prices.machine_successions).filter(apart("amount", "before_amount") >= 10 * (1 - WITHIN))
    held = leaps.join(_usual(prices, leaps), on=MACHINE_ANYWHERE, how="left", maintain_order="left")
    is_before = apart("before_amount", "usual") >= apart("amount", "usual")
    at_fault = held.with_columns(
        valid_from=pl.when(is_before).then("before_valid_from").otherwise("valid_from"),
        amount=pl.when(is_before).then("before_amount").otherwise("amount"),
        beside=pl.when(is_before).then("amount").otherwise("before_amount"),
    )
    by = ("source_id", "since", "rises")
    yield from price_findings(LEAPT, "compute_prices", at_fault, by, _leap, _close_to_beside)


MACHINE_ANYWHERE = ("source_id", "instance_type", "operating_system", "purchase_option", "currency")


def _usual(prices: Prices, leaps: pl.DataFrame) -> pl.DataFrame:
    """What a list asks for the machines of some leaps in the middle of its regions, in column `usual`."""
    machines = leaps.select(MACHINE_ANYWHERE).unique()
    rows = prices.machines.filter(pl.col("instance_type").is_in(machines["instance_type"].unique().implode()))
    standing = rows.filter(pl.col("valid_to").is_null(), pl.col("amount") > 0)
    return standing.group_by(MACHINE_ANYWHERE).agg(usual=pl.col("amount").median()).join(machines, on=MACHINE_ANYWHERE)


def machines_apart(prices: Prices) -> Iterator[Broken]:
    """Machines that cost five times as much, or as little, in one region as in the middle of five regions or more.

    Of spare and reserved capacity, which regions price further apart, it is six times.
    """
    keys = prices.machine_keys.select("purchase_option", kind=key_codes(prices.machine_keys, MACHINE_ANYWHERE))
    place = prices.machine_series["series"] - 1
    rows = prices.machine_series.with_row_index("at").select("at", "amount", kind=keys["kind"].gather(place))
    rows = rows.filter(pl.col("amount") > 0)
    amount = pl.col("amount")
    usual = rows.group_by("kind").agg(usual=amount.median(), least=amount.min(), most=amount.max())
    usual = usual.join(keys.group_by("kind").agg(pl.first("purchase_option"), regions=pl.len()), on="kind")
    widest = pl.max_horizontal(pl.col("most") / pl.col("usual"), pl.col("usual") / pl.col("least"))
    scattered = usual.filter(pl.col("regions") >= REGIONS, widest >= REGION_FAR)
    held = rows.join(scattered, on="kind", maintain_order="left")
    far = pl.when(pl.col("purchase_option") == "on_demand").then(REGION_FAR).otherwise(CHEAPER_FAR)
    found = held.filter(apart("amount", "usual") >= far)
    broken = prices.machine_series[found["at"]].with_columns(found["usual"], found["regions"])
    yield from price_findings(APART, "compute_prices", broken, ("source_id", "region"), _leap, _usual_amount)


def _usual_amount(row: Cells) -> str:
    return f"about {money(row['usual'])}, as in {row['regions']} regions"


def _leap(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']} from {row['valid_from']}"


def _close_to_beside(row: Cells) -> str:
    return f"a price nearer {money(row['beside'])}, its other price"


def _successions(rows: pl.DataFrame) -> pl.DataFrame:
    both_cost = (pl.col("amount") > 0) & (pl.col("before_amount") > 0)
    return rows.filter(both_cost).with_columns(rises=pl.col("amount") > pl.col("before_amount"))


def _jump(row: Cells) -> str:
    before, after = row["before_amount"], row["amount"]
    times = after / before if after > before else before / after
    return f"{money(before)}, then {money(after)} {row['currency']} from {row['valid_from']} ({times:,.0f} times)"


def _close_to_before(row: Cells) -> str:
    return "a price nearer the one before"
