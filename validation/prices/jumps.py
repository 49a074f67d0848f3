"""Layer U of prices: prices that move by a power of ten from one span to the next of the same list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from canonical.findings import Finding
from validation.prices.findings import Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices, apart, power_of_ten, without_mixed_output

__all__ = ["jump_findings", "machine_jumps", "model_jumps"]

WITHIN = 0.01
"""Relative distance from a power of ten within which a jump counts."""
CACHE_FROM = 100
"""Least power that counts for meters of a cache: a tenth of the price is the discount as it is introduced."""

JUMPED = PriceRule(
    "U.price_jump", "warning", "amount", "the price moves by a power of ten from one span to the next",
    "look which of the two the seller charged; correct the other in the list it comes from",
)  # fmt: skip
LEAPT = replace(JUMPED, message="the price of a machine moves tenfold or more from one span to the next")


def model_jumps(prices: Prices) -> pl.DataFrame:
    """The rows of models whose price is a power of ten apart from the one before, with `power` and `rises`."""
    rows = without_mixed_output(prices, _successions(prices.model_successions))
    times = apart("amount", "before_amount")
    is_cached = pl.col("meter").str.contains("cache", literal=True)
    least = pl.when(is_cached).then(CACHE_FROM).otherwise(10)
    return rows.with_columns(power=power_of_ten(times, WITHIN)).filter(pl.col("power") >= least)


def jump_findings(jumps: pl.DataFrame) -> Iterator[Finding]:
    """One finding for each list and seller of rows of `model_jumps`."""
    yield from price_findings(JUMPED, "model_prices", jumps, ("source_id", "seller"), _jump, _close_to_before)


def machine_jumps(prices: Prices) -> Iterator[Finding]:
    """Prices of machines that move tenfold or more, since these are steady."""
    leaps = _successions(prices.machine_successions).filter(apart("amount", "before_amount") >= 10 * (1 - WITHIN))
    yield from price_findings(
        LEAPT, "compute_prices", leaps, ("source_id", "region", "rises"), _jump, _close_to_before
    )  # fmt: skip


def _successions(rows: pl.DataFrame) -> pl.DataFrame:
    both_cost = (pl.col("amount") > 0) & (pl.col("before_amount") > 0)
    return rows.filter(both_cost).with_columns(rises=pl.col("amount") > pl.col("before_amount"))


def _jump(row: Cells) -> str:
    before, after = row["before_amount"], row["amount"]
    times = after / before if after > before else before / after
    return f"{money(before)}, then {money(after)} {row['currency']} from {row['valid_from']} ({times:,.0f} times)"


def _close_to_before(row: Cells) -> str:
    return "a price nearer the one before"
