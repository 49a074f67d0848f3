"""Layers C and V of prices: tiers side by side, cached below fresh input below output, resellers and copies apart."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices, priced_tokens, together
from validation.prices.second_voices import borne_out

__all__ = ["CHEAPER", "TIERS", "cheaper_meters", "copied_prices", "meter_pairs", "sellers_and_makers", "tier_order"]

SIDE_BY_SIDE = (*LIST, "seller", "region", "model", "mode", "tier", "currency")
"""What two meters of one offer share."""
LIST_AND_SELLER = (("source_id", "list"), ("seller", "seller"))
CHEAPER = (("cache_read", "input"), ("input", "output"))
"""Meters that nearly all lists price in this order."""
COPIED = ("seller", "region", "model_key", "meter", "mode", "tier", "currency", "amount")
"""What a row and its copy share."""
LATER = pl.col("source_id") > pl.col("stated_by")
ROUNDED = 0.001
"""Relative distance within which two amounts are one that a list rounds in two ways."""

TIERS = PriceRule(
    "C.tier_order", "error", "tier_to_tokens", "tiers of one price must follow each other",
    "let each tier end where the next begins",
)  # fmt: skip
ORDER = PriceRule(
    "C.price_order", "warning", "amount",
    "this meter is priced above one that lists price higher",
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


def tier_order(prices: Prices) -> Iterator[Broken]:
    """Tiers that end where they begin, and tiers that begin inside another one of the same price."""
    tiers = prices.models.filter(pl.col("tier_from_tokens").is_not_null())
    empty = tiers.filter(pl.col("tier_to_tokens") <= pl.col("tier_from_tokens"))
    key = (*LIST, "seller", "region", "model", "meter", "mode", "printed_per_unit_id", "currency")
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


def cheaper_meters(prices: Prices) -> Iterator[Broken]:
    """Cached input above input and input above output: one finding for each model, and for each maker's in a list.

    Where a second publisher states both prices they are what the seller asks: a model that classifies puts out little.
    """
    by = ("_list", "_seller", "maker")
    firsts = [pl.first(column).over("maker", "bare_name").alias(f"_{name}") for column, name in LIST_AND_SELLER]
    for less, more in CHEAPER:
        pairs = meter_pairs(prices, less, more).filter("reversed", ~_both_borne_out(prices))
        told = pairs.select("row_number", "other_id", "amount_other")
        broken = prices.models.join(told, on="row_number", maintain_order="right").with_columns(dearer=pl.lit(more))
        named = broken.sort("row_number").with_columns(firsts)
        yield from price_findings(ORDER, "model_prices", named, by, _meters, _at_most)


def meter_pairs(prices: Prices, less: str, more: str) -> pl.DataFrame:
    """Prices of the meter `less` with those of `more` beside them while both hold; `reversed` where they cost more."""
    return prices.shared(f"{less} beside {more}", lambda p: _meter_pairs(p, less, more))


def _meter_pairs(prices: Prices, less: str, more: str) -> pl.DataFrame:
    tokens = priced_tokens(prices)
    read = tokens.select("meter", "row_number", "model_price_id", "since", "until", "amount")
    rows = read.with_columns(_offer=prices.coded(tokens, *SIDE_BY_SIDE)).filter(pl.col("meter").is_in([less, more]))
    dearer = rows.filter(pl.col("meter") == more).drop("meter").rename({"model_price_id": "other_id"})
    cheaper = rows.filter(pl.col("meter") == less).drop("meter")
    pairs = cheaper.join(dearer, on="_offer", suffix="_other", maintain_order="left_right").filter(together("_other"))
    return pairs.with_columns(reversed=pl.col("amount") > pl.col("amount_other") * (1 + ROUNDED))


def _both_borne_out(prices: Prices) -> pl.Expr:
    stated = borne_out(prices).implode()
    return pl.col("row_number").is_in(stated) & pl.col("row_number_other").is_in(stated)


def _meters(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} above {row['dearer']} {money(row['amount_other'])} {row['currency']}"


def _at_most(row: Cells) -> str:
    return f"{row['meter']} at most {money(row['amount_other'])}"


def sellers_and_makers(prices: Prices) -> Iterator[Broken]:
    """Prices that stand under a seller while the entry in the list names another one.

    A maker's own, where the model's path or the page's address names another seller; and a seller's that a list has
    under another's name only. What a reseller lists under another's name beside its own is its own price.
    """
    read = prices.models.select("row_number", "source_id", "locator", "seller", "maker", "model")
    sellers, makers = (read[column].drop_nulls().unique().implode() for column in ("seller", "maker"))
    path = pl.col("model").str.extract(r"^([^/]+)/")
    paths = read.select(pl.col("model").unique()).select("model", path=path).filter(pl.col("path").is_in(sellers))
    named = read.join(paths, on="model", how="left", maintain_order="left")
    rows = named.with_columns(pl.when(pl.col("path") != pl.col("seller")).then("path"))
    in_own_name = rows["seller"].filter(rows["path"].is_null()).unique().implode()
    page = pl.col("locator").str.extract(r"^.*https?://([^/ ]+)").str.extract(r"([a-z0-9-]+)\.[a-z]+$")
    own = rows.filter(pl.col("seller") == pl.col("maker"))
    pages = own.select(pl.col("locator").unique()).filter(pl.col("locator").str.contains("://", literal=True))
    pages = pages.select("locator", page=page).filter(pl.col("page").is_in(sellers))
    own = own.join(pages, on="locator", how="left").with_columns(named=pl.coalesce("path", "page")).drop("page")
    resold = rows.filter(pl.col("seller").ne_missing(pl.col("maker")))
    own_names = rows.filter(pl.col("path").is_null()).select("source_id", "seller").unique()
    is_seller = pl.col("path").is_in(in_own_name) & ~pl.col("path").is_in(makers)
    others = resold.filter(is_seller).join(own_names, on=("source_id", "seller"), nulls_equal=True, how="anti")
    both = [own.filter(pl.col("named") != pl.col("seller")), others.with_columns(named="path")]
    told = pl.concat(both).sort("row_number").select("row_number", "named")
    broken = prices.models.join(told, on="row_number", maintain_order="right")
    by = ("source_id", "seller", "named")
    yield from price_findings(
        SELLER, "model_prices", broken, by, lambda row: row["seller"], lambda row: f"perhaps {row['named']}"
    )


def copied_prices(prices: Prices) -> Iterator[Broken]:
    """Rows of a source that elsewhere is the copy of the same price, of one that is another under a second name, and
    rows that name themselves as their copy.
    """
    itself = prices.models.filter(pl.col("via_source_id") == pl.col("source_id"))
    broken = pl.concat([itself, _copies_by_themselves(prices), _second_names(prices)], how="diagonal")
    by = ("source_id", "seller")
    yield from price_findings(
        COPY, "model_prices", broken.sort("row_number"), by, lambda row: row["source_id"], _stating
    )


def _copies_by_themselves(prices: Prices) -> pl.DataFrame:
    copies = prices.models.filter(pl.col("via_source_id").is_not_null()).select(
        *COPIED, source_id="via_source_id", other_id="model_price_id", stated_by="source_id"
    )
    copies = copies.unique([*COPIED, "source_id"], keep="first", maintain_order=True)
    own = prices.models.select("row_number", *COPIED, "source_id", "via_source_id")
    own = own.filter(pl.col("via_source_id").is_null())
    told = own.join(copies, on=[*COPIED, "source_id"], nulls_equal=True).select("row_number", "other_id", "stated_by")
    return prices.models.join(told, on="row_number", maintain_order="right")


def _second_names(prices: Prices) -> pl.DataFrame:
    """Prices that another, larger source of the same document states from the same day on."""
    own = prices.models.select("row_number", "model_price_id", *COPIED, "source_id", "via_source_id", "since")
    own = own.filter(pl.col("via_source_id").is_null())
    pairs = _same_documents(prices, own["source_id"].unique()).join(own.group_by("source_id").len(), on="source_id")
    pairs = pairs.join(own.group_by(stated_by="source_id").agg(larger=pl.len()), on="stated_by")
    smaller = pairs.filter((pl.col("len") < pl.col("larger")) | ((pl.col("len") == pl.col("larger")) & LATER))
    stated = own.select(*COPIED, "since", stated_by="source_id", other_id="model_price_id")
    again = own.join(smaller, on="source_id").join(stated, on=[*COPIED, "since", "stated_by"], nulls_equal=True)
    once = again.unique("model_price_id", keep="first", maintain_order=True)
    told = once.select("row_number", "other_id", "stated_by")
    return prices.models.join(told, on="row_number", maintain_order="right")


def _stating(row: Cells) -> str:
    return row.get("stated_by") or "the list that was copied"


def _same_documents(prices: Prices, sources: pl.Series) -> pl.DataFrame:
    """Pairs `source_id` and `stated_by` of some sources that are one document of one publisher.

    They have one address; or one of them has none, and both are of one day.
    """
    documents = prices.sources.select("source_id", "publisher", "published_on", "url")
    documents = documents.filter(pl.col("source_id").is_in(sources.implode()))
    others = documents.rename({"source_id": "stated_by"})
    pairs = documents.join(others, on="publisher", suffix="_other").filter(pl.col("source_id") != pl.col("stated_by"))
    lacks_address = pl.col("url").is_null() | pl.col("url_other").is_null()
    same_day = lacks_address & (pl.col("published_on") == pl.col("published_on_other"))
    same = (pl.col("url") == pl.col("url_other")).fill_null(False) | same_day.fill_null(False)
    return pairs.filter(same).select("source_id", "stated_by")
