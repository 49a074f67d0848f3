"""Layer U of prices: no price lies beyond what its meter has ever cost, whether or not another seller is at hand."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from canonical.text_tables import csv_path, read_rows
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices

__all__ = ["beyond_bounds", "bounds_findings", "machine_bounds"]

BATCH = 3
"""So many prices beyond their bounds in one version make the other prices of that version suspect, if they are half."""
VERSION = ("source_id", "via_source_id", "seller", "valid_from")
READ = (*VERSION, "row_number", "model_price_id", "model", "meter", "counted", "amount", "currency")
BEYOND = PriceRule(
    "U.price_bounds", "warning", "amount", "the price lies beyond what its meter has ever cost",
    "read the unit of the list again; where the price is right, widen data/price_bounds.csv and name its source",
)  # fmt: skip


def beyond_bounds(prices: Prices) -> pl.DataFrame:
    """The rows of models beyond `price_bounds`, then those of a version of a seller most of whose prices are.

    Added are `least`, `most` and `larger`, whether the price is too high.
    """
    counted = pl.when(pl.col("counted") == "token").then(pl.lit("token-1m")).otherwise("counted")
    rows = prices.models.filter(pl.col("amount") > 0, pl.col("bound") == "eq").select(READ).with_columns(_unit=counted)
    bounds = _bounds("model_prices").select("meter", "currency", "least", "most", _unit="per_unit_id")
    held = rows.join(bounds, on=("meter", "_unit", "currency"))
    beyond = _beyond(held)
    sides = beyond.group_by(VERSION).agg(larger=pl.col("larger").mean() >= 0.5, out=pl.len())
    batches = held.join(sides.filter(pl.col("out") >= BATCH), on=VERSION, nulls_equal=True)
    mostly = batches.filter(pl.col("out") * 2 >= pl.len().over(VERSION))
    also = mostly.join(beyond, on="model_price_id", how="anti").drop("out")
    return pl.concat([beyond.sort("row_number"), also.sort("row_number")], how="diagonal")


def bounds_findings(beyond: pl.DataFrame) -> Iterator[Broken]:
    """One finding for each list and seller of rows of `beyond_bounds`."""
    by = ("source_id", "via_source_id", "seller", "larger")
    yield from price_findings(BEYOND, "model_prices", beyond, by, _amount, _between)


def machine_bounds(prices: Prices) -> Iterator[Broken]:
    """Prices of machines beyond `price_bounds`: one finding for each list and region."""
    bounds = _bounds("compute_prices").select("currency", "least", "most", purchase_option="meter")
    priced = prices.machines.filter(pl.col("amount") > 0)
    limits = pl.col("amount").is_between(bounds["least"].max(), bounds["most"].min())
    held = priced.filter(~limits).join(bounds, on=("purchase_option", "currency"), maintain_order="left")
    yield from price_findings(
        BEYOND, "compute_prices", _beyond(held), ("source_id", "region", "larger"), _amount, _between
    )  # fmt: skip


def _beyond(rows: pl.DataFrame) -> pl.DataFrame:
    is_more = pl.col("amount") > pl.col("most")
    return rows.filter(is_more | (pl.col("amount") < pl.col("least"))).with_columns(larger=is_more)


def _bounds(table: str) -> pl.DataFrame:
    """The bounds of a table: `meter`, `per_unit_id`, `currency`, and the amounts `least` and `most`."""
    rows = [row for row in read_rows(csv_path("price_bounds")) if row["table_name"] == table]
    named = ("meter", "per_unit_id", "currency", "low", "high")
    frame = pl.DataFrame([{name: row[name] for name in named} for row in rows], schema=dict.fromkeys(named, pl.String))
    return frame.with_columns(least=pl.col("low").cast(pl.Float64), most=pl.col("high").cast(pl.Float64))


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']}"


def _between(row: Cells) -> str:
    return f"between {money(row['least'])} and {money(row['most'])}"
