"""Machine prices of Amazon, Microsoft, Google and Alibaba from the price maps that Karpenter's providers ship.

A map carries the moment it was generated: that day is the price's; where it is missing the day of the commit
counts. A map generated before the one committed earlier is stale: what it says is passed over, and what the map
after it says of the same machines is read instead. The Chinese partition of Amazon is priced in CNY; the
Alibaba map names no currency, its magnitudes are CNY. A label outside `LABELS` is not taken up: the price
server's copy of the Alibaba map comes without a licence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

from ingest.changes import in_turn, once_each, read_changes
from ingest.compute_prices.lists import PriceList, a_state, value_after
from ingest.days import day_of, moment_of
from ingest.price_states import State
from ingest.progress import counted
from ingest.upstream import UpstreamError, shown

__all__ = ["COLUMNS", "LABELS", "karpenter_lists"]

COLUMNS = ["source", "commit", "commit_date", "generated_at", "region", "instance_type", "kind", "value", "event"]
OPTIONS = ("on_demand", "spot")
MACHINE = ("region", "instance_type", "kind")
ZONES_APART = timedelta(days=1)
"""By how much a moment in UTC may lie after the day of a commit, which bears no zone."""
NEVER = datetime.min.replace(tzinfo=UTC)
Machine = tuple[str, str, str]


@dataclass(frozen=True)
class _Label:
    source_id: str
    vendor_id: str
    date_basis: str
    currency: str = "USD"
    assumed: str = ""


LABELS = {
    "karpenter-aws": _Label("karpenter-aws", "amazon", "snapshot"),
    "karpenter-aws-cn": _Label("karpenter-aws", "amazon", "snapshot", "CNY"),
    "karpenter-aws-gov": _Label("karpenter-aws", "amazon", "snapshot"),
    "karpenter-azure": _Label("karpenter-azure", "microsoft", "snapshot"),
    "karpenter-gcp": _Label("karpenter-gcp", "google", "commit"),
    "karpenter-alibaba": _Label("karpenter-alibaba", "alibaba", "commit", "CNY", "currency"),
}


def karpenter_lists(path: Path) -> Iterator[PriceList]:
    """The lists of a file of changes, one for each label, each to be read before the next is asked for."""
    rows = counted(read_changes(path, COLUMNS), path.name)
    seen: set[str] = set()
    for name, changes in groupby(rows, key=lambda row: row["source"]):
        if name in seen:
            raise UpstreamError(f"{path.name}: source {name} stands in two places")
        seen.add(name)
        label = LABELS.get(name)
        if label is not None:
            yield PriceList(
                label.source_id,
                label.vendor_id,
                _states(in_turn(_by_commit(changes, path.name), MACHINE, path.name), path.name),
                label.date_basis,
                label.currency,
                label.assumed,
            )


def _by_commit(changes: Iterable[dict[str, str]], file: str) -> Iterator[dict[str, str]]:
    return once_each(changes, "commit", MACHINE, file, "commit_date", "generated_at")


def _states(changes: Iterable[dict[str, str]], file: str) -> Iterator[State]:
    newest = NEVER
    passed: dict[Machine, str] = {}
    for version, rows in groupby(changes, key=lambda row: row["commit"]):
        values: dict[Machine, str] = {}
        first: dict[str, str] = {}
        for row in rows:
            first = first or row
            values[row["region"], row["instance_type"], row["kind"]] = _value(row, file)
        place = f"{file} {first['source']} {version}"
        made = moment_of(first["generated_at"], f"{place}: generated_at") if first["generated_at"] else None
        if made is not None and made < newest:
            passed |= values
            continue
        newest = made or newest
        committed = day_of(first["commit_date"], f"{place}: commit_date")
        if made is not None and made.date() > committed + ZONES_APART:
            raise UpstreamError(f"{place}: generated_at is {made.date()}, after commit_date {committed}")
        day = committed if made is None else made.date()
        for (region, instance_type, option), value in (passed | values).items():
            where = f"{place} {region} {instance_type}: value"
            yield a_state(region, instance_type, "linux", option, day, version, value, where)
        passed = {}


def _value(row: dict[str, str], file: str) -> str:
    where = f"{file} {row['source']} {row['commit']} {row['region']} {row['instance_type']}"
    if row["kind"] not in OPTIONS:
        raise UpstreamError(f"{where}: kind is {shown(row['kind'])}, not one of {', '.join(OPTIONS)}")
    return value_after(row, where)
