"""Take up a whole evidence file: sources, observations, prices, and what became of every row."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from canonical.reference import Reference
from canonical.text_tables import Row
from ingest.evidence.documents import document_of, new_source
from ingest.evidence.evidence_rows import EvidenceRow, refuse_odd
from ingest.evidence.mappings import UnmappedError, read_again
from ingest.evidence.observations import observation_of
from ingest.evidence.prices import is_price, price_of
from ingest.evidence.ranges import Reading, join_ranges, join_repeats

__all__ = ["Uptake", "take_up"]

REPORTED_WITHIN = timedelta(days=92)
"""Companies report a period within a quarter of its end; a page on it without a day is no later edition."""


@dataclass
class Uptake:
    """What an evidence file became: readings by table, sources no entry knew, and rows left out with reasons."""

    readings: dict[str, list[Reading]] = field(default_factory=lambda: {"observations": [], "model_prices": []})
    sources: dict[str, Row] = field(default_factory=dict[str, Row])
    left_out: dict[int, str] = field(default_factory=dict[int, str])


def take_up(rows: Sequence[EvidenceRow], reference: Reference) -> Uptake:
    """Read every row; one that cannot be read is listed with its reason and touches no table."""
    uptake = Uptake()
    for row in rows:
        try:
            refuse_odd(row)
            table, cells = _read(row, reference, uptake)
        except (UnmappedError, ValueError) as problem:
            uptake.left_out[row.number] = str(problem)
            continue
        uptake.readings[table].append(Reading((row.number,), cells | read_again(row)))
    for table, readings in uptake.readings.items():
        uptake.readings[table] = join_repeats(join_ranges(readings, reference.units))
    return uptake


def _read(row: EvidenceRow, reference: Reference, uptake: Uptake) -> tuple[str, Row]:
    document = document_of(row, ChainMap(uptake.sources, reference.sources))
    if is_price(row):
        table, cells = "model_prices", price_of(row, document)
    else:
        table, cells = "observations", observation_of(row, document, reference)
        _place(cells, reference)
    if document.source_id not in reference.sources and document.source_id not in uptake.sources:
        uptake.sources[document.source_id] = new_source(row, document.source_id)
    return table, cells


def _place(cells: Row, reference: Reference) -> None:
    """Type the perimeter where the source's day is unknown: the one in force when the period was reported."""
    source = reference.sources.get(cells["source_id"], {})
    if cells.get("perimeter_id") or source.get("published_precision") != "unknown" or not cells["period_end"]:
        return
    reported = date.fromisoformat(cells["period_end"]) + REPORTED_WITHIN
    perimeter = reference.perimeter_on(cells["entity_id"], cells["metric_id"], reported)
    if perimeter != reference.perimeter(cells["entity_id"], cells["metric_id"], cells["source_id"]):
        cells["perimeter_id"] = perimeter
        cells["assumed"] = " ".join([*cells.get("assumed", "").split(), "perimeter_id"])
