"""Layer C of prices: two offers of a model at one seller stand in one proportion in all of their prices but one.

A second version of a model has its prices, a region adds a tenth to all of them, and a batch halves them. Where two
prices or more of an offer are one multiple of those of its twin and the last one is another, that one is mistaken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, Cells, money, price_findings
from validation.prices.frames import LIST, Prices, together
from validation.prices.ratios import RATIO
from validation.prices.siblings import STEP, VERSION, one_amounts, rounded
from validation.prices.slips import named_slips
from validation.prices.witnesses import own_word

__all__ = ["twins_apart"]

OFFER = (*LIST, "seller", "region", "model", "mode", "tier", "currency", "counted")
"""What makes an offer of several prices."""
FAMILY = (*LIST, "seller", "tier", "currency", "counted")
"""What twins share, beside the plain name of their model."""
APART = 2
"""So many steps apart two proportions are no longer one."""
TOLD = ("row_number", "amount", "agree", "is_odd", "twin", "beside", "beside_amount", "times")
AGREE, TWINS, MANY = 2, 2, 3
"""So many other prices agree beside so many twins at least, or so many beside one."""

APART_FROM_TWIN = replace(
    RATIO,
    severity="notice",
    message="all other prices of the offer are one multiple of those of its twin, and this one is not",
)


def twins_apart(prices: Prices) -> Iterator[Broken]:
    """Prices that stand otherwise beside every twin of their offer than all other prices of it do.

    Two other prices must agree beside each of two twins, or three beside one; there either of the two prices may be
    the mistaken one, and both are named. A meter that stands so with two models of the seller is a habit of the list,
    and what a maker prints on its own page is its price.
    """
    pairs = _pairs(prices)
    twins = ("offer", "offer_other")
    counted = pairs.group_by(*twins, "near").agg(usual=pl.first("times"), agree=pl.n_unique("meter"))
    counted = counted.filter(pl.col("agree") >= AGREE)
    most = counted.sort("agree", "near", descending=[True, False]).unique(twins, keep="first").rename({"near": "about"})
    meters = pairs.join(most.select(twins), on=twins, how="semi").group_by(twins).agg(meters=pl.n_unique("meter"))
    held = pairs.join(most.join(meters, on=twins), on=twins)
    is_other = (pl.col("near") - pl.col("about")).abs() >= APART
    held = held.with_columns(is_odd=(pl.col("agree") == pl.col("meters") - 1) & is_other)
    held = _at_once(held)
    both = pl.concat([_of_first(held), _of_other(held).select(TOLD)])
    told = pl.concat([_beside_all(both, AGREE, TWINS), _beside_all(both, MANY, 1)])
    once = told.unique("row_number", keep="first", maintain_order=True)
    ids = prices.models.select(beside="row_number", other_id="model_price_id")
    broken = prices.models.join(once.join(ids, on="beside"), on="row_number", maintain_order="left")
    broken = broken.filter(pl.n_unique("common_name").over(*LIST, "seller", "meter") == 1)
    broken = broken.filter(~own_word(), ~pl.col("model_price_id").is_in(named_slips(prices).implode()))
    yield from price_findings(APART_FROM_TWIN, "model_prices", broken, (*LIST, "seller"), _amount, _as_twin)


def _pairs(prices: Prices) -> pl.DataFrame:
    """Prices of one meter in two offers of a model on the same days: `times` is the one in proportion to the other.

    Offers of fewer than three meters are left out, since no two other prices of them can agree.
    """
    rows = one_amounts(prices)
    read = rows.select(
        "row_number", "amount", "since", "until", "common_name", meter=prices.coded(rows, "meter"),
        offer=prices.coded(rows, *OFFER), family=prices.coded(rows, *FAMILY),
    )  # fmt: skip
    read = read.filter(pl.col("meter").n_unique().over("offer") > AGREE)
    names = read.select(pl.col("common_name").unique()).with_columns(
        plain=pl.col("common_name").str.replace(VERSION, "").rank("dense")
    )
    read = read.join(names, on="common_name").drop("common_name")
    read = read.filter(pl.col("offer").min().over("family", "plain") < pl.col("offer").max().over("family", "plain"))
    pairs = read.join(read, on=("family", "plain", "meter"), suffix="_other")
    pairs = pairs.filter(pl.col("offer") < pl.col("offer_other"), together("_other"))
    times = pl.col("amount") / pl.col("amount_other")
    return pairs.select(
        "row_number", "row_number_other", "offer", "offer_other", "meter", "amount", "amount_other",
        since=pl.max_horizontal("since", "since_other"), until=pl.min_horizontal("until", "until_other"), times=times,
        near=(times.log() / STEP).round().cast(pl.Int32),
    )  # fmt: skip


def _at_once(held: pl.DataFrame) -> pl.DataFrame:
    """The pairs, odd ones only where the others agree on the same days: `agree` counts these."""
    pair = ("offer", "offer_other")
    odd = held.filter("is_odd")
    usual = held.filter(pl.col("near") == pl.col("about")).select(*pair, "since", "until", beside_it="meter")
    both = odd.join(usual, on=pair, suffix="_other").filter(together("_other"))
    counted = both.group_by("row_number", "row_number_other").agg(at_once=pl.n_unique("beside_it"))
    held = held.join(counted, on=("row_number", "row_number_other"), how="left", maintain_order="left")
    is_odd = pl.col("is_odd") & (pl.col("at_once") == pl.col("agree")).fill_null(False)
    return held.with_columns(is_odd=is_odd).drop("at_once")


def _of_first(held: pl.DataFrame) -> pl.DataFrame:
    """What the twins of `held` tell of each of its rows, in the columns `TOLD`."""
    return held.select("row_number", "amount", "agree", "is_odd", twin="offer_other", beside="row_number_other",
                       beside_amount="amount_other", times="usual")  # fmt: skip


def _of_other(held: pl.DataFrame) -> pl.DataFrame:
    """The same of the rows beside them."""
    return held.select("agree", "is_odd", row_number="row_number_other", amount="amount_other", twin="offer",
                       beside="row_number", beside_amount="amount", times=1 / pl.col("usual"))  # fmt: skip


def _beside_all(told: pl.DataFrame, agree: int, twins: int) -> pl.DataFrame:
    """The rows that are odd beside all twins with which so many prices agree, and so many twins of them at least."""
    enough = told.filter(pl.col("agree") >= agree)
    rows = enough.group_by("row_number").agg(pl.col("is_odd").all(), twins=pl.n_unique("twin"))
    odd = rows.filter("is_odd", pl.col("twins") >= twins).select("row_number")
    beside = enough.join(odd, on="row_number").sort("row_number", "agree", "beside", descending=[False, True, False])
    once = beside.unique("row_number", keep="first", maintain_order=True).with_columns(
        expected=pl.col("beside_amount") * pl.col("times"), its=pl.col("amount") / pl.col("times")
    )
    is_rounding = rounded("amount", "expected") | rounded("beside_amount", "its")
    return once.filter(~is_rounding).select("row_number", "beside", "expected", "agree")


def _amount(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} per {row['printed_per_unit_id']}"


def _as_twin(row: Cells) -> str:
    return f"about {money(row['expected'])}, in proportion as {row['agree']} other prices of the offer"
