"""Replay a registry's history that was collapsed to changes, commit by commit, key by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from ingest.model_rates.rates import Offer, Rates
from ingest.model_rates.registry import Registry
from ingest.price_states import State
from ingest.progress import counted
from ingest.upstream import UpstreamError, read_changes

__all__ = ["COLUMNS", "replayed"]

COLUMNS = ("commit", "committed_at", "provider", "model", "key", "old", "new", "event")
EVENTS = ("new", "change", "gone")
Entry = dict[str, str]
Name = tuple[str, str]


def replayed(path: Path, offer_of: Callable[[str, str], Offer], rates_of: Callable[[Entry], Rates]) -> Iterator[State]:
    """States of all offers of a file of changes.

    `offer_of` is given model and provider, `rates_of` all keys a model has after a commit. A commit dated
    before the one that stands above it counts from that one's day. Where several providers name one offer,
    the first of them that has a rate counts.
    """
    registry = Registry()
    entries: dict[Name, Entry] = defaultdict(dict)
    named: dict[Offer, dict[Name, Rates]] = defaultdict(dict)
    last = date.min
    for commit, changes in groupby(_rows(path), key=lambda row: row["commit"]):
        touched: dict[Name, None] = {}
        for row in changes:
            last = max(last, _day_of(row, path.name))
            name = row["provider"], row["model"]
            _apply(row, entries[name], path.name)
            touched[name] = None
        for provider, model in touched:
            offer = offer_of(model, provider)
            named[offer][provider, model] = rates_of(entries[provider, model])
            locator = " ".join(filter(None, [commit[:10], f"{provider}/{model}" if provider else model]))
            yield from registry.observe(last, offer, _joined(named[offer]), locator)


def _rows(path: Path) -> Iterator[Entry]:
    return counted(read_changes(path, COLUMNS), path.name)


def _joined(named: dict[Name, Rates]) -> Rates:
    if len(named) == 1:
        return next(iter(named.values()))
    return {meter: printed for name in sorted(named, reverse=True) for meter, printed in named[name].items()}


def _apply(row: Entry, entry: Entry, file: str) -> None:
    if row["event"] not in EVENTS:
        raise UpstreamError(f"{file} {row['commit'][:10]}: event is {row['event']!r}, not one of {', '.join(EVENTS)}")
    if row["event"] == "gone":
        entry.pop(row["key"], None)
    else:
        entry[row["key"]] = row["new"]


def _day_of(row: Entry, file: str) -> date:
    try:
        return datetime.fromisoformat(row["committed_at"]).astimezone(UTC).date()
    except ValueError:
        raise UpstreamError(
            f"{file} {row['commit'][:10]}: committed_at is {row['committed_at']!r}, not a moment"
        ) from None
