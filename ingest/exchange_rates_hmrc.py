"""Year-end sterling rates of the British tax authority, a cross-check of the euro rates on single days.

The package `hmrc-rates` ships the authority's published tables inside a compiled module, which only running it
shows. No file given on the command line is run: the package is asked as it was installed, from the lock that pins
it by its hash. Only the spot rates (31 March and 31 December) are rates of a day; the monthly and yearly ones
are not and stay out of `exchange_rates`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import metadata
from typing import Any

from canonical.text_tables import Row
from ingest.days import day_of
from ingest.numbers import exact_number
from ingest.options import add_data
from ingest.shapes import reading
from ingest.tables import add_sources, replace_rows, staged
from ingest.upstream import UpstreamError

__all__ = ["HELP", "SOURCE_ID", "main", "rows_of"]

HELP = "year-end spot rates of HM Revenue & Customs from the installed package hmrc-rates (exchange_rates)"
SOURCE_ID = "hmrc-spot-rates"
PACKAGE = "hmrc-rates"
QUOTES = ("CHF", "EUR", "HKD", "JPY", "USD")


def main(argv: Sequence[str]) -> int:
    """Replace the authority's rows of `exchange_rates` by those of the installed package."""
    parser = argparse.ArgumentParser(prog="python -m ingest exchange_rates_hmrc", description=HELP)
    add_data(parser)
    options = parser.parse_args(argv)
    package, version = _installed()
    rows = rows_of(package)
    with staged(options.data, options.least) as folder:
        add_sources([_source(rows, version)], folder)
        total = replace_rows("exchange_rates", rows, {SOURCE_ID}, _natural_key, folder)
    print(f"exchange_rates: {len(rows)} rates of {SOURCE_ID} to {rows[-1]['date']}; {total} rows in all")
    return 0


def rows_of(package: Any) -> list[Row]:
    """Units of each currency per pound on each published year end, as printed.

    `package` is the module `hmrc_rates`; UpstreamError names what it no longer has.
    """
    with reading(PACKAGE):
        rates = package.Rates()
        rows = [
            _row(f"{period.year}-{'03' if period.is_march else '12'}-31", quote, rates.spot(period))
            for period in rates.spot_periods()
            for quote in QUOTES
        ]
    if not rows:
        raise UpstreamError(f"{PACKAGE}: spot_periods is empty")
    return sorted(rows, key=_natural_key)


def _row(day: str, quote: str, table: Any) -> Row:
    rate = str(table.rate(quote).units_per_gbp)
    if exact_number(rate, f"{PACKAGE} {day} {quote}: units_per_gbp") <= 0:
        raise UpstreamError(f"{PACKAGE} {day} {quote}: units_per_gbp is {rate}, not a rate")
    stands_on = day_of(day, f"{PACKAGE}: period")
    return Row(date=stands_on.isoformat(), base="GBP", quote=quote, rate=rate, source_id=SOURCE_ID)


def _installed() -> tuple[Any, str]:
    try:
        import hmrc_rates  # pyright: ignore[reportMissingImports] # of the development lock

        return hmrc_rates, metadata.version(PACKAGE)
    except ImportError:
        raise UpstreamError(f"{PACKAGE} is not installed", "install requirements-dev.lock, which pins it") from None


def _natural_key(row: Row) -> tuple[str, ...]:
    return row["date"], row["base"], row["quote"], row["source_id"]


def _source(rows: Sequence[Row], version: str) -> Row:
    last = rows[-1]["date"]
    return Row(
        source_id=SOURCE_ID,
        title=f"Spot exchange rates at 31 March and 31 December to {last}, as shipped in hmrc-rates {version}",
        publisher="HM Revenue & Customs",
        published_on=last,
        language="en",
        url="https://www.gov.uk/government/collections/exchange-rates-for-customs-and-vat",
        kind="government",
        licence="Open Government Licence v3.0",
        attribution="Contains public sector information licensed under the Open Government Licence v3.0",
    )
