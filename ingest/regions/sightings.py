"""One region named by one version of a list, and how sightings become rows of `regions`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from canonical.region_places import country_of
from canonical.text_tables import Row

__all__ = ["Sighting", "region_rows"]


@dataclass(frozen=True, order=True)
class Sighting:
    """A list's `version` of `day` names a region; `name` is its description there, if any."""

    source_id: str
    vendor_id: str
    partition: str
    region: str
    day: date
    version: str
    name: str = ""


def region_rows(sightings: Iterable[Sighting]) -> list[Row]:
    """One row per source, partition and region, in that order; the latest name that is not empty counts."""
    found: dict[tuple[str, str, str, str], list[Sighting]] = defaultdict(list)
    began: dict[str, date] = {}
    for seen in sightings:
        found[seen.source_id, seen.vendor_id, seen.partition, seen.region].append(seen)
        began[seen.source_id] = min(seen.day, began.get(seen.source_id, seen.day))
    return [_row(sorted(found[key]), began) for key in sorted(found)]


def _row(seen: list[Sighting], began: dict[str, date]) -> Row:
    first, last = seen[0], seen[-1]
    return Row(
        source_id=first.source_id,
        vendor_id=first.vendor_id,
        partition=first.partition,
        region=first.region,
        name=next((sighting.name for sighting in reversed(seen) if sighting.name), ""),
        country=country_of(first.vendor_id, first.region),
        first_seen_on=first.day.isoformat(),
        first_version=first.version,
        last_seen_on=last.day.isoformat(),
        last_version=last.version,
        left_censored="true" if first.day == began[first.source_id] else "false",
    )
