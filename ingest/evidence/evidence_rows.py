"""Read the rows of an evidence file: numbers as collectors wrote them down, in their own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from canonical.periods import parse_date
from ingest.changes import read_changes
from ingest.upstream import shown

__all__ = ["COLUMNS", "EvidenceRow", "read_evidence", "refuse_odd"]


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


NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def read_evidence(path: Path) -> list[EvidenceRow]:
    """All rows of an evidence file; UpstreamError where it is no such table, as `read_changes` says it."""
    rows = enumerate(read_changes(path, COLUMNS), start=1)
    return [EvidenceRow(path.stem, number, *(row[column].strip() for column in COLUMNS)) for number, row in rows]


def refuse_odd(row: EvidenceRow) -> None:
    """ValueError where a cell is no number or no day of the calendar, by whose name it stands."""
    if row.value and not NUMBER.fullmatch(row.value):
        raise ValueError(f"value is {shown(row.value)}, not a number in plain digits")
    for name in ("period_start", "period_end", "published_date"):
        text = str(getattr(row, name))
        is_month = name == "published_date" and parse_date(f"{text}-01") is not None
        if text and parse_date(text) is None and not is_month:
            raise ValueError(f"{name} is {shown(text)}, not a day of the calendar written YYYY-MM-DD")
