"""Layer C of prices: an offer has an input beside its output, an ordinary length beside a long one, and one life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

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
CACHED = "cache_read"
METERS = ("input", "output", CACHED)
SAME_DAYS = (("output", "valid_from"), ("output", "valid_to"), (CACHED, "valid_to"))
"""Which meter has which day in common with the input of its offer; a discount for a cache may come later, and go."""
BY_LENGTH = 0.01
"""Such a share of the prices by length may have a long one alone."""

LONE = replace(
    TWO, severity="notice", column="meter",
    message="the offer has no input beside this meter, as hardly any other of the list",
)  # fmt: skip
NO_BASE = replace(
    LONE, column="tier_from_tokens", message="the price has a long prompt and no shorter one, as hardly any of the list"
)
OTHER_DAY = replace(
    LONE, message="the two meters of the offer do not begin and end on the same days, as nearly all of the list do",
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
    """Input and output of text that do not have their first day, or their last, in common, and cached input its last.

    Of 16,000 offers in the lists eight have not. What several offers of a seller do on one day is the list's doing.
    A seller may take out the discount for a cache, so that its last day is asked where the input has ended too.
    """
    rows = _text(prices).filter(pl.col("meter").is_in(METERS))
    ends = rows.group_by("offer", "meter").agg(
        pl.first("list", "seller"), valid_from=pl.min("since"), valid_to=pl.max("until")
    )
    for day in ("valid_from", "valid_to"):
        pairs = pl.concat([_odd_days(ends, meter, day) for meter, of in SAME_DAYS if of == day])
        told = _rows_of(prices, rows, pairs, day)
        broken = prices.models.join(told, on="row_number", maintain_order="right")
        yield from price_findings(
            replace(OTHER_DAY, column=day), "model_prices", broken, (*LIST, "seller"), cell(day), cell("usual")
        )


def _odd_days(ends: pl.DataFrame, meter: str, day: str) -> pl.DataFrame:
    """The offers of which input and a meter have two days: the meter of the rarer day, `meter`, and the `other`."""
    both = ends.filter(meter=METERS[0]).join(ends.filter(meter=meter), on="offer", suffix="_other")
    if meter == CACHED:
        both = both.filter(pl.max_horizontal("valid_to", "valid_to_other") < date.max)
    days = (day, f"{day}_other")
    odd = both.filter(pl.col(days[0]) != pl.col(days[1]))
    odd = odd.filter(~pl.struct("list", "seller", *days).is_duplicated())
    sizes = both.group_by("list").agg(offers=pl.len())
    few = pl.len().over("list") <= pl.max_horizontal(FEW, pl.col("offers") * SELDOM)
    odd = odd.join(sizes, on="list").filter(few, pl.col("offers") >= MANY)
    counts = ends.filter(pl.col("list").is_in(odd["list"].unique().implode())).group_by("list", of=day).len()
    for name in days:
        odd = odd.join(counts.rename({"of": name, "len": f"like_{name}"}), on=("list", name), maintain_order="left")
    rarer = pl.col(f"like_{days[0]}") < pl.col(f"like_{days[1]}")
    of_input, of_meter = pl.lit(METERS[0]), pl.lit(meter)
    return odd.select(
        "offer",
        meter=pl.when(rarer).then(of_input).otherwise(of_meter),
        other=pl.when(rarer).then(of_meter).otherwise(of_input),
    )


def _rows_of(prices: Prices, rows: pl.DataFrame, pairs: pl.DataFrame, day: str) -> pl.DataFrame:
    """The first or last rows of two meters: `row_number` of the one, and the id and the `usual` day of the other.

    What the list has in another mode on the day after its last has moved there.
    """
    some = rows.filter(pl.col("offer").is_in(pairs["offer"].unique().implode()))
    some = (
        some.sort("since", "row_number") if day == "valid_from" else some.sort("until", "row_number", descending=True)
    )
    ends = some.unique(("offer", "meter"), keep="first")
    ids = prices.models.select("row_number", other_id="model_price_id", usual=day)
    other = ends.select("offer", "until", "place", "row_number", other="meter").join(ids, on="row_number")
    found = pairs.join(ends.select("offer", "meter", "until", "place", "row_number"), on=("offer", "meter"))
    found = found.join(other, on=("offer", "other"), suffix="_other")
    begins = rows.select("place", until=pl.col("since") - pl.duration(days=1)).filter(
        pl.col("place").is_in(pl.concat([found["place"], found["place_other"]]).unique().implode())
    )
    found = found.join(begins, on=("place", "until"), how="anti").join(
        begins, left_on=("place_other", "until_other"), right_on=("place", "until"), how="anti"
    )
    return (
        found.sort("row_number")
        .unique("row_number", keep="first", maintain_order=True)
        .select("row_number", "other_id", "usual")
    )


def _text(prices: Prices) -> pl.DataFrame:
    """The prices of tokens of models that have no other meters than text, with numbers for their keys."""
    return prices.shared("text_offers", _text_offers)


def _text_offers(prices: Prices) -> pl.DataFrame:
    is_text = pl.col("meter").is_in(TEXT) & (pl.col("counted") == "token")
    columns = ("row_number", "model_price_id", "locator", "meter", "tier", "since", "until")
    of = {
        "offer": OFFER,
        "habit": (*LIST, "mode"),
        "list": LIST,
        "seller": ("seller",),
        "name": ("common_name",),
        "place": PLACE,
    }
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
