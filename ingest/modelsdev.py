"""Model prices from the history of models.dev, USD per million tokens, collapsed to changes.

The history begins on 2025-06-04 with prices that were in force already. Keys were renamed on the way:
`inputCached` and `outputCached` became `cache_read` and `cache_write`; misspelt ones count as what they mean.
What the pair meant was not settled until 2025-06-22: where both are equal the second is left out, where it is the
smaller of two prices they are taken the other way round, and the meter is then a reading of ours.
A seller that models.dev splits in two (Azure) has one price where both halves list a model.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from canonical.text_tables import Row
from ingest.model_rates.change_lists import Entry, last_commit, replayed
from ingest.model_rates.listings import Listing
from ingest.model_rates.rates import Meter, Offer, Rate, add_rate
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.model_rates.sellers import seller_note, seller_of
from ingest.numbers import printed_number, tokens_of
from ingest.options import add_data
from ingest.price_states import Interval, State, intervals
from ingest.shapes import reading
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError

__all__ = ["HELP", "SOURCE_ID", "main", "rates_of"]

HELP = "prices of many sellers from the history of models.dev (model_prices)"
SOURCE_ID = "models-dev"
METERS = {
    "input": "input",
    "output": "output",
    "cache_read": "cache_read",
    "inputCached": "cache_read",
    "cached_input": "cache_read",
    "cache_input": "cache_read",
    "cached_read": "cache_read",
    "cached": "cache_read",
    "cache_write": "cache_write",
    "outputCached": "cache_write",
    "cached_write": "cache_write",
    "reasoning": "reasoning_output",
    "input_audio": "audio_input",
    "output_audio": "audio_output",
}
"""Keys of models.dev; where two mean one meter they agree."""
UNSETTLED_UNTIL = date(2025, 6, 22)
CACHE_PAIRS = (("inputCached", "outputCached"), ("cache_read", "cache_write"))
NOT_TAKEN = ("citation", "image", "request")
TIER = re.compile(r"tiers\[([0-9]{1,4})\]\.(.+)")
OVER_200K = "context_over_200k."


def main(argv: Sequence[str]) -> int:
    """Replace the rows of models.dev in `model_prices` by those of the file given."""
    parser = argparse.ArgumentParser(prog="python -m ingest modelsdev", description=HELP)
    parser.add_argument("path", type=Path, help="CSV file of changes, plain or .gz")
    add_data(parser)
    options = parser.parse_args(argv)
    origin = Origin(SOURCE_ID, "commit", note_of=seller_note)
    states = map(_doubted, replayed(options.path, _listing))
    with reading(options.path.name):
        rows = [_row(interval, origin) for interval in intervals(states)]
    if not rows:
        raise UpstreamError(f"{options.path.name}: holds no price")
    with staged(options.data, options.least) as folder:
        add_sources([_source(rows, last_commit(options.path))], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID}; {total:,} rows in all")
    return 0


def rates_of(entry: Entry) -> dict[Meter, Rate]:
    """The rates of a model's entry; a tier without a size is left out.

    A rate whose meter is a reading of ours has its key in its place. Raises UpstreamError where a key is unknown.
    """
    rates: dict[Meter, Rate] = {}
    order = {key: number for number, key in enumerate(METERS)}
    read_as = _unsettled(entry) if entry.day <= UNSETTLED_UNTIL else {}
    for key in sorted(entry.keys, key=lambda key: order.get(key, len(order))):
        meter = _meter_of(key, entry.keys, METERS | read_as)
        if meter is not None:
            place = f"{entry.place} {key}" if key in read_as else entry.place
            add_rate(rates, meter, Rate(entry.keys[key], place))
    return rates


def _unsettled(entry: Entry) -> dict[str, str]:
    """What the two cache keys of an entry are read as; empty for one that is left out."""
    for read_key, write_key in CACHE_PAIRS:
        if write_key not in entry.keys:
            continue
        read, write = (printed_number(entry.keys.get(key) or "0", entry.place) for key in (read_key, write_key))
        if read == write:
            return {write_key: ""}
        if 0 < write < read:
            return {read_key: "cache_write", write_key: "cache_read"}
        return {write_key: "cache_write"} if write_key not in METERS.values() else {}
    return {}


def _meter_of(key: str, entry: Mapping[str, str], meters: Mapping[str, str]) -> Meter | None:
    if key in meters:
        return Meter(meters[key], "token-1m") if meters[key] else None
    if key in NOT_TAKEN:
        return None
    over, tier = key.removeprefix(OVER_200K), TIER.fullmatch(key)
    if over != key and over in METERS:
        return Meter(METERS[over], "token-1m", tier_from=200_000)
    if tier and tier[2].startswith("tier."):
        return None
    if tier and tier[2] in METERS:
        size = entry.get(f"tiers[{tier[1]}].tier.size")
        where = f"models.dev: tiers[{tier[1]}].tier.size"
        return Meter(METERS[tier[2]], "token-1m", tier_from=tokens_of(size, where)) if size else None
    raise UpstreamError(f"models.dev: key {key} is unknown")


def _listing(entry: Entry) -> Listing:
    seller = seller_of(entry.provider, entry.model)
    offer = Offer(seller.seller, seller.region, entry.model)
    return Listing(offer, f"{entry.provider}/{entry.model}", rates_of(entry))


def _doubted(state: State) -> State:
    return replace(state, doubt=int(_is_doubted(state.version)))


def _is_doubted(locator: str) -> bool:
    return locator.rpartition(" ")[2] in {key for pair in CACHE_PAIRS for key in pair}


def _row(interval: Interval, origin: Origin) -> Row:
    row = row_of(interval, origin)
    row["locator"] = interval.clearest.strip()
    if _is_doubted(interval.clearest):
        row["assumed"] = "meter"
    return row


def _source(rows: Sequence[Row], commit: str) -> Row:
    days = [row[column] for row in rows for column in ("valid_from", "valid_to") if row[column]]
    return Row(
        source_id=SOURCE_ID,
        title=f"models.dev, prices by commit from {min(days)} to {max(days)} (version {commit})",
        publisher="models.dev",
        published_on=max(days),
        language="en",
        url="https://github.com/anomalyco/models.dev",
        kind="repository_data",
        licence="MIT",
        attribution="models.dev contributors",
    )
