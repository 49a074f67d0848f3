"""Turn an evidence row about the price of a model into the typed cells of `model_prices`."""

from __future__ import annotations

from collections.abc import Mapping

from canonical.text_tables import Row
from ingest.evidence.documents import Document
from ingest.evidence.evidence_rows import EvidenceRow
from ingest.evidence.mappings import UnmappedError, read_mapping, readings_of, unit_of
from ingest.evidence.prints import read_print

__all__ = ["is_price", "price_of"]

READ = ("meter", "valid_from", "valid_to", "note")
"""Cells of a price that a reader may type in `readings.csv`."""


def is_price(row: EvidenceRow) -> bool:
    """Whether the row states a price of a model, so that it belongs to `model_prices`."""
    return any(entry["metric"] == row.metric for entry in read_mapping("price_meters"))


def price_of(row: EvidenceRow, document: Document) -> Row:
    """The typed cells of a price; UnmappedError and ValueError as in `observation_of`."""
    seller, model = _seller(row), _model(row)
    printed = read_print(row.value_as_printed)
    settings = readings_of(row)
    free = not float(printed.digits)
    cells: Row = {
        "source_id": document.source_id,
        "via_source_id": document.via_source_id,
        "seller": seller["seller"],
        "maker": model.get("maker") or seller["maker"],
        "model": model.get("model") or row.dimension,
        "meter": model.get("meter") or _meter(row),
        "mode": model.get("mode") or "standard",
        "region": seller["region"],
        "tier_from_tokens": model.get("tier_from_tokens", ""),
        "tier_to_tokens": model.get("tier_to_tokens", ""),
        "printed_amount": printed.digits,
        "currency": row.unit[:3],
        "printed_per_unit_id": unit_of(row, 1),
        "bound": "eq",
        "precision_word": "approximately" if row.qualifier == "approximately" else "none",
        "price_state": "free" if free else "priced",
        "printed_text": row.value_as_printed if row.value_as_printed != printed.digits else "",
        "note": model.get("note", ""),
    }
    cells |= _validity(row)
    assumed = dict.fromkeys([*cells.get("assumed", "").split(), *settings.get("assumed", "").split()])
    cells |= {column: value for column, value in settings.items() if column in READ}
    return cells | {"assumed": " ".join(assumed)}


def _validity(row: EvidenceRow) -> Row:
    """When the price holds, by the words of `price_dates.csv` in the period's label or in the model's name."""
    for entry in read_mapping("price_dates"):
        if entry["label_contains"] in row.period_label and entry["dimension_contains"] in row.dimension:
            if entry["source_kind"] not in ("", row.source_kind):
                continue
            cells = {"date_basis": entry["date_basis"], "left_censored": entry["left_censored"]}
            if entry["date_column"] and row.period_end:
                cells[entry["date_column"]] = row.period_end
            if entry["assumed"]:
                cells["assumed"] = entry["assumed"]
            return cells
    raise UnmappedError("no entry of price_dates.csv fits")


def _seller(row: EvidenceRow) -> Mapping[str, str]:
    for entry in read_mapping("price_sellers"):
        if (entry["vendor"], entry["reporting_entity"]) == (row.vendor, row.reporting_entity):
            return entry
    raise UnmappedError(f"seller {row.reporting_entity} of {row.vendor} is not in price_sellers.csv")


def _model(row: EvidenceRow) -> Mapping[str, str]:
    return next((entry for entry in read_mapping("price_models") if entry["dimension"] == row.dimension), {})


def _meter(row: EvidenceRow) -> str:
    return next(entry["meter"] for entry in read_mapping("price_meters") if entry["metric"] == row.metric)
