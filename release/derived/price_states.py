"""Table `price_states`: the spans of prices that are unstable or disputed, with the findings that say so."""

from __future__ import annotations

import polars as pl

from release.series import price_states
from release.series.tables import Tables

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """One row for each row of a price table that has a state, in the order of table and row."""
    return price_states.price_states(tables)
