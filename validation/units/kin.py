"""Layer C of what is measured, and of whom: cells that follow from those of a parent, of a unit, or of the row's id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from canonical.findings import Finding
from validation.units.given import Given
from validation.units.like_rows import USUAL_CELL

__all__ = ["INHERITED", "OF_METRIC", "OF_PERIMETER", "of_breakdowns", "of_metrics", "of_parents", "of_perimeters"]

INHERITED = ("vendor_id", "reporting_currency", "fiscal_year_end_month")
AGGREGATIONS = {"instant": ("last", "none"), "duration": ("sum", "none")}
"""By kind of period, how numbers of it become those of a longer one."""
WHOLE = "total"
OF_METRIC = ("metric_id", "quantity", "unit_id", "period_kind", "aggregation", "sign", "plausible_min")
OF_PERIMETER = ("perimeter_id", "entity_id", "first_published_on")
"""The columns that are held against one another."""
Told = Iterator[tuple[str, str, str]]


def of_parents(given: Given) -> Iterator[Finding]:
    """Entities of another vendor, currency or fiscal year than the entity that they are part of."""
    columns = [column for column in INHERITED if given.has((column,))]
    if not given.has(("entity_id", "parent_entity_id")):
        return
    rows = given.typed.select("entity_id", "parent_entity_id", *columns).rows(named=True)
    entities = _by_key(given, "entity_id", rows)
    for at, row in enumerate(rows):
        parent = entities.get(row["parent_entity_id"], {})
        for column in columns:
            usual, cell = parent.get(column), row[column]
            if usual is not None and cell is not None and str(cell) != str(usual):
                message = f"{row['parent_entity_id']}, of which it is part, has another"
                yield given.finding(USUAL_CELL, at, column, str(usual), message)


def of_metrics(given: Given) -> Iterator[Finding]:
    """Metrics in a unit of another quantity, added up though each is of a moment, or below zero though none can be."""
    if not given.has(OF_METRIC):
        return
    for at, row in enumerate(given.typed.select(OF_METRIC).iter_rows(named=True)):
        unit = given.reference.units.get(row["unit_id"] or "")
        if unit is not None and row["quantity"] and unit.quantity != row["quantity"]:
            message = f"{row['unit_id']} is a unit of {unit.quantity}"
            yield given.finding(USUAL_CELL, at, "unit_id", f"a unit of {row['quantity']}", message)
        allowed = AGGREGATIONS.get(row["period_kind"])
        if allowed and row["aggregation"] and row["aggregation"] not in allowed:
            message = f"what is of {'a moment' if row['period_kind'] == 'instant' else 'a period'} is not told so"
            yield given.finding(USUAL_CELL, at, "aggregation", " or ".join(allowed), message)
        if row["sign"] == "nonnegative" and row["plausible_min"] is not None and row["plausible_min"] < 0:
            yield given.finding(USUAL_CELL, at, "sign", "any, or a plausible_min of 0", "plausible_min is below zero")


def of_breakdowns(given: Given) -> Iterator[Finding]:
    """Parts under another parent than their id tells: `external.ai` is part of `external`, `external` of the total."""
    if not given.has(("breakdown_id", "parent_breakdown_id")):
        return
    rows = given.typed.select("breakdown_id", "parent_breakdown_id").rows(named=True)
    known = _by_key(given, "breakdown_id", rows)
    for at, row in enumerate(rows):
        (head, point, _), parent = (row["breakdown_id"] or "").rpartition("."), row["parent_breakdown_id"] or WHOLE
        is_below = not point and "." not in parent and parent != WHOLE and given.is_whole
        expected = head if head in known else WHOLE if is_below else ""
        if expected and row["breakdown_id"] != WHOLE and parent != expected:
            yield given.finding(USUAL_CELL, at, "parent_breakdown_id", expected, "the id tells another parent")


def of_perimeters(given: Given) -> Iterator[Finding]:
    """Breaks of another entity or year than their id names: `aws.2022-02` was first told in 2022."""
    if not given.has(OF_PERIMETER):
        return
    for at, (name, entity, day) in enumerate(given.typed.select(OF_PERIMETER).iter_rows()):
        of, point, month = (name or "").rpartition(".")
        if point and entity and of != entity:
            yield given.finding(USUAL_CELL, at, "entity_id", of, "the id names another entity")
        if point and isinstance(day, date) and month[:4].isdecimal() and int(month[:4]) != day.year:
            yield given.finding(USUAL_CELL, at, "first_published_on", f"a day of {month[:4]}", "the id names another")


def _by_key(given: Given, key: str, rows: list[dict[str, Any]]) -> Mapping[str, Mapping[str, Any]]:
    """The rows of the file and those at hand by their ids."""
    known = given.at_hand()
    names = list(rows[0]) if rows else []
    beside = [] if known is None or not set(names) <= set(known.columns) else _rows(known, names)
    return {row[key]: row for row in (*beside, *rows) if row[key]}


def _rows(frame: pl.DataFrame, names: list[str]) -> list[dict[str, Any]]:
    return frame.select(names).rows(named=True)
