"""Table `coverage`: what an entity may be expected to report, whether it is here, and why where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import polars as pl

from canonical.calendars import Calendar, calendar_of
from canonical.periods import MONTHS_OF, months_before, period_start
from canonical.table_schema import load_schema
from release.package.metadata import package_metadata
from release.series.calendars import calendar_quarter, fiscal_label
from release.series.tables import Tables, frame_of

__all__ = ["REPORTING_LAG", "build"]

REPORTING_LAG = timedelta(days=60)
"""A period that ended within this span before the release counts as not yet published where nothing is here."""
METRICS_OF = {"quarter": "quarterly_metrics", "half_year": "half_year_metrics", "year": "annual_metrics"}
Row = dict[str, Any]


def build(tables: Tables) -> pl.DataFrame:
    """One row per entry of `reporting` and period of its span, up to the release."""
    entities = {row["entity_id"]: row for row in tables["entities"].iter_rows(named=True)}
    present = {name: _present(tables[name]) for name in METRICS_OF.values()}
    rows: dict[tuple[Any, ...], Row] = {}
    for entry in tables["reporting"].iter_rows(named=True):
        entity = entities[entry["entity_id"]]
        here = present[METRICS_OF[entry["frequency"]]]
        for start, end in _periods(entry):
            row = _row(entry, entity, start, end, here)
            rows.setdefault((row["entity_id"], row["metric_id"], row["breakdown_id"], row["frequency"], end), row)
    return frame_of(load_schema("coverage"), (rows[key] for key in sorted(rows)))


def _present(metrics: pl.DataFrame) -> dict[tuple[str, str, str, date], str]:
    """How each reported value of a metrics table comes about, by entity, metric, breakdown and last day."""
    columns = ("entity_id", "metric_id", "breakdown_id", "period_end", "derivation")
    reported = metrics.filter(pl.col("basis") == "reported").select(columns)
    return {(entity, metric, part, end): derivation for entity, metric, part, end, derivation in reported.iter_rows()}


def _periods(entry: Row) -> Iterable[tuple[date, date]]:
    """First and last days of the periods of an entry, from its first to its last or to the release."""
    end: date = entry["first_period_end"]
    last: date = entry["last_period_end"] or package_metadata()["released_on"]
    while end <= last:
        start = period_start(entry["frequency"], end)
        assert start is not None
        yield start, end
        end = months_before(end + timedelta(days=1), -MONTHS_OF[entry["frequency"]]) - timedelta(days=1)


def _row(entry: Row, entity: Row, start: date, end: date, here: dict[tuple[str, str, str, date], str]) -> Row:
    derivation = here.get((entry["entity_id"], entry["metric_id"], entry["breakdown_id"], end))
    frequency = entry["frequency"]
    return {
        **{column: entry[column] for column in ("entity_id", "metric_id", "breakdown_id", "frequency")},
        "vendor_id": entity["vendor_id"],
        "fiscal_period": fiscal_label(frequency, end, _calendar(entity)),
        "calendar_quarter": calendar_quarter(start, end) if frequency == "quarter" else None,
        "period_start": start,
        "period_end": end,
        "state": _state(derivation, entry["absence"], end),
    }


def _calendar(entity: Row) -> Calendar:
    declared = ("fiscal_year_end_month", "fiscal_year_end_rule", "fiscal_quarter_weeks")
    return calendar_of(*(str(entity[column] or "") for column in declared)) or Calendar()


def _state(derivation: str | None, absence: str | None, end: date) -> str:
    if derivation is not None:
        return "present" if derivation == "printed" else "derived"
    if absence is not None:
        return absence
    released: date = package_metadata()["released_on"]
    return "not_yet_published" if released - end <= REPORTING_LAG else "not_collected"
