"""The latest headline of each fact of one period length, with growth recomputed and a value in US dollars."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import polars as pl

from canonical.periods import MONTHS_OF, months_before, parse_date, period_start
from canonical.table_schema import load_schema
from release.series.calendars import calendar_quarter, fiscal_label, is_aligned, quarter_days
from release.series.exchange import Rate, Rates
from release.series.facts import FACT_KEY, FactKey
from release.series.growth import growth
from release.series.history import History
from release.series.tables import Tables, frame_of
from release.series.vintage import Vintage, vintage_cells

__all__ = ["build_metrics"]

CENT = Decimal("0.0001")
Row = dict[str, object]


def build_metrics(tables: Tables, table: str, period_type: str) -> pl.DataFrame:
    """Table `quarterly_metrics`, `half_year_metrics` or `annual_metrics`.

    One row per fact of `period_type` (and, for quarters, per instant at a fiscal quarter's end) whose whole is the
    entity itself, in order of entity, metric, basis, breakdown and period.
    """
    history = History.of(tables)
    maker = _Maker(history, Rates.of(tables), period_type)
    keys = sorted(key for key in history.levels if key[6] in maker.types and not key[1])
    rows = [row for key in keys for row in maker.rows(key)]
    return frame_of(load_schema(table), rows)


@dataclass(frozen=True)
class _Maker:
    """Makes the rows of one period length."""

    history: History
    rates: Rates
    period_type: str

    @property
    def types(self) -> tuple[str, ...]:
        return ("quarter", "instant") if self.period_type == "quarter" else (self.period_type,)

    def rows(self, key: FactKey) -> Iterable[Row]:
        """The row of a fact; none for an instant that is no fiscal quarter's end."""
        parts = dict(zip(FACT_KEY, key, strict=True))
        entity = self.history.facts.reference.entities.get(parts["entity_id"], {})
        end = parse_date(parts["period_end"])
        if end is None:
            return
        label = fiscal_label(self.period_type, end, int(entity.get("fiscal_year_end_month") or 12))
        if parts["period_type"] == "instant" and label is None:
            return
        start = parse_date(parts["period_start"]) or quarter_days(end)[0]
        vintages = self.history.levels[key]
        latest, first = vintages[-1], vintages[0]
        before = self._latest(self._shifted(key, MONTHS_OF[self.period_type]))
        yield {
            **{column: text or None for column, text in parts.items() if column != "measure"},
            **vintage_cells(latest),
            "vendor_id": entity.get("vendor_id") or None,
            "fiscal_period": label,
            "calendar_quarter": calendar_quarter(start, end) if self.period_type == "quarter" else None,
            "aligned": is_aligned(start, end),
            "break": before is not None and before.perimeter_id != latest.perimeter_id,
            "first_reported": first.value,
            "first_known_on": first.known_on,
            **self._growth_cells(key, latest, "growth_yoy", 12),
            **self._growth_cells(key, latest, "growth_prev", MONTHS_OF[self.period_type]),
            "growth_yoy_printed": self._printed_growth(key),
            **self._usd_cells(key, latest),
        }

    def _latest(self, key: FactKey) -> Vintage | None:
        vintages = self.history.levels.get(key)
        return vintages[-1] if vintages else None

    @staticmethod
    def _shifted(key: FactKey, months: int) -> FactKey:
        """The same fact `months` earlier."""
        end = parse_date(key[8])
        assert end is not None
        earlier = months_before(end + timedelta(days=1), months) - timedelta(days=1)
        start = period_start(key[6], earlier)
        return (*key[:7], start.isoformat() if start else "", earlier.isoformat())

    def _growth_cells(self, key: FactKey, latest: Vintage, column: str, months: int) -> Row:
        base = self.history.within(self._shifted(key, months), latest.perimeter_id)
        found = growth(latest, base) if base else None
        if found is None:
            return {}
        value, low, high = found
        return {column: value, f"{column}_low": low, f"{column}_high": high}

    def _printed_growth(self, key: FactKey) -> Decimal | None:
        vintages = self.history.printed.get((*key[:3], "growth_yoy", *key[4:]))
        return vintages[-1].value if vintages else None

    def _usd_cells(self, key: FactKey, latest: Vintage) -> Row:
        now = self._usd(key, latest)
        base = self.history.within(self._shifted(key, 12), latest.perimeter_id)
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
