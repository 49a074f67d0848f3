"""Layer C of prices: output that costs what input does, or cached input that costs what fresh does, as hardly any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.frames import LIST, Prices, text_tokens, together
from validation.prices.ratios import RATIO
from validation.prices.witnesses import own_word

__all__ = ["FLAT", "MANY", "SAME", "SELDOM", "flat_meters"]

OFFER = (*LIST, "seller", "region", "model", "mode", "tier", "currency")
"""What two meters of one offer share."""
METERS = ("output", "cache_read", "cache_write")
"""Meters that cost another amount than input with nearly all models."""
VOICE, OF_ALL = (*LIST, "seller"), ("common_name", "meter", "mode", "tier")
"""Who speaks, and what all who price a meter of a model share."""
SAME = 0.005
"""Relative distance within which two meters cost the same."""
MANY, SELDOM, VOICES = 10, 0.03, 2
"""Of so many models such a share may be flat, and so many voices tell of the model."""

FLAT = replace(
    RATIO, severity="notice", message="the meter costs what the input does, as nobody else has it of this model"
)


def flat_meters(prices: Prices) -> Iterator[Broken]:
    """Output or cached input at the very price of input, where neither the list nor anybody else has it so.

    Of the list's models of that seller hardly any may be flat, and no other voice on the model: who typed one price
    into two cells, or took a meter for another.
    """
    rows = text_tokens(prices)
    read = rows.select(
        "row_number", "meter", "amount", "since", "until", offer=prices.coded(rows, *OFFER),
        voice=prices.coded(rows, *VOICE), model=prices.coded(rows, "model"), of_all=prices.coded(rows, *OF_ALL),
    )  # fmt: skip
    inputs = read.filter(pl.col("meter") == "input").select("offer", "amount", "since", "until", beside="row_number")
    pairs = read.filter(pl.col("meter").is_in(METERS)).join(inputs, on="offer", suffix="_other")
    pairs = pairs.filter(together("_other")).with_columns(
        is_flat=((pl.col("amount") / pl.col("amount_other")) - 1).abs() <= SAME
    )
    flat = pl.col("is_flat")
    lists = pairs.group_by("voice", "meter").agg(
        models=pl.n_unique("model"), flat=pl.col("model").filter(flat).n_unique()
    )
    lists = lists.filter(pl.col("models") >= MANY, pl.col("flat") <= pl.max_horizontal(1, pl.col("models") * SELDOM))
    voices = pairs.group_by("of_all").agg(voices=pl.n_unique("voice"), flat=pl.col("voice").filter(flat).n_unique())
    alone = voices.filter(pl.col("voices") >= VOICES, pl.col("flat") == 1)
    odd = pairs.filter(flat).join(lists, on=("voice", "meter"), how="semi").join(alone, on="of_all")
    odd = odd.sort("row_number", "beside").unique("row_number", keep="first", maintain_order=True)
    ids = prices.models.select(beside="row_number", other_id="model_price_id")
    told = odd.select("row_number", "beside", "voices").join(ids, on="beside")
    broken = prices.models.join(told, on="row_number", maintain_order="left").filter(~own_word())
    yield from price_findings(FLAT, "model_prices", broken, VOICE, _flat, _as_others)


def _flat(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']}, as input"


def _as_others(row: Cells) -> str:
    return f"another amount than for input, as {row['voices'] - 1} others have it"
