"""Layer C of prices: one list gives one answer, though it has a model under two keys."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from canonical.price_scope import SCOPE_WORD
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import LIST, Prices, together
from validation.prices.second_voices import asked_by_two
from validation.prices.siblings import one_amounts

__all__ = ["SCOPED", "plain_keys", "two_answers"]

ONE_OFFER = (*LIST, "seller", "region", "plain_key", "meter", "mode", "tier", "counted", "currency")
"""What two rows of one offer share, whatever key the list has it under."""
NAMED = (*LIST, "seller", "plain_key")
SCOPED = rf"(?:^|/){SCOPE_WORD}(?:/|$)"
"""A head of a name that says a scope, a size or a quality: another offer, and no other name."""
NEWEST = r"[:@]latest$"
"""An ending that says the version which stands behind the plain name anyway."""
DIFFERS = 0.005

ANSWERS = PriceRule(
    "C.price_alias", "warning", "amount", "the list has the model under two keys, at two prices",
    "look which of the two the seller charges, and report the other key to the list",
)  # fmt: skip


def plain_keys(models: pl.DataFrame) -> pl.DataFrame:
    """By list, seller and `model_key`, the `plain_key`: the shortest name that the list has for the same offer.

    `azure_ai/acme-1` is `acme-1` where the list has that of the seller too, and the head says no scope nor another
    seller whose offer it is: `siliconflow/acme-1`, which Alibaba resells. So is `acme-1:latest`.
    """
    key = (*LIST, "seller", "model_key")
    makers = models.select(*key, "maker").unique(key, keep="first")
    named = makers.select(key)
    sellers = models["seller"].unique().to_frame("_head").with_columns(is_other=pl.lit(True))
    known = named.rename({"model_key": "plain_key"})
    found: list[pl.DataFrame] = []
    for heads in (1, 2):
        parts = pl.col("model_key").str.splitn("/", heads + 1)
        rest = parts.struct.field(f"field_{heads}")
        shorter = named.with_columns(plain_key=rest).filter(pl.col("plain_key").is_not_null())
        head = pl.col("model_key").str.head(pl.col("model_key").str.len_chars() - pl.col("plain_key").str.len_chars())
        own = shorter.join(makers, on=key, nulls_equal=True, how="left")
        own = own.with_columns(_head=pl.col("model_key").str.extract(r"^([^/]+)/")).join(
            sellers, on="_head", how="left"
        )
        another = (pl.col("_head") != pl.col("seller")) & pl.col("_head").ne_missing(pl.col("maker"))
        resold = pl.col("is_other").fill_null(False) & another
        found.append(own.filter(~head.str.contains(SCOPED), ~resold).select(shorter.columns))
    found.append(named.with_columns(plain_key=pl.col("model_key").str.replace(NEWEST, "")))
    shorter = pl.concat(found).filter(pl.col("plain_key") != pl.col("model_key"))
    pairs = shorter.join(known, on=(*LIST, "seller", "plain_key"), nulls_equal=True, how="semi")
    shortest = pairs.sort(pl.col("plain_key").str.len_chars()).unique(key, keep="first")
    return shortest.sort(key)


def two_answers(prices: Prices) -> Iterator[Broken]:
    """Prices of one offer that a list states at two amounts under two keys: one finding for each list and seller.

    Where a second publisher has both amounts of the seller they are two offers, as Perplexity's `sonar` for two doors.
    """
    rows = one_amounts(prices)
    keyed = rows.join(plain_keys(rows), on=(*LIST, "seller", "model_key"), nulls_equal=True, how="left")
    keyed = keyed.with_columns(pl.col("plain_key").fill_null(pl.col("model_key")))
    names = (
        keyed.select(*NAMED, "model")
        .group_by(NAMED)
        .agg(pl.col("model").n_unique())
        .filter(pl.col("model") > 1)
        .select(NAMED)
    )
    several = keyed.join(names, on=NAMED, nulls_equal=True, how="semi")
    others = several.select(*ONE_OFFER, "since", "until", "model", "amount", "row_number", other_id="model_price_id")
    pairs = several.join(others, on=ONE_OFFER, nulls_equal=True, suffix="_other").filter(
        pl.col("model") != pl.col("model_other"),
        (pl.col("amount") / pl.col("amount_other") - 1).abs() > DIFFERS,
        together("_other"),
    )
    stated = asked_by_two(prices).implode()
    both = pl.col("row_number").is_in(stated) & pl.col("row_number_other").is_in(stated)
    broken = pairs.filter(~both).sort("row_number").unique("model_price_id", keep="first", maintain_order=True)
    yield from price_findings(ANSWERS, "model_prices", broken, (*LIST, "seller"), _one, _other)


def _one(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']} as {row['model']}"


def _other(row: Cells) -> str:
    return f"{money(row['amount_other'])} as {row['model_other']}"
