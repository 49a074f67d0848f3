"""Layer C of prices: what is free beside what is paid, and whose models a maker sells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.entries import SELDOM
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices, together
from validation.prices.orders import SIDE_BY_SIDE

__all__ = ["FREE", "free_beside_paid", "free_by_name", "makers_of_others", "states_without_word"]

OTHER_METER = {"input": "output", "output": "input"}
FEW, MANY = 2, 5
"""So few models of other makers are an exception, and so many of its own make a maker."""
RESOLD = 3
"""A model that so many others sell beside its maker has open weights, and a maker may sell it too."""

FREE = PriceRule(
    "C.price_free", "warning", "price_state", "free beside a paid meter of the offer, though most price it",
    "look whether the list gives a price of this meter, or none: then it is unknown",
)  # fmt: skip
NAMED_FREE = replace(
    FREE, message="the list has the model as a free one, and does not have this price as free",
    fix="look whether the list prints 0, which is free, or no price of this meter",
)  # fmt: skip
FREE_NAME = r"[:/-]free$"
"""How lists end the name of a model that is sold for nothing beside one that is paid."""
SAYS_FREE = r"(?i)free|免费"
"""How a list says of a price that it is free, in the name of the model or in its own words."""
LIST_SIZE, MANY_UNKNOWN, ODD = 100, 20, 2
"""Of a list of so many prices, and of so many unknown ones, so few are an exception."""
UNSAID_FREE = replace(
    FREE, severity="notice", message="the list names the model free wherever it has a free price, and does not here",
    fix="look whether the list prints 0 and no word: then the price is unknown; else type the price it prints",
)  # fmt: skip
UNTOLD = replace(
    FREE, severity="notice",
    message="a price that a list leaves open has the text printed in its place, and this one has none",
    fix="look the price up in the list: type the number it prints, or the text that it prints in place of one",
)  # fmt: skip
MAKER = PriceRule(
    "C.price_maker", "warning", "seller", "this maker sells its own models, and another maker sells this one",
    "give the price to the seller that the list names, or correct the maker",
)  # fmt: skip


def free_beside_paid(prices: Prices) -> Iterator[Broken]:
    """Free input beside paid output of one offer, or the other way round, where most lists and sellers price it.

    Embeddings and models that sort have no output: most lists give it no price.
    """
    of_tokens = pl.col("meter").is_in(list(OTHER_METER)) & (pl.col("counted") == "token")
    free = prices.models.filter(of_tokens, pl.col("price_state") == "free")
    priced = prices.models.lazy().filter(of_tokens, pl.col("price_state") == "priced").select(
        *SIDE_BY_SIDE, "since", "until", "amount", meter=pl.col("meter").replace(OTHER_METER), other_id="model_price_id"
    )  # fmt: skip
    paid = priced.collect()
    broken = free.join(paid, on=(*SIDE_BY_SIDE, "meter"), nulls_equal=True, suffix="_other").filter(together("_other"))
    broken = broken.with_columns(_name="bare_name").join(
        _mostly_priced(prices, of_tokens, broken), on=("_name", "meter")
    )
    named = broken.sort("row_number").unique("model_price_id", keep="first", maintain_order=True)
    yield from price_findings(FREE, "model_prices", named, ("source_id", "seller", "meter"), _free, _as_most)


def free_by_name(prices: Prices) -> Iterator[Broken]:
    """Prices that are not free of models that their names call free: all 453 of models so named are."""
    names = prices.models.select(pl.col("model_key").unique()).filter(pl.col("model_key").str.contains(FREE_NAME))
    named = pl.col("model_key").is_in(names["model_key"].implode())
    broken = prices.models.filter(pl.col("price_state") != "free", named)
    yield from price_findings(
        NAMED_FREE, "model_prices", broken, ("source_id", "seller"), lambda row: row["price_state"], lambda row: "free"
    )


def states_without_word(prices: Prices) -> Iterator[Broken]:
    """Free prices that nothing calls free, and unknown prices without the text that stands in place of a number.

    The first are asked of large lists of which hardly any free price is without that word, or that have none. All
    3,721 prices that lists leave open have their text, a zero.
    """
    states = ("price_state", "model", "printed_text", *LIST)
    read = prices.models.select("row_number", *states).filter(pl.col("price_state") != "priced")
    is_unknown, has_no_text = pl.col("price_state") == "unknown", pl.col("printed_text").is_null()
    says_free = pl.concat_str("model", "printed_text", ignore_nulls=True).str.contains(SAYS_FREE)
    unsaid = read.filter(~is_unknown, ~says_free).with_columns(pl.len().over(LIST).alias("count"))
    sizes = prices.models.group_by(LIST).agg(size=pl.len())
    few = unsaid.filter(pl.col("count") <= ODD).join(sizes, on=LIST, nulls_equal=True)
    few = few.filter(pl.col("size") >= LIST_SIZE)
    unknown = read.filter(is_unknown)
    untold = unknown.filter(has_no_text)
    if unknown.height < MANY_UNKNOWN or untold.height > max(ODD, unknown.height * SELDOM):
        untold = untold.clear()
    for rule, odd, expected in ((UNSAID_FREE, few, "a price, or unknown"), (UNTOLD, untold, "a price, or a text")):
        broken = prices.models.filter(pl.col("row_number").is_in(odd["row_number"].implode()))
        yield from price_findings(
            rule, "model_prices", broken, ("source_id", "seller", "model"), _state, lambda row, said=expected: said
        )


def _state(row: Cells) -> str:
    return f"{row['price_state']} {row['meter']}"


def _mostly_priced(prices: Prices, of_tokens: pl.Expr, named: pl.DataFrame) -> pl.DataFrame:
    """Bare names and meters of `named` that more offers price than not; an offer is a list's of a seller."""
    if named.is_empty():
        return pl.DataFrame(schema={"_name": pl.String, "meter": pl.String})
    names = named["bare_name"].unique().implode()
    offers = prices.models.filter(of_tokens, pl.col("bare_name").is_in(names)).with_columns(_name="bare_name")
    by_offer = offers.group_by("_name", "meter", "source_id", "seller").agg((pl.col("price_state") == "priced").any())
    shares = by_offer.group_by("_name", "meter").agg(pl.col("price_state").mean())
    return shares.filter(pl.col("price_state") > 0.5).select("_name", "meter")


def _free(row: Cells) -> str:
    return f"free {row['meter']} beside {OTHER_METER[row['meter']]} at {money(row['amount_other'])} {row['currency']}"


def _as_most(row: Cells) -> str:
    return f"a price of {row['meter']}, or unknown"


def makers_of_others(prices: Prices) -> Iterator[Broken]:
    """Models of another maker under a maker that else sells its own, where the other sells them and few others do."""
    is_own = pl.col("seller") == pl.col("maker")
    own = prices.models.filter(is_own)
    makers = own.group_by("seller").agg(pl.col("model_key").n_unique()).filter(pl.col("model_key") >= MANY)["seller"]
    others = prices.models.filter(~is_own, pl.col("seller").is_in(makers.implode())).with_columns(_name="bare_name")
    few = others.filter(pl.col("_name").n_unique().over("seller") <= FEW)
    if few.is_empty():
        return
    sold_by_makers = own.select("maker", _name="bare_name").unique()
    read = prices.models.select("seller", "maker", _name="bare_name")
    clouds = read.filter(~is_own, ~pl.col("seller").is_in(makers.implode())).group_by("_name")
    resold = clouds.agg(pl.col("seller").n_unique()).filter(pl.col("seller") >= RESOLD)
    broken = few.join(sold_by_makers, on=("maker", "_name"), how="semi").join(resold, on="_name", how="anti")
    broken = broken.sort("row_number")
    by = ("source_id", "seller", "maker")
    yield from price_findings(
        MAKER, "model_prices", broken, by, lambda row: row["seller"], lambda row: f"perhaps {row['maker']}"
    )
