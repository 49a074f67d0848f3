"""Layer C of prices: a price that three sellers or lists contradict, though no power of ten lies between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices, apart, text_tokens
from validation.prices.outvoted import outvoted

__all__ = ["contradicted_prices", "own_word", "own_words"]

OFFER = ("bare_name", "meter", "mode", "service_tier", "region", "tier", "currency")
"""What sellers of one model share."""
WITNESSES = 3
AGREE, FAR, SLIP = 0.01, 1.9, 100
"""Relative distance within which witnesses agree, how many times their price is far from it, and from when on that is
another unit, which `U.price_scale` tells."""
CLOSE = (pl.col("amount").log() / pl.lit(1 + AGREE).log()).round()
"""A number that amounts share which agree."""
VERBS = {"sellers": "ask", "lists": "state"}
MOST, ENOUGH, VERY_FAR = 0.75, 0.5, 5
"""Share of the other voices that must agree, and the share of all that is enough where the price is so many times
apart: sellers of models with open weights each have a price of their own, and then none is the price."""

YUAN = (6.3, 7.4)
"""Yuan a dollar since 2022."""
READ_THERE = ("documented", "first_observed")
"""Days that tell a price was read on the seller's page: a maker's own word there is contradicted by nobody."""

CONTRADICTED = PriceRule(
    "C.price_witnesses", "notice", "amount", "three others or more agree on another price of the model",
    "look whether the seller marks up, gives another tier or hour, or whether the list is wrong or stale",
)  # fmt: skip


def contradicted_prices(prices: Prices) -> Iterator[Broken]:
    """Prices in force that are twice or more from what three others agree on: a finding by list and seller.

    The others are sellers of the model, or lists that all state another price of this same seller. What a second list
    states of this seller is what it asks, however little; and who asks the maker's mainland price asks that. Of one
    seller two lists that agree for a month are enough, whether or not the price has ended; see `outvoted`.
    """
    rows = _in_force(text_tokens(prices))
    offers = {"offer": prices.coded(rows, *OFFER), "own_offer": prices.coded(rows, *OFFER, "seller")}
    rows = rows.with_columns(**offers)
    own = own_words(prices, rows)
    said = own.select("offer", "own_offer", "publisher", "amount", close=CLOSE)
    by_list = said.unique(["own_offer", "publisher", "close"], maintain_order=True)
    by_seller = said.group_by("own_offer").agg(pl.first("offer"), pl.median("amount"))
    among = (("sellers", "offer", by_seller), ("lists", "own_offer", by_list))
    far = pl.concat([_far(rows, _agreed(asked, offer), offer, voters) for voters, offer, asked in among])
    stated = _stated_twice(said).with_columns(by_two=pl.lit(True))
    held = far.join(stated, on=("own_offer", "close"), how="left")
    mainland = _at_mainland_prices(rows)
    broken = (
        held.filter(pl.col("by_two").is_null(), ~pl.col("row_number").is_in(mainland.implode()))
        .sort("row_number")
        .unique("row_number", keep="first", maintain_order=True)
    )
    told = ("row_number", "agreed", "witnesses", "voices", "times", "voters")
    lists = outvoted(prices).join(broken.select("row_number"), on="row_number", how="anti")
    both = [broken.select(told), lists.with_columns(voters=pl.lit("lists")).select(told)]
    named = prices.models.join(pl.concat(both), on="row_number", maintain_order="left").filter(~own_word())
    yield from price_findings(CONTRADICTED, "model_prices", named, (*LIST, "seller"), _asked, _agreed_on)


def _far(rows: pl.DataFrame, agreed: pl.DataFrame, offer: str, voters: str) -> pl.DataFrame:
    """The rows far from what others of their offer agree on; a maker's own word on its page is not held against any."""
    held = rows.join(agreed, on=offer).with_columns(times=apart("amount", "agreed"), voters=pl.lit(voters), close=CLOSE)
    nearly_all = pl.col("witnesses") > MOST * (pl.col("voices") - 1)
    apart_enough = (pl.col("times") >= FAR) & (pl.col("times") < SLIP) & (nearly_all | (pl.col("times") >= VERY_FAR))
    return held.filter(apart_enough, ~own_word())


def own_word() -> pl.Expr:
    """Whether a price is what a maker prints on its own page."""
    return ((pl.col("seller") == pl.col("maker")) & pl.col("date_basis").is_in(READ_THERE)).fill_null(False)


def own_words(prices: Prices, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that repeat no other list, with their `publisher`: what one publishes under two names is one list.

    A copy repeats its list, and `model-prices` models.dev where it has a price from a commit of that one's history.
    """
    repeats = (pl.col("source_id") == "model-prices") & (pl.col("date_basis") == "commit")
    own = rows.filter(pl.col("via_source_id").is_null(), ~repeats.fill_null(False))
    publishers = prices.sources.select("source_id", "publisher")
    named = own.join(publishers, on="source_id", how="left", maintain_order="left")
    return named.with_columns(pl.coalesce("publisher", "source_id").alias("publisher"))


def _stated_twice(said: pl.DataFrame) -> pl.DataFrame:
    """The offers of sellers and amounts, as `close` counts them, that two lists or more state."""
    counted = said.group_by("own_offer", "close").agg(lists=pl.col("publisher").n_unique())
    return counted.filter(pl.col("lists") > 1).drop("lists")


def _at_mainland_prices(rows: pl.DataFrame) -> pl.Series:
    """Numbers of the rows in dollars that are a maker's price in yuan at a rate of these years."""
    offer = [column for column in OFFER if column not in ("region", "currency")]
    yuan = rows.filter(pl.col("currency") == "CNY", pl.col("seller") == pl.col("maker")).select(*offer, yuan="amount")
    pairs = rows.filter(pl.col("currency") == "USD").join(yuan, on=offer, nulls_equal=True)
    return pairs.filter((pl.col("yuan") / pl.col("amount")).is_between(*YUAN))["row_number"].unique()


def _in_force(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that have no end and have begun when the last list was read; a document may announce later ones."""
    read = rows.filter(pl.col("date_basis") != "documented")["since"].max()
    begun = pl.col("since") <= read if isinstance(read, date) else pl.lit(True)
    return rows.filter(pl.col("valid_to").is_null(), begun)


def _agreed(asked: pl.DataFrame, offer: str) -> pl.DataFrame:
    """By offer, the amount `agreed` on by `WITNESSES` of `voices` or more, and by enough of them.

    `asked` has one amount a voice, that of a seller or of a list.
    """
    several = asked.filter(pl.len().over(offer) >= WITNESSES).with_columns(close=CLOSE)
    counted = several.group_by(offer, "close").agg(agreed=pl.col("amount").median(), witnesses=pl.len())
    most = counted.sort("witnesses", "agreed", descending=[True, False]).unique(offer, keep="first")
    voices = several.group_by(offer).agg(voices=pl.len())
    joined = most.join(voices, on=offer)
    enough = (pl.col("witnesses") >= WITNESSES) & (pl.col("witnesses") >= pl.col("voices") * ENOUGH)
    return joined.filter(enough).select(offer, "agreed", "witnesses", "voices")


def _asked(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} ({row['times']:.1f} times apart)"


def _agreed_on(row: Cells) -> str:
    return f"{money(row['agreed'])}, as {row['witnesses']} of {row['voices']} {row['voters']} {VERBS[row['voters']]}"
