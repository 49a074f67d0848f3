"""What kinds of errors work on: the clean rows with what an error needs to know of their neighbourhood."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from canonical.reference import Reference
from canonical.text_tables import Row, csv_path, read_rows, rows_with
from validation.known_issues import COLUMNS, PATH

__all__ = ["Book", "Change", "Group", "Injection", "Kind", "day_of", "fact_of", "series_of"]

Change = Mapping[str, str] | None
"""The cells that an error changes; None where the kind does not apply to the row."""


Group = Literal["transcription", "contribution", "source", "file", "harmless"]
"""Who erred: the person who typed a cell, or who read the page, the source itself, an edit of the file, or nobody."""


@dataclass(frozen=True)
class Book:
    """The clean rows of observations with what kinds of errors need to know of their neighbourhood."""

    rows: list[Row]
    reference: Reference

    @cached_property
    def settled(self) -> frozenset[str]:
        """Rows that a correction changes or of which a finding is accepted: once more they are found once more."""
        changed = {row["observation_id"] for row in read_rows(csv_path("corrections"))}
        return frozenset(changed | {row["row_id"] for row in rows_with(PATH, COLUMNS, "")})

    @cached_property
    def units(self) -> dict[str, list[str]]:
        """Units by canonical unit."""
        found: dict[str, list[str]] = {}
        for unit in self.reference.units.values():
            found.setdefault(unit.canonical_unit_id, []).append(unit.unit_id)
        return found

    @cached_property
    def series(self) -> dict[tuple[str, ...], list[Row]]:
        """Rows by entity, metric, breakdown, measure and type of period, in order of time."""
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in sorted(self.rows, key=lambda row: row["period_end"]):
            found.setdefault(series_of(row), []).append(row)
        return found

    @cached_property
    def by_fact(self) -> dict[tuple[str, ...], list[Row]]:
        """Rows by metric, measure, breakdown and period, whatever their entity."""
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in self.rows:
            found.setdefault(fact_of(row), []).append(row)
        return found

    @cached_property
    def by_metric(self) -> dict[str, list[str]]:
        """Metrics by quantity."""
        found: dict[str, list[str]] = {}
        for metric_id, row in self.reference.metrics.items():
            found.setdefault(row["quantity"], []).append(metric_id)
        return found


def series_of(row: Row) -> tuple[str, ...]:
    return tuple(row[c] for c in ("entity_id", "metric_id", "breakdown_id", "measure", "period_type"))


def fact_of(row: Row) -> tuple[str, ...]:
    return tuple(row[c] for c in ("metric_id", "measure", "breakdown_id", "period_type", "period_end"))


@dataclass(frozen=True)
class Kind:
    """A kind of error: its name, what it does in words, and the function that changes a row."""

    name: str
    words: str
    change: Callable[[Row, random.Random, Book], Change]
    group: Group = "transcription"
    adds_row: bool = False


def day_of(row: Row) -> int:
    """The last day of a row's period as a count of days, 0 where it is undated."""
    return date.fromisoformat(row["period_end"]).toordinal() if row["period_end"] else 0


@dataclass(frozen=True)
class Injection:
    """One trial: a kind put into one row of a table."""

    kind: Kind
    table: str
    number: int
    before: Row
    after: Row
