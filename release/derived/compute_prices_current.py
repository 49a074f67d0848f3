"""Table `compute_prices_current`: machines by the hour as the newest list of each still prices them."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from canonical.table_schema import load_schema
from release.series.machine_lists import LIST, list_versions, machine_prices
from release.series.price_states import machine_row_id, price_states
from release.series.tables import Tables

__all__ = ["SPEAKS_FOR", "build"]

SPEAKS_FOR = timedelta(days=3 * 365)
"""A list that ended longer ago than this before the newest is history, not current."""
PROMOTION = r"(?i)_promo$"
"""How Azure ends the name of a machine that it sells at a passing rate."""
KEY = ("vendor_id", "region", "instance_type", "operating_system", "currency")


def build(tables: Tables) -> pl.DataFrame:
    """One row per machine, region and system: on demand and spot beside each other, with the list they are from.

    A list that goes back and forth on a machine comes after one that does not, and then its price is left empty.
    """
    rows = _stated(_in_force(tables), tables)
    steady_first = rows.sort("is_unstable", "as_of", "source_id", descending=[False, True, False])
    best = steady_first.unique([*KEY, "purchase_option"], keep="first", maintain_order=True)
    sides = [
        best.filter(pl.col("purchase_option") == option).select(*KEY, *_named(name))
        for option, name in (("on_demand", "on_demand"), ("spot", "spot"))
    ]
    both = sides[0].join(sides[1], on=KEY, how="full", coalesce=True)
    findings = pl.concat_str("on_demand_finding_ids", "spot_finding_ids", separator=" ", ignore_nulls=True)
    joined = both.with_columns(
        offer=pl.when(pl.col("instance_type").str.contains(PROMOTION))
        .then(pl.lit("promotional"))
        .otherwise(pl.lit("list")),
        spot_discount=(100 * (1 - pl.col("spot") / pl.col("on_demand"))).round(2),
        source_id=pl.coalesce("on_demand_source_id", "spot_source_id"),
        as_of=pl.coalesce("on_demand_as_of", "spot_as_of"),
        finding_ids=pl.when(findings != "").then(findings),
    )
    return joined.select(load_schema("compute_prices_current").columns).sort(KEY)


def _named(name: str) -> list[pl.Expr]:
    amount = pl.when(~pl.col("is_unstable")).then("amount")
    as_they_are = ("state", "low", "high", "likely", "likely_by", "finding_ids", "source_id", "as_of")
    return [
        amount.alias(name),
        pl.col("valid_from").alias(f"{name}_from"),
        *(pl.col(column).alias(f"{name}_{column}") for column in as_they_are),
    ]


def _stated(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """The rows with their state, `priced` where no finding gives another, and the rest of `price_states`."""
    states = price_states(tables).filter(pl.col("table_name") == "compute_prices").drop("table_name", "rules")
    keyed = rows.with_columns(machine_row_id()).join(states, on="row_id", how="left")
    return keyed.with_columns(
        pl.col("state").fill_null("priced"), is_unstable=(pl.col("state") == "unstable").fill_null(False)
    )


def _in_force(tables: Tables) -> pl.DataFrame:
    prices = machine_prices(tables)
    ends = list_versions(prices).group_by(LIST).agg(as_of=pl.col("day").max())
    rows = prices.filter(pl.col("valid_to").is_null(), pl.col("amount").is_not_null())
    dated = rows.join(ends, on=LIST, nulls_equal=True)
    newest = dated["as_of"].max()
    return dated.filter(pl.col("as_of") >= newest - SPEAKS_FOR) if isinstance(newest, date) else dated
