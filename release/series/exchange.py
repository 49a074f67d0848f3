"""Exchange rates for conversions: means of daily crosses over a period, or the last rate on or before a day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from canonical.reference import Reference
from release.series.tables import Tables

__all__ = ["Rate", "Rates"]

SOURCE = "ecb-euro-reference-rates"
PLACES = Decimal("0.0000000001")
SLACK = timedelta(days=7)
"""A period counts as covered when the daily rates reach within a week of its ends (holidays, weekends)."""


@dataclass(frozen=True)
class Rate:
    """A row of `exchange_rate_means`: units of `quote` for one unit of `base`."""

    exchange_rate_id: str
    period_start: date
    period_end: date
    base: str
    quote: str
    rate: Decimal
    days: int
    source_id: str = SOURCE


@dataclass
class Rates:
    """The daily reference rates of the European Central Bank, and the means that conversions have asked for."""

    reference: Reference
    used: dict[str, Rate] = field(default_factory=dict[str, Rate])
    _common: dict[tuple[str, str], list[date]] = field(default_factory=dict[tuple[str, str], list[date]])

    @classmethod
    def of(cls, tables: Tables) -> Rates:
        """The rates of the tables of a build, shared by all that convert."""
        return tables.shared("rates", lambda: cls(Reference(tables.folder)))

    @cached_property
    def _daily(self) -> dict[str, dict[date, Decimal]]:
        """Units of a currency for one euro, by currency and day."""
        daily: dict[str, dict[date, Decimal]] = {}
        for row in self.reference.rows("exchange_rates"):
            if row["source_id"] == SOURCE and row["base"] == "EUR":
                daily.setdefault(row["quote"], {})[date.fromisoformat(row["date"])] = Decimal(row["rate"])
        return daily

    @cached_property
    def _days(self) -> dict[str, list[date]]:
        return {currency: sorted(rates) for currency, rates in self._daily.items()}

    def mean(self, base: str, quote: str, start: date, end: date) -> Rate | None:
        """The mean of the daily crosses from `start` to `end`; None where the rates do not cover the period."""
        common = self._common_days(base, quote)
        days = common[bisect_left(common, start) : bisect_right(common, end)]
        if not days or days[0] - start > SLACK or end - days[-1] > SLACK:
            return None
        total = sum((self._cross(base, quote, day) for day in days), Decimal(0))
        return self._keep(base, quote, start, end, total / len(days), len(days))

    def last(self, base: str, quote: str, day: date) -> Rate | None:
        """The last cross on or before `day`, at most a week old; None where there is none."""
        days = self._common_days(base, quote)
        index = bisect_right(days, day)
        if index == 0 or day - days[index - 1] > SLACK:
            return None
        found = days[index - 1]
        return self._keep(base, quote, found, found, self._cross(base, quote, found), 1)

    def _common_days(self, base: str, quote: str) -> list[date]:
        if base == "EUR":
            return self._days.get(quote, [])
        if quote == "EUR":
            return self._days.get(base, [])
        if (base, quote) not in self._common:
            other = self._daily.get(quote, {})
            self._common[base, quote] = [day for day in self._days.get(base, []) if day in other]
        return self._common[base, quote]

    def _cross(self, base: str, quote: str, day: date) -> Decimal:
        one = Decimal(1)
        of_base = one if base == "EUR" else self._daily[base][day]
        of_quote = one if quote == "EUR" else self._daily[quote][day]
        return of_quote / of_base

    def _keep(self, base: str, quote: str, start: date, end: date, rate: Decimal, days: int) -> Rate:
        key = f"{base}.{quote}.{start.isoformat()}.{end.isoformat()}"
        kept = Rate(key, start, end, base, quote, rate.quantize(PLACES), days)
        return self.used.setdefault(key, kept)
