"""Table `vintages`: every fact as it was known from day to day, by the headline rule of `release.series.headline`."""

from __future__ import annotations

import polars as pl

from canonical.calendars import Calendar, calendar_quarter
from canonical.periods import parse_date
from canonical.table_schema import load_schema
from release.series.calendars import fiscal_label
from release.series.facts import FACT_KEY, FactKey, fact_id
from release.series.history import History
from release.series.names import Names
from release.series.tables import Tables, frame_of
from release.series.vintage import vintage_cells

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """One row per level fact and day on which its headline changed, in order of fact and day."""
    history = History.of(tables)
    names = Names.of(history.facts.reference)
    rows = (
        {**_fact(key, history, names), **vintage_cells(vintage)}
        for key in sorted(history.levels)
        for vintage in history.levels[key]
    )
    return frame_of(load_schema("vintages"), rows)


def _fact(key: FactKey, history: History, names: Names) -> dict[str, object]:
    """The cells that all vintages of a fact share: its key, its id, the names of its parts and of its period."""
    parts = dict(zip(FACT_KEY, key, strict=True))
    kind, start, end = parts["period_type"], parse_date(parts["period_start"]), parse_date(parts["period_end"])
    calendar = history.facts.reference.calendar(parts["entity_id"]) or Calendar()
    return {
        **{column: text or None for column, text in parts.items()},
        **names.cells(parts["entity_id"], parts["metric_id"]),
        "fact_id": fact_id(key),
        "fiscal_period": fiscal_label(kind, end, calendar) if end else None,
        "calendar_quarter": calendar_quarter(start, end) if kind == "quarter" and start and end else None,
    }
