"""Layer C of prices: a batch, a flexible or an urgent answer at the very price of an ordinary one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.flat_meters import FLAT, MANY, SAME, SELDOM
from validation.prices.frames import LIST, Prices, text_tokens, together
from validation.prices.partners import ORDINARY
from validation.prices.witnesses import own_word

__all__ = ["flat_modes"]

PRICE = (*LIST, "seller", "region", "model", "meter", "tier", "currency")
"""What the modes of one price share."""
OFFER = (*LIST, "seller", "region", "model", "mode", "tier", "currency")
"""What the meters of a mode share: a mode all of whose prices are the ordinary ones is asked for nothing more."""
HABIT = (*LIST, "seller", "meter", "mode")
"""Whose prices of a mode are alike."""
MODES = ("batch", "flex", "priority")
"""Modes whose point is another price."""

FLAT_MODE = replace(
    FLAT, message="the mode costs what the ordinary price does, as hardly any model of the seller has it",
)  # fmt: skip


def flat_modes(prices: Prices) -> Iterator[Broken]:
    """Prices of a mode that are the ordinary price of the meter, where of ten models of the seller hardly any is.

    Of 5,300 prices of such modes 70 are, most of them of cached tokens of one maker.
    """
    rows = text_tokens(prices)
    read = rows.select(
        "row_number", "mode", "amount", "since", "until", price=prices.coded(rows, *PRICE),
        habit=prices.coded(rows, *HABIT), model=prices.coded(rows, "model"), offer=prices.coded(rows, *OFFER),
        meter=prices.coded(rows, "meter"),
    )  # fmt: skip
    ordinary = read.filter(mode=ORDINARY).select("price", "amount", "since", "until", beside="row_number")
    pairs = read.filter(pl.col("mode").is_in(MODES)).join(ordinary, on="price", suffix="_other")
    pairs = pairs.filter(together("_other")).with_columns(
        is_flat=((pl.col("amount") / pl.col("amount_other")) - 1).abs() <= SAME
    )
    models, flat = pl.n_unique("model"), pl.col("model").filter("is_flat").n_unique()
    habits = pairs.group_by("habit").agg(models=models, flat=flat)
    habits = habits.filter(pl.col("models") >= MANY, pl.col("flat") <= pl.max_horizontal(1, pl.col("models") * SELDOM))
    is_whole = (pl.col("is_flat").all() & (pl.col("meter").n_unique() > 1)).over("offer")
    odd = (
        pairs.filter(pl.col("habit").is_in(habits["habit"].implode()))
        .filter("is_flat", ~is_whole)
        .join(habits, on="habit")
    )
    odd = odd.sort("row_number", "beside").unique("row_number", keep="first", maintain_order=True)
    ids = prices.models.select(beside="row_number", other_id="model_price_id")
    told = odd.select("row_number", "beside", "models").join(ids, on="beside")
    broken = prices.models.join(told, on="row_number", maintain_order="left").filter(~own_word())
    yield from price_findings(FLAT_MODE, "model_prices", broken, (*LIST, "seller"), _flat, _as_others)


def _flat(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} in mode {row['mode']}, as in the ordinary one"


def _as_others(row: Cells) -> str:
    return f"another amount than the ordinary one, as nearly all of {row['models']} models have it"
