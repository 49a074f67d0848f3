"""Model prices of litellm's table as two mirrors copied it, commit by commit: what stood between its releases.

The mirrors state nothing of their own: the source of their rows is litellm, they are what was read
(`via_source_id`), and they confirm nothing. A price that litellm's own rows in the table state on one of its days is
theirs; only the others are taken up, so that litellm is to be taken up first.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from canonical.text_tables import Row
from ingest.changes import read_changes
from ingest.litellm import SOURCE_ID
from ingest.model_rates.change_lists import COLUMNS, Entry, last_commit, replayed
from ingest.model_rates.listings import Listing
from ingest.model_rates.litellm_keys import listing_of, refuse_unknown
from ingest.model_rates.rows import Origin, meet, merge_rows, row_of
from ingest.model_rates.sellers import seller_note
from ingest.numbers import plain_text
from ingest.options import add_data
from ingest.price_states import State, intervals
from ingest.progress import tell
from ingest.shapes import reading
from ingest.tables import add_sources, staged, standing_rows
from ingest.upstream import UpstreamError

__all__ = ["HELP", "main"]

HELP = "litellm's prices by commit from its mirrors tokencost and tokencostauto (model_prices)"
MIRRORS = {
    "tokencost": ("AgentOps-AI", "https://github.com/AgentOps-AI/tokencost", "AgentOps, tokencost"),
    "tokencostauto": ("madpin", "https://github.com/madpin/tokencostauto", "madpin, tokencostauto"),
}

PRICE = (
    "seller", "region", "model", "meter", "mode", "tier_from_tokens", "tier_to_tokens", "currency",
    "printed_per_unit_id", "price_state", "printed_amount",
)  # fmt: skip
"""What rows of one price share."""


def main(argv: Sequence[str]) -> int:
    """Replace the rows read in one mirror by those of the file given."""
    parser = argparse.ArgumentParser(prog="python -m ingest tokencost", description=HELP)
    parser.add_argument("mirror", choices=sorted(MIRRORS), help="which mirror the file is of")
    parser.add_argument("path", type=Path, help="CSV file of changes, plain or .gz")
    add_data(parser)
    options = parser.parse_args(argv)
    mirror: str = options.mirror
    origin = Origin(SOURCE_ID, "commit", mirror, note_of=seller_note)
    with reading(options.path.name):
        spans = list(intervals(_states(options.path)))
        rows = [row_of(interval, origin) for interval in spans]
    if not rows:
        raise UpstreamError(f"{options.path.name}: holds no price")
    twice = [interval for interval in spans if interval.also]
    if twice:
        first = min(twice, key=lambda interval: interval.version)
        found = f"{len(twice)} prices stand twice with two amounts, noted in their rows; {first.version}"
        tell(f"conflict: {options.path.name}: {found}: {plain_text(first.amount)} and {first.also}")
    with staged(options.data, options.least) as folder:
        add_sources([_source(mirror, rows, last_commit(options.path))], folder)
        more = _not_repeated(rows, standing_rows("model_prices", folder))
        total = merge_rows(more, lambda row: (row["source_id"], row["via_source_id"]) == (SOURCE_ID, mirror), folder)
    print(
        f"model_prices: {len(more):,} intervals of {SOURCE_ID} via {mirror}, {len(rows) - len(more):,} repeat its own; "
        f"{total:,} rows in all"
    )
    return 0


def _not_repeated(rows: Sequence[Row], standing: Sequence[Row]) -> list[Row]:
    """The rows of a mirror whose price litellm's own rows state on none of their days."""
    own: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in standing:
        if row["source_id"] == SOURCE_ID and not row["via_source_id"]:
            own[tuple(row[column] for column in PRICE)].append(row)
    return [row for row in rows if not any(meet(row, one) for one in own[tuple(row[column] for column in PRICE)])]


def _states(path: Path) -> Iterator[State]:
    """States of a mirror's file; the first commits name no provider: the one a model has later is meant."""
    keys: set[str] = set()
    later: dict[str, str] = {}
    for row in read_changes(path, COLUMNS):
        keys.add(row["key"])
        if row["provider"]:
            later[row["model"]] = row["provider"]
    refuse_unknown(keys, path.name)

    def listing(entry: Entry) -> Listing:
        return listing_of(entry.model, entry.provider or later.get(entry.model, ""), entry.keys, entry.place)

    return replayed(path, listing)


def _source(mirror: str, rows: Sequence[Row], commit: str) -> Row:
    publisher, url, attribution = MIRRORS[mirror]
    days = [row[column] for row in rows for column in ("valid_from", "valid_to") if row[column]]
    return Row(
        source_id=mirror,
        title=f"{mirror}, copies of litellm's prices by commit from {min(days)} to {max(days)} (version {commit})",
        publisher=publisher,
        published_on=max(days),
        language="en",
        url=url,
        kind="repository_data",
        licence="MIT",
        attribution=attribution,
    )
