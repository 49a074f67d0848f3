"""Errors in what a number is about: its period, entity, metric, measure, part, basis, status, or its line."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from benchmarks.book import Book, Change, day_of, series_of
from benchmarks.number_errors import wrong_digit
from canonical.calendars import Calendar
from canonical.labels import periods_of_label
from canonical.periods import MONTHS_OF, months_before
from canonical.text_tables import Row

__all__ = [
    "calendar_for_fiscal", "contradicting_row", "group_for_part", "growth_as_level", "guidance_for_result", "month_end",
    "moved", "neighbour_number", "other_basis", "other_breakdown", "other_growth", "other_metric", "other_vendor",
    "repeated_row", "result_for_guidance", "wrong_length",
]  # fmt: skip


def moved(months: int) -> Callable[[Row, random.Random, Book], Change]:
    """The period moved by so many months, its label left as it is."""

    def change(row: Row, rng: random.Random, book: Book) -> Change:
        if not row["period_end"] or row["period_type"] not in (*MONTHS_OF, "instant"):
            return None
        return {"period_end": month_end(date.fromisoformat(row["period_end"]), rng.choice((months, -months)))}

    return change


def month_end(day: date, months: int) -> str:
    """The day so many months earlier, month ends to month ends."""
    following = day + timedelta(days=1)
    if following.day == 1:
        return (months_before(following, months) - timedelta(days=1)).isoformat()
    return months_before(day, months).isoformat()


def calendar_for_fiscal(row: Row, rng: random.Random, book: Book) -> Change:
    """A fiscal label dated as if the fiscal year were the calendar year."""
    allowed = periods_of_label(row["period_label"], Calendar())
    if not allowed or row["period_end"] in {named.end.isoformat() for named in allowed}:
        return None
    return {"period_end": min(named.end for named in allowed).isoformat()}


def wrong_length(row: Row, rng: random.Random, book: Book) -> Change:
    """A quarter entered as a year, a year as a quarter, a half as a quarter."""
    other = {"quarter": "year", "year": "quarter", "half_year": "quarter", "nine_months": "year"}
    return {"period_type": other[row["period_type"]]} if row["period_type"] in other else None


def group_for_part(row: Row, rng: random.Random, book: Book) -> Change:
    """The group's name on its part's number, or the part's on the group's."""
    entities = book.reference.entities
    near = [e for e, cells in entities.items() if cells["parent_entity_id"] == row["entity_id"]]
    parent = entities.get(row["entity_id"], {}).get("parent_entity_id", "")
    used = {other["entity_id"] for other in book.rows if other["metric_id"] == row["metric_id"]}
    near = [entity for entity in [*near, parent] if entity in used]
    return {"entity_id": rng.choice(near)} if near else None


def other_vendor(row: Row, rng: random.Random, book: Book) -> Change:
    """Another vendor's entity for which the metric is printed too."""
    vendor = book.reference.entities.get(row["entity_id"], {}).get("vendor_id", "")
    others = sorted(
        {
            other["entity_id"]
            for other in book.rows
            if other["metric_id"] == row["metric_id"]
            and book.reference.entities.get(other["entity_id"], {}).get("vendor_id", "") != vendor
        }
    )
    return {"entity_id": rng.choice(others)} if others else None


def other_metric(row: Row, rng: random.Random, book: Book) -> Change:
    """Another metric of the same quantity that is printed for the entity."""
    quantity = book.reference.metrics.get(row["metric_id"], {}).get("quantity", "")
    used = {other["metric_id"] for other in book.rows if other["entity_id"] == row["entity_id"]}
    others = [metric for metric in book.by_metric.get(quantity, []) if metric in used and metric != row["metric_id"]]
    return {"metric_id": rng.choice(others)} if others else None


def other_growth(row: Row, rng: random.Random, book: Book) -> Change:
    """Growth on the year entered as growth on the quarter, or the other way round."""
    other = {"growth_yoy": "growth_prev", "growth_prev": "growth_yoy"}
    return {"measure": other[row["measure"]]} if row["measure"] in other else None


def growth_as_level(row: Row, rng: random.Random, book: Book) -> Change:
    """A growth rate entered as a level."""
    return {"measure": "level"} if row["measure"].startswith("growth") else None


def other_breakdown(row: Row, rng: random.Random, book: Book) -> Change:
    """A part entered as the total, or the total as a part that is printed for the metric."""
    if row["breakdown_id"] != "total":
        return {"breakdown_id": "total"}
    used = {o["breakdown_id"] for o in book.rows if o["metric_id"] == row["metric_id"]} - {"total"}
    return {"breakdown_id": rng.choice(sorted(used))} if used else None


def other_basis(row: Row, rng: random.Random, book: Book) -> Change:
    """Constant currency entered as reported."""
    return {"basis": "reported"} if row["basis"] == "constant_currency" else None


def neighbour_number(row: Row, rng: random.Random, book: Book) -> Change:
    """The number of another period of the series: one line off."""
    line = [other for other in book.series[series_of(row)] if other["period_end"] != row["period_end"]]
    if not line or not row["period_end"]:
        return None
    near = min(line, key=lambda other: abs(day_of(other) - day_of(row)))
    changed = {column: near[column] for column in ("printed_value", "printed_value_to", "printed_unit_id", "bound")}
    return changed if near["printed_value"] != row["printed_value"] else None


def result_for_guidance(row: Row, rng: random.Random, book: Book) -> Change:
    """Guidance entered as a result."""
    return {"claim_status": "actual"} if row["claim_status"] in ("guidance", "forecast", "target", "plan") else None


def guidance_for_result(row: Row, rng: random.Random, book: Book) -> Change:
    """A result entered as guidance."""
    return {"claim_status": "guidance"} if row["claim_status"] == "actual" and row["period_end"] else None


def repeated_row(row: Row, rng: random.Random, book: Book) -> Change:
    """The row once more, under another id."""
    return {"observation_id": f"{row['source_id']}.999"}


def contradicting_row(row: Row, rng: random.Random, book: Book) -> Change:
    """The row once more with a wrong digit, under another id."""
    wrong = wrong_digit(row, rng, book)
    return None if wrong is None else {**wrong, "observation_id": f"{row['source_id']}.999"}
