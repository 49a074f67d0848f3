"""Model prices from litellm's table, several wheels by date as its history.

A wheel tells no day of its own, so each is given with one on which it was the newest release: the table's
state on that day. Between two wheels a price that is equal in both is taken as unchanged. An entry's own
source address goes into the locator.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from canonical.text_tables import Row
from ingest.model_rates.listings import joined
from ingest.model_rates.litellm_keys import listing_of, meter_of
from ingest.model_rates.rates import Meter, Offer, Rate
from ingest.model_rates.registry import Registry
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.model_rates.sellers import seller_note
from ingest.options import add_cache, add_data, typed_day
from ingest.price_states import State, intervals
from ingest.shapes import mapping_of, reading, seen_in_most
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError, fetch_wheel, wheel_json, wheel_name, wheel_version

__all__ = ["HELP", "SOURCE_ID", "main", "offers_of"]

HELP = "prices of many sellers from litellm wheels by date (model_prices)"
SOURCE_ID = "litellm"
SNAPSHOTS = Path(__file__).with_name("litellm_snapshots.csv")
MEMBER = "litellm/model_prices_and_context_window_backup.json"
SAMPLE = "sample_spec"
TEXT_MODES = ("chat", "completion")
TEXT_PRICES = ("input_cost_per_token", "output_cost_per_token")
Offers = dict[Offer, dict[Meter, Rate]]


def main(argv: Sequence[str]) -> int:
    """Replace litellm's own rows of `model_prices` by those of the wheels given."""
    parser = argparse.ArgumentParser(prog="python -m ingest litellm", description=HELP)
    parser.add_argument(
        "wheel",
        nargs="*",
        help="PATH@DAY or litellm==VERSION@DAY, DAY (YYYY-MM-DD) being one on which that release was the newest; "
        "without any, the releases that litellm_snapshots.csv names are downloaded",
    )
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    wheels = sorted(_wheels(options.wheel or _known_snapshots(), options.cache))
    origin = Origin(SOURCE_ID, "snapshot", note_of=seller_note)
    rows = [row_of(interval, origin) for interval in intervals(_states(wheels))]
    if not rows:
        raise UpstreamError("the wheels hold no price")
    with staged(options.data, options.least) as folder:
        add_sources([_source(wheels)], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID and not row["via_source_id"], folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID} from {len(wheels)} wheels; {total:,} rows in all")
    return 0


def offers_of(table: Mapping[str, Mapping[str, Any]], version: str) -> Offers:
    """The offers of a table with their rates and where they stand.

    Where several entries name one offer, as the three providers of Alibaba's list do, they are joined in the
    order of provider and key.
    """
    entries = sorted(table.items(), key=lambda item: (str(item[1].get("litellm_provider")), item[0]))
    return joined(
        listing_of(
            key,
            str(entry.get("litellm_provider") or ""),
            entry,
            " ".join(filter(None, [version, key, entry.get("source") or ""])),
        )
        for key, entry in entries
    )


def _states(wheels: Sequence[tuple[date, Path]]) -> Iterator[State]:
    registry = Registry()
    unread: Counter[str] = Counter()
    for day, wheel in wheels:
        table = _table(wheel)
        unread.update(key for entry in table.values() for key in entry if "cost" in key and not meter_of(key))
        print(f"{wheel.name}: {len(table):,} entries on {day}", file=sys.stderr)
        with reading(f"{wheel.name} {MEMBER}"):
            offers = offers_of(table, wheel_version(wheel))
        yield from registry.observe_all(day, offers, wheel_version(wheel))
    if unread:
        print(f"not taken up: {', '.join(sorted(unread))}", file=sys.stderr)


def _table(wheel: Path) -> dict[str, Mapping[str, Any]]:
    if wheel_name(wheel) != "litellm":
        raise UpstreamError(f"{wheel.name}: not a wheel of litellm")
    where = f"{wheel.name} {MEMBER}"
    table = mapping_of(wheel_json(wheel, MEMBER), where)
    entries = {key: mapping_of(entry, f"{where}: {key}") for key, entry in table.items() if key != SAMPLE}
    seen_in_most(entries.values(), ["litellm_provider"], where)
    seen_in_most([entry for entry in entries.values() if entry.get("mode") in TEXT_MODES], TEXT_PRICES, where)
    if not any("input_cost_per_token" in entry for entry in entries.values()):
        raise UpstreamError(f"{where}: input_cost_per_token is missing in every entry")
    return entries


def _wheels(given: Sequence[str], cache: Path) -> Iterator[tuple[date, Path]]:
    for text in given:
        name, _, day = text.rpartition("@")
        try:
            when = typed_day(day)
        except argparse.ArgumentTypeError:
            raise UpstreamError(f"{text}: give PATH@DAY or litellm==VERSION@DAY, DAY as YYYY-MM-DD") from None
        yield when, fetch_wheel(name, cache) if "==" in name else Path(name)


def _known_snapshots() -> list[str]:
    with SNAPSHOTS.open(encoding="utf-8", newline="") as file:
        return [f"litellm=={row['version']}@{row['day']}" for row in csv.DictReader(file)]


def _source(wheels: Sequence[tuple[date, Path]]) -> Row:
    first, last = wheels[0], wheels[-1]
    return Row(
        source_id=SOURCE_ID,
        title=f"litellm model prices, releases {wheel_version(first[1])} to {wheel_version(last[1])}",
        publisher="BerriAI",
        published_on=last[0].isoformat(),
        language="en",
        url="https://github.com/BerriAI/litellm",
        kind="package_data",
        licence="MIT",
        attribution="Berri AI, litellm",
    )
