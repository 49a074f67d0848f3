"""Layer C of prices: a price that two others of its offer put otherwise, in proportion as with the list's other models.

Cached tokens cost a tenth of fresh ones, a batch half, a long context twice as much: by each price of an offer that
stands beside another in such a way, the list says what that other one must be. So does a second version of the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.frames import LIST, Prices, together
from validation.prices.ratios import RATIO
from validation.prices.second_voices import published
from validation.prices.slips import named_slips
from validation.prices.witnesses import own_word

__all__ = ["STEP", "VERSION", "one_amounts", "prices_beside_siblings", "rounded"]

SELLER = (*LIST, "seller")
OFFER = ("region", "model", "meter", "mode", "tier", "currency", "counted")
"""What tells the prices of a seller apart: two siblings differ in one of them."""
SIDES = {"meter": ("maker", "mode", "tier"), "mode": ("maker", "meter", "tier"), "tier": ("maker", "meter", "mode")}
"""In what siblings differ, and what, beside the seller, models of one proportion share."""
MODELS, MOST, VOTES = 4, 0.75, 2
"""So many models, and such a share of them, make a proportion usual, and so many siblings tell of a slip."""
STEP, DIGITS, CENTS, NOISE = 0.005, 2, 2, 1e-6
"""Amounts so close are one; a list may round to so many digits or decimals; two doubles so close are one."""
VERSION = r"(?:[-:@]?(?:20\d\d-?\d\d-?\d\d|\d{4}|latest|preview|v\d+(?::\d+)?|00\d|default))+$"
"""An ending that says a version: the list may have the model under several."""
VOICE = ("common_name", "meter", "mode", "tier", "counted", "currency")
"""What all who price a model share."""
ABOUT = ("side", "side_other", "about")
"""A proportion between two sides."""
OWN = 3
"""So many models at so many sellers make a proportion one of the maker's."""
TOLD = ("row_number", "amount", "sibling", "expected", "is_own", "is_sure")
SURE, OTHERS = 20, 0.02
"""A sibling tells alone where so many models of the list have the proportion, and such a share, or one, has not."""

SIBLINGS = replace(
    RATIO, message="others of the offer tell of another price, in proportion as the list has them for other models"
)


def prices_beside_siblings(prices: Prices) -> Iterator[Broken]:
    """Prices that two siblings or more put at one other amount, and that no sibling nor anybody else bears out.

    One is enough by a proportion that nearly all of twenty models or more have.

    A proportion that the model has at another place too is its own; what another list, seller or region states of the
    model is a price; and what a maker prints on its own page is its price.
    """
    rows = one_amounts(prices)
    told = pl.concat([*(_beside(prices, rows, side) for side in SIDES), _under_another_version(prices, rows)])
    doubted = told.join(told.filter(pl.col("is_own") | _same()), on="row_number", how="anti")
    is_rounded = rounded("amount", "expected") | rounded("expected", "amount")
    doubted = doubted.join(doubted.filter(is_rounded), on="row_number", how="anti")
    doubted = doubted.join(_stated_elsewhere(prices, rows, doubted), on="row_number", how="anti")
    votes = doubted.group_by("row_number", near=(pl.col("expected").log() / STEP / 2).round()).agg(
        pl.median("expected"), pl.min("sibling"), pl.any("is_sure"), votes=pl.n_unique("sibling")
    )
    most = votes.filter((pl.col("votes") >= VOTES) | pl.col("is_sure")).sort(
        "row_number", "votes", "near", descending=[False, True, False]
    )
    once = most.unique("row_number", keep="first", maintain_order=True)
    ids = prices.models.select(sibling="row_number", other_id="model_price_id")
    broken = prices.models.join(once.join(ids, on="sibling"), on="row_number", maintain_order="left")
    broken = broken.filter(~own_word(), ~pl.col("model_price_id").is_in(named_slips(prices).implode()))
    yield from price_findings(SIBLINGS, "model_prices", broken, SELLER, _amount, _as_siblings)


def one_amounts(prices: Prices) -> pl.DataFrame:
    """The rows of models that state one amount above zero."""
    return prices.shared("one_amounts", lambda p: p.models.filter(pl.col("amount") > 0, pl.col("bound") == "eq"))


def _beside(prices: Prices, rows: pl.DataFrame, side: str) -> pl.DataFrame:
    """What siblings that differ in `side` tell of each other, in the columns `TOLD`.

    They are the `amount` of a row, its `sibling` (a row number) and the amount `expected` beside that one; and whether
    the model has the proportion of the two at another place too.
    """
    read = rows.select(
        "row_number", "amount", "since", "until", side=prices.coded(rows, side), model=prices.coded(rows, "model"),
        name=prices.coded(rows, "common_name"), habit=prices.coded(rows, *SELLER, *SIDES[side]),
        maker=prices.coded(rows, "maker"), seller=prices.coded(rows, "seller"),
        offer=prices.coded(rows, *SELLER, *(column for column in OFFER if column != side)),
    )  # fmt: skip
    read = read.filter(pl.col("side").min().over("offer") < pl.col("side").max().over("offer"))
    pairs = read.join(read.drop("model", "name", "habit", "maker", "seller"), on="offer", suffix="_other").filter(
        pl.col("side") < pl.col("side_other"), together("_other")
    )
    ratio = pl.col("amount") / pl.col("amount_other")
    pairs = pairs.with_columns(ratio=ratio, near=(ratio.log() / STEP).round().cast(pl.Int32))
    kind = ("habit", "side", "side_other")
    by_model = pairs.group_by(*kind, "near", "model").agg(pl.first("ratio"))
    alike = by_model.group_by(*kind, "near").agg(usual=pl.median("ratio"), alike=pl.len())
    models = by_model.group_by(kind).agg(models=pl.n_unique("model"))
    first = alike.sort("alike", "near", descending=[True, False]).unique(kind, keep="first").join(models, on=kind)
    usual = first.filter(pl.col("alike") >= MODELS, pl.col("alike") >= MOST * pl.col("models"))
    others = pl.col("models") - pl.col("alike")
    is_sure = (pl.col("alike") >= SURE) & (others <= pl.max_horizontal(1, OTHERS * pl.col("models")))
    usual = usual.with_columns(is_sure=is_sure)
    pairs = pairs.with_columns(about=pl.col("near") // 2)
    held = pairs.join(usual.select(*kind, "usual", "is_sure"), on=kind)
    held = held.join(_of_the_model(pairs), on=("name", *ABOUT), how="left")
    held = held.join(_of_the_maker(pairs), on=("maker", *ABOUT), how="left")
    held = held.with_columns(is_own=pl.any_horizontal("of_model", "of_maker").fill_null(False))
    first = held.with_columns(sibling="row_number_other", expected=pl.col("amount_other") * pl.col("usual"))
    other = held.select("is_own", "is_sure", row_number="row_number_other", amount="amount_other", sibling="row_number",
                        expected=pl.col("amount") / pl.col("usual"))  # fmt: skip
    return pl.concat([first.select(TOLD), other.select(TOLD)])


def _of_the_model(pairs: pl.DataFrame) -> pl.DataFrame:
    """The proportions, `of_model`, that a model has between two rows and again between two others."""
    several = [pl.col(row).min() < pl.col(row).max() for row in ("row_number", "row_number_other")]
    return pairs.group_by("name", *ABOUT).agg(of_model=pl.all_horizontal(several)).filter("of_model")


def _of_the_maker(pairs: pl.DataFrame) -> pl.DataFrame:
    """The proportions, `of_maker`, in which several sellers have models of a maker, but for one price for both."""
    priced_apart = pairs.filter(pl.col("about") != 0)
    counted = priced_apart.group_by("maker", *ABOUT).agg(pl.n_unique("name"), pl.n_unique("seller"))
    several = (pl.col("name") >= OWN) & (pl.col("seller") >= OWN)
    return counted.filter(several).select("maker", *ABOUT, of_maker=True)


def _under_another_version(prices: Prices, rows: pl.DataFrame) -> pl.DataFrame:
    """What a list says of one version of a model beside another one with which it shares all other prices."""
    names = rows.select(pl.col("model").unique()).with_columns(
        plain=pl.col("model").str.to_lowercase().str.replace(VERSION, "").rank("dense")
    )
    offer = prices.coded(rows, *SELLER, *(column for column in OFFER if column not in ("model", "meter")))
    read = rows.select("row_number", "amount", "since", "until", "model", "meter", offer=offer)
    read = read.join(names.filter(pl.len().over("plain") > 1), on="model")
    pairs = read.join(read, on=("plain", "offer", "meter"), suffix="_other").filter(
        pl.col("model") != pl.col("model_other"), together("_other")
    )
    pairs = pairs.with_columns(is_same=((pl.col("amount") / pl.col("amount_other")).log().abs() <= STEP))
    both = ("plain", "offer", "model", "model_other")
    shared = pairs.group_by(both).agg(
        alike=pl.sum("is_same"), apart=pl.col("meter").filter(~pl.col("is_same")).n_unique()
    )
    twins = shared.filter((pl.col("apart") == 0) | ((pl.col("apart") == 1) & (pl.col("alike") > 0)))
    told = pairs.join(twins, on=both, how="semi").with_columns(is_own=pl.lit(False), is_sure=pl.lit(False))
    return told.with_columns(sibling="row_number_other", expected="amount_other").select(TOLD)


def _stated_elsewhere(prices: Prices, rows: pl.DataFrame, doubted: pl.DataFrame) -> pl.DataFrame:
    """The `row_number` of rows whose amount another publisher states of the model, or another seller or region asks.

    Only models of which a price is doubted are looked at.
    """
    read = rows.select("row_number", "source_id", "date_basis", "amount", offer=prices.coded(rows, *VOICE))
    read = read.with_columns(place=prices.coded(rows, "seller", "region"))
    asked = read.filter(pl.col("row_number").is_in(doubted["row_number"].unique().implode()))["offer"]
    said = published(prices, read.filter(pl.col("offer").is_in(asked.unique().implode())))
    near = (pl.col("amount").log() / STEP).round()
    several = pl.any_horizontal(pl.n_unique("publisher") > 1, pl.n_unique("place") > 1)
    return said.filter(several.over("offer", near)).select("row_number")


def _same() -> pl.Expr:
    """Whether a price is what its sibling tells."""
    return (pl.col("amount") / pl.col("expected")).log().abs() <= STEP


def rounded(one: str, other: str) -> pl.Expr:
    """Whether an amount is the other one, rounded."""
    amount, exact = pl.col(one), pl.col(other)
    last = pl.lit(10.0).pow(amount.log10().floor() - (DIGITS - 1))
    return pl.any_horizontal(
        (((amount / unit).round() * unit / amount - 1).abs() <= NOISE)
        & ((amount - exact).abs() <= unit / 2 * (1 + STEP))
        for unit in (last, pl.lit(10.0**-CENTS))
    )


def _amount(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} per {row['printed_per_unit_id']}"


def _as_siblings(row: Cells) -> str:
    others = f"{row['votes']} others of the offer tell" if row["votes"] > 1 else "another of the offer tells"
    return f"about {money(row['expected'])}, as {others}"
