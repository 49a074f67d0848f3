"""Read the rows of an evidence file: numbers as collectors wrote them down, in their own words."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from ingest.upstream import UpstreamError, open_text

__all__ = ["COLUMNS", "EvidenceRow", "read_evidence"]


@dataclass(frozen=True)
class EvidenceRow:
    """One number of one source in the collector's words; `file` is its file's stem, `number` counts data rows from 1.

    `value` stands in `unit`; an empty `period_end` means that the source gives no date.
    """

    file: str
    number: int
    vendor: str
    reporting_entity: str
    metric: str
    dimension: str
    period_type: str
    period_start: str
    period_end: str
    period_label: str
    value: str
    unit: str
    value_as_printed: str
    qualifier: str
    source_url: str
    source_title: str
    publisher: str
    published_date: str
    source_kind: str
    note: str

    def cells(self) -> Mapping[str, str]:
        """The columns by name, as texts."""
        return {name: str(getattr(self, name)) for name in COLUMNS}


COLUMNS = tuple(field.name for field in fields(EvidenceRow) if field.name not in ("file", "number"))
"""The columns of an evidence file."""


def read_evidence(path: Path) -> list[EvidenceRow]:
    """All rows of an evidence file; UpstreamError where a column is missing or a row is cut short."""
    with open_text(path) as file:
        return list(_rows(path, csv.DictReader(file)))


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[EvidenceRow]:
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise UpstreamError(f"{path.name}: column {missing[0]} is missing; expected {', '.join(COLUMNS)}")
    for number, row in enumerate(reader, start=1):
        if None in row or None in row.values():
            raise UpstreamError(f"{path.name} line {reader.line_num}: not {len(COLUMNS)} cells in the row")
        yield EvidenceRow(path.stem, number, *(row[column].strip() for column in COLUMNS))
