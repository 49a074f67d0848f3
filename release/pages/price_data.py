"""The data that the page of prices draws: a history per model and per family of machines, as plain scripts.

A script holds the prices of some models or of one vendor's region, so that a page loads what a reader asks for. Spot
prices, of which there are hundreds of thousands, stay in the Parquet files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import polars as pl

from release.pages.data import rows_of
from release.series.machine_lists import LIST, list_versions, machine_prices
from release.series.price_states import machine_row_id
from release.series.tables import Tables

__all__ = ["columns_of", "price_scripts"]

ROWS = 3000
"""Claims of models that a script holds at least, but for the last one."""
CLAIM = (
    "model_key", "seller", "region", "meter", "per_unit_id", "amount", "currency", "state", "rank", "since", "until",
    "source_id", "model_price_id", "model",
)  # fmt: skip
ORDINARY = {"mode": "standard", "service_tier": "standard", "commitment": "none", "offer": "list"}
"""What a price must be to stand in a history: no batch, commitment or promotion."""
SPAN = ("instance_type", "amount", "currency", "state", "since", "until", "source_id")
FAMILY = {
    "amazon": r"^([^.]+)", "google": r"^([a-z0-9]+(?:-[a-z]+)?)", "alibaba": r"^ecs\.([^.]+)",
    "microsoft": r"^Standard_([A-Z]+)",
}  # fmt: skip
"""What of the name of a machine names its family, by vendor."""
OPEN = datetime.date(9999, 12, 31)


def price_scripts(tables: Tables | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each script as (name, table by column): indexes, models by part, machines by vendor and region."""
    read = tables or Tables()
    yield from _models(read)
    yield from _machines(read)


def _models(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    claims = tables["model_price_claims"].filter(
        pl.col("tier_from_tokens").is_null(), *(pl.col(column) == value for column, value in ORDINARY.items())
    )
    until = pl.min_horizontal(pl.col("until").replace({OPEN: None}), "ends_on")
    claims = claims.with_columns(until=until).select(CLAIM).sort("model_key", "seller", "meter", "since")
    makers = _makers()
    counted = claims.group_by("model_key", maintain_order=True).agg(
        pl.len().alias("rows"), pl.col("seller").n_unique().alias("sellers")
    )
    part = counted.select("model_key", "rows", "sellers", part=(pl.col("rows").cum_sum() - pl.col("rows")) // ROWS)
    keys = part["model_key"].to_list()
    yield "models", columns_of(part) | {"maker": [makers.get(key, "") for key in keys]}
    placed = claims.join(part.select("model_key", "part"), on="model_key", maintain_order="left")
    for (number,), rows in placed.group_by("part", maintain_order=True):
        yield f"models-{number}", columns_of(rows.drop("part"))


def _makers() -> dict[str, str]:
    """Who made a model, where a current price says so, by the model's name as a list prints it."""
    return {
        row["model"].rsplit("/", 1)[-1].lower(): row["maker"] for row in rows_of("model_prices_current") if row["maker"]
    }


def _machines(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    prices = machine_prices(tables).filter(
        (pl.col("purchase_option") == "on_demand") & (pl.col("operating_system") == "linux")
    )
    states = tables["price_states"].filter(pl.col("table_name") == "compute_prices").select("row_id", "state")
    spoken = list_versions(machine_prices(tables)).group_by(LIST).agg(pl.col("day").max().alias("ends_on"))
    spans = (
        prices.with_columns(machine_row_id())
        .join(spoken, on=LIST, how="left", nulls_equal=True, maintain_order="left")
        .join(states, on="row_id", how="left", maintain_order="left")
        .with_columns(
            state=pl.coalesce("state", "price_state"),
            since=pl.col("valid_from"),
            until=pl.coalesce("valid_to", "ends_on"),
        )
        .sort("vendor_id", "region", "instance_type", "since")
    )
    index = spans.group_by("vendor_id", "region", maintain_order=True).agg(
        pl.len().alias("rows"),
        pl.col("instance_type").n_unique().alias("machines"),
        pl.col("ends_on").max(),
    )
    yield "machines", columns_of(index)
    for (vendor, region), rows in spans.group_by("vendor_id", "region", maintain_order=True):
        yield f"machines-{vendor}-{region}", columns_of(_with_family(rows, str(vendor)))
    yield "accelerators", columns_of(_accelerated(spans, tables))


def _with_family(rows: pl.DataFrame, vendor: str) -> pl.DataFrame:
    pattern = FAMILY.get(vendor, r"^(.+)$")
    family = pl.col("instance_type").str.extract(pattern).fill_null(pl.col("instance_type")).alias("family")
    return rows.select(family, *SPAN)


def _accelerated(spans: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Prices of an hour of one accelerator, in every region, of machines whose accelerators are known."""
    known = tables["machine_accelerators"].select("vendor_id", "instance_type", "accelerator", "accelerator_count")
    held = spans.join(known, on=("vendor_id", "instance_type"), maintain_order="left")
    each = pl.col("amount") / pl.col("accelerator_count")
    return held.with_columns(amount=each.round(6)).select(
        "accelerator", "vendor_id", "region", "accelerator_count", *SPAN
    )


def columns_of(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame by column: numbers as such, days as ISO text, texts by their place in a list where they repeat."""
    return {name: _column(frame[name]) for name in frame.columns}


def _column(column: pl.Series) -> object:
    if column.dtype.is_numeric():
        return column.to_list()
    texts = column.cast(pl.String).fill_null("")
    places = texts.unique().sort()
    if len(places) * 2 > len(texts):
        return texts.to_list()
    by_text = {text: place for place, text in enumerate(places.to_list())}
    return {"texts": places.to_list(), "rows": [by_text[text] for text in texts.to_list()]}
