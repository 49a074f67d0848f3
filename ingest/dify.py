"""Prices that Chinese sellers ask in CNY, from the history of the model files of Dify's official plugins.

A model's file states what its plugin's authors read on the seller's page: input and output, per thousand or per
million tokens, in RMB. Where a seller's price has tiers the file states the lowest. Files in another currency, with
another unit or without one are not taken up; they are counted.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from canonical.text_tables import Row
from ingest.model_rates.change_lists import Entry, last_commit, replayed
from ingest.model_rates.listings import Listing
from ingest.model_rates.rates import Meter, Offer, Rate
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.options import add_data
from ingest.price_states import intervals
from ingest.progress import tell
from ingest.shapes import reading
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError, shown

__all__ = ["HELP", "SOURCE_ID", "main", "rates_of"]

HELP = "prices of Chinese sellers in CNY from the history of Dify's plugins (model_prices)"
SOURCE_ID = "dify-official-plugins"
SELLERS = {
    "deepseek": "deepseek",
    "hunyuan": "tencent",
    "minimax": "minimax",
    "moonshot": "moonshot",
    "stepfun": "stepfun",
    "tongyi": "alibaba",
    "wenxin": "baidu",
    "zhipuai": "zhipu",
}
"""Who sells the models of a plugin, each by the list of its Chinese site."""
METERS = {"input": ("input", "standard"), "output": ("output", "standard"), "output_thinking": ("output", "thinking")}
UNITS = {"0.001": "token-1k", "0.000001": "token-1m"}
BESIDE = ("cached", "currency", "tiered_pricing", "unit")
"""What a file may state beside the prices that are taken up."""


def main(argv: Sequence[str]) -> int:
    """Replace the rows of Dify's plugins in `model_prices` by those of the file given."""
    parser = argparse.ArgumentParser(prog="python -m ingest dify", description=HELP)
    parser.add_argument("path", type=Path, help="CSV file of changes, plain or .gz")
    add_data(parser)
    options = parser.parse_args(argv)
    origin = Origin(SOURCE_ID, "commit", currency="CNY")
    left_out: set[str] = set()
    with reading(options.path.name):
        states = replayed(options.path, partial(_listing, left_out))
        rows = [row_of(interval, origin) for interval in intervals(states)]
    if left_out:
        tell(f"not taken up at some time, in another currency or unit: {', '.join(sorted(left_out))}")
    if not rows:
        raise UpstreamError(f"{options.path.name}: holds no price")
    with staged(options.data, options.least) as folder:
        add_sources([_source(rows, last_commit(options.path))], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID}; {total:,} rows in all")
    return 0


def rates_of(entry: Entry) -> dict[Meter, Rate]:
    """The rates of a model's file; UpstreamError where it has a key that is unknown."""
    unknown = sorted(entry.keys - METERS.keys() - set(BESIDE))
    if unknown:
        raise UpstreamError(f"{entry.place}: key {shown(unknown[0])} is unknown")
    unit = UNITS.get(entry.keys.get("unit", ""), "")
    if not unit or entry.keys.get("currency") != "RMB":
        return {}
    return {Meter(*_meter(key, unit)): Rate(entry.keys[key], entry.place) for key in METERS if entry.keys.get(key)}


def _meter(key: str, unit: str) -> tuple[str, str, str]:
    meter, mode = METERS[key]
    return meter, unit, mode


def _listing(left_out: set[str], entry: Entry) -> Listing:
    if entry.provider not in SELLERS:
        raise UpstreamError(f"{entry.place}: provider {shown(entry.provider)} is unknown")
    offer, name = Offer(SELLERS[entry.provider], "cn", entry.model), f"{entry.provider}/{entry.model}"
    rates = rates_of(entry)
    if not rates and entry.keys.keys() & METERS.keys():
        left_out.add(name)
    return Listing(offer, name, rates)


def _source(rows: Sequence[Row], commit: str) -> Row:
    days = [row[column] for row in rows for column in ("valid_from", "valid_to") if row[column]]
    return Row(
        source_id=SOURCE_ID,
        title=f"Dify official plugins, prices of models from {min(days)} to {max(days)} (version {commit})",
        publisher="LangGenius",
        published_on=max(days),
        language="en",
        url="https://github.com/langgenius/dify-official-plugins",
        kind="repository_data",
        licence="Apache-2.0",
        attribution="LangGenius and contributors, dify-official-plugins",
    )
