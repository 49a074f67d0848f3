"""Model prices from the history of models.dev, USD per million tokens, collapsed to changes.

The history begins on 2025-06-04 with prices that were in force already. Keys were renamed on the way:
`inputCached` and `outputCached` became `cache_read` and `cache_write`; misspelt ones count as what they mean.
A seller that models.dev splits in two (Azure) has one price where both halves list a model.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from ingest.model_rates.change_lists import replayed
from ingest.model_rates.rates import Meter, Offer
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.model_rates.sellers import seller_note, seller_of
from ingest.options import add_data
from ingest.price_states import intervals
from ingest.tables import add_sources
from ingest.upstream import UpstreamError
from validation.text_tables import Row

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
"""Keys of models.dev; where two mean one meter the first counts."""
NOT_TAKEN = ("citation", "image", "request")
TIER = re.compile(r"tiers\[([0-9]+)\]\.(.+)")
OVER_200K = "context_over_200k."


def main(argv: Sequence[str]) -> int:
    """Replace the rows of models.dev in `model_prices` by those of the file given."""
    parser = argparse.ArgumentParser(prog="python -m ingest modelsdev", description=HELP)
    parser.add_argument("path", type=Path, help="CSV file of changes, plain or .gz")
    add_data(parser)
    options = parser.parse_args(argv)
    origin = Origin(SOURCE_ID, "commit", note_of=seller_note)
    rows = [row_of(interval, origin) for interval in intervals(replayed(options.path, _offer, rates_of))]
    if not rows:
        raise UpstreamError(f"{options.path.name}: holds no price")
    add_sources([_source(rows)], options.data)
    total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID, options.data)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID}; {total:,} rows in all")
    return 0


def rates_of(entry: dict[str, str]) -> dict[Meter, str]:
    """The rates of a model's entry; a tier without a size is left out.

    Raises UpstreamError where a key is unknown.
    """
    rates: dict[Meter, str] = {}
    order = {key: number for number, key in enumerate(METERS)}
    for key in sorted(entry, key=lambda key: order.get(key, len(order))):
        meter = _meter_of(key, entry)
        if meter is not None:
            rates.setdefault(meter, entry[key])
    return rates


def _meter_of(key: str, entry: dict[str, str]) -> Meter | None:
    if key in METERS:
        return Meter(METERS[key], "token-1m")
    if key in NOT_TAKEN:
        return None
    over, tier = key.removeprefix(OVER_200K), TIER.fullmatch(key)
    if over != key and over in METERS:
        return Meter(METERS[over], "token-1m", tier_from=200_000)
    if tier and tier[2].startswith("tier."):
        return None
    if tier and tier[2] in METERS:
        size = entry.get(f"tiers[{tier[1]}].tier.size")
        return Meter(METERS[tier[2]], "token-1m", tier_from=int(float(size))) if size else None
    raise UpstreamError(f"models.dev: key {key} is unknown")


def _offer(model: str, provider: str) -> Offer:
    seller = seller_of(provider)
    return Offer(seller.seller, seller.region, model)


def _source(rows: Sequence[Row]) -> Row:
    days = [row[column] for row in rows for column in ("valid_from", "valid_to") if row[column]]
    return Row(
        source_id=SOURCE_ID,
        title=f"models.dev, prices by commit from {min(days)} to {max(days)}",
        publisher="models.dev",
        published_on=max(days),
        language="en",
        url="https://github.com/anomalyco/models.dev",
        kind="repository_data",
        licence="MIT",
        attribution="models.dev contributors",
    )
