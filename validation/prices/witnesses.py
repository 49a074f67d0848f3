"""Layer C of prices: a price that three lists or more contradict, though no power of ten lies between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import BARE_NAME, LIST, Prices, apart, priced_tokens, without_mixed_output

__all__ = ["contradicted_prices"]

OFFER = ("name", "meter", "mode", "service_tier", "region", "tier", "currency")
"""What sellers of one model share."""
WITNESSES = 3
AGREE, FAR, SLIP = 0.01, 1.9, 100
"""Relative distance within which witnesses agree, how many times their price is far from it, and from when on that is
another unit, which `U.price_scale` tells."""
ENOUGH = 0.5
"""Share of the sellers that must agree: where each has its own price, none is the price."""

READ_THERE = ("documented", "first_observed")
"""Days that tell a price was read on the seller's page: a maker's own word there is contradicted by nobody."""

CONTRADICTED = PriceRule(
    "C.price_witnesses", "notice", "amount", "three other sellers or more agree on another price of the model",
    "look whether the seller marks up, gives another tier or hour, or whether the list is wrong or stale",
)  # fmt: skip


def contradicted_prices(prices: Prices) -> Iterator[Broken]:
    """Prices in force that are twice or more from what three other sellers agree on: a finding by list and seller."""
    rows = _in_force(without_mixed_output(prices, priced_tokens(prices))).with_columns(name=BARE_NAME)
    asked = rows.filter(pl.col("via_source_id").is_null()).group_by(*OFFER, "seller").agg(pl.col("amount").median())
    held = rows.join(_agreed(asked), on=OFFER, nulls_equal=True).with_columns(times=apart("amount", "agreed"))
    own_word = (pl.col("seller") == pl.col("maker")) & pl.col("date_basis").is_in(READ_THERE)
    broken = held.filter(pl.col("times") >= FAR, pl.col("times") < SLIP, ~own_word.fill_null(False)).sort("row_number")
    yield from price_findings(CONTRADICTED, "model_prices", broken, (*LIST, "seller"), _asked, _agreed_on)


def _in_force(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that have no end and have begun when the last list was read; a document may announce later ones."""
    read = rows.filter(pl.col("date_basis") != "documented")["since"].max()
    begun = pl.col("since") <= read if isinstance(read, date) else pl.lit(True)
    return rows.filter(pl.col("valid_to").is_null(), begun)


def _agreed(asked: pl.DataFrame) -> pl.DataFrame:
    """By offer, the amount `agreed` on by `WITNESSES` of its `sellers` or more, and by enough of them.

    `asked` has one amount a seller.
    """
    several = asked.filter(pl.len().over(OFFER) >= WITNESSES)
    close = (pl.col("amount").log() / pl.lit(1 + AGREE).log()).round()
    counted = several.with_columns(close=close).group_by(*OFFER, "close").agg(
        agreed=pl.col("amount").median(), witnesses=pl.len()
    )  # fmt: skip
    most = counted.sort("witnesses", "agreed", descending=[True, False]).unique(OFFER, keep="first")
    sellers = several.group_by(OFFER).agg(sellers=pl.len())
    joined = most.join(sellers, on=OFFER, nulls_equal=True)
    enough = (pl.col("witnesses") >= WITNESSES) & (pl.col("witnesses") >= pl.col("sellers") * ENOUGH)
    return joined.filter(enough).select(*OFFER, "agreed", "witnesses", "sellers")


def _asked(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} ({row['times']:.1f} times apart)"


def _agreed_on(row: Cells) -> str:
    return f"{money(row['agreed'])}, as {row['witnesses']} of {row['sellers']} sellers ask"
