"""Turn an evidence row into the typed cells of an observation."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from canonical.periods import parse_date, period_start
from canonical.reference import Reference
from canonical.text_tables import Row
from ingest.evidence.documents import Document
from ingest.evidence.evidence_rows import EvidenceRow
from ingest.evidence.mappings import Settings, UnmappedError, entity_of, metric_of, read_mapping, readings_of, unit_of
from ingest.evidence.prints import PrintedNumber, read_print

__all__ = ["observation_of"]

MIRROR = {"gt": "lt", "lt": "gt", "ge": "le", "le": "ge"}
READ_BESIDE = ("sign", "end")
"""Settings of `readings.csv` that steer the reading and are no cells of the row."""


def observation_of(row: EvidenceRow, document: Document, reference: Reference) -> Row:
    """The typed cells of one row; `end` is `low` or `high` where the print is one end of a range.

    Raises UnmappedError where a word is not known, ValueError where the print cannot be read or does not give
    the recorded value.
    """
    settings = readings_of(row)
    qualifier = _qualifier(row)
    entity, metric = entity_of(row), metric_of(row)
    cells: Row = {
        "source_id": document.source_id,
        "via_source_id": document.via_source_id,
        "entity_id": metric["entity_id"] or entity["entity_id"],
        "metric_id": metric["metric_id"],
        "measure": metric["measure"] or "level",
        "breakdown_id": metric["breakdown_id"] or "total",
        "basis": metric["basis"] or "reported",
        "claim_status": _claim(row, metric["claim_status"], qualifier["claim_status"]),
        "evidence": document.evidence or "value_read",
        "period_precision": "day" if row.period_end else "undated",
        "period_label": row.period_label,
    }
    if cells["measure"] in ("share", "rank"):
        cells["of_entity_id"] = metric["of_entity_id"] or entity["of_entity_id"]
    cells |= _period(row)
    cells |= _number(row, cells, settings, qualifier, reference)
    cells |= {column: value for column, value in settings.items() if column not in READ_BESIDE}
    return _settled(cells, qualifier["end"], _without_words(row.dimension, qualifier["end_words"]))


def _qualifier(row: EvidenceRow) -> Settings:
    for entry in read_mapping("qualifiers"):
        if entry["qualifier"] == row.qualifier:
            return dict(entry)
    raise UnmappedError(f"qualifier {row.qualifier} is not in qualifiers.csv")


def _claim(row: EvidenceRow, by_metric: str, by_qualifier: str) -> str:
    """A third party's estimate of the future is a forecast; else the metric's claim goes before the row's."""
    by_period = next((p["claim_status"] for p in read_mapping("periods") if p["period_type"] == row.period_type), "")
    if by_metric == "estimate" and (by_period or by_qualifier):
        return "forecast"
    return by_metric or by_qualifier or by_period or "actual"


def _period(row: EvidenceRow) -> Row:
    entry = next((entry for entry in read_mapping("periods") if entry["period_type"] == row.period_type), None)
    if entry is None:
        raise UnmappedError(f"period type {row.period_type} is not in periods.csv")
    kind, end = entry["to_period_type"], parse_date(row.period_end)
    if end is None or kind == "instant":
        return {"period_type": kind, "period_end": row.period_end}
    start = period_start(kind, end)
    if start is None or start.isoformat() != row.period_start:
        if _whole_weeks(row.period_start, end) in WEEKS_OF.get(kind, ()):
            return {"period_type": kind, "period_end": row.period_end, "period_start": row.period_start}
        return {"period_type": "window", "period_end": row.period_end, "period_start": row.period_start}
    return {"period_type": kind, "period_end": row.period_end}


WEEKS_OF = {"quarter": (13, 14), "year": (52, 53)}
"""Lengths of the periods of reporters whose quarters end on a weekday."""


def _whole_weeks(first: str, last: date) -> float:
    start = parse_date(first)
    return ((last - start).days + 1) / 7 if start else 0


def _number(row: EvidenceRow, cells: Row, settings: Settings, qualifier: Settings, reference: Reference) -> Row:
    """Printed digits with their sign, unit, bound and words; a print read by hand stands in the settings."""
    if "printed_value" in settings:
        return {"printed_text": row.value_as_printed}
    printed = read_print(row.value_as_printed)
    unit_id = settings.get("printed_unit_id") or unit_of(row, printed.magnitude)
    _check_value(row, printed, unit_id, reference)
    digits = printed.digits.lstrip("-")
    negative = _is_negative(row, printed, cells, settings, reference)
    bound, word = printed.bound or qualifier["bound"] or "eq", printed.precision_word or qualifier["precision_word"]
    if negative and not printed.digits.startswith("-"):
        bound = MIRROR.get(bound, bound)
    value = f"-{digits}" if negative else digits
    return {
        "printed_value": value,
        "printed_unit_id": unit_id,
        "bound": bound,
        "precision_word": word or "none",
        "printed_text": row.value_as_printed if row.value_as_printed != value else "",
    }


def _is_negative(
    row: EvidenceRow, printed: PrintedNumber, cells: Row, settings: Settings, reference: Reference
) -> bool:
    """The sign of the number said: an outflow is no negative amount, a loss is, whatever brackets are printed."""
    if settings.get("sign"):
        return settings["sign"] == "negative"
    metric = reference.metrics.get(cells["metric_id"], {})
    if cells["measure"] in ("level", "annualised", "share", "rank") and metric.get("sign") == "nonnegative":
        return False
    return printed.digits.startswith("-") or Decimal(row.value) < 0


def _check_value(row: EvidenceRow, printed: PrintedNumber, unit_id: str, reference: Reference) -> None:
    """ValueError where print and record differ by more than half a unit of the last printed digit."""
    for named in (unit_id, unit_of(row, 1)):
        if named not in reference.units:
            raise ValueError(f"there is no unit {named} in the table of units")
    unit, recorded_unit = reference.units[unit_id], reference.units[unit_of(row, 1)]
    said = abs(Decimal(printed.digits)) * unit.factor
    recorded = abs(Decimal(row.value)) * recorded_unit.factor
    decimals = len(printed.digits.partition(".")[2])
    if abs(said - recorded) > Decimal(1).scaleb(-decimals) / 2 * unit.factor:
        raise ValueError(f"the print {row.value_as_printed} does not give the recorded {row.value} {row.unit}")


def _settled(cells: Row, end: str, range_of: str) -> Row:
    """Settle what depends on cells together: windows that start the day before, undated rows, range ends."""
    if cells.get("period_start") == "day-before":
        day = date.fromisoformat(cells["period_end"]) - timedelta(days=1)
        cells["period_start"] = day.isoformat()
    if not cells["period_end"]:
        cells["period_precision"] = "undated"
    if end and cells.get("bound") in ("", "eq", "spread"):
        cells |= {"range_end": end, "range_of": range_of}
    return cells


def _without_words(dimension: str, words: str) -> str:
    """What is left of a dimension without the words that say which end of a range it is."""
    for word in filter(None, words.split("; ")):
        dimension = dimension.replace(word, "")
    return dimension
