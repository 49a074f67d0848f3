"""The command of machine prices: recognise the files given, read them all, then replace their sources' rows."""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from ingest.compute_prices import cyclenerd, karpenter, vantage
from ingest.compute_prices.lists import MachinePrice, PriceList, rows_of
from ingest.compute_prices.partitions import replace_partition
from ingest.compute_prices.upstreams import source_row
from ingest.options import add_data
from ingest.tables import add_sources
from ingest.upstream import UpstreamError, open_text

__all__ = ["HELP", "main"]

HELP = "machine prices by the hour from histories of price lists (compute_prices)"
VendorRows = dict[str, list[MachinePrice]]
SourceDays = dict[str, set[date]]


def main(argv: Sequence[str]) -> int:
    """Replace the rows of the sources that the files given hold."""
    parser = argparse.ArgumentParser(prog="python -m ingest compute_prices", description=HELP)
    parser.add_argument(
        "path",
        nargs="+",
        type=Path,
        help="CSV files of changes, plain or .gz, recognised by their columns: Cyclenerd's Google prices with "
        "the list of its versions, Karpenter's price maps, ec2instances.info",
    )
    add_data(parser)
    options = parser.parse_args(argv)
    rows: VendorRows = defaultdict(list)
    days: SourceDays = defaultdict(set)
    for prices in _lists(options.path):
        rows[prices.vendor_id].extend(rows_of(prices))
        days[prices.source_id].update(prices.days)
    _add_days(rows, days)
    if not days:
        raise UpstreamError("the files hold no hourly price")
    add_sources([source_row(source, min(seen), max(seen)) for source, seen in days.items()], options.data)
    for vendor_id, vendor_rows in sorted(rows.items()):
        height, size = replace_partition(options.data, vendor_id, vendor_rows, days)
        print(f"compute_prices: {vendor_id} {len(vendor_rows):,} intervals, {height:,} rows, {size:,} bytes")
    return 0


def _lists(paths: Sequence[Path]) -> Iterator[PriceList]:
    kinds = {path: _kind(path) for path in paths}
    days = [day for path, kind in kinds.items() if kind == "versions" for day in cyclenerd.version_days(path)]
    for path, kind in kinds.items():
        if kind == "cyclenerd":
            yield cyclenerd.cyclenerd_list(path, days)
        elif kind == "karpenter":
            yield from karpenter.karpenter_lists(path)
        elif kind == "vantage":
            yield vantage.vantage_list(path)


def _kind(path: Path) -> str:
    with open_text(path) as file:
        header = next(csv.reader(file), [])
    shapes = {
        "karpenter": karpenter.COLUMNS,
        "vantage": vantage.COLUMNS,
        "versions": cyclenerd.VERSION_COLUMNS,
        "cyclenerd": cyclenerd.COLUMNS,
    }
    # The shape that shares most columns is meant, so that a column that went missing is named by its reader.
    return max(shapes, key=lambda kind: len(set(shapes[kind]) & set(header)) / len(shapes[kind]))


def _add_days(rows: VendorRows, days: SourceDays) -> None:
    """Add the days on which a version changed something, the ends of intervals included."""
    for row in chain.from_iterable(rows.values()):
        days[row.source_id].add(row.valid_from)
        if row.valid_to is not None:
            days[row.source_id].add(row.valid_to + timedelta(days=1))
