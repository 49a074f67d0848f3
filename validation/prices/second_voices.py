"""Which amounts a second publisher states of the same model: what two lists read, the seller asks, however unusual."""

from __future__ import annotations

import polars as pl

from validation.prices.frames import Prices, text_tokens

__all__ = ["asked_by_two", "borne_out", "published"]

OFFER = ("common_name", "meter", "mode", "tier", "currency")
"""What two voices on a model share."""
DIGITS = 2
"""To so many significant digits two lists state one amount."""
REPEATED = "models-dev"
"""Whose history `model-prices` repeats where it names a commit."""


def borne_out(prices: Prices) -> pl.Series:
    """Numbers of the rows of `text_tokens` whose amount another publisher states of the model, at whatever seller."""
    return prices.shared("borne_out", lambda p: _stated_twice(p, OFFER))["row_number"]


def asked_by_two(prices: Prices) -> pl.Series:
    """Numbers of the rows of `text_tokens` whose amount another publisher states of the model at the same seller."""
    return prices.shared("asked_by_two", lambda p: _stated_twice(p, (*OFFER, "seller")))["row_number"]


def _stated_twice(prices: Prices, offer: tuple[str, ...]) -> pl.DataFrame:
    tokens = text_tokens(prices).select("row_number", "source_id", "date_basis", "amount")
    rows = published(prices, tokens.with_columns(offer=prices.coded(tokens, *offer)))
    rows = rows.with_columns(near=pl.col("amount").round_sig_figs(DIGITS))
    key = ["offer", "near"]
    several = rows.group_by(key).agg(publishers=pl.col("publisher").n_unique()).filter(pl.col("publishers") > 1)
    return rows.join(several, on=key, nulls_equal=True, how="semi").select("row_number").unique()


def published(prices: Prices, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the `publisher` whose word they are: of what `model-prices` took from models.dev it is that one."""
    publishers = prices.sources.select("source_id", "publisher")
    repeats = (pl.col("source_id") == "model-prices") & (pl.col("date_basis") == "commit")
    worded = rows.with_columns(_word=pl.when(repeats).then(pl.lit(REPEATED)).otherwise("source_id"))
    named = worded.join(publishers, left_on="_word", right_on="source_id", how="left", maintain_order="left")
    return named.with_columns(publisher=pl.coalesce("publisher", "_word")).drop("_word")
