"""Replay a registry's history that was collapsed to changes, commit by commit, key by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from canonical.text_tables import Row
from ingest.changes import once_each, read_changes
from ingest.days import moment_of
from ingest.model_rates.listings import Listing, joined
from ingest.model_rates.rates import Offer
from ingest.model_rates.registry import Registry
from ingest.numbers import exact_number
from ingest.price_states import State
from ingest.progress import counted
from ingest.upstream import UpstreamError, shown

__all__ = ["COLUMNS", "Entry", "last_commit", "replayed"]

COLUMNS = ("commit", "committed_at", "provider", "model", "key", "old", "new", "event")
EVENTS = ("new", "change", "gone")
Name = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """What a commit leaves of a model: all keys it has, the day from which they count, and where they stand."""

    provider: str
    model: str
    keys: Mapping[str, str]
    day: date
    place: str


def replayed(path: Path, listing_of: Callable[[Entry], Listing]) -> Iterator[State]:
    """States of all offers of a file of changes.

    A commit dated before the one that stands above it counts from that one's day. What several entries of
    one offer say is joined as `joined` does, in the order of provider and model.
    """
    registry = Registry()
    entries: dict[Name, dict[str, str]] = defaultdict(dict)
    named: dict[Offer, dict[Name, Listing]] = defaultdict(dict)
    shown: dict[Offer, set[Offer]] = defaultdict(set)
    last = date.min
    for (commit, moment), changes in groupby(_rows(path), key=lambda row: (row["commit"], row["committed_at"])):
        last = max(last, moment_of(moment, f"{path.name} {commit[:10]}: committed_at").date())
        touched: dict[Name, None] = {}
        for row in changes:
            name = row["provider"], row["model"]
            _apply(row, entries[name], path.name)
            touched[name] = None
        offers: dict[Offer, None] = {}
        for provider, model in touched:
            place = " ".join(filter(None, [commit[:10], f"{provider}/{model}" if provider else model]))
            listing = listing_of(Entry(provider, model, dict(entries[provider, model]), last, place))
            named[listing.offer][provider, model] = listing
            offers[listing.offer] = None
        for offer in offers:
            found = joined(named[offer][name] for name in sorted(named[offer]))
            for other in sorted(shown[offer] - found.keys()):
                yield from registry.observe(last, other, {}, commit[:10])
            for other, rates in found.items():
                yield from registry.observe(last, other, rates, commit[:10])
            shown[offer] |= found.keys()


def last_commit(path: Path) -> str:
    """The last commit of a file of changes, as its first ten digits."""
    return max(enumerate(row["commit"] for row in read_changes(path, COLUMNS)))[1][:10]


def _rows(path: Path) -> Iterator[Row]:
    rows = once_each(read_changes(path, COLUMNS), "commit", ("provider", "model", "key"), path.name, "committed_at")
    return counted(rows, path.name)


def _apply(row: Row, entry: dict[str, str], file: str) -> None:
    where = f"{file} {row['commit'][:10]} {row['provider']}/{row['model']} {row['key']}"
    if not row["model"]:
        raise UpstreamError(f"{where}: model is empty")
    if row["event"] not in EVENTS:
        raise UpstreamError(f"{where}: event is {shown(row['event'])}, not one of {', '.join(EVENTS)}")
    if (row["event"] == "gone") == bool(row["new"]):
        raise UpstreamError(f"{where}: new is {shown(row['new'])} where event is {row['event']}")
    before = entry.get(row["key"], "")
    if not _same(row["old"], before, f"{where}: old"):
        raise UpstreamError(f"{where}: old is {shown(row['old'])} where the commits above leave {shown(before)}")
    if row["event"] == "gone":
        entry.pop(row["key"], None)
    else:
        entry[row["key"]] = row["new"]


def _same(one: str, other: str, where: str) -> bool:
    return one == other or bool(one and other and exact_number(one, where) == exact_number(other, where))
