"""Table `vintages`: every fact as it was known from day to day, by the headline rule of `release.headline`."""

from __future__ import annotations

import polars as pl

from release.facts import FACT_KEY, FactKey, fact_id
from release.history import History
from release.tables import Tables, frame_of
from release.vintage import Vintage
from validation.table_schema import load_schema

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """One row per level fact and day on which its headline changed, in order of fact and day."""
    histories = History.of(tables).levels
    rows = (_row(key, vintage) for key in sorted(histories) for vintage in histories[key])
    return frame_of(load_schema("vintages"), rows)


def _row(key: FactKey, vintage: Vintage) -> dict[str, object]:
    parts = {column: text or None for column, text in zip(FACT_KEY, key, strict=True)}
    return parts | {"fact_id": fact_id(key)} | vintage_cells(vintage)


def vintage_cells(vintage: Vintage) -> dict[str, object]:
    """The cells that every table of headlines shares."""
    return {
        "known_on": vintage.known_on,
        "value": vintage.value,
        "value_low": vintage.low,
        "value_high": vintage.high,
        "unit_id": vintage.unit_id,
        "perimeter_id": vintage.perimeter_id,
        "claim_status": vintage.claim_status,
        "flags": " ".join(vintage.flags) or None,
        "derivation": vintage.derivation,
        "observation_ids": " ".join(vintage.observation_ids),
        "prints": vintage.prints,
        "publishers": vintage.publishers,
        "disputed": vintage.disputed,
    }
