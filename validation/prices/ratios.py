"""Layer C of prices: a meter costs in proportion to the input of its offer, as with the other models of its maker."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.digits import exchanged
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices, apart, text_tokens, together
from validation.prices.second_voices import borne_out
from validation.prices.slips import named_slips
from validation.prices.witnesses import own_word

__all__ = ["meters_out_of_ratio"]

OFFER = (*LIST, "seller", "region", "model", "tier", "currency")
"""What a meter and the input of its offer share; a batch is a part of the ordinary price."""
HABIT = (*LIST, "seller", "maker", "meter", "mode")
"""Whose models are priced alike."""
STEP = 0.005
"""Ratios so close are one."""
SOME, MANY = (4, 0.75, 6), (10, 0.9, 2)
"""So many models, such a share of them, and how many times beside their ratio is then out of it."""
WIDEST = (
    ("output", "standard", 0.3, 25), ("output", "batch", 0.2, 25), ("output", "flex", 0.2, 25),
    ("output", "priority", 0.9, 30), ("input", "batch", 0.2, 1.05), ("input", "flex", 0.1, 1.05),
    ("input", "priority", 0.99, 5), ("cache_read", "standard", 0.005, 1.5), ("cache_write", "standard", 0.04, 6),
)  # fmt: skip
"""Between which parts and multiples of the input a meter of a mode lies: of 31,000 prices 100 do not."""

RATIO = PriceRule(
    "C.price_ratio", "warning", "amount", "the price is out of proportion to the input, as models of the maker have it",
    "look for a digit, a unit or the price of another model in the list; where the seller asks it, nothing is wrong",
)  # fmt: skip


def meters_out_of_ratio(prices: Prices) -> Iterator[Broken]:
    """Prices of meters that are another multiple of the input than a list has for most models of the maker there.

    With four models six times as much or as little is out of it, or the same with two digits exchanged; with ten
    models nearly all of which agree twice; and what nearly no list has at all is out of it. What a maker prints on
    its own page is its price. The finding names the input beside the meter.
    """
    rows = text_tokens(prices)
    rows = rows.with_columns(_offer=prices.coded(rows, *OFFER), _habit=prices.coded(rows, *HABIT))
    is_input = (pl.col("meter") == "input") & (pl.col("mode") == "standard")
    ends = ("_offer", "since", "until", "amount")
    inputs = rows.filter(is_input).select(*ends, other_id="model_price_id")
    resold = (pl.col("seller") != pl.col("maker")).fill_null(True)
    named = ("row_number", "_habit", "model", "region", "tier", "meter", "mode")
    others = rows.filter(~is_input).select(*named, *ends, resold=resold)
    pairs = others.join(inputs, on="_offer", suffix="_other").filter(together("_other"))
    pairs = pairs.with_columns(ratio=pl.col("amount") / pl.col("amount_other"))
    pairs = pairs.with_columns(near=(pl.col("ratio").log() / STEP).round())
    usual = pairs.group_by("_habit", "near").agg(alike=pl.col("model").n_unique(), usual=pl.col("ratio").median())
    models = pairs.group_by("_habit").agg(models=pl.col("model").n_unique())
    first = usual.sort("alike", "usual", descending=[True, False]).unique("_habit", keep="first")
    held = pairs.join(first.drop("near").join(models, on="_habit"), on="_habit")
    expected = pl.col("amount_other") * pl.col("usual")
    held = held.with_columns(expected=expected, _round=expected.round_sig_figs(9)).with_columns(_odd=_out_of_habit())
    odd = pl.concat([_in_their_time(held.filter("_odd", ~_flat()), held), _beyond_all(pairs)], how="diagonal")
    odd = odd.join(_as_another_tier(held, odd), on="row_number", how="anti")
    odd = odd.sort("row_number", "alike", nulls_last=True).unique("row_number", keep="first", maintain_order=True)
    told = odd.select("row_number", "other_id", "expected", "alike", "amount_other", "least", "most")
    is_sold = ~own_word() & ~pl.col("row_number").is_in(borne_out(prices).implode())
    broken = rows.join(told, on="row_number", maintain_order="left").filter(is_sold)
    broken = broken.filter(~pl.col("model_price_id").is_in(named_slips(prices).implode()))
    yield from price_findings(RATIO, "model_prices", broken, (*LIST, "seller"), _amount, _in_proportion)


def _out_of_habit() -> pl.Expr:
    times = apart("amount", "expected")
    some, many = (
        (pl.col("alike") >= least) & (pl.col("alike") >= share * pl.col("models")) for least, share, _ in (SOME, MANY)
    )
    swapped = exchanged(pl.col("amount"), pl.col("_round"))
    return (some & ((times >= SOME[2]) | swapped)) | (many & (times >= MANY[2]))


def _flat() -> pl.Expr:
    """Whether a meter costs what the input does: one price for both, or with a reseller no discount for a cache.

    Nor does a habit of one price for both speak against a model whose output is dearer.
    """
    one, usually_one = ((pl.col(share) - 1).abs() < STEP for share in ("ratio", "usual"))
    is_output = pl.col("meter") == "output"
    return (is_output & (one | usually_one)) | (
        pl.col("meter").str.contains("cache", literal=True) & pl.col("resold") & one
    )


def _in_their_time(odd: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The odd rows beside which the list had so many models in the usual proportion on the same days."""
    near = (pl.col("usual").log() / STEP).round()
    usual = held.filter(pl.col("near") == near).select("_habit", "since", "until", peer="model")
    beside = odd.select("row_number", "_habit", "since", "until", "alike").join(usual, on="_habit", suffix="_other")
    peers = beside.filter(together("_other")).group_by("row_number").agg(peers=pl.col("peer").n_unique())
    return odd.join(peers, on="row_number").filter(pl.col("peers") >= SOME[0]).drop("peers")


def _as_another_tier(held: pl.DataFrame, odd: pl.DataFrame) -> pl.DataFrame:
    """The odd rows whose amount another tier of the offer has in proportion: a list may ask one price in all tiers."""
    offer = ["_habit", "region", "model", "amount"]
    fine = held.join(odd, on="row_number", how="anti").select(*offer, fine="tier").unique()
    tiers = held.join(odd.select("row_number"), on="row_number", how="semi").join(fine, on=offer)
    return tiers.filter(pl.col("tier").ne_missing(pl.col("fine"))).select("row_number").unique()


def _beyond_all(pairs: pl.DataFrame) -> pl.DataFrame:
    """The pairs whose ratio no list has, with its bounds `least` and `most`."""
    widest = pl.DataFrame(WIDEST, schema=["meter", "mode", "least", "most"], orient="row")
    return pairs.join(widest, on=["meter", "mode"]).filter(~pl.col("ratio").is_between("least", "most"))


def _amount(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} beside input {money(row['amount_other'])}"


def _in_proportion(row: Cells) -> str:
    if row["expected"] is None:
        least, most = (money(row[end] * row["amount_other"]) for end in ("least", "most"))
        return f"between {least} and {most}, as nearly all lists have it beside such an input"
    return f"about {money(row['expected'])}, in proportion as {row['alike']} models have it"
