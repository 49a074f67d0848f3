"""Layer U of prices: no amount is off by a power of ten, against its own past, other sources or other sellers.

A slip of a list shows in several ways at once. Where a list's prices of a seller are far from those of all other
sellers, its jumps, its distance to other sources and to the bounds of the meter say the same again and stand in
that finding.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.bounds import beyond_bounds, bounds_findings
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import (
    Prices,
    apart,
    power_of_ten,
    priced_tokens,
    text_tokens,
    together,
)
from validation.prices.jumps import jump_findings, model_jumps
from validation.prices.orders import CHEAPER, meter_pairs

__all__ = ["as_known", "known_days", "named_slips", "powers_of_ten", "until_known"]

SAME_KEY = ("seller", "region", "model_key", "meter", "mode", "tier", "counted", "currency")
SOLD = ("bare_name", "meter", "currency")
"""What prices of a model share at all its sellers."""
SLIP, FAR = 0.005, 100
"""Relative distance from a power of ten within which a slip counts, and how far is far from all sellers."""
FAR_KEY = ("source_id", "seller", "larger")
"""What one slip explains among prices far from those of other sellers."""
OFF = ("larger", "model_price_id")
"""A row that is off, and to which side."""

SLIPPED = PriceRule(
    "U.price_slip", "warning", "amount", "two sources state one price a power of ten apart on the same days",
    "compare the unit each source prints its prices in with the seller's own page",
)  # fmt: skip
OUTLYING = PriceRule(
    "U.price_scale", "warning", "amount", "the price is far from what other sellers charge for the model",
    "read the unit of the list again; report the slip to the list where the seller's own page shows another price",
)  # fmt: skip


def powers_of_ten(prices: Prices) -> Iterator[Broken]:
    """Prices of models that jump, stand apart from another source's, or are far from other sellers or their bounds."""
    far, jumps, slips, beyond = (prices.shared(name, find) for name, find in SLIPS.items())
    named = far.select(FAR_KEY).unique()
    jumps_of_far = jumps.filter(pl.col("power") >= FAR).join(named, on=("source_id", "seller"))
    slips_of_far = slips.filter(pl.col("power") >= FAR).join(named, on=FAR_KEY, how="semi")
    in_jump = pl.when(pl.col("rises") == pl.col("larger")).then("model_price_id").otherwise("other_id")
    beyond_of_far = beyond.join(named, on=FAR_KEY, how="semi")
    of_slips = [jumps_of_far.select("larger", model_price_id=in_jump), slips_of_far.select(*OFF)]
    also = pl.concat([*of_slips, beyond_of_far.select(*OFF)]).unique()
    yield from jump_findings(prices, jumps.join(jumps_of_far, on="model_price_id", how="anti"))
    yield from _slip_findings(slips.join(slips_of_far, on="model_price_id", how="anti"))
    yield from _far_findings(_with_others(prices, far, also))
    yield from bounds_findings(beyond.join(beyond_of_far, on="model_price_id", how="anti"))


def named_slips(prices: Prices) -> pl.Series:
    """The ids of all rows that `powers_of_ten` names as at fault."""
    found = [prices.shared(name, find)["model_price_id"] for name, find in SLIPS.items()]
    return pl.concat(found).unique()


def _with_others(prices: Prices, far: pl.DataFrame, also: pl.DataFrame) -> pl.DataFrame:
    """The rows far from other sellers, then those of the same slips that no three sellers bear witness against."""
    others = prices.models.join(also.join(far, on=OFF, how="anti"), on="model_price_id").sort("row_number")
    return pl.concat([far, others], how="diagonal")


def _apart_from_sources(prices: Prices) -> pl.DataFrame:
    """Prices of two sources that differ by a power of ten while both hold, and neither ever states the other's.

    Copies are no sources of their own. Where a source states the other's amount before or after, it lags behind or
    has put a slip right, which `model_jumps` shows. The row that fewer sources bear out is named; of two that as many
    do, the one beside which output costs less than input, or else the larger.
    """
    rows = text_tokens(prices).select("source_id", "row_number", "model_price_id", "amount", "since", "until")
    rows = as_known(prices, rows.with_columns(same=prices.coded(rows, *SAME_KEY))).drop("_known")
    rows = rows.with_columns(list=prices.coded(rows, "source_id"))
    read = rows.select("same", "list", "row_number", "amount", "since", "until")
    pairs = read.join(read, on="same", suffix="_other")
    pairs = pairs.filter(pl.col("list") != pl.col("list_other"), together("_other"))
    times = apart("amount", "amount_other")
    agreeing = pairs.filter(times <= 1 + SLIP).group_by("row_number").agg(votes=pl.col("list_other").n_unique())
    apart_rows = pairs.with_columns(power=power_of_ten(times, SLIP)).filter(pl.col("power").is_not_null())
    said = read.select("same", "list", amount_other="amount")
    standing = apart_rows.join(said, on=["same", "list", "amount_other"], how="anti")
    named = rows.select(
        row_number_other="row_number", model_price_id_other="model_price_id", source_id_other="source_id"
    )
    votes = standing.join(rows.select("row_number", "model_price_id"), on="row_number").join(
        named, on="row_number_other"
    )
    votes = votes.join(agreeing, on="row_number", how="left").join(
        agreeing.rename({"row_number": "row_number_other", "votes": "votes_other"}), on="row_number_other", how="left"
    ).with_columns(pl.col("votes", "votes_other").fill_null(0))  # fmt: skip
    larger = pl.col("amount") > pl.col("amount_other")
    turned = pl.concat([_turned(prices, *meters) for meters in CHEAPER]).unique().implode()
    is_turned, other_is = (pl.col(f"model_price_id{side}").is_in(turned) for side in ("", "_other"))
    as_many = pl.col("votes") == pl.col("votes_other")
    odd = votes.filter(
        (pl.col("votes") < pl.col("votes_other"))
        | (as_many & pl.when(is_turned == other_is).then(larger).otherwise(is_turned))
    )
    odd = odd.with_columns(larger=larger, other_id="model_price_id_other").sort("row_number", "model_price_id_other")
    odd = odd.unique("model_price_id", keep="first", maintain_order=True)
    told = odd.select("row_number", "power", "larger", "other_id", "amount_other", "source_id_other")
    return prices.models.join(told, on="row_number", maintain_order="left")


def _turned(prices: Prices, less: str, more: str) -> pl.Series:
    """The rows of two meters of an offer of which the cheaper one costs more."""
    pairs = meter_pairs(prices, less, more).filter("reversed")
    return pl.concat([pairs["model_price_id"], pairs["other_id"]])


def as_known(prices: Prices, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, each ending on the day its source is known: of what came later a page read once says nothing."""
    dated = rows.join(known_days(prices), on="source_id", how="left", maintain_order="left")
    return dated.with_columns(until_known())


def known_days(prices: Prices) -> pl.DataFrame:
    """The day on which each source is known, `_known`, by `source_id`: the last of its publication and its readings."""
    return prices.sources.select("source_id", _known=pl.max_horizontal("published_on", "retrieved_on", "known_on"))


def until_known() -> pl.Expr:
    """The last day of a price of which its source speaks: no later than `_known`, where a day is known."""
    until = pl.max_horizontal("since", pl.min_horizontal("until", "_known"))
    return pl.when(pl.col("_known").is_null()).then("until").otherwise(until).alias("until")


def _slip_findings(odd: pl.DataFrame) -> Iterator[Broken]:
    by = ("source_id", "seller", "power", "larger")
    yield from price_findings(SLIPPED, "model_prices", odd, by, _slip, _as_the_other)


def _slip(row: Cells) -> str:
    size = "large" if row["larger"] else "small"
    return f"{money(row['amount'])} {row['currency']} ({row['power']:,.0f} times as {size}; {_likely(row['power'])})"


def _as_the_other(row: Cells) -> str:
    return f"{money(row['amount_other'])} as {row['source_id_other']}"


def _likely(power: float) -> str:
    """What a factor between two prices most likely comes from."""
    causes = {
        1e1: "a digit more or less",
        1e2: "cents for whole units",
        1e3: "a price per 1K tokens taken for another unit",
        1e6: "a price per token taken for one per 1M",
    }
    return causes.get(power, "a misplaced decimal point")


def _far_from_sellers(prices: Prices) -> pl.DataFrame:
    """Prices a hundred times or more from the median over sellers of the same model, where three or more sell it."""
    tokens = priced_tokens(prices)
    sold, asked = (prices.coded(tokens, *SOLD, *sellers) for sellers in ((), ("seller",)))
    rows = tokens.select("row_number", "amount", sold=sold, asked=asked)
    by_seller = rows.group_by("asked").agg(pl.first("sold"), pl.median("amount"))
    usual = by_seller.group_by("sold").agg(usual=pl.col("amount").median(), sellers=pl.len())
    held = rows.join(usual.filter(pl.col("sellers") > 2), on="sold").with_columns(times=apart("amount", "usual"))
    far = held.filter(pl.col("times") >= FAR).with_columns(larger=pl.col("amount") > pl.col("usual"))
    told = far.sort("row_number").select("row_number", "usual", "sellers", "times", "larger")
    return prices.models.join(told, on="row_number", maintain_order="right")


def _far_findings(far: pl.DataFrame) -> Iterator[Broken]:
    yield from price_findings(OUTLYING, "model_prices", far, FAR_KEY, _outlier, _usual)


def _outlier(row: Cells) -> str:
    size = "above" if row["larger"] else "below"
    price = f"{money(row['amount'])} {row['currency']} per 1M tokens"
    if row["times"] is None:
        return f"{price}, {size} what it was or is elsewhere as other prices of the list are"
    return f"{price}, {row['times']:,.0f} times {size} the median of {row['sellers']} sellers"


def _usual(row: Cells) -> str:
    return "a price in the unit of the list" if row["usual"] is None else f"about {money(row['usual'])}"


SLIPS = {
    "far": _far_from_sellers, "jumps": model_jumps, "slips": _apart_from_sources, "beyond": beyond_bounds,
}  # fmt: skip
"""How a power of ten shows; several rules read what each finds."""
