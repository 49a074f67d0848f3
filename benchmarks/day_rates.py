"""Exchange rates of single days, at which reports convert the numbers of their period."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from functools import cache

from canonical.text_tables import csv_path, read_rows

__all__ = ["day_rate"]


def day_rate(currency: str, day: str) -> Decimal:
    """Units of a currency for one euro on a day (ISO 8601), or on the last day before it that has a rate.

    Before the first day that has one it is the rate of that day. Raises KeyError for a currency without rates.
    """
    days, rates = _rates()[currency]
    return rates[max(bisect_right(days, day) - 1, 0)]


@cache
def _rates() -> dict[str, tuple[list[str], list[Decimal]]]:
    """The days and rates of each currency against the euro, in order of time."""
    found: dict[str, tuple[list[str], list[Decimal]]] = {}
    for row in sorted(read_rows(csv_path("exchange_rates")), key=lambda row: row["date"]):
        if row["base"] == "EUR":
            days, rates = found.setdefault(row["quote"], ([], []))
            days.append(row["date"])
            rates.append(Decimal(row["rate"]))
    return found
