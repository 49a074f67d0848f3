"""Layer C of prices: a list beside what a reader saw on the seller's page, or what a document prints for those days."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from validation.prices.aliases import SCOPED
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices, text_tokens
from validation.prices.second_voices import asked_by_two, published
from validation.prices.slips import as_known

__all__ = ["lists_beside_pages"]

OFFER = ("seller", "place", "key", "meter", "mode", "tier", "counted", "currency")
"""What a list and a document share."""
READ = (
    "row_number", "model_price_id", "source_id", "seller", "maker", "region", "model_key", "meter", "mode", "tier",
    "counted", "currency", "amount", "date_basis", "valid_from", "valid_to", "since", "until",
)  # fmt: skip
READ_THERE = ("documented", "first_observed")
MANY = 5
"""A source on so many sellers is a list; what it dates as documented counts for makers only."""
UNSCOPED = (
    pl.when(pl.col("model_key").str.contains(SCOPED))
    .then("model_key")
    .otherwise(pl.col("model_key").str.split("/").list.last())
)
"""The name of a model without a path that says no scope."""
PLACE = pl.when((pl.col("currency") == "CNY") & (pl.col("region") == "any")).then(pl.lit("cn")).otherwise("region")
"""Where a price is asked: what no region is said of is asked in mainland China where it is in yuan."""
LAG = 30
"""Days within which a list may follow a document."""
DIFFERS = 0.005

PAGE = PriceRule(
    "C.price_page", "notice", "amount", "the list has another price than a document that was read on the seller's page",
    "look up the price on the seller's page of that day; report the stale or wrong one to the list",
)  # fmt: skip


def lists_beside_pages(prices: Prices) -> Iterator[Broken]:
    """Prices of lists that differ from what a document of another publisher prints: a finding by list and seller.

    Of a day on which a reader looked the price up, what the list has on that day counts, and what it had last. Of a
    document that holds for longer, what the list stated anew, or kept for thirty days more, unless a second list states
    it of the seller. Of a document that says no first day the last one counts, and of one that says no day the one on
    which it is known: it says nothing of what was asked before.
    """
    rows = published(prices, text_tokens(prices).select(READ))
    keys = rows.select(pl.col("model_key").unique()).with_columns(key=UNSCOPED)
    rows = rows.join(keys, on="model_key", how="left", maintain_order="left").with_columns(place=PLACE)
    was_read = pl.col("date_basis").is_in(READ_THERE).fill_null(False)
    documents = rows.filter(was_read)
    sellers = prices.models.group_by("source_id").agg(pl.col("seller").n_unique())
    of_list = pl.col("source_id").is_in(sellers.filter(pl.col("seller") >= MANY)["source_id"].implode())
    one_day = (pl.col("valid_from") == pl.col("valid_to")).fill_null(False)
    undated = pl.col("valid_from").is_null() & pl.col("valid_to").is_null()
    own = (pl.col("seller") == pl.col("maker")).fill_null(False) | ~of_list
    read = documents.filter(own & undated)
    looked_up = pl.concat([documents.filter(~of_list, one_day), _on_the_day_known(prices, read)])
    known = documents.filter(own, ~one_day, ~undated).with_columns(
        pl.coalesce("valid_from", "valid_to", "since").alias("since")
    )
    lists = rows.filter(~was_read, pl.col("key").is_in(documents["key"].unique().implode(), nulls_equal=True))
    said = pl.concat([lists.filter(~undated), _on_the_day_known(prices, lists.filter(undated))])
    seen, printed = _apart(said, looked_up), _apart(as_known(prices, lists), as_known(prices, known))
    overlap = pl.min_horizontal("until", "until_other") - pl.max_horizontal("since", "since_other")
    late = (pl.col("since") > pl.col("since_other")) | (overlap >= pl.duration(days=LAG))
    printed = printed.filter(late, ~pl.col("row_number").is_in(asked_by_two(prices).implode()))
    found = pl.concat([seen, printed]).select("row_number", "amount_other", "page", "other_id")
    found = found.sort("row_number", "other_id").unique("row_number", keep="first")
    broken = prices.models.join(found, on="row_number", maintain_order="left")
    yield from price_findings(PAGE, "model_prices", broken, ("source_id", "via_source_id", "seller"), _listed, _printed)


def _on_the_day_known(prices: Prices, documents: pl.DataFrame) -> pl.DataFrame:
    """Documents as of the day their source is known, and no other; those of no such day are left out."""
    dated = as_known(prices, documents).filter(pl.col("_known").is_not_null())
    return dated.with_columns(since="_known", until="_known").select(documents.columns)


def _apart(lists: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The rows of lists that differ from a document of another publisher while both hold."""
    ends = ("row_number", "publisher", "since", "until", "amount")
    stated = documents.select(*OFFER, *ends[1:], page="source_id", other_id="model_price_id")
    pairs = lists.select(*OFFER, *ends).join(stated, on=OFFER, nulls_equal=True, suffix="_other")
    held = pairs.filter(
        pl.col("publisher") != pl.col("publisher_other"),
        pl.col("since") <= pl.col("until_other"), pl.col("since_other") <= pl.col("until"),
    )  # fmt: skip
    agrees = (pl.col("amount") / pl.col("amount_other") - 1).abs() <= DIFFERS
    return held.filter(~agrees).select(
        "row_number", "since", "until", "since_other", "until_other", "amount_other", "page", "other_id"
    )


def _listed(row: Cells) -> str:
    return f"{row['meter']} {money(row['amount'])} {row['currency']}"


def _printed(row: Cells) -> str:
    return f"{money(row['amount_other'])} as {row['page']}"
