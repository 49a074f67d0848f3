"""What may be expected from whom: the rows of `reporting`, and what a reporter's own past prints promise.

A reporter that printed the revenue or the operating result of an entity for three periods of one length is expected to
go on, unless `reporting` says something of that metric and frequency, or nothing of the entity was printed for a year
and a half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from canonical.calendars import Calendar
from canonical.periods import MONTHS_OF
from release.series.history import History
from release.series.tables import Tables

__all__ = ["METRICS", "TABLE_OF", "Expectation", "expectations"]

TABLE_OF = {"quarter": "quarterly_metrics", "half_year": "half_year_metrics", "year": "annual_metrics"}
METRICS = ("revenue", "operating-income", "ebita")
"""Metrics whose own past is a promise."""
LEAST = 3
SILENT = timedelta(days=549)


@dataclass(frozen=True)
class Expectation:
    """A metric of an entity that may be expected every so often, from the period to `first` on, to `last` where set.

    `absence` says why no number is there where none is reported; `basis` is `listed` for a row of `reporting`, and
    `observed` for what past prints promise.
    """

    entity_id: str
    metric_id: str
    breakdown_id: str
    frequency: str
    first: date
    last: date | None
    absence: str | None
    basis: str

    def is_of(self, entity_id: str, frequency: str, end: date) -> bool:
        """Whether a number of an entity is expected for a period that ends on a day."""
        is_meant = (self.entity_id, self.frequency, self.absence) == (entity_id, frequency, None)
        return is_meant and self.first <= end <= (self.last or end)

    def periods(self, calendar: Calendar, released: date) -> Iterator[tuple[date, date]]:
        """First and last days of its periods up to its last, or up to the release."""
        end = self.first
        while end <= (self.last or released):
            start = calendar.start(self.frequency, end)
            assert start is not None
            yield start, end
            end = calendar.earlier(end, -MONTHS_OF[self.frequency])


def expectations(tables: Tables, released: date) -> list[Expectation]:
    """The listed expectations in the order of their table, then the observed ones in that of their key.

    `released` is the day of the release, from which the silence of an entity is counted.
    """
    return tables.shared("expectations", lambda: list(_expectations(tables, released)))


def _expectations(tables: Tables, released: date) -> Iterable[Expectation]:
    listed: set[tuple[str, str, str, str]] = set()
    for row in tables["reporting"].iter_rows(named=True):
        key = (row["entity_id"], row["metric_id"], row["breakdown_id"], row["frequency"])
        listed.add(key)
        yield Expectation(*key, row["first_period_end"], row["last_period_end"], row["absence"], "listed")
    printed = _printed_by_reporter(tables)
    latest: dict[str, date] = {}
    for (entity_id, *_), ends in printed.items():
        latest[entity_id] = max(latest.get(entity_id, ends[0]), *ends)
    for key, ends in sorted(printed.items()):
        if len(ends) >= LEAST and key not in listed and latest[key[0]] >= released - SILENT:
            yield Expectation(*key, min(ends), None, None, "observed")


def _printed_by_reporter(tables: Tables) -> dict[tuple[str, str, str, str], list[date]]:
    """The ends of fiscal periods whose total the reporter printed, by entity, metric, breakdown and frequency."""
    history = History.of(tables)
    found: dict[tuple[str, str, str, str], list[date]] = defaultdict(list)
    for frequency, table in TABLE_OF.items():
        rows = tables[table].filter(
            pl.col("period_type") == frequency, pl.col("metric_id").is_in(METRICS), pl.col("basis") == "reported",
            pl.col("breakdown_id") == "total", pl.col("vendor_id").is_not_null(),
            pl.col("fiscal_period").is_not_null(), pl.col("derivation") == "printed",
        )  # fmt: skip
        for row in rows.iter_rows(named=True):
            key = (row["entity_id"], row["metric_id"], "total", frequency)
            fact = (key[0], "", key[1], "level", "reported", "total", frequency, str(row["period_start"]),
                    str(row["period_end"]))  # fmt: skip
            if history.levels[fact][-1].is_own_word:
                found[key].append(row["period_end"])
    return found
