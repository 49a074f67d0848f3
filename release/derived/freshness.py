"""Table `freshness`: the last period each entity is here for, and on which day its next one may be expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import polars as pl

from canonical.calendars import Calendar
from canonical.periods import MONTHS_OF
from canonical.table_schema import load_schema
from release.package.metadata import package_metadata
from release.series.calendars import fiscal_label
from release.series.expectations import Expectation, expectations
from release.series.history import History
from release.series.lags import Lags
from release.series.tables import Tables, frame_of

__all__ = ["build"]

Row = dict[str, Any]


def build(tables: Tables) -> pl.DataFrame:
    """One row per entity and frequency of which a number is expected and here, in that order."""
    expected = tables["coverage"].filter(~pl.col("state").is_in(["not_disclosed", "discontinued"]))
    groups = expected.sort("entity_id", "frequency").group_by("entity_id", "frequency", maintain_order=True)
    maker = _Maker(History.of(tables), Lags.of_build(tables), expectations(tables, package_metadata()["released_on"]))
    rows = (row for (entity, frequency), periods in groups for row in maker.rows(str(entity), str(frequency), periods))
    return frame_of(load_schema("freshness"), rows)


class _Maker:
    """Makes the row of an entity and frequency."""

    def __init__(self, history: History, lags: Lags, expected: list[Expectation]) -> None:
        self.reference = history.facts.reference
        self.lags = lags
        self.expected = expected

    def rows(self, entity_id: str, frequency: str, periods: pl.DataFrame) -> Iterable[Row]:
        """The row, none where no number of the entity is here for any period, or none is to come."""
        held = periods.filter(pl.col("state").is_in(["present", "derived"]))
        if held.is_empty():
            return
        calendar = self.reference.calendar(entity_id) or Calendar()
        last: date = held["period_end"].to_list()[held["period_end"].arg_max() or 0]
        following = calendar.earlier(last, -MONTHS_OF[frequency])
        if not any(e.is_of(entity_id, frequency, following) for e in self.expected):
            return
        lag = self.lags.of(entity_id, following)
        due = following + timedelta(days=lag.late)
        yield {
            "entity_id": entity_id,
            "vendor_id": self.reference.entities[entity_id]["vendor_id"] or None,
            "frequency": frequency,
            "last_fiscal_period": fiscal_label(frequency, last, calendar),
            "last_period_end": last,
            "last_published_on": self.lags.published(entity_id, last),
            "metric_ids": " ".join(sorted(set(held.filter(pl.col("period_end") == last)["metric_id"]))),
            "next_fiscal_period": fiscal_label(frequency, following, calendar),
            "next_period_end": following,
            "next_expected_on": following + timedelta(days=lag.median),
            "next_due_on": due,
            "lag_median_days": lag.median,
            "lag_p90_days": lag.late,
            "lag_periods": lag.periods,
            "lag_basis": lag.basis,
            "state": "overdue" if due < package_metadata()["released_on"] else "current",
        }
