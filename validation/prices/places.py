"""Layer C of prices: what the place of a price in its list tells: version and day, path and seller, key and model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.aliases import SCOPED
from validation.prices.entries import FEW, MANY, SELDOM, TWO, cell
from validation.prices.findings import Broken, price_findings, row_id
from validation.prices.frames import LIST, Prices, together
from validation.prices.spans import VERSIONS

__all__ = ["dates_of_versions", "days_of_none", "keys_without_models", "places_of_others"]

OTHERS = 10
"""So many places of a list that agree tell what one more must have."""
VERSION = pl.col("locator").str.extract(r"^(\S+) ")
"""The version of a list that stands before the key or page of an entry: a commit, a number."""
PATH = pl.col("locator").str.extract(r"^\S+ (https?://[^/ ]+|[^/ :]+/)")
"""The head of the key of an entry, or the page: who sells it."""
NAMED = pl.col("of").is_not_null() & (pl.col("value") > 0)
"""Whether a row has both cells that are held against each other; an empty one has the code 0."""
PRICE = (*LIST, "seller", "model", "meter", "mode", "tier", "region", "currency")
"""What a price and the same in another region or currency share but for that."""
AT = pl.when((PATH + "/").str.contains(SCOPED).not_()).then(PATH)

OF_ANOTHER = replace(
    TWO, message="the same version, path or seller of the list has another one at all its other places"
)
WITHOUT = replace(
    TWO, column="model", message="the key of the entry does not have the model, as hardly any other of the list"
)

ON_NO_DAY = replace(
    TWO, severity="notice", message="no other price of the list begins or ends on this day, as others do on nearly all"
)
DAYS = 30
"""A list of so many days on which its prices begin has versions."""
LAST_DAY = pl.duration(days=1)


def places_of_others(prices: Prices) -> Iterator[Broken]:
    """Entries that have another first day than the rest of their version, another seller than the rest of their path,
    or another region or currency than all that the list has of their seller.

    Ten other entries must agree, and no third one differ. Single prices of an entry are `entries_of_two`. A region or
    currency that stands beside the usual one, with the same price of the model in both, is added and not mistaken.
    """
    read = prices.models.select("row_number", "locator")
    places = (
        read.select(pl.col("locator").unique())
        .drop_nulls()
        .with_columns(version=VERSION, path=AT)
        .drop_nulls("version")
    )
    places = places.with_columns(pl.col("version", "path").cast(pl.Categorical).to_physical()).with_row_index("place")
    codes = (prices.coded(read, column).alias(column) for column in ("seller", "region", "currency", "valid_from"))
    rows = read.with_columns(*codes, list=prices.coded(read, *LIST)).join(places, on="locator")
    for of, column in (("version", "valid_from"), ("path", "seller"), ("seller", "region"), ("seller", "currency")):
        odd = _alone(rows.select("row_number", "list", "place", of=of, value=column).filter(NAMED))
        if of == "seller":
            odd = odd.join(_added(prices, odd, column), on="row_number", how="anti")
        beside = prices.models.select(beside="row_number", other_id="model_price_id", usual=column)
        broken = prices.models.join(odd.join(beside, on="beside"), on="row_number", maintain_order="left")
        yield from price_findings(
            replace(OF_ANOTHER, column=column), "model_prices", broken, (*LIST, "locator"), cell(column), cell("usual")
        )


def _alone(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of one place that has another `value` than all others of their list that share `of`; `beside` is one."""
    ends = rows.group_by("list", "of").agg(least=pl.min("value"), most=pl.max("value"))
    several = ends.filter(pl.col("least") < pl.col("most"))
    two = rows.join(several, on=("list", "of"))
    of_two = (pl.col("value") == pl.col("least")) | (pl.col("value") == pl.col("most"))
    counted = two.group_by("list", "of", "value").agg(
        pl.first("least", "most"), pl.n_unique("place"), beside=pl.min("row_number"), of_two=of_two.all()
    )
    counted = counted.filter(pl.col("of_two").all().over("list", "of"))
    usual = counted.filter(pl.col("place") >= OTHERS).select("list", "of", "beside")
    lone = counted.filter(pl.col("place") == 1).select("list", "of", "value").join(usual, on=("list", "of"))
    is_whole = pl.col("value").min().over("of", "place") == pl.col("value").max().over("of", "place")
    return two.filter(is_whole).join(lone, on=("list", "of", "value")).select("row_number", "beside")


def _added(prices: Prices, odd: pl.DataFrame, column: str) -> pl.DataFrame:
    """The odd rows whose price the list has with the usual cell of `column` too, on the same days: `row_number`."""
    if odd.is_empty():
        return odd
    key = [name for name in PRICE if name != column]
    read = prices.models.select("row_number", column, *key, "since", "until")
    usual = odd.join(read.select(column, beside="row_number"), on="beside").select("row_number", usual=column)
    added = read.join(usual, on="row_number").drop(column)
    pairs = added.join(read, left_on=(*key, "usual"), right_on=(*key, column), nulls_equal=True, suffix="_other")
    return pairs.filter(together("_other")).select("row_number").unique()


def keys_without_models(prices: Prices) -> Iterator[Broken]:
    """Entries whose model is not in their key, in lists that have it in nearly all keys; see `places_of_others`."""
    read = prices.models.select("row_number", "locator", "model")
    read = read.filter(pl.col("locator").str.contains(" ", literal=True))
    key, model = (pl.col(column).str.to_lowercase() for column in ("locator", "model"))
    rows = read.with_columns(list=prices.coded(read, *LIST), is_without=~key.str.contains(model, literal=True))
    few = pl.col("is_without").sum() <= pl.max_horizontal(FEW, pl.len() * SELDOM)
    lists = rows.group_by("list").agg((few & (pl.len() >= MANY)).alias("tells")).filter("tells")["list"]
    odd = rows.filter("is_without", pl.col("list").is_in(lists.implode()))
    others = rows.filter(~pl.col("is_without"), pl.col("locator").is_in(odd["locator"].unique().implode()))
    odd = odd.join(others, on=("list", "locator"), how="anti")["row_number"]
    broken = prices.models.filter(pl.col("row_number").is_in(odd.implode()))
    yield from price_findings(WITHOUT, "model_prices", broken, (*LIST, "locator"), cell("model"), cell("locator"))


def days_of_none(prices: Prices) -> Iterator[Broken]:
    """Prices of versions of a list that begin or end on a day on which no other price of the list does.

    A version that begins prices ends others on the day before, and so does a day that the list prints, on which its
    next price begins. Single commits may begin one price, and end it; so it is asked for first days of snapshots only,
    and for the ends of what did not begin alone.
    """
    all_rows = prices.models.select(
        "row_number", "date_basis", "valid_from", end=pl.col("valid_to") + LAST_DAY, list="source_id"
    )
    moves = pl.concat([all_rows.select("list", day="valid_from"), all_rows.select("list", day="end")]).drop_nulls()
    rows = all_rows.filter(pl.col("date_basis").is_in(VERSIONS))
    days = moves.group_by("list", "day").len()
    days = days.filter(pl.len().over("list") >= DAYS, pl.col("len") == 1).select("list", "day")
    begun = rows.join(days, left_on=("list", "valid_from"), right_on=("list", "day"), how="semi")
    ended = rows.join(days, left_on=("list", "end"), right_on=("list", "day"), how="semi")
    ended = ended.join(begun, on="row_number", how="anti")
    for column, odd in (("valid_from", begun.filter(pl.col("date_basis") == "snapshot")), ("valid_to", ended)):
        broken = prices.models.filter(pl.col("row_number").is_in(odd["row_number"].implode()))
        yield from price_findings(
            replace(ON_NO_DAY, column=column), "model_prices", broken, (*LIST, "seller"), cell(column),
            lambda row: "a day of a version of the list",
        )  # fmt: skip


def dates_of_versions(prices: Prices) -> Iterator[Broken]:
    """Prices of machines that do not begin on the day on which all others of their version of the list do."""
    ends = prices.machines.group_by("source_id", "locator").agg(least=pl.min("valid_from"), most=pl.max("valid_from"))
    several = ends.filter(pl.col("least") < pl.col("most")).drop_nulls("locator")
    if several.is_empty():
        return
    named = prices.machines.join(several.select("source_id", "locator"), on=("source_id", "locator"), how="semi")
    days = named.group_by("source_id", "locator", "valid_from").agg(pl.len(), other_id=row_id("compute_prices").first())
    days = days.filter(pl.len().over("source_id", "locator") == 2)
    usual = days.filter(pl.col("len") >= OTHERS).select("source_id", "locator", "other_id", usual="valid_from")
    lone = days.filter(pl.col("len") == 1).select("source_id", "locator", "valid_from")
    broken = named.join(lone.join(usual, on=("source_id", "locator")), on=("source_id", "locator", "valid_from"))
    yield from price_findings(
        replace(OF_ANOTHER, column="valid_from"), "compute_prices", broken, ("source_id", "locator"),
        cell("valid_from"), cell("usual"),
    )  # fmt: skip
