"""The lists that machine prices come from, each with the days of its versions.

A list is what one source tells of one partition in one currency: the Chinese, the government's and the commercial
machines of a vendor stand in files that are read on different days. A version is known by what it changes, on
demand or spot; one that changes nothing leaves no row, and no day here.
"""

from __future__ import annotations

import polars as pl

from release.series.tables import Tables

__all__ = ["LIST", "list_versions", "machine_prices"]

LIST = ("vendor_id", "source_id", "partition", "currency")
"""What tells one list of machine prices from another."""


def machine_prices(tables: Tables) -> pl.DataFrame:
    """The rows of `compute_prices` with the `partition` of their region; empty where `regions` lacks it."""
    return tables.shared("machine_prices", lambda: _machine_prices(tables))


def _machine_prices(tables: Tables) -> pl.DataFrame:
    partitions = tables["regions"].select("vendor_id", "region", "partition")
    return tables["compute_prices"].join(partitions, on=("vendor_id", "region"), how="left", maintain_order="left")


def list_versions(prices: pl.DataFrame) -> pl.DataFrame:
    """The days of the versions that changed a list: columns `LIST` and `day`, each once, in order."""
    begun = prices.select(*LIST, day="valid_from")
    changed = prices.filter(pl.col("valid_to").is_not_null()).select(*LIST, day=pl.col("valid_to").dt.offset_by("1d"))
    return pl.concat([begun, changed]).unique().sort(*LIST, "day")
