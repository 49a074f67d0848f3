"""Layer C of prices: what stands beside one in its offer: one length of prompts, an ordinary price, one last day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.entries import FEW, MANY, SELDOM, TWO, cell
from validation.prices.findings import Broken, Cells, price_findings
from validation.prices.frames import LIST, Prices, together
from validation.prices.orders import TIERS

__all__ = ["ORDINARY", "machines_ended_alone", "models_ended_alone", "modes_without_ordinary", "tiers_of_two_lengths"]

OFFER = (*LIST, "seller", "region", "model", "currency")
"""What the prices of a model in a list share."""
ORDINARY, MAIN, SEVERAL = "standard", ("input", "output"), 2
NEARLY_ALL = 1_000
"""A list of so many prices tells that it has no other mode."""
MACHINE_OFFER = ("source_id", "region", "instance_type", "currency")
"""What the prices of a machine share, on whatever system and however it is bought."""
SERIES, VERSIONS = 100, 8
"""So many prices of a list of machines tell that it ends none, and so many first days that it has versions."""
DAYS = 10_000_000
"""More days than there are."""

OTHER_LENGTH = replace(
    TIERS, severity="warning", column="tier_from_tokens",
    message="the tier begins at another length of prompts than the other prices of the offer do", fix=TWO.fix,
)  # fmt: skip
NO_ORDINARY = replace(
    TWO, severity="notice", column="mode",
    message="the list has this mode only beside an ordinary price of the same meter, and has none here",
)  # fmt: skip
ENDED = replace(
    TWO, severity="notice", column="valid_to",
    message="the price ends, and all others of the offer go on, as hardly ever in the list",
)  # fmt: skip
NO_VERSION = replace(ENDED, message="no version of the list begins on the day after, nor does another price end")


def tiers_of_two_lengths(prices: Prices) -> Iterator[Broken]:
    """Tiers from a length that no other price of the offer has, which lack one that another has.

    Of 1,100 offers with tiers none has one; of two prices that differ both are named.
    """
    rows = prices.models.filter(pl.col("tier") > 0)
    read = rows.select("row_number", "tier", other_id="model_price_id", offer=prices.coded(rows, *OFFER))
    read = read.with_columns(price=prices.coded(rows, "meter", "mode"))
    two = read.filter(*(pl.col(of).min().over("offer") < pl.col(of).max().over("offer") for of in ("tier", "price")))
    lengths = two.group_by("offer", "tier", maintain_order=True).agg(
        pl.first("row_number", "price", "other_id"), prices=pl.n_unique("price")
    )
    beside = two.join(lengths.select("offer", "tier", "prices"), on=("offer", "tier"), maintain_order="left")
    pairs = lengths.filter(pl.col("prices") == 1).join(beside, on="offer", suffix="_other", maintain_order="left_right")
    pairs = pairs.filter(pl.col("price") != pl.col("price_other"))
    has_it = two.select("offer", "price", tier_other="tier").unique()
    pairs = pairs.join(has_it, on=("offer", "price", "tier_other"), how="anti", maintain_order="left")
    once = pairs.sort("prices_other", descending=True, maintain_order=True).unique("row_number", keep="first")
    told = once.sort("row_number").select("row_number", usual="tier_other", other_id="other_id_other")
    broken = prices.models.join(told, on="row_number", maintain_order="right")
    shown = (cell("tier_from_tokens"), cell("usual"))
    yield from price_findings(OTHER_LENGTH, "model_prices", broken, (*LIST, "seller", "model"), *shown)


def modes_without_ordinary(prices: Prices) -> Iterator[Broken]:
    """Prices of a mode without the ordinary one of their meter on the same days, as nearly all of that mode have it.

    In a list nearly all of whose prices are ordinary any other mode is odd.
    """
    models = prices.models
    read = models.select("row_number", "since", "until", is_ordinary=pl.col("mode") == ORDINARY)
    read = read.with_columns(
        list=prices.coded(models, *LIST), price=prices.coded(models, *OFFER, "meter", "tier"),
        habit=prices.coded(models, *LIST, "mode", "meter"),
    )  # fmt: skip
    others = read.filter(~pl.col("is_ordinary"))
    ordinary = read.filter("is_ordinary").select("price", "since", "until")
    pairs = others.join(ordinary, on="price", suffix="_other").filter(together("_other"))
    others = others.with_columns(is_lone=~pl.col("row_number").is_in(pairs["row_number"].unique().implode()))
    seldom = pl.col("is_lone").sum() <= pl.max_horizontal(FEW, pl.len() * SELDOM)
    habits = others.group_by("habit").agg(tells=seldom & (pl.len() >= MANY)).filter("tells")["habit"]
    ordinarily = read.group_by("list").agg(pl.len(), odd=(~pl.col("is_ordinary")).sum())
    ordinarily = ordinarily.filter(pl.col("len") >= NEARLY_ALL, pl.col("odd") <= pl.col("len") * SELDOM)["list"]
    is_told = pl.col("habit").is_in(habits.implode()) | pl.col("list").is_in(ordinarily.implode())
    odd = others.filter("is_lone", is_told)["row_number"]
    broken = models.filter(pl.col("row_number").is_in(odd.implode()))
    yield from price_findings(
        NO_ORDINARY, "model_prices", broken, (*LIST, "seller", "model"), cell("mode"), lambda row: ORDINARY
    )


def models_ended_alone(prices: Prices) -> Iterator[Broken]:
    """The input or output that ends without another price after it while all others of the offer, begun before, go on.

    Of two prices `prices_outlast_others` tells. A list that ends one of several models on one day takes it out; and
    sellers do take out the discount for a cache.
    """
    columns = ("row_number", "model_price_id", "series", "source_id", "meter", "since", "valid_to")
    series = prices.model_series.select(columns)
    last = series.filter((pl.col("series") != pl.col("series").shift(-1)).fill_null(True))
    last = last.with_columns(offer=prices.coded(last, *OFFER))
    is_open = pl.col("valid_to").is_null()
    ends = last.filter(~is_open)["offer"]
    some = last.filter(pl.col("offer").is_in(ends.filter(~ends.is_duplicated()).implode()))
    began = pl.col("since").filter(is_open).max().over("offer")
    ended = some.filter(~is_open, pl.len().over("offer") > SEVERAL, began <= pl.col("valid_to"))
    alone = ended.filter(pl.len().over("source_id", "meter", "valid_to") == 1, pl.col("meter").is_in(MAIN))
    beside = some.filter(is_open).group_by("offer", maintain_order=True).agg(other_id=pl.first("model_price_id"))
    told = alone.join(beside, on="offer", maintain_order="left").select("row_number", "other_id")
    broken = prices.models.join(told.sort("row_number"), on="row_number", maintain_order="right")
    yield from price_findings(ENDED, "model_prices", broken, (*LIST, "seller"), _ends, _no_end)


def machines_ended_alone(prices: Prices) -> Iterator[Broken]:
    """Prices of machines that end without another after them while all others of the machine at its place go on.

    So is any end in a list that has two at most; and an end on a day before which no version of its list begins.
    """
    series, keys = prices.machine_series, prices.machine_keys
    place = series["series"] - 1
    at = (place != place.shift(-1)).fill_null(True).arg_true()
    is_ended = series["valid_to"].is_not_null()
    last = keys.select(
        pl.col("source_id").to_physical().alias("list"), offer=prices.machine_codes.of(*MACHINE_OFFER)
    ).with_columns(at=at, is_ended=is_ended.gather(at))
    ended = last.filter("is_ended")
    of_ended = last.filter(pl.col("offer").is_in(ended["offer"].unique().implode()))
    ends = pl.col("is_ended").sum()
    alone = of_ended.group_by("offer").agg(ends=ends, count=pl.len()).filter(pl.col("ends") == 1, pl.col("count") > 1)
    few = last.group_by("list").agg(few=(ends <= FEW) & (pl.len() >= SERIES)).filter("few")["list"]
    told = [
        ended.filter(pl.col(of).is_in(those.implode()))["at"]
        for of, those in (("offer", alone["offer"]), ("list", few))
    ]
    broken = series[pl.concat(told).unique().sort()]
    yield from price_findings(ENDED, "compute_prices", broken, ("source_id", "region"), _ends, _no_end)
    yield from price_findings(
        NO_VERSION, "compute_prices", series[_on_no_day(prices, is_ended)], ("source_id", "region"), _ends, _day_before
    )


def _on_no_day(prices: Prices, is_ended: pl.Series) -> pl.Series:
    """The places of rows of machines that alone end on a day, and no price of their list begins on the day after."""
    series = prices.machine_series
    lists = prices.machine_keys["source_id"].to_physical().cast(pl.Int64) * DAYS
    key = lists.gather(series["series"] - 1)
    begins = (key + series["since"].to_physical()).unique()
    rows = pl.DataFrame({"at": is_ended.arg_true(), "list": key.filter(is_ended)}).with_columns(
        day=series["valid_to"].filter(is_ended).to_physical() + 1 + pl.col("list")
    )
    versions = begins.to_frame("list").group_by(pl.col("list") // DAYS * DAYS).len().filter(pl.col("len") >= VERSIONS)
    alone = rows.filter(pl.len().over("day") == 1, pl.col("list").is_in(versions["list"].implode()))
    return alone.filter(~pl.col("day").is_in(begins.implode()))["at"]


def _ends(row: Cells) -> str:
    return f"an end on {row['valid_to']}"


def _no_end(row: Cells) -> str:
    return "no end, as the others have it"


def _day_before(row: Cells) -> str:
    return "the day before a version of the list"
