"""How long reporters take to publish: the days from the end of a period to the first day on which they print it.

A reporter's lag is measured from its own publication days: for each day on which one of its fiscal quarters ended, the
first dated document of its own that prints a figure of a period to that day. The end of a fiscal year is measured by
itself, because audited years take longer. Later documents, which print a period as a comparative, say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil

from canonical.calendars import Calendar
from canonical.observation import REPORTER
from canonical.periods import parse_date
from release.series.facts import Facts
from release.series.history import History
from release.series.tables import Tables

__all__ = ["LONGEST", "Lag", "Lags"]

LONGEST = timedelta(days=180)
"""A document that prints a period later than that repeats it."""
FEWEST = 3
"""Periods to read a lag from; with fewer, those of all the reporter's periods serve, then those of all reporters."""
LATE = 90
"""The percentile of the lags by which a period may be expected to be published."""


@dataclass(frozen=True)
class Lag:
    """Days from the end of a period to its publication: the median, the 90th percentile, and how they were measured.

    `basis` is `own` for the reporter's periods of the same kind (year ends, or others), `reporter` for all its
    periods, `all` for those of all reporters.
    """

    median: int
    late: int
    periods: int
    basis: str


@dataclass(frozen=True)
class Lags:
    """The lags of all reporters, measured from the observations of a build."""

    facts: Facts

    @classmethod
    def of_build(cls, tables: Tables) -> Lags:
        """The lags of the tables of a build, measured once."""
        return tables.shared("lags", lambda: cls(History.of(tables).facts))

    def of(self, entity_id: str, end: date) -> Lag:
        """The lag to expect of an entity for a period that ends on a day."""
        reporter, kind = self._reporter(entity_id), self._is_year_end(entity_id, end)
        days = self._days
        pools: tuple[tuple[str, Iterable[tuple[str, bool]]], ...] = (
            ("own", [(reporter, kind)]),
            ("reporter", [(reporter, True), (reporter, False)]),
            ("all", [pool for pool in days if pool[1] == kind]),
        )
        for basis, names in pools:
            found = sorted(lag for name in names for lag in days.get(name, ()))
            if len(found) >= FEWEST:
                return Lag(_percentile(found, 50), _percentile(found, LATE), len(found), basis)
        return Lag(LONGEST.days, LONGEST.days, 0, "all")

    def published(self, entity_id: str, end: date) -> date | None:
        """The first day on which the reporter printed a figure of a period to a day; None where no day is known."""
        return self._first_published.get((self._reporter(entity_id), end, self._is_year_end(entity_id, end)))

    @cached_property
    def _days(self) -> Mapping[tuple[str, bool], list[int]]:
        """The lags in days by reporter, year ends apart from other ends."""
        days: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for (reporter, end, is_year_end), published in self._first_published.items():
            if published - end <= LONGEST:
                days[reporter, is_year_end].append((published - end).days)
        return days

    @cached_property
    def _first_published(self) -> dict[tuple[str, date, bool], date]:
        first: dict[tuple[str, date, bool], date] = {}
        for row in self.facts.observations:
            end = parse_date(row["period_end"])
            published = self._published(row["source_id"])
            place = self._calendar(row["entity_id"]).quarter_of(end) if end else None
            is_past = row["claim_status"] in ("actual", "preliminary")
            if end and place and is_past and published and published > end:
                key = self._reporter(row["entity_id"]), end, place[1] == 4
                first[key] = min(first.get(key, published), published)
        return first

    def _published(self, source_id: str) -> date | None:
        """The day of a document of the reporter's own, None where it is not known to the day."""
        source = self.facts.reference.sources.get(source_id, {})
        is_own = source.get("kind") in REPORTER and source.get("published_precision") == "day"
        return parse_date(source.get("published_on", "")) if is_own else None

    def _reporter(self, entity_id: str) -> str:
        """Whose publication days an entity's figures appear on: its vendor, else itself."""
        return self.facts.reference.entities.get(entity_id, {}).get("vendor_id") or entity_id

    def _is_year_end(self, entity_id: str, end: date) -> bool:
        place = self._calendar(entity_id).quarter_of(end)
        return place is not None and place[1] == 4

    def _calendar(self, entity_id: str) -> Calendar:
        return self.facts.reference.calendar(entity_id) or Calendar()


def _percentile(ordered: list[int], percent: int) -> int:
    """The nearest rank: the smallest value that at least `percent` per cent of the values do not exceed."""
    return ordered[max(ceil(len(ordered) * percent / 100), 1) - 1]
