"""The latest headline of each fact of one period length, with growth recomputed and a value in US dollars.

Every cell of a row stands in the perimeter that the row names, and so does each base of growth. What is known in
another perimeter only is left out, and a flag says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import polars as pl

from canonical.calendars import Calendar, calendar_quarter, is_aligned
from canonical.periods import MONTHS_OF, parse_date
from canonical.table_schema import load_schema
from release.series.calendars import fiscal_label
from release.series.corroborated import Corroborated
from release.series.exchange import Rate, Rates
from release.series.facts import FACT_KEY, FactKey
from release.series.growth import growth
from release.series.history import History
from release.series.names import Names
from release.series.perimeters import are_one_perimeter
from release.series.tables import Tables, frame_of
from release.series.vintage import Vintage, printed_vintages, vintage_cells

__all__ = ["build_metrics"]

CENT = Decimal("0.0001")
LEAD = "revenue"
"""The metric whose perimeter other figures of an entity and period are held against."""
Row = dict[str, object]


def build_metrics(tables: Tables, table: str, period_type: str) -> pl.DataFrame:
    """Table `quarterly_metrics`, `half_year_metrics` or `annual_metrics`.

    One row per fact of `period_type` (and, for quarters, per instant at a fiscal quarter's end) whose whole is the
    entity itself, in order of entity, metric, basis, breakdown and period.
    """
    history = History.of(tables)
    names = Names.of(history.facts.reference)
    maker = _Maker(history, Rates.of(tables), names, Corroborated.of(tables), period_type)
    keys = sorted(key for key in history.levels if key[6] in maker.types and not key[1])
    rows = [row for key in keys for row in maker.rows(key)]
    return frame_of(load_schema(table), rows)


@dataclass(frozen=True)
class _Maker:
    """Makes the rows of one period length."""

    history: History
    rates: Rates
    names: Names
    corroborated: Corroborated
    period_type: str

    @property
    def types(self) -> tuple[str, ...]:
        return ("quarter", "instant") if self.period_type == "quarter" else (self.period_type,)

    @property
    def _months(self) -> int:
        return MONTHS_OF[self.period_type]

    def rows(self, key: FactKey) -> Iterable[Row]:
        """The row of a fact; none for an instant that is no fiscal quarter's end."""
        parts = dict(zip(FACT_KEY, key, strict=True))
        end, calendar = parse_date(parts["period_end"]), self._calendar(key)
        if end is None:
            return
        label = fiscal_label(self.period_type, end, calendar)
        start = parse_date(parts["period_start"]) or calendar.start("quarter", end)
        if start is None or (parts["period_type"] == "instant" and label is None):
            return
        latest = self.history.levels[key][-1]
        first = self.history.by_perimeter[latest.perimeter_id][key][0]
        bases = [self._base(key, latest, months) for months in (12, self._months)]
        growth_printed = self._printed_growth(key, latest)
        told = self.history.findings
        inputs = [row for v in (latest, *bases, growth_printed) if v for row in v.observation_ids]
        yield {
            **{column: text or None for column, text in parts.items() if column != "measure"},
            **vintage_cells(latest),
            "flags": " ".join((*latest.flags, *self._flags(key, latest))) or None,
            "disputed": latest.disputed or told.dispute(inputs),
            "finding_ids": " ".join(told.of_rows(inputs)) or None,
            **self.names.cells(parts["entity_id"], parts["metric_id"]),
            "fiscal_period": label,
            "calendar_quarter": calendar_quarter(start, end) if self.period_type == "quarter" else None,
            "aligned": is_aligned(start, end),
            "perimeter_break": self._breaks(key, latest),
            "first_reported": first.value,
            "first_known_on": first.known_on,
            **_growth_cells(latest, bases[0], "growth_yoy"),
            **_growth_cells(latest, bases[1], "growth_prev"),
            "growth_yoy_printed": growth_printed and growth_printed.value,
            **self._usd_cells(key, latest, bases[0]),
            **self.corroborated.cells(latest.observation_ids),
        }

    def _calendar(self, key: FactKey) -> Calendar:
        return self.history.facts.reference.calendar(key[0]) or Calendar()

    def _shifted(self, key: FactKey, months: int) -> FactKey:
        """The same fact `months` earlier."""
        end, calendar = parse_date(key[8]), self._calendar(key)
        assert end is not None
        earlier = calendar.earlier(end, months)
        start = calendar.start(key[6], earlier)
        return (*key[:7], start.isoformat() if start else "", earlier.isoformat())

    def _base(self, key: FactKey, latest: Vintage, months: int) -> Vintage | None:
        """The fact `months` earlier, in the perimeter of the later one."""
        return self.history.within(self._shifted(key, months), latest.perimeter_id)

    def _breaks(self, key: FactKey, latest: Vintage) -> bool:
        """Whether the last period before this one that the series holds stands in another perimeter."""
        before = next((v for earlier in self._before(key) if (v := self.history.levels.get(earlier))), None)
        return before is not None and before[-1].perimeter_id != latest.perimeter_id

    def _before(self, key: FactKey) -> Iterator[FactKey]:
        first = self._first_ends.get(key[:7], key[8])
        while key[8] > first:
            key = self._shifted(key, self._months)
            yield key

    @cached_property
    def _first_ends(self) -> dict[FactKey, str]:
        """The end of the first period of each series."""
        first: dict[FactKey, str] = {}
        for key in self.history.levels:
            first[key[:7]] = min(first.get(key[:7], key[8]), key[8])
        return first

    def _flags(self, key: FactKey, latest: Vintage) -> Iterator[str]:
        """What the row leaves out, or may not be divided by, because it is known in another perimeter only."""
        for flag, months in (("yoy_across_break", 12), ("prev_across_break", self._months)):
            before = self._shifted(key, months)
            if before in self.history.levels and self.history.within(before, latest.perimeter_id) is None:
                yield flag
        lead = self.history.levels.get((*key[:2], LEAD, *key[3:4], "reported", "total", *key[6:]))
        figures = (key[2], latest.perimeter_id), (LEAD, lead[-1].perimeter_id if lead else "")
        if lead and not are_one_perimeter(self.history.facts.reference, key[0], *figures):
            yield "perimeter_apart"

    def _printed_growth(self, key: FactKey, latest: Vintage) -> Vintage | None:
        """Growth on the year as printed in the perimeter of the level."""
        candidates = self.history.facts.by_key.get((*key[:3], "growth_yoy", *key[4:]), [])
        within = [candidate for candidate in candidates if candidate.perimeter_id == latest.perimeter_id]
        return printed_vintages(within)[-1] if within else None

    def _usd_cells(self, key: FactKey, latest: Vintage, base: Vintage | None) -> Row:
        now = self._usd(key, latest)
        then = self._usd(self._shifted(key, 12), base) if base else None
        if now is None:
            return {}
        value, rate = now
        cells: Row = {"value_usd": value.quantize(CENT), "exchange_rate_id": rate.exchange_rate_id if rate else None}
        if then and then[0] > 0:
            cells["growth_yoy_usd"] = ((value / then[0] - 1) * 100).quantize(CENT)
        return cells

    def _usd(self, key: FactKey, vintage: Vintage) -> tuple[Decimal, Rate | None] | None:
        """The value in million US dollars with the rate used; None for what is not money or has no rate."""
        unit = self.history.facts.reference.units.get(vintage.unit_id)
        end, start = parse_date(key[8]), parse_date(key[7])
        if unit is None or not unit.currency or vintage.value is None or end is None:
            return None
        if unit.currency == "USD":
            return vintage.value, None
        rate = self._rate(unit.currency, start, end)
        return (vintage.value * rate.rate, rate) if rate else None

    def _rate(self, currency: str, start: date | None, end: date) -> Rate | None:
        return self.rates.mean(currency, "USD", start, end) if start else self.rates.last(currency, "USD", end)


def _growth_cells(latest: Vintage, base: Vintage | None, column: str) -> Row:
    found = growth(latest, base) if base else None
    if found is None:
        return {}
    value, low, high = found
    return {column: value, f"{column}_low": low, f"{column}_high": high}
