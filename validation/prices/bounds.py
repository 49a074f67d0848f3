"""Layer U of prices: no price lies beyond what its meter has ever cost, whether or not another seller is at hand."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from canonical.text_tables import csv_path, read_rows
from validation.prices.findings import Broken, Cells, PriceRule, money, price_findings
from validation.prices.frames import Prices

__all__ = ["MACHINE_KEY", "beyond_bounds", "bounds_findings", "machine_bounds", "machines_beyond"]

BATCH = 3
"""So many prices beyond their bounds in one version make the other prices of that version suspect, if they are half."""
VERSION = ("source_id", "via_source_id", "seller", "valid_from")
MACHINE_KEY = ("source_id", "region", "instance_type", "operating_system", "purchase_option", "valid_from")
SAME_MACHINE = ("source_id", "region", "instance_type", "operating_system", "valid_from")
"""A machine in one version of its list, however bought."""
VERSION_OF_MACHINE = ("source_id", "instance_type", "valid_from")
NEAR = 1.5
"""So many times the least is near it."""
EMBEDS = r"(?i)embed"
"""How models are called that turn text into vectors, which cost a hundredth of what an answer costs."""
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
    read = prices.models.select(*READ, "bound").filter(pl.col("amount") > 0, pl.col("bound") == "eq")
    rows = read.drop("bound").with_columns(_unit=counted)
    by_kind = _bounds("model_prices").rename({"per_unit_id": "_unit"})
    embeds = rows.filter(pl.col("model").str.contains(EMBEDS))
    narrow, wide = (
        of.join(by_kind.filter(pl.col("holds_for") == kind).drop("holds_for"), on=("meter", "_unit", "currency"))
        for of, kind in ((embeds, "embedding"), (rows, "all"))
    )
    held = pl.concat([narrow, wide.join(narrow, on="row_number", how="anti")])
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
    """Prices of machines beyond `price_bounds`, as a whole or by the accelerator: one finding for each list."""
    broken = prices.shared("machines_beyond", machines_beyond)
    yield from price_findings(BEYOND, "compute_prices", broken, ("source_id", "larger"), _of_machine, _between)


def machines_beyond(prices: Prices) -> pl.DataFrame:
    """The rows of machines beyond `price_bounds`, with `least`, `most` and `larger`, in the order of `MACHINE_KEY`."""
    bounds = _bounds("compute_prices").rename({"meter": "purchase_option"})
    bounds = bounds.with_columns(pl.col("purchase_option", "currency").cast(pl.Categorical))
    whole = bounds.filter(pl.col("holds_for") == "all").drop("holds_for")
    is_within = pl.col("amount").is_between(whole["least"].max(), whole["most"].min())
    suspects = prices.machines.filter(pl.col("amount") > 0, ~is_within)
    outside = _beyond(suspects.join(whole, on=("purchase_option", "currency")))
    broken = pl.concat([outside, _beyond_by_accelerator(prices.machines, bounds)], how="diagonal")
    return broken.unique(MACHINE_KEY, keep="first", maintain_order=True).sort(MACHINE_KEY)


def _beyond_by_accelerator(machines: pl.DataFrame, bounds: pl.DataFrame) -> pl.DataFrame:
    """The machines beyond the bounds of their accelerators, which a list may have priced without them.

    Where three prices of a machine in a version of its list are below them, others of that version near them are
    doubted too, and so is what the list has on the same day for that machine, bought otherwise.
    """
    known = _accelerators()
    some = machines.filter(pl.col("instance_type").is_in(known["instance_type"].implode()), pl.col("amount") > 0)
    cards = some.join(known, on=("vendor_id", "instance_type"))
    held = cards.join(bounds, on=("purchase_option", "currency", "holds_for"), how="left")
    each = held.with_columns(pl.col("least", "most") * pl.col("count"))
    beyond = _beyond(each)
    versions = beyond.filter(~pl.col("larger")).group_by(VERSION_OF_MACHINE).len().filter(pl.col("len") >= BATCH)
    near = each.join(versions, on=VERSION_OF_MACHINE, how="semi").filter(pl.col("amount") < pl.col("least") * NEAR)
    below = pl.concat([beyond.filter(~pl.col("larger")), near.with_columns(larger=pl.lit(False))])
    otherwise = each.filter(pl.col("least").is_null()).join(below, on=SAME_MACHINE, how="semi")
    return pl.concat([beyond, below, otherwise.with_columns(larger=pl.lit(False))])


def _accelerators() -> pl.DataFrame:
    """How many accelerators of which kind, `holds_for`, a machine has: `count`."""
    rows = read_rows(csv_path("machine_accelerators"))
    named = ("vendor_id", "instance_type", "accelerator", "accelerator_count")
    frame = pl.DataFrame([{name: row[name] for name in named} for row in rows], schema=dict.fromkeys(named, pl.String))
    return frame.select(
        pl.col("vendor_id", "instance_type").cast(pl.Categorical),
        holds_for="accelerator",
        count=pl.col("accelerator_count").cast(pl.Float64),
    )


def _beyond(rows: pl.DataFrame) -> pl.DataFrame:
    is_more = pl.col("amount") > pl.col("most")
    return rows.filter(is_more | (pl.col("amount") < pl.col("least"))).with_columns(larger=is_more)


def _bounds(table: str) -> pl.DataFrame:
    """The bounds of a table: `meter`, `holds_for`, `per_unit_id`, `currency`, and the amounts `least` and `most`."""
    rows = [row for row in read_rows(csv_path("price_bounds")) if row["table_name"] == table]
    named = ("meter", "holds_for", "per_unit_id", "currency", "low", "high")
    frame = pl.DataFrame([{name: row[name] for name in named} for row in rows], schema=dict.fromkeys(named, pl.String))
    amounts = frame.with_columns(least=pl.col("low").cast(pl.Float64), most=pl.col("high").cast(pl.Float64))
    return amounts.drop("low", "high", *(("per_unit_id",) if table == "compute_prices" else ()))


def _amount(row: Cells) -> str:
    return f"{money(row['amount'])} {row['currency']}"


def _of_machine(row: Cells) -> str:
    return f"{_amount(row)} for {row['instance_type']} in {row['region']} from {row['valid_from']}"


def _between(row: Cells) -> str:
    if row["least"] is None:
        return "a price in proportion to the one on demand, which lies beyond its bounds"
    return f"between {money(row['least'])} and {money(row['most'])}"
