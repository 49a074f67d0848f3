"""Layer U of prices: an amount that nobody else states, a power of ten or two digits away from one that others do.

A voice is a list on a seller. Days are left aside: lists follow a price at their own pace, and an amount that any
other voice has ever stated is a price and no slip; nor is one that its list left for what the others state, which is
a change of price.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from validation.prices.aliases import SCOPED
from validation.prices.digits import EXCHANGED, exchanged, may_be_exchanged
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices, power_of_ten, without_mixed_output
from validation.prices.levels import OFFERS, own_levels
from validation.prices.slips import named_slips
from validation.prices.witnesses import own_word

__all__ = ["lone_amounts"]

OFFER = ("name", "meter", "mode", "tier", "counted", "currency")
"""What all voices on a model share."""
WITHIN = 0.005
"""Relative distance from a power of ten within which a slip counts."""
MARKUPS = (0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.1, 1.15, 1.2)
"""What resellers and regions usually ask of a price: 5.4 beside 4.5 is a fifth more, and no digits exchanged."""

LONE = PriceRule(
    "U.price_lone", "warning", "amount", "the price is a power of ten from what others state, and nobody states it",
    "read the unit of the list again; report the slip to the list where the seller's own page shows another price",
)  # fmt: skip

ALL, PIECES = pl.lit(True), (pl.col("counted") != "token") & ~pl.col("model").cast(pl.String).str.contains(SCOPED)
"""Searches, images and sounds cost the same with many models of a list, but for those of another size or quality."""


class Witnesses(NamedTuple):
    """Whose amounts are compared: which rows, the offers they share, what makes a voice, how many must state one.

    Fewer of them are enough for digits exchanged, where they state the other amount for long on the same days.
    """

    words: str
    of: pl.Expr
    offer: tuple[str, ...]
    voice: tuple[str, ...]
    least: int
    together: int = 0


LONG = 30
"""So many days two amounts must hold at once, for one voice to be enough: lists follow a change within a month."""
WITNESSES = (
    Witnesses("lists of the seller", ALL, (*OFFER, "seller", "region"), LIST, 2, together=1),
    Witnesses("prices in the list", ALL, (*OFFER, *LIST, "seller"), ("region", "model"), 3, together=2),
    Witnesses("lists and sellers", ALL, OFFER, (*LIST, "seller"), 3),
    Witnesses("models of the list", PIECES, (*LIST, "seller", *OFFER[1:]), ("name",), 5),
)


def lone_amounts(prices: Prices) -> Iterator[Broken]:
    """Prices of models that others put otherwise, by a power of ten or by two digits: findings by list and seller.

    What shows as a slip in other ways is told there; what a seller asks on a level of its own is none, nor is what a
    maker prints on its own page.
    """
    read = prices.models.select("row_number", "bound", "bare_name", *OFFERS)
    rows = without_mixed_output(prices, read.filter(pl.col("amount") > 0, pl.col("bound") == "eq"))
    found = pl.concat([_beside(prices, rows, witnesses) for witnesses in WITNESSES])
    once = found.sort("row_number", "voices", descending=[False, True]).unique("row_number", keep="first")
    broken = prices.models.join(once, on="row_number", maintain_order="left").filter(~own_word())
    broken = broken.filter(~pl.col("model_price_id").is_in(named_slips(prices).implode()))
    broken = broken.join(own_levels(rows, broken), on="row_number", how="anti", maintain_order="left")
    by = (*LIST, "seller")
    lone, digits = (broken.filter(pl.col("power").is_not_null() == is_power) for is_power in (True, False))
    yield from price_findings(LONE, "model_prices", lone, by, _amount, _as_others)
    yield from price_findings(EXCHANGED, "model_prices", digits, by, _amount, _as_others)


def _beside(prices: Prices, rows: pl.DataFrame, witnesses: Witnesses) -> pl.DataFrame:
    """The rows whose amount one voice alone states, with the amount `stated` by most `voices`, so many, and `power`."""
    rows = rows.select("row_number", "amount", "counted", "model", "since", "until").filter(witnesses.of)
    offer, voice = prices.coded(rows, *witnesses.offer), prices.coded(rows, *witnesses.voice)
    coded = rows.select("row_number", "amount", "since", "until", offer=offer, voice=voice)
    itself = coded.select("offer", "voice", "amount").unique()
    said = itself.group_by("offer", "amount").agg(voices=pl.len())
    most = pl.col("voices") == pl.col("voices").max().over("offer")
    least = witnesses.together or witnesses.least
    common = said.filter(pl.col("voices") >= least).filter(most).rename({"amount": "stated"})
    lone = said.filter(pl.col("voices") == 1).select("offer", "amount").join(common, on="offer")
    times = pl.max_horizontal(pl.col("amount") / pl.col("stated"), pl.col("stated") / pl.col("amount"))
    told = lone.with_columns(power=power_of_ten(times, WITHIN), times=pl.col("amount") / pl.col("stated"))
    marked_up = pl.any_horizontal(
        (times - markup).abs() < WITHIN for markup in MARKUPS for times in (pl.col("times"), 1 / pl.col("times"))
    )
    both = pl.col("amount"), pl.col("stated")
    is_power = pl.col("power").is_not_null() & (pl.col("voices") >= witnesses.least)
    told = told.filter(is_power | may_be_exchanged(*both))
    told = told.filter(is_power | (exchanged(*both) & ~marked_up))
    named = coded.join(told, on=["offer", "amount"])
    named = named.join(itself.rename({"amount": "stated"}), on=["offer", "voice", "stated"], how="anti")
    few = named.filter(pl.col("voices") < witnesses.least)
    named = named.filter((pl.col("voices") >= witnesses.least) | pl.col("row_number").is_in(_long_beside(few, coded)))
    return named.select("row_number", "stated", "power", "voices", whose=pl.lit(witnesses.words))


def _long_beside(named: pl.DataFrame, coded: pl.DataFrame) -> pl.Series:
    """Numbers of the rows beside which others state the other amount for `LONG` days of their own."""
    others = coded.select("offer", "since", "until", stated="amount")
    pairs = named.join(others, on=["offer", "stated"], suffix="_other")
    first, last = pl.max_horizontal("since", "since_other"), pl.min_horizontal("until", "until_other")
    return pairs.filter((last - first).dt.total_days() >= LONG)["row_number"].unique().implode()


def _amount(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} per {row['printed_per_unit_id']}"


def _as_others(row: Cells) -> str:
    if row["voices"] == 1:
        return f"{money(row['stated'])}, as another list of the seller has it"
    return f"{money(row['stated'])}, as {row['voices']} {row['whose']} have it"
