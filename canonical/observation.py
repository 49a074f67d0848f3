"""One print as relations see it: its series, its period, its interval, and how far its source is to be trusted.

A *series* is what may be compared over time and between sources: one entity, metric, breakdown, measure, basis,
unit and perimeter, and one standing. What a reporter states of the past stands for all; an estimate stands for
its estimator, a plan or guidance for its document alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from canonical.arithmetic import meets
from canonical.fill import printed_interval
from canonical.intervals import Interval
from canonical.periods import parse_date
from canonical.reference import Reference
from canonical.spans import Period
from canonical.text_tables import Row

__all__ = [
    "ACTUAL",
    "EARLIEST",
    "REPORTER",
    "TRUST",
    "WEAK_KINDS",
    "Observation",
    "RowReader",
    "Series",
    "is_fine",
    "is_same_number",
    "observation_of",
]

WEAK_KINDS = frozenset(("digest", "repository_data", "package_data"))
"""The kinds that repeat numbers of others and err: summaries by machines, notes in repositories and packages."""

ACTUAL = "actual"
"""The standing of what reporters say of the past."""

TRUST = (
    "regulatory_filing", "company_release", "earnings_call", "vendor_page", "government", "market_research",
    "broker_research", "news", "data_aggregator", "repository_data", "package_data",
    "digest",
)  # fmt: skip
"""Kinds of sources in the order of trust, as the field `kind` of sources lists them."""

REPORTER = TRUST[: TRUST.index("vendor_page") + 1]
"""The kinds in which the reporter itself speaks."""

EARLIEST = date(2000, 1, 1)
"""A period that ends before this day is a slip, which P.past names: clouds are sold since the 2000s, and the oldest
period of the package ends in 2015. No other relation reads it."""

READINGS = frozenset((
    "entity_id", "metric_id", "measure", "breakdown_id", "basis", "period_type", "period_end", "printed_unit_id",
    "claim_status", "of_entity_id", "period_start", "printed_value", "bound",
))  # fmt: skip
"""Columns whose content, where it is assumed, takes force from a contradiction."""


class Series(NamedTuple):
    """What two prints must share to be compared, their period apart."""

    entity_id: str
    metric_id: str
    breakdown_id: str
    measure: str
    basis: str
    of_entity_id: str
    unit_id: str
    perimeter_id: str
    standing: str

    def in_unit(self, unit_id: str, standing: str) -> Series:
        """The same in another unit and standing; `_replace` takes three times as long, and relations ask it often."""
        return Series(*self[:6], unit_id, self.perimeter_id, standing)


@dataclass(slots=True, eq=False)  # that nothing is changed in them is left to readers: frozen ones take thrice as long
class Observation:
    """One print: its row, series, period, interval (in canonical units) and what is known of its source."""

    row_id: str
    number: int
    row: Row
    source_id: str
    """The document that states the number."""
    series: Series
    period: Period | None
    interval: Interval
    trust: int
    publisher: str
    known_on: date | None
    assumed: tuple[str, ...]

    @property
    def is_own_word(self) -> bool:
        """Whether the reporter itself says it: a filing, release, call or page of its own."""
        return self.trust < len(REPORTER)


def observation_of(row: Row, number: int, reference: Reference) -> Observation | None:
    """A filled row as an observation, None where its print or unit is malformed (other layers say so).

    `number` counts data rows from 1.
    """
    return RowReader(reference).observation(row, number)


class RowReader:
    """Reads filled rows as observations; what many rows have in common is read once and is one object in all."""

    def __init__(self, reference: Reference) -> None:
        """Read nothing yet."""
        self._reference = reference
        self._sources: dict[str, tuple[int, str, date | None]] = {}
        self._periods: dict[tuple[str, ...], Period | None] = {}
        self._series: dict[tuple[str, ...], Series] = {}
        self._assumed: dict[str, tuple[str, ...]] = {}

    def observation(self, row: Row, number: int) -> Observation | None:
        """A row as `observation_of` gives it."""
        interval = printed_interval(row, self._reference)
        if interval is None:
            return None
        source_id, dated, assumed = row["source_id"], PERIOD_CELLS(row), row["assumed"]
        if source_id not in self._sources:
            self._sources[source_id] = self._source(source_id)
        if dated not in self._periods:
            self._periods[dated] = self._period(*dated)
        if assumed not in self._assumed:
            self._assumed[assumed] = tuple(column for column in assumed.split() if column in READINGS)
        trust, publisher, known_on = self._sources[source_id]
        named = (*SERIES_CELLS(row), _standing(row, publisher))
        if named not in self._series:
            self._series[named] = self._series_of(*named)
        return Observation(
            row["observation_id"], number, row, source_id, self._series[named], self._periods[dated],
            interval if interval.low is not None else _within_limits(interval, row, self._reference),
            trust, publisher, known_on, self._assumed[assumed],
        )  # fmt: skip

    def _source(self, source_id: str) -> tuple[int, str, date | None]:
        source = self._reference.sources.get(source_id, {})
        kind = source.get("kind", "")
        trust = TRUST.index(kind) if kind in TRUST else len(TRUST)
        return trust, source.get("publisher", ""), self._reference.source_known_on(source_id)

    def _period(self, entity_id: str, type_: str, start: str, end: str) -> Period | None:
        last = parse_date(end)
        if last is None or last < EARLIEST:
            return None
        # Only an entity that counts its quarters in weeks brings its calendar along.
        calendar = self._reference.calendar(entity_id)
        return Period(type_, parse_date(start), last, calendar if calendar and calendar.is_by_weeks else None)

    def _series_of(
        self, entity: str, metric: str, part: str, measure: str, basis: str, of: str, unit_id: str, *others: str
    ) -> Series:
        unit = self._reference.units.get(unit_id)
        return Series(entity, metric, part, measure, basis, of, unit.canonical_unit_id if unit else "", *others)


PERIOD_CELLS = itemgetter("entity_id", "period_type", "period_start", "period_end")
SERIES_CELLS = itemgetter(
    "entity_id", "metric_id", "breakdown_id", "measure", "basis", "of_entity_id", "printed_unit_id", "perimeter_id"
)


def _standing(row: Row, publisher: str) -> str:
    status = row["claim_status"]
    if status in ("actual", "preliminary"):
        return ACTUAL
    return f"estimate {_estimator(row) or publisher}" if status == "estimate" else f"{status} {row['source_id']}"


def _estimator(row: Row) -> str:
    """Who made an estimate, where the market says it: the id of a market begins with its publisher."""
    market = row["of_entity_id"] or row["entity_id"]
    return market.partition(".")[0] if "." in market else ""


def _within_limits(interval: Interval, row: Row, reference: Reference) -> Interval:
    """The interval without a low end, with that at zero where the metric has no negative values."""
    if row["measure"] not in ("level", "annualised", "share"):
        return interval
    if reference.metrics.get(row["metric_id"], {}).get("sign") != "nonnegative":
        return interval
    return replace(interval, low=Decimal(0), low_open=False)


def is_same_number(one: Observation, other: Observation) -> bool:
    """Whether two prints agree and are each known to three digits or so: that is hardly chance."""
    return meets(one.interval, other.interval) and is_fine(one) and is_fine(other)


def is_fine(observation: Observation) -> bool:
    """Whether a print is known to about three digits."""
    low, high = observation.interval.low, observation.interval.high
    return low is not None and high is not None and abs(high - low) * 100 <= abs(high + low) / 2 != 0
