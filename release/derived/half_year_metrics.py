"""Table `half_year_metrics`: the latest headline of every fact of a half-year."""

from __future__ import annotations

import polars as pl

from release.series.headline_metrics import build_metrics
from release.series.tables import Tables

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """The table as a typed frame; see `release.series.headline_metrics`."""
    return build_metrics(tables, "half_year_metrics", "half_year")
