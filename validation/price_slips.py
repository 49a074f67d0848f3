"""Layer U of prices: no amount is off by a power of ten, against its own past, other sources or other sellers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.findings import Finding
from validation.price_findings import Cells, PriceRule, money, price_findings
from validation.price_frames import Prices, apart, power_of_ten, priced_tokens, together

__all__ = ["price_jumps", "price_slips", "prices_against_sellers"]

SAME_KEY = ("seller", "region", "model_key", "meter", "mode", "tier", "counted", "currency")
JUMP, SLIP, FAR = 0.01, 0.005, 100
"""Relative distance from a power of ten within which a jump and a slip count, and how far is far from all sellers."""

JUMPED = PriceRule(
    "U.price_jump", "warning", "amount", "the price moves by a power of ten from one span to the next",
    "look which of the two the seller charged; correct the other in the list it comes from",
)  # fmt: skip
LEAPT = replace(JUMPED, message="the price of a machine moves tenfold or more from one span to the next")
SLIPPED = PriceRule(
    "U.price_slip", "warning", "amount", "two sources state one price a power of ten apart on the same days",
    "compare the unit each source prints its prices in with the seller's own page",
)  # fmt: skip
OUTLYING = PriceRule(
    "U.price_scale", "warning", "amount", "the price is far from what other sellers charge for the model",
    "read the unit of the list again; report the slip to the list where the seller's own page shows another price",
)  # fmt: skip


def price_jumps(prices: Prices) -> Iterator[Finding]:
    """Successive spans of one price a power of ten apart; of machines tenfold or more, since these are steady."""
    times = apart("amount", "before_amount")
    both = (pl.col("amount") > 0) & (pl.col("before_amount") > 0)
    rises = pl.col("amount") > pl.col("before_amount")
    models = prices.model_successions.filter(both).with_columns(power=power_of_ten(times, JUMP), rises=rises)
    by = ("source_id", "seller", "power", "rises")
    jumped = models.filter(pl.col("power").is_not_null())
    yield from price_findings(JUMPED, "model_prices", jumped, by, _jump, _close_to_before)
    machines = prices.machine_successions.filter(both, times >= 10 * (1 - JUMP)).with_columns(rises=rises)
    by = ("source_id", "region", "rises")
    yield from price_findings(LEAPT, "compute_prices", machines, by, _jump, _close_to_before)


def _jump(row: Cells) -> str:
    before, after = row["before_amount"], row["amount"]
    times = after / before if after > before else before / after
    return f"{money(before)}, then {money(after)} {row['currency']} from {row['valid_from']} ({times:,.0f} times)"


def _close_to_before(row: Cells) -> str:
    return "a price nearer the one before"


def price_slips(prices: Prices) -> Iterator[Finding]:
    """Prices of two sources that differ by a power of ten while both hold, and neither ever states the other's.

    Copies are no sources of their own. Where a source states the other's amount before or after, it lags behind or
    has put a slip right, which `price_jumps` shows. The row that fewer sources bear out is named.
    """
    rows = priced_tokens(prices).select(
        *SAME_KEY, "source_id", "model", "row_number", "model_price_id", "amount", "since", "until"
    )
    pairs = rows.join(rows, on=SAME_KEY, nulls_equal=True, suffix="_other")
    pairs = pairs.filter(pl.col("source_id") != pl.col("source_id_other"), together("_other"))
    times = apart("amount", "amount_other")
    agreeing = (
        pairs.filter(times <= 1 + SLIP).group_by("model_price_id").agg(votes=pl.col("source_id_other").n_unique())
    )
    apart_rows = pairs.with_columns(power=power_of_ten(times, SLIP)).filter(pl.col("power").is_not_null())
    said = rows.select(*SAME_KEY, "source_id", amount_other="amount").unique()
    key = [*SAME_KEY, "source_id", "amount_other"]
    standing = apart_rows.join(said, on=key, how="anti", nulls_equal=True)
    votes = standing.join(agreeing, on="model_price_id", how="left").join(
        agreeing.rename({"model_price_id": "model_price_id_other", "votes": "votes_other"}),
        on="model_price_id_other", how="left",
    ).with_columns(pl.col("votes", "votes_other").fill_null(0))  # fmt: skip
    larger = pl.col("amount") > pl.col("amount_other")
    odd = votes.filter(
        (pl.col("votes") < pl.col("votes_other")) | ((pl.col("votes") == pl.col("votes_other")) & larger)
    )
    odd = odd.with_columns(larger=larger, other_id="model_price_id_other").sort("row_number", "model_price_id_other")
    odd = odd.unique("model_price_id", keep="first", maintain_order=True)
    by = ("source_id", "seller", "power", "larger")
    yield from price_findings(SLIPPED, "model_prices", odd, by, _slip, _as_the_other)


def _slip(row: Cells) -> str:
    size = "large" if row["larger"] else "small"
    return f"{money(row['amount'])} {row['currency']} ({row['power']:,.0f} times as {size}; {_likely(row['power'])})"


def _as_the_other(row: Cells) -> str:
    return f"{money(row['amount_other'])} as {row['source_id_other']}"


def _likely(power: float) -> str:
    """What a factor between two prices most likely comes from."""
    causes = {
        1e1: "a digit more or less",
        1e2: "cents for whole units",
        1e3: "a price per 1K tokens taken for another unit",
        1e6: "a price per token taken for one per 1M",
    }
    return causes.get(power, "a misplaced decimal point")


def prices_against_sellers(prices: Prices) -> Iterator[Finding]:
    """Prices a hundred times or more from the median over sellers of the same model, where three or more sell it."""
    name = pl.col("model_key").str.split("/").list.last().str.replace_all(".", "-", literal=True)
    rows = priced_tokens(prices).with_columns(_name=name)
    key = ["_name", "meter", "currency"]
    by_seller = rows.group_by(*key, "seller").agg(pl.col("amount").median())
    usual = by_seller.group_by(key).agg(usual=pl.col("amount").median(), sellers=pl.len()).filter(pl.col("sellers") > 2)
    far = rows.join(usual, on=key).with_columns(times=apart("amount", "usual")).filter(pl.col("times") >= FAR)
    far = far.with_columns(larger=pl.col("amount") > pl.col("usual")).sort("row_number")
    by = ("source_id", "seller", "larger")
    yield from price_findings(OUTLYING, "model_prices", far, by, _outlier, lambda row: f"about {money(row['usual'])}")


def _outlier(row: Cells) -> str:
    size = "above" if row["larger"] else "below"
    return (
        f"{money(row['amount'])} {row['currency']} per 1M tokens, {row['times']:,.0f} times {size} "
        f"the median of {row['sellers']} sellers"
    )
