"""Layers C and V of prices: tiers side by side, cached below fresh input below output, resellers and copies apart."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.findings import Finding
from validation.price_findings import Cells, PriceRule, money, price_findings
from validation.price_frames import LIST, Prices, priced_tokens, together

__all__ = ["cheaper_meters", "copied_prices", "sellers_and_makers", "tier_order"]

SIDE_BY_SIDE = (*LIST, "seller", "region", "model", "mode", "tier", "currency")
"""What two meters of one offer share."""
CHEAPER = (("cache_read", "input"), ("input", "output"))
"""Meters that lists price in this order: of some 10,000 and 22,000 pairs all but 8 and 73 do."""

TIERS = PriceRule(
    "C.tier_order", "error", "tier_to_tokens", "tiers of one price must follow each other",
    "let each tier end where the next begins",
)  # fmt: skip
ORDER = PriceRule(
    "C.price_order", "warning", "amount",
    "this meter is priced above one that is dearer in the list's other prices of the seller",
    "look for exchanged columns or a missing digit in the list",
)  # fmt: skip
SELLER = PriceRule(
    "C.price_seller", "notice", "seller", "the price stands as the maker's own, but the list names another seller",
    "give the price to the seller that the list names, or say in the note why it is the maker's",
)  # fmt: skip
COPY = PriceRule(
    "V.price_mirror", "error", "source_id", "the copy of a list stands as a source of its own",
    "name the stating list in source_id and the copy in via_source_id",
)  # fmt: skip


def tier_order(prices: Prices) -> Iterator[Finding]:
    """Tiers that end where they begin, and tiers that begin inside another one of the same price."""
    tiers = prices.models.filter(pl.col("tier_from_tokens").is_not_null())
    empty = tiers.filter(pl.col("tier_to_tokens") <= pl.col("tier_from_tokens"))
    key = (*LIST, "seller", "region", "model", "meter", "mode", "unit_id", "currency")
    others = tiers.select(*key, "tier_from_tokens", "since", "until", other_id="model_price_id")
    inside = tiers.join(others, on=key, nulls_equal=True, suffix="_other").filter(
        pl.col("tier_from_tokens_other") > pl.col("tier_from_tokens"),
        pl.col("tier_from_tokens_other") < pl.col("tier_to_tokens"),
        together("_other"),
    )
    broken = pl.concat([empty, inside], how="diagonal").sort("row_number")
    by = ("source_id", "seller", "model")
    yield from price_findings(TIERS, "model_prices", broken, by, _tier, _tier_end)


def _tier(row: Cells) -> str:
    return f"{row['tier_from_tokens']} to {row['tier_to_tokens']}"


def _tier_end(row: Cells) -> str:
    following = row.get("tier_from_tokens_other")
    return f"at most {following}, where the next tier begins" if following else f"more than {row['tier_from_tokens']}"


def cheaper_meters(prices: Prices) -> Iterator[Finding]:
    """Cached input above input and input above output, where most of the seller's prices in the list are not so."""
    rows = priced_tokens(prices)
    for less, more in CHEAPER:
        columns = (*SIDE_BY_SIDE, "since", "until", "amount")
        dearer = rows.filter(pl.col("meter") == more).select(*columns, other_id="model_price_id")
        cheaper = rows.filter(pl.col("meter") == less)
        pairs = cheaper.join(dearer, on=SIDE_BY_SIDE, nulls_equal=True, suffix="_other").filter(together("_other"))
        reversed_ = pl.col("amount") > pl.col("amount_other")
        habit = reversed_.mean().over("source_id", "seller")
        broken = pairs.filter(reversed_, habit < 0.5).with_columns(dearer=pl.lit(more)).sort("row_number")
        yield from price_findings(ORDER, "model_prices", broken, ("source_id", "seller", "model"), _meters, _at_most)


def _meters(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} above {row['dearer']} {money(row['amount_other'])} {row['currency']}"


def _at_most(row: Cells) -> str:
    return f"{row['meter']} at most {money(row['amount_other'])}"


def sellers_and_makers(prices: Prices) -> Iterator[Finding]:
    """Prices of a maker whose entry in the list names another seller, in the model's path or in the page's address."""
    sellers = prices.models["seller"].unique()
    page = pl.col("locator").str.extract(r"^.*https?://([^/ ]+)").str.extract(r"([a-z0-9-]+)\.[a-z]+$")
    path = pl.col("model").str.extract(r"^([^/]+)/")
    named = pl.coalesce(*(pl.when(name.is_in(sellers.implode())).then(name) for name in (path, page)))
    own = prices.models.filter(pl.col("seller") == pl.col("maker"))
    broken = own.with_columns(named=named).filter(pl.col("named") != pl.col("seller"))
    by = ("source_id", "seller", "named")
    yield from price_findings(
        SELLER, "model_prices", broken, by, lambda row: row["seller"], lambda row: f"perhaps {row['named']}"
    )


def copied_prices(prices: Prices) -> Iterator[Finding]:
    """Rows of a source that elsewhere is the copy of the same price, and rows that name themselves as their copy."""
    itself = prices.models.filter(pl.col("via_source_id") == pl.col("source_id"))
    key = ("seller", "region", "model_key", "meter", "mode", "tier", "currency", "amount")
    copies = prices.models.filter(pl.col("via_source_id").is_not_null()).select(
        *key, source_id="via_source_id", other_id="model_price_id", stated_by="source_id"
    )
    copies = copies.unique([*key, "source_id"], keep="first", maintain_order=True)
    again = prices.models.filter(pl.col("via_source_id").is_null()).join(
        copies, on=[*key, "source_id"], nulls_equal=True
    )
    broken = pl.concat([itself, again], how="diagonal").sort("row_number")
    by = ("source_id", "seller")
    yield from price_findings(COPY, "model_prices", broken, by, lambda row: row["source_id"], _stating)


def _stating(row: Cells) -> str:
    return row.get("stated_by") or "the list that was copied"
