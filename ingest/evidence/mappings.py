"""Look up the collectors' words in the small tables of this folder; no vendor is known to the code."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest.evidence.evidence_rows import EvidenceRow

__all__ = [
    "Settings", "UnmappedError", "entity_of", "metric_of", "read_again", "read_mapping", "readings_of", "unit_of",
]  # fmt: skip

FOLDER = Path(__file__).resolve().parent
ANY = "*"
Settings = dict[str, str]


class UnmappedError(Exception):
    """A word of a row that no table of this folder knows; the text says which."""


@cache
def read_mapping(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `ingest/evidence/NAME.csv` as texts, in file order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _keyed(name: str, *columns: str) -> dict[tuple[str, ...], Mapping[str, str]]:
    return {tuple(row[column] for column in columns): row for row in read_mapping(name)}


def entity_of(row: EvidenceRow) -> Mapping[str, str]:
    """`entity_id` and `of_entity_id` of the reporting entity; UnmappedError where it is unknown."""
    found = _keyed("entities", "vendor", "reporting_entity").get((row.vendor, row.reporting_entity))
    if found is None:
        raise UnmappedError(f"reporting entity {row.reporting_entity} of {row.vendor} is not in entities.csv")
    return found


def metric_of(row: EvidenceRow) -> Mapping[str, str]:
    """Metric, measure, breakdown, basis and claim of a metric with its dimension, the closest entry first."""
    entries = _keyed("metrics", "metric", "dimension", "reporting_entity")
    for dimension, entity in ((row.dimension, row.reporting_entity), (row.dimension, ANY), (ANY, ANY)):
        found = entries.get((row.metric, dimension, entity))
        if found is not None:
            return found
    raise UnmappedError(f"metric {row.metric} with dimension {row.dimension or 'none'} is not in metrics.csv")


def unit_of(row: EvidenceRow, magnitude: int) -> str:
    """The unit of a print: the collector's unit with the magnitude word printed (1 for none)."""
    found = _keyed("units", "unit", "magnitude").get((row.unit, str(magnitude)))
    if found is None:
        raise UnmappedError(f"unit {row.unit} with magnitude {magnitude} is not in units.csv")
    return found["unit_id"]


@dataclass(frozen=True)
class _Reading:
    """One row of `readings.csv`: what must hold of a row, and what a reader of it types differently."""

    equal: tuple[tuple[str, str], ...]
    within: tuple[tuple[str, str], ...]
    settings: Settings = field(default_factory=Settings)

    def applies(self, cells: Mapping[str, str]) -> bool:
        return all(cells[column] == value for column, value in self.equal) and all(
            value in cells[column] for column, value in self.within
        )


WITHIN = {"url_contains": "source_url", "note_contains": "note"}


@cache
def _readings() -> tuple[_Reading, ...]:
    found: list[_Reading] = []
    for row in read_mapping("readings"):
        given = {column: value for column, value in row.items() if value and column != "set"}
        found.append(
            _Reading(
                tuple((column, value) for column, value in given.items() if column not in WITHIN),
                tuple((WITHIN[column], value) for column, value in given.items() if column in WITHIN),
                _settings(row["set"]),
            )
        )
    return tuple(found)


def _settings(text: str) -> Settings:
    pairs = (pair.partition("=") for pair in text.split("; ") if pair)
    return {column.strip(): value.strip() for column, _, value in pairs}


def readings_of(row: EvidenceRow) -> Settings:
    """Cells that `readings.csv` types for a row; a later entry overrides, `assumed` adds up."""
    cells, settings = row.cells(), Settings()
    for reading in _readings():
        if reading.applies(cells):
            assumed = [*settings.get("assumed", "").split(), *reading.settings.get("assumed", "").split()]
            settings |= reading.settings
            if assumed:
                settings["assumed"] = " ".join(dict.fromkeys(assumed))
    return settings


def read_again(row: EvidenceRow) -> dict[str, str]:
    """Cells that `rereadings.csv` gives for a row: what its document shows to who read it after the collector."""
    return dict(_read_again().get((row.file, str(row.number)), {}))


@cache
def _read_again() -> dict[tuple[str, str], dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in read_mapping("rereadings"):
        found.setdefault((row["evidence_file"], row["evidence_row"]), {})[row["column"]] = row["value"]
    return found
