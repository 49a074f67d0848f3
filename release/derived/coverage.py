"""Table `coverage`: what an entity may be expected to report, whether it is here, and why where it is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl

from canonical.calendars import Calendar, calendar_quarter
from canonical.table_schema import load_schema
from release.package.metadata import package_metadata
from release.series.calendars import fiscal_label
from release.series.expectations import TABLE_OF, Expectation, expectations
from release.series.history import History
from release.series.lags import Lags
from release.series.tables import Tables, frame_of

__all__ = ["build"]

Row = dict[str, Any]
Held = dict[tuple[str, str, str, date], str]


def build(tables: Tables) -> pl.DataFrame:
    """One row per expectation and period of its span, up to the release."""
    facts = History.of(tables).facts
    lags = Lags.of_build(tables)
    present = {frequency: _present(tables[name]) for frequency, name in TABLE_OF.items()}
    rows: dict[tuple[Any, ...], Row] = {}
    released: date = package_metadata()["released_on"]
    for expected in expectations(tables, released):
        calendar = facts.reference.calendar(expected.entity_id) or Calendar()
        vendor = facts.reference.entities[expected.entity_id]["vendor_id"] or None
        for start, end in expected.periods(calendar, released):
            row = _row(expected, calendar, (start, end), present[expected.frequency], lags)
            rows.setdefault((*_key(expected), end), row | {"vendor_id": vendor})
    return frame_of(load_schema("coverage"), (rows[key] for key in sorted(rows)))


def _key(expected: Expectation) -> tuple[str, str, str, str]:
    return expected.entity_id, expected.metric_id, expected.breakdown_id, expected.frequency


def _present(metrics: pl.DataFrame) -> Held:
    """How each reported value of a metrics table comes about, by entity, metric, breakdown and last day."""
    columns = ("entity_id", "metric_id", "breakdown_id", "period_end", "derivation")
    reported = metrics.filter(pl.col("basis") == "reported").select(columns)
    return {(entity, metric, part, end): derivation for entity, metric, part, end, derivation in reported.iter_rows()}


def _row(expected: Expectation, calendar: Calendar, span: tuple[date, date], here: Held, lags: Lags) -> Row:
    start, end = span
    lag = lags.of(expected.entity_id, end)
    derivation = here.get((expected.entity_id, expected.metric_id, expected.breakdown_id, end))
    return {
        "entity_id": expected.entity_id,
        "metric_id": expected.metric_id,
        "breakdown_id": expected.breakdown_id,
        "frequency": expected.frequency,
        "expectation": expected.basis,
        "fiscal_period": fiscal_label(expected.frequency, end, calendar),
        "calendar_quarter": calendar_quarter(start, end) if expected.frequency == "quarter" else None,
        "period_start": start,
        "period_end": end,
        "expected_on": end + timedelta(days=lag.median),
        "due_on": end + timedelta(days=lag.late),
        "state": _state(derivation, expected.absence, end + timedelta(days=lag.late)),
    }


def _state(derivation: str | None, absence: str | None, due: date) -> str:
    if derivation is not None:
        return "present" if derivation == "printed" else "derived"
    if absence is not None:
        return absence
    return "not_yet_published" if due >= package_metadata()["released_on"] else "not_collected"
