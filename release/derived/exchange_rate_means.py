"""Table `exchange_rate_means`: every mean rate that a conversion of this build used."""

from __future__ import annotations

from dataclasses import asdict

import polars as pl

from canonical.table_schema import load_schema
from release.series.exchange import Rates
from release.series.tables import Tables, frame_of

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """The rates in order of their ids; built after the tables that convert."""
    used = Rates.of(tables).used
    return frame_of(load_schema("exchange_rate_means"), (asdict(used[key]) for key in sorted(used)))
