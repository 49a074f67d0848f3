"""Mean exchange rates of a year and those of its days, to tell what a number in another currency must be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import polars as pl

from canonical.reading.encodings import UnreadableError
from canonical.text_tables import DATA

__all__ = ["rate_of_year", "rates_of_days"]

COLUMNS = ("date", "base", "quote", "rate")
DAY = r"^\d{4}-\d\d-\d\d$"
LEAST, MOST = 1e-9, 1e9
"""What a rate may be that is no slip: a table with others is told by its own rules, and gives no mean."""


@lru_cache(maxsize=1 << 12)
def rate_of_year(currency: str, in_currency: str, year: int, folder: Path = DATA) -> Decimal | None:
    """Units of `in_currency` for one unit of `currency`, mean of the days of a year; None where no rate is known."""
    rates = _means(folder if _file(folder) else DATA)
    one, other = rates.get((currency, year)), rates.get((in_currency, year))
    return None if one is None or other is None else other / one


def rates_of_days(
    currency: str, in_currency: str, first: date, last: date, folder: Path = DATA
) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest units of `in_currency` for one unit of `currency` from one day to another.

    None where no day between them has both rates.
    """
    months = _months(currency, in_currency, folder if _file(folder) else DATA)
    span = range(12 * first.year + first.month, 12 * last.year + last.month + 1)
    found = [months[month] for month in span if month in months]
    ends = (min(low for low, _ in found), max(high for _, high in found)) if found else None
    return (Decimal(repr(ends[0])), Decimal(repr(ends[1]))) if ends else None


@lru_cache(maxsize=64)
def _months(currency: str, in_currency: str, folder: Path) -> dict[int, tuple[float, float]]:
    """The least and the greatest rate of each month, counted from the year 0."""
    days = _days(folder)
    one, other = days.get(currency, {}), days.get(in_currency, {})
    found: dict[int, tuple[float, float]] = {}
    for day in one.keys() & other.keys():
        rate, month = other[day] / one[day], 12 * int(day[:4]) + int(day[5:7])
        low, high = found.get(month, (rate, rate))
        found[month] = min(low, rate), max(high, rate)
    return found


@lru_cache(maxsize=4)
def _days(folder: Path) -> dict[str, dict[str, float]]:
    """Units for one euro by currency and day."""
    path = _file(folder)
    frame = None if path is None else _rates(path)
    found: dict[str, dict[str, float]] = {}
    for day, quote, rate in _of_euro(frame).select("date", "quote", "rate").iter_rows() if frame is not None else ():
        found.setdefault(quote, {})[day] = rate
    return found


def _of_euro(frame: pl.DataFrame) -> pl.DataFrame:
    """The rates of the euro that are no slips, with their days as texts; a day or rate that is none is left out."""
    return (
        frame.filter(pl.col("base") == "EUR")
        .with_columns(date=pl.col("date").cast(pl.String), rate=pl.col("rate").cast(pl.Float64, strict=False))
        .filter(pl.col("rate").is_between(LEAST, MOST), pl.col("date").str.contains(DAY))
        .drop_nulls(("date", "quote", "rate"))
    )


def _file(folder: Path) -> Path | None:
    paths = (folder / "exchange_rates.csv", folder / "exchange_rates.parquet")
    return next((path for path in paths if path.is_file()), None)


def _rates(path: Path) -> pl.DataFrame | None:
    """The rows of a table of rates; None where it is damaged or of another shape, which layer S tells."""
    try:
        if path.suffix == ".parquet":
            from canonical.reading.parquet_files import parquet_frame

            frame = parquet_frame(path, path.name)
        else:
            frame = pl.read_csv(path, infer_schema=False)
    except (UnreadableError, OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    return frame if set(COLUMNS) <= set(frame.columns) else None


@lru_cache(maxsize=4)
def _means(folder: Path) -> dict[tuple[str, int], Decimal]:
    """Units for one euro by currency and year."""
    path = _file(folder)
    frame = None if path is None else _rates(path)
    if frame is None:
        return {}
    means = (
        frame.filter(pl.col("base") == "EUR")
        .with_columns(
            year=pl.col("date").cast(pl.String).str.slice(0, 4).cast(pl.Int32, strict=False),
            rate=pl.col("rate").cast(pl.Float64, strict=False),
        )
        .filter(pl.col("rate").is_between(LEAST, MOST))
        .group_by("quote", "year")
        .agg(pl.col("rate").mean())
        .drop_nulls()
    )
    found = {(quote, year): Decimal(repr(rate)) for quote, year, rate in means.iter_rows()}
    return found | {("EUR", year): Decimal(1) for _, year in found}
