"""Derived tables: each module builds one from the tables above it in `ORDER`; none is ever edited."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

import polars as pl

from release.series.tables import Tables

__all__ = ["ORDER", "build_derived"]

ORDER: tuple[str, ...] = (
    "fiscal_periods",
    "vintages",
    "quarterly_metrics",
    "half_year_metrics",
    "annual_metrics",
    "price_states",
    "model_price_claims",
    "model_prices_current",
    "model_price_disagreement",
    "compute_prices_current",
    "compute_price_index",
    "exchange_rate_means",
    "observations_flat",
    "cloud_quarters",
    "coverage",
    "freshness",
)
"""Derived tables in the order they are built; each may read those before it."""


class Builder(Protocol):
    """What a module of this folder offers."""

    def __call__(self, tables: Tables) -> pl.DataFrame:
        """The derived table as a typed frame with the columns of its schema."""
        ...


def build_derived(tables: Tables) -> None:
    """Build every derived table and put it into `tables`."""
    for name in ORDER:
        builder: Builder = import_module(f"release.derived.{name}").build
        tables[name] = builder(tables)
