"""The reference rows that completing and checking other rows needs, looked up by identifier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from canonical.calendars import Calendar, calendar_of
from canonical.findings import one_line
from canonical.intervals import LONGEST
from canonical.periods import last_day_allowed, parse_date
from canonical.reading.content import shown_path
from canonical.reading.folder_cells import FolderCells, cells_below
from canonical.reading.reader import UnreadableError, read_table
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row, text_rows

__all__ = ["OwnTable", "Reference", "Unit", "exact_factor", "known_on"]


FACTOR = re.compile(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
"""A number above zero as a column of numbers has it; Python's own reader takes other digits and `1_0` too."""


class OwnTable(NamedTuple):
    """A file of somebody's own and the table it is read as; its rows stand before those of the package.

    It is a part of that table where it was found in a `folder` of parts.
    """

    table: str
    path: Path
    folder: Path | None = None

    @property
    def cells(self) -> FolderCells:
        """What the folders between that of the table and the file tell of its rows."""
        return cells_below(self.folder, self.path)


@dataclass(frozen=True)
class Unit:
    """A unit of measure: what it counts, the unit its values are kept in, and the exact factor to it."""

    unit_id: str
    quantity: str
    currency: str
    canonical_unit_id: str
    factor: Decimal


def exact_factor(text: str) -> Decimal | None:
    """The factor of a unit; None where it is none that exact arithmetic has room for, such as 0, NaN or 1e400."""
    if not FACTOR.fullmatch(text):
        return None
    factor = Decimal(text)
    has_room = factor > 0 and -LONGEST <= factor.adjusted() <= LONGEST
    return factor if has_room and len(factor.as_tuple().digits) <= LONGEST else None


def known_on(source: Row) -> str:
    """The last day a source's date allows; the day of retrieval where its date is unknown; else empty."""
    published = parse_date(source.get("published_on", ""))
    precision = source.get("published_precision", "") or ("day" if published else "unknown")
    if published is None or precision == "unknown":
        return source.get("retrieved_on", "")
    return last_day_allowed(published, precision).isoformat()


@dataclass(frozen=True)
class Reference:
    """The reference tables of a folder, each read once when first asked for.

    `own` are files whose rows are added to those of the folder and stand in place of rows with the same key.
    """

    folder: Path = DATA
    own: tuple[OwnTable, ...] = ()

    def rows(self, table: str) -> list[Row]:
        """All rows of a reference table as texts: one's own, then those of the folder, else of the package.

        Raises `UnreadableError` where a file is no such table: nothing can be checked against it.
        """
        own = [row for file in self.own if file.table == table for row in _rows_of(file.path, table, file.cells)]
        path = self._file(table)
        others = _rows_of(path, table) if path else []
        if not own:
            return others
        key = load_schema(table).primary_key
        given = {tuple(row[column] for column in key) for row in own}
        return own + [row for row in others if tuple(row[column] for column in key) not in given]

    def _file(self, table: str) -> Path | None:
        names = (f"{table}.csv", f"{table}.parquet")
        return next((folder / n for folder in (self.folder, DATA) for n in names if (folder / n).is_file()), None)

    def _by(self, table: str, key: str) -> dict[str, Row]:
        return {row.get(key, ""): row for row in self.rows(table)}

    @cached_property
    def units(self) -> dict[str, Unit]:
        """Units with a readable factor, by unit_id."""
        found: dict[str, Unit] = {}
        for row in self.rows("units"):
            factor = exact_factor(row["factor"])
            if factor is None:
                continue
            found[row["unit_id"]] = Unit(
                row["unit_id"], row["quantity"], row["currency"], row["canonical_unit_id"], factor
            )
        return found

    @cached_property
    def metrics(self) -> dict[str, Row]:
        """Metrics by metric_id."""
        return self._by("metrics", "metric_id")

    @cached_property
    def entities(self) -> dict[str, Row]:
        """Entities by entity_id."""
        return self._by("entities", "entity_id")

    def calendar(self, entity_id: str) -> Calendar | None:
        """The fiscal calendar of an entity, None where it names no month in which its year ends."""
        if entity_id not in self._calendars:
            cells = self.entities.get(entity_id, {})
            declared = ("fiscal_year_end_month", "fiscal_year_end_rule", "fiscal_quarter_weeks")
            self._calendars[entity_id] = calendar_of(*(cells.get(column, "") for column in declared))
        return self._calendars[entity_id]

    @cached_property
    def _calendars(self) -> dict[str, Calendar | None]:
        return {}

    @cached_property
    def breakdowns(self) -> dict[str, Row]:
        """Breakdowns by breakdown_id."""
        return self._by("breakdowns", "breakdown_id")

    @cached_property
    def sources(self) -> dict[str, Row]:
        """Sources by source_id."""
        return self._by("sources", "source_id")

    @cached_property
    def _breaks(self) -> dict[str, list[Row]]:
        """The breaks of each entity in the order they came into force."""
        found: dict[str, list[Row]] = {}
        for row in self.rows("entity_breaks"):
            if row["entity_id"] and row["first_published_on"]:
                found.setdefault(row["entity_id"], []).append(row)
        return {entity: sorted(rows, key=lambda row: row["first_published_on"]) for entity, rows in found.items()}

    def source_known_on(self, source_id: str) -> date | None:
        """The day on which what a source says was known, None where nothing tells."""
        known = self._known
        if source_id not in known:
            known[source_id] = parse_date(known_on(self.sources.get(source_id, {})))
        return known[source_id]

    @cached_property
    def _known(self) -> dict[str, date | None]:
        return {}

    def perimeter(self, entity_id: str, metric_id: str, source_id: str) -> str:
        """The perimeter in force for an entity's metric when a source was published."""
        published = self.source_known_on(source_id)
        return self.perimeter_on(entity_id, metric_id, published or date.max)

    def perimeters(self, entity_id: str) -> tuple[str, ...]:
        """The perimeters of an entity in the order they came into force, `original` first."""
        return ("original", *(row["perimeter_id"] for row in self._breaks.get(entity_id, [])))

    def perimeters_of(self, entity_id: str, metric_id: str) -> tuple[str, ...]:
        """For each of `perimeters`, the perimeter in which figures of a metric stood while it was in force."""
        found = ["original"]
        for row in self._breaks.get(entity_id, []):
            touched = row.get("metric_ids", "").split()
            found.append(row["perimeter_id"] if not touched or metric_id in touched else found[-1])
        return tuple(found)

    def perimeter_on(self, entity_id: str, metric_id: str, day: date) -> str:
        """The perimeter in force for an entity's metric on a day, `original` before any break that touches it."""
        current = "original"
        for row in self._breaks.get(entity_id, []):
            touched = row.get("metric_ids", "").split()
            if row["first_published_on"] <= day.isoformat() and (not touched or metric_id in touched):
                current = row["perimeter_id"]
        return current


def _rows_of(path: Path, table: str, cells: FolderCells | None = None) -> list[Row]:
    schema = load_schema(table)
    found, findings = read_table(path, schema, shown_path(path), cells)
    if found is None:
        raise UnreadableError(one_line(findings[0]))
    absent = {field.name: field.default if field.filled == "default" else "" for field in schema.fields}
    return [absent | row for row in text_rows(found.frame)]
