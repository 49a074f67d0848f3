"""Layer C of prices: an offer has an input beside its output, an ordinary length beside a long one, and one life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.entries import FEW, MANY, SELDOM, TWO, cell
from validation.prices.findings import Broken, Cells, price_findings
from validation.prices.frames import LIST, Prices

__all__ = ["days_of_two_meters", "meters_without_input", "tiers_without_base"]

OFFER = (*LIST, "seller", "region", "model", "mode", "tier", "currency")
"""What the meters of an offer share."""
SIZED = (*LIST, "seller", "region", "model", "meter", "mode", "currency")
"""What the lengths of prompts of one price share."""
PLACE = (*LIST, "seller", "region", "model", "meter", "tier", "currency")
"""What the modes of one price share."""
TEXT = ("input", "output", "cache_read", "cache_write", "cache_write_1h", "reasoning_output")
"""Meters that count tokens of text."""
BESIDE_INPUT = ("output", "cache_read", "cache_write")
"""Meters that hardly any offer of text has without an input."""
BY_LENGTH = 0.01
"""Such a share of the prices by length may have a long one alone."""

LONE = replace(
    TWO, severity="notice", column="meter",
    message="the offer has no input beside this meter, as hardly any other of the list",
    fix="look up the entry at its place in the list: a price of it may have another meter, model, seller or region",
)  # fmt: skip
NO_BASE = replace(
    LONE, column="tier_from_tokens", message="the price has a long prompt and no shorter one, as hardly any of the list"
)
OTHER_DAY = replace(
    LONE, message="the two meters of the offer do not begin and end on the same days, as nearly all of the list do",
    fix="look up the versions of the list on both days, and type the day of the version",
)  # fmt: skip


def meters_without_input(prices: Prices) -> Iterator[Broken]:
    """Output and cached input of text in an offer that has no input, where of the mode's offers in a list hardly any.

    Of 19,000 offers one such stands in the large lists. Beside it is told an input of the entry that has no output.
    """
    rows = _text(prices)
    offers = rows.group_by("offer").agg(
        pl.first("habit"), *((pl.col("meter") == of).any().alias(of) for of in ("input", *BESIDE_INPUT))
    )
    lone = offers.with_columns(odd=~pl.col("input"))
    odd = pl.concat([_seldom(lone.filter(meter)) for meter in BESIDE_INPUT])
    told = rows.filter(pl.col("offer").is_in(odd.unique().implode()))
    inputs = rows.join(offers.filter("input", ~pl.col("output")), on="offer", how="semi").filter(meter="input")
    entries = inputs.drop_nulls("locator").group_by("locator").agg(other_id=pl.min("model_price_id"))
    told = told.join(entries, on="locator", how="left").select("row_number", "other_id").sort("row_number")
    broken = prices.models.join(told, on="row_number", maintain_order="right")
    yield from price_findings(
        LONE, "model_prices", broken, (*LIST, "seller", "model"), _alone, lambda row: "an input of the same offer"
    )


def tiers_without_base(prices: Prices) -> Iterator[Broken]:
    """Prices of long prompts that have no price of shorter ones, where of a list's prices by length hardly any."""
    rows = _text(prices)
    rows = rows.with_columns(price=prices.coded(rows, *SIZED))
    sized = rows.group_by(offer="price").agg(
        habit=pl.first("list"), odd=pl.col("tier").is_not_null().all(), is_sized=pl.col("tier").is_not_null().any()
    )
    odd = _seldom(sized.filter("is_sized"), BY_LENGTH)
    told = rows.filter(pl.col("price").is_in(odd.implode()))["row_number"]
    broken = prices.models.filter(pl.col("row_number").is_in(told.implode()))
    yield from price_findings(
        NO_BASE,
        "model_prices",
        broken,
        (*LIST, "seller", "model"),
        _length,
        lambda row: "a price of shorter prompts too",
    )


def days_of_two_meters(prices: Prices) -> Iterator[Broken]:
    """Input and output of text that do not have their first day, or their last, in common.

    Of 16,000 offers in the lists eight have not. What several offers of a seller do on one day is the list's doing.
    """
    rows = _text(prices).filter(pl.col("meter").is_in(["input", "output"]))
    ends = rows.group_by("offer", "meter").agg(
        pl.first("list", "seller"), begin=pl.min("since"), end=pl.max("until"),
        first=pl.col("row_number").sort_by("since").first(), last=pl.col("row_number").sort_by("until").last(),
    )  # fmt: skip
    both = ends.filter(meter="input").join(ends.filter(meter="output"), on="offer", suffix="_other")
    ids = prices.models.select("row_number", "model_price_id", "valid_from", "valid_to")
    moved = _moved(prices, rows)
    for day, row, column in (("begin", "first", "valid_from"), ("end", "last", "valid_to")):
        odd = both.with_columns(odd=pl.col(day) != pl.col(f"{day}_other"), habit="list")
        odd = odd.filter(pl.col("offer").is_in(_seldom(odd).implode()))
        odd = odd.filter(~pl.struct("list", "seller", day, f"{day}_other").is_duplicated())
        odd = odd.filter(~pl.any_horizontal(pl.col(end).is_in(moved.implode()) for end in ("last", "last_other")))
        counts = pl.concat([both.select("list", day), both.select("list", pl.col(f"{day}_other").alias(day))])
        counts = counts.group_by("list", day).len()
        odd = odd.join(counts, on=("list", day)).join(
            counts, left_on=("list", f"{day}_other"), right_on=("list", day), suffix="_other"
        )
        is_input = pl.col("len") < pl.col("len_other")
        told = odd.select(
            row_number=pl.when(is_input).then(row).otherwise(f"{row}_other"),
            beside=pl.when(is_input).then(f"{row}_other").otherwise(row),
        )
        beside = ids.select(beside="row_number", other_id="model_price_id", usual=column)
        told = told.join(beside, on="beside").sort("row_number")
        broken = prices.models.join(told, on="row_number", maintain_order="right")
        yield from price_findings(
            replace(OTHER_DAY, column=column), "model_prices", broken, (*LIST, "seller"), cell(column), cell("usual")
        )


def _moved(prices: Prices, rows: pl.DataFrame) -> pl.Series:
    """The rows on the day after whose last the list has their price in another mode."""
    read = rows.select("row_number", "since", "until", place=prices.coded(rows, *PLACE))
    begins = read.select("place", until=pl.col("since") - pl.duration(days=1))
    return read.join(begins, on=("place", "until"), how="semi")["row_number"]


def _text(prices: Prices) -> pl.DataFrame:
    """The prices of tokens of models that have no other meters than text, with numbers for their keys."""
    return prices.shared("text_offers", _text_offers)


def _text_offers(prices: Prices) -> pl.DataFrame:
    is_text = pl.col("meter").is_in(TEXT) & (pl.col("counted") == "token")
    columns = ("row_number", "model_price_id", "locator", "meter", "tier", "since", "until")
    of = {"offer": OFFER, "habit": (*LIST, "mode"), "list": LIST, "seller": ("seller",), "name": ("common_name",)}
    codes = {name: prices.coded(prices.models, *key) for name, key in of.items()}
    rows = prices.models.select(*columns, is_text.alias("is_text")).with_columns(**codes)
    others = rows.filter(~pl.col("is_text"), pl.col("meter") != "search")["name"].unique()
    return rows.filter("is_text", ~pl.col("name").is_in(others.implode())).drop("is_text", "name")


def _seldom(offers: pl.DataFrame, share: float = SELDOM) -> pl.Series:
    """The offers that are `odd`, of habits of many offers hardly any of which is."""
    few = pl.col("odd").sum() <= pl.max_horizontal(FEW, pl.len() * share)
    tells = offers.group_by("habit").agg(tells=few & (pl.len() >= MANY)).filter("tells")["habit"]
    return offers.filter("odd", pl.col("habit").is_in(tells.implode()))["offer"]


def _alone(row: Cells) -> str:
    return f"{row['meter']} without input"


def _length(row: Cells) -> str:
    return f"{row['meter']} from {row['tier_from_tokens']} tokens alone"
