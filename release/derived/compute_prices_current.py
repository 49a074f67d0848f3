"""Table `compute_prices_current`: machines by the hour as the newest list of each still prices them."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from canonical.table_schema import load_schema
from release.series.machine_lists import LIST, list_versions, machine_prices
from release.series.tables import Tables

__all__ = ["SPEAKS_FOR", "build"]

SPEAKS_FOR = timedelta(days=3 * 365)
"""A list that ended longer ago than this before the newest is history, not current."""
KEY = ("vendor_id", "region", "instance_type", "operating_system", "currency")


def build(tables: Tables) -> pl.DataFrame:
    """One row per machine, region and system: on demand and spot beside each other, with the list they are from."""
    newest_first = _in_force(tables).sort("as_of", "source_id", descending=[True, False])
    best = newest_first.unique([*KEY, "purchase_option"], keep="first", maintain_order=True)
    sides = [
        best.filter(pl.col("purchase_option") == option).select(*KEY, *_named(name))
        for option, name in (("on_demand", "on_demand"), ("spot", "spot"))
    ]
    rows = sides[0].join(sides[1], on=KEY, how="full", coalesce=True)
    discount = (100 * (1 - pl.col("spot") / pl.col("on_demand"))).round(2)
    rows = rows.with_columns(
        spot_discount=discount,
        source_id=pl.coalesce("on_demand_source_id", "spot_source_id"),
        as_of=pl.coalesce("on_demand_as_of", "spot_as_of"),
    )
    return rows.select(load_schema("compute_prices_current").columns).sort(KEY)


def _named(name: str) -> list[pl.Expr]:
    return [
        pl.col("amount").alias(name),
        pl.col("valid_from").alias(f"{name}_from"),
        pl.col("source_id").alias(f"{name}_source_id"),
        pl.col("as_of").alias(f"{name}_as_of"),
    ]


def _in_force(tables: Tables) -> pl.DataFrame:
    prices = machine_prices(tables)
    ends = list_versions(prices).group_by(LIST).agg(as_of=pl.col("day").max())
    rows = prices.filter(pl.col("valid_to").is_null(), pl.col("amount").is_not_null())
    dated = rows.join(ends, on=LIST, nulls_equal=True)
    newest = dated["as_of"].max()
    return dated.filter(pl.col("as_of") >= newest - SPEAKS_FOR) if isinstance(newest, date) else dated
