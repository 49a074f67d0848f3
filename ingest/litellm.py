"""Model prices from litellm's table, several releases by date as its history.

A release tells no day of its own, so each is given with one on which it was the newest: the table's state on that
day. Between two releases a price that is equal in both is taken as unchanged. Those of 2024 are gone from the Python
index; they are read in a clone of the repository, at the commits that made them. An entry's own source address goes
into the locator.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from canonical.text_tables import Row
from ingest.commits import Revision, known_revisions
from ingest.json_text import parse_json, refused
from ingest.model_rates.listings import joined
from ingest.model_rates.litellm_keys import Twice, listing_of, meter_of
from ingest.model_rates.rates import Meter, Offer, Rate
from ingest.model_rates.registry import Registry
from ingest.model_rates.rows import Origin, merge_rows, row_of
from ingest.model_rates.sellers import seller_note
from ingest.numbers import plain_text, printed_number
from ingest.options import CACHE, add_cache, add_data
from ingest.price_states import State, intervals
from ingest.progress import note, tell
from ingest.releases import Release, dated_wheel, in_order, known_releases
from ingest.shapes import mapping_of, reading, seen_in_most
from ingest.tables import add_sources, staged
from ingest.upstream import UpstreamError, shown
from ingest.wheels import wheel_member

__all__ = ["HELP", "SOURCE_ID", "main", "offers_of"]

HELP = "prices of many sellers from litellm wheels by date (model_prices)"
SOURCE_ID = "litellm"
MEMBER = "litellm/model_prices_and_context_window_backup.json"
IN_REPOSITORY = "model_prices_and_context_window.json"
"""The file of the repository that a release ships as `MEMBER`."""
SAMPLE = "sample_spec"
READ_BESIDE = (
    "litellm_provider",
    "off_peak_pricing",
    "range",
    "search_context_cost_per_query",
    *(f"search_context_size_{size}" for size in ("high", "low", "medium")),
    "tiered_pricing",
)
"""What is read of an entry beside the keys that price a meter."""
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
        "without any, the releases that releases.csv names are downloaded, and those that commits.csv names are read "
        "in a clone",
    )
    parser.add_argument(
        "--repository",
        type=Path,
        default=CACHE / "litellm.git",
        metavar="DIR",
        help="a clone of litellm's repository, or of a fork of it (default: %(default)s in the current folder)",
    )
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    releases = _releases(options)
    origin = Origin(SOURCE_ID, "snapshot", note_of=seller_note)
    rows = [row_of(interval, origin) for interval in intervals(_states(releases))]
    if not rows:
        raise UpstreamError("found no price, expected some")
    with staged(options.data, options.least) as folder:
        add_sources([_source(releases)], folder)
        total = merge_rows(rows, lambda row: row["source_id"] == SOURCE_ID and not row["via_source_id"], folder)
    print(f"model_prices: {len(rows):,} intervals of {SOURCE_ID} from {len(releases)} releases; {total:,} rows in all")
    return 0


def _releases(options: argparse.Namespace) -> list[Release | Revision]:
    pinned = [] if options.wheel else known_revisions(SOURCE_ID, options.repository, IN_REPOSITORY)
    wheels = [dated_wheel(text, SOURCE_ID, options.cache) for text in options.wheel or known_releases(SOURCE_ID)]
    return in_order([*wheels, *pinned])


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


def _states(releases: Sequence[Release | Revision]) -> Iterator[State]:
    registry = Registry()
    unread: Counter[str] = Counter()
    conflicts: list[str] = []
    for release in releases:
        where = f"{release.name} {MEMBER if isinstance(release, Release) else IN_REPOSITORY}"
        table = _table(release, where, conflicts)
        unread.update(key for entry in table.values() for key in entry if "cost" in key and not meter_of(key))
        note(f"{release.name}: {len(table):,} entries on {release.day}")
        with reading(where):
            offers = offers_of(table, release.version)
        conflicts.extend(_contradictions(offers, where))
        yield from registry.observe_all(release.day, offers, release.version)
    for conflict in conflicts:
        tell(f"conflict: {conflict}")
    if unread:
        note(f"not taken up: {', '.join(sorted(unread))}")


def _contradictions(offers: Offers, where: str) -> Iterator[str]:
    rates = [rate for found in offers.values() for rate in found.values() if rate.also]
    if rates:
        first = min(rates, key=lambda rate: rate.place)
        found = f"{len(rates)} prices stand twice with two amounts, noted in their rows"
        yield f"{where}: {found}; {first.place}: {plain_text(printed_number(first.printed, where))} and {first.also}"


def _joined(key: str, one: Any, other: Any, where: str) -> Any:
    """What stands for a key that the table, or an entry of it, has twice: two prices as `Twice`, else what both say.

    UpstreamError where they differ in something else that is read.
    """
    if all(isinstance(entry, Mapping) and "litellm_provider" in entry for entry in (one, other)):
        first, last = mapping_of(one, where), mapping_of(other, where)
        both = {name: _joined(name, first[name], last[name], f"{where}: {key}") for name in first.keys() & last.keys()}
        return {**first, **last, **both}
    if one == other:
        return other
    if isinstance(one, Mapping) or isinstance(other, Mapping) or key in READ_BESIDE:
        refused(key, one, other, where)
    return Twice(one, other) if meter_of(key) else other


def _table(release: Release | Revision, where: str, conflicts: list[str]) -> dict[str, Mapping[str, Any]]:
    repeated: list[str] = []

    def joined_and_noted(key: str, one: Any, other: Any, where: str) -> Any:
        repeated.append(key)
        return _joined(key, one, other, where)

    content = wheel_member(release.wheel, MEMBER) if isinstance(release, Release) else release.content()
    table = mapping_of(parse_json(content, where, joined_and_noted), where)
    if repeated:
        conflicts.append(f"{where}: {', '.join(map(shown, repeated))} stand twice; of two prices the last counts")
    entries = {key: mapping_of(entry, f"{where}: {key}") for key, entry in table.items() if key != SAMPLE}
    seen_in_most(entries.values(), ["litellm_provider"], where)
    if isinstance(release, Revision):
        # A table of early 2024 prices five of six chat models; it is pinned by its hash, so that no key can go missing.
        return entries
    seen_in_most([entry for entry in entries.values() if entry.get("mode") in TEXT_MODES], TEXT_PRICES, where)
    if not any("input_cost_per_token" in entry for entry in entries.values()):
        raise UpstreamError(f"{where}: input_cost_per_token is missing in every entry")
    return entries


def _source(releases: Sequence[Release | Revision]) -> Row:
    first, last = releases[0], releases[-1]
    return Row(
        source_id=SOURCE_ID,
        title=f"litellm model prices, releases {first.version} to {last.version}",
        publisher="BerriAI",
        published_on=last.day.isoformat(),
        language="en",
        url="https://github.com/BerriAI/litellm",
        kind="package_data",
        licence="MIT",
        attribution="Berri AI, litellm",
    )
