"""Table `vintages`: every fact as it was known from day to day, by the headline rule of `release.series.headline`."""

from __future__ import annotations

import polars as pl

from canonical.table_schema import load_schema
from release.series.facts import FACT_KEY, FactKey, fact_id
from release.series.history import History
from release.series.tables import Tables, frame_of
from release.series.vintage import Vintage, vintage_cells

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """One row per level fact and day on which its headline changed, in order of fact and day."""
    histories = History.of(tables).levels
    rows = (_row(key, vintage) for key in sorted(histories) for vintage in histories[key])
    return frame_of(load_schema("vintages"), rows)


def _row(key: FactKey, vintage: Vintage) -> dict[str, object]:
    parts = {column: text or None for column, text in zip(FACT_KEY, key, strict=True)}
    return parts | {"fact_id": fact_id(key)} | vintage_cells(vintage)
