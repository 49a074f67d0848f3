"""Layer C of prices: all prices of one entry of a list are of one seller, maker and model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from validation.prices.findings import Broken, PriceRule, Shown, price_findings
from validation.prices.frames import LIST, Prices

__all__ = ["FEW", "MANY", "SELDOM", "TWO", "cell", "entries_of_two", "makers_of_models", "units_of_entries"]

COLUMNS = ("seller", "maker", "model", "region", "currency", "valid_from")
"""What an entry of most lists names once for all its prices."""
ENTRY = (*LIST, "locator")
"""Where a list has the prices of a model: a key of a file in one of its versions."""
MANY, FEW, SELDOM = 20, 2, 0.002
"""So many entries tell what a list names once; so many of them, or such a share, may name two."""

TWO = PriceRule(
    "C.price_entry", "warning", "", "one entry of the list names two of them, as hardly any other of it does",
    "look up the entry at its place in the list, and give its prices what it names",
)  # fmt: skip
MAKER = replace(TWO, column="maker", message="all other prices of a model so named have another maker")
OTHERS = 3
"""So many times as many prices tell the maker of a model."""


def entries_of_two(prices: Prices) -> Iterator[Broken]:
    """Prices whose seller, maker, model, region, currency or first day is not that of the rest of their entry.

    It is asked of lists whose entries name one; of two that stand as often the later one is told. What names two of
    several columns, or three of one, is no entry: a feed may have one place for all of its rows.
    """
    rows = _entries(prices)
    codes = rows.select("entry", "list", *(prices.coded(rows, column).alias(column) for column in COLUMNS))
    counts = codes.group_by("entry").agg(
        pl.first("list"), pl.len(), *(pl.col(column).min() != pl.col(column).max() for column in COLUMNS)
    )
    counts = counts.filter(pl.col("len") > 1, pl.sum_horizontal(COLUMNS) <= 1).drop("len")
    names_two = counts.group_by("list").agg(pl.len(), pl.col(COLUMNS).sum())
    lists = names_two.filter(pl.col("len") >= MANY)
    for column in COLUMNS:
        told = lists.filter(pl.col(column) <= pl.max_horizontal(FEW, pl.col("len") * SELDOM))["list"]
        entries = counts.filter(column, pl.col("list").is_in(told.implode()))["entry"]
        if entries.is_empty():
            continue
        named = rows.filter(pl.col("entry").is_in(entries.implode()))
        often = named.group_by("entry", column, maintain_order=True).agg(pl.len(), other_id=pl.first("model_price_id"))
        often = often.filter(pl.len().over("entry") == 2)
        most = often.sort("len", descending=True, maintain_order=True).unique(
            "entry", keep="first", maintain_order=True
        )
        odd = named.join(most.select("entry", "other_id", usual=column), on="entry")
        odd = odd.filter(pl.col(column).ne_missing(pl.col("usual"))).select("row_number", "other_id", "usual")
        broken = prices.models.join(odd, on="row_number", maintain_order="left")
        shown, usual = cell(column), cell("usual")
        yield from price_findings(replace(TWO, column=column), "model_prices", broken, (*LIST, "locator"), shown, usual)


def units_of_entries(prices: Prices) -> Iterator[Broken]:
    """Prices of tokens in another unit than most of their entry: of 20,000 entries none has two units of tokens."""
    unit, tokens = "printed_per_unit_id", _entries(prices).filter(pl.col("counted") == "token")
    codes = tokens.select("entry", unit=prices.coded(tokens, unit))
    two = codes.group_by("entry").agg(two=pl.min("unit") < pl.max("unit")).filter("two")["entry"]
    tokens = tokens.filter(pl.col("entry").is_in(two.implode()))
    often = tokens.group_by("entry", unit).agg(pl.len(), other_id=pl.col("model_price_id").first())
    most, least = (end.over("entry") for end in (pl.col("len").max(), pl.col("len").min()))
    often = often.filter(pl.len().over("entry") == 2, most > least)
    usual = often.filter(pl.col("len") == most).select("entry", "other_id", usual=unit)
    odd = tokens.join(usual, on="entry").filter(pl.col(unit) != pl.col("usual"))
    told = odd.select("row_number", "other_id", "usual")
    broken = prices.models.join(told, on="row_number", maintain_order="left")
    yield from price_findings(
        replace(TWO, column=unit), "model_prices", broken, (*LIST, "locator"), cell(unit), cell("usual")
    )


def _entries(prices: Prices) -> pl.DataFrame:
    """The rows of models that name their `entry`, which stands as a number, with one for its `list`."""
    return prices.shared("entries", _rows_of_entries)


def _rows_of_entries(prices: Prices) -> pl.DataFrame:
    read = ("row_number", "model_price_id", *ENTRY, *COLUMNS, "printed_per_unit_id", "counted")
    rows = prices.models.select(read).drop_nulls("locator")
    return rows.with_columns(entry=pl.struct(ENTRY).hash(), list=prices.coded(rows, *LIST))


def makers_of_models(prices: Prices) -> Iterator[Broken]:
    """Prices whose maker is not that of nearly all others of the model: of 7,000 names one has two makers."""
    rows = prices.models.select("row_number", "model_price_id", maker="maker")
    rows = rows.with_columns(name=prices.coded(rows, "model_key"), code=prices.coded(rows, "maker"))
    two = rows.filter(pl.col("code").min().over("name") < pl.col("code").max().over("name"))
    makers = two.group_by("name", "code").agg(pl.len(), pl.first("maker"), other_id=pl.first("model_price_id"))
    most = makers.sort("len", "code", descending=True).unique("name", keep="first", maintain_order=True)
    beside = most.select("name", "other_id", usual="maker", usual_code="code", most="len")
    few = makers.join(beside, on="name").filter(
        pl.col("code") != pl.col("usual_code"), pl.col("len") * OTHERS <= pl.col("most")
    )
    told = two.join(few.select("name", "code", "other_id", "usual"), on=("name", "code"))
    told = told.select("row_number", "other_id", "usual").sort("row_number")
    broken = prices.models.join(told, on="row_number", maintain_order="right")
    yield from price_findings(MAKER, "model_prices", broken, (*LIST, "model"), cell("maker"), cell("usual"))


def cell(column: str) -> Shown:
    """Shows a cell of a row as tables write it."""
    return lambda row: "an empty cell" if row[column] is None else str(row[column])
