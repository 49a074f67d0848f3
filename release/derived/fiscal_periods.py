"""Table `fiscal_periods`: the fiscal quarters, half-years and years of each entity, and where they fall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from canonical.calendars import Calendar, calendar_quarter, is_aligned
from canonical.reference import Reference
from canonical.table_schema import load_schema
from release.series.calendars import fiscal_label
from release.series.tables import Tables, frame_of

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """Every fiscal period from the first to the last fiscal year in which an entity has an observation."""
    reference = Reference(tables.folder)
    spans: dict[str, tuple[str, str]] = {}
    for row in reference.rows("observations"):
        if row["period_end"]:
            first, last = spans.get(row["entity_id"], (row["period_end"], row["period_end"]))
            spans[row["entity_id"]] = (min(first, row["period_end"]), max(last, row["period_end"]))
    rows = (
        row
        for entity_id, (first, last) in sorted(spans.items())
        if (calendar := reference.calendar(entity_id))
        for row in _periods(entity_id, calendar, date.fromisoformat(first), date.fromisoformat(last))
    )
    return frame_of(load_schema("fiscal_periods"), rows)


def _periods(entity_id: str, calendar: Calendar, first: date, last: date) -> Iterable[dict[str, object]]:
    """The fiscal years that hold `first` to `last`, each followed by its halves and quarters."""
    for year in range(calendar.year_of(first), calendar.year_of(last) + 1):
        ends = [calendar.quarter_end(year, quarter) for quarter in (1, 2, 3, 4)]
        yield _row(entity_id, "year", ends[3], calendar)
        for end in (ends[1], ends[3]):
            yield _row(entity_id, "half_year", end, calendar)
        for end in ends:
            yield _row(entity_id, "quarter", end, calendar)


def _row(entity_id: str, period_type: str, end: date, calendar: Calendar) -> dict[str, object]:
    start = calendar.start(period_type, end)
    assert start is not None
    return {
        "entity_id": entity_id,
        "period_type": period_type,
        "fiscal_period": fiscal_label(period_type, end, calendar),
        "period_start": start,
        "period_end": end,
        "calendar_quarter": calendar_quarter(start, end) if period_type == "quarter" else None,
        "aligned": is_aligned(start, end),
    }
