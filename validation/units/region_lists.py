"""Layers P, C and V of lists of regions: days against versions, codes and countries against our list of places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

import polars as pl

from canonical.findings import Finding
from canonical.region_places import countries_of
from validation.units.given import Given, Rule
from validation.units.places import FORM, PLACE

__all__ = ["LIST", "PARTITION", "SEEN", "SEEN_COLUMNS", "days_of_lists", "listed_regions", "partitions"]

SEEN_COLUMNS = ("source_id", "first_seen_on", "first_version", "last_seen_on", "last_version", "left_censored")
MANY, MOST = 10, 0.9
"""A list with so many regions tells the days of its versions; a share of them tells what all have in common."""
STEADY = 0.95
"""Share of the regions of a vendor whose partition their code tells; of others nothing is said."""
NUMBERED = re.compile(r"([A-Za-z0-9_-]+)==([0-9].*)")

SEEN = Rule(
    "P.region_seen", "warning", "", "take day, version and mark from one version of the list",
)  # fmt: skip
LIST = Rule("V.region_list", "warning", "", "type the missing row, or delete the one too much")
PARTITION = Rule(
    "C.region_partition", "warning", "regions with such codes stand in another partition", "correct the partition",
)  # fmt: skip


def days_of_lists(given: Given) -> Iterator[Finding]:
    """Days that are not those of their version, first days that are marked otherwise, regions no longer seen alone."""
    if not given.has((*SEEN_COLUMNS, "vendor_id", "region")):
        return
    known = given.at_hand()
    parts = [given.typed] if known is None else [given.typed, known.select(given.typed.columns)]
    counted = given.typed.height
    lists = pl.concat(parts).with_row_index("_row").partition_by("source_id", as_dict=True, maintain_order=True)
    cells_of = {source: rows.select("_row", *SEEN_COLUMNS[1:]).rows(named=True) for source, rows in lists.items()}
    usual = {source: _usual_name(cells) for source, cells in cells_of.items() if len(cells) >= MANY}
    for source, cells in cells_of.items():
        if source in usual:
            others = set(usual.values()) - {usual[source]}
            for at, column, expected, message in (*_of_versions(cells, others), *_of_ends(cells)):
                if at < counted:
                    yield given.finding(SEEN, at, column, expected, message)


Told = Iterator[tuple[int, str, str, str]]


def _usual_name(rows: list[dict[str, Any]]) -> str:
    """How a list names most of its versions."""
    return Counter(_name(row["first_version"] or "") for row in rows).most_common(1)[0][0]


def _of_versions(rows: list[dict[str, Any]], others: set[str]) -> Told:
    """Sightings by versions as other lists name theirs, on another day than their version's, or out of its order."""
    days: dict[str, Counter[date]] = defaultdict(Counter)
    for row in rows:
        for end in ("first", "last"):
            if row[f"{end}_version"] and row[f"{end}_seen_on"]:
                days[row[f"{end}_version"]][row[f"{end}_seen_on"]] += 1
    usual = {version: one[0] for version, found in days.items() if (one := _majority(found))}
    order = {name: sorted((_parts(v), usual[v]) for v in usual if _name(v) == name) for name in map(_name, usual)}
    of_day = {day: version for version, day in usual.items()}
    for row in rows:
        for end in ("first", "last"):
            version, day = row[f"{end}_version"], row[f"{end}_seen_on"]
            if not version or day is None:
                continue
            if _name(version) in others:
                yield row["_row"], f"{end}_version", "a version as the list names its others", "no version of this list"
                continue
            low, high = (usual[version],) * 2 if version in usual else _bounds(version, order.get(_name(version), []))
            if not low <= day <= high:
                expected = str(low) if low == high else f"a day from {low} to {high}"
                says = "names others on another day" if low == high else "lies between versions of these days"
                yield row["_row"], f"{end}_seen_on", expected, f"{version} {says}"
            elif of_day.get(day, version) != version:
                yield row["_row"], f"{end}_version", of_day[day], f"all other regions of {day} stand in that version"


def _majority(found: Counter[date]) -> tuple[date, int] | None:
    """The day of most sightings of a version, of which there are two or more."""
    day, count = found.most_common(1)[0]
    return (day, count) if count > 1 and count * 2 > found.total() else None


def _name(version: str) -> str:
    """The package of a version written as `package==1.2`; the empty text for a commit."""
    named = NUMBERED.fullmatch(version)
    return named[1] if named else ""


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"[0-9]+", version.partition("==")[2]))


def _bounds(version: str, order: list[tuple[tuple[int, ...], date]]) -> tuple[date, date]:
    """The days of the versions before and after one, of those whose day is sure; commits have no order."""
    if not _name(version):
        return date.min, date.max
    at = bisect_left(order, (_parts(version), date.min))
    before = order[at - 1][1] if at else date.min
    return before, order[at][1] if at < len(order) else date.max


def _of_ends(rows: list[dict[str, Any]]) -> Told:
    """Marks of a first day that is, or is not, that of the list; last days of a list without versions."""
    first = Counter(row["first_seen_on"] for row in rows if row["left_censored"] and row["first_seen_on"])
    last = Counter(row["last_seen_on"] for row in rows if row["last_seen_on"])
    began, ended = (counted.most_common(1)[0] if counted else (None, 0) for counted in (first, last))
    for row in rows:
        day = row["first_seen_on"]
        if began[1] > 1 and day is not None and row["left_censored"] is not None:
            if row["left_censored"] and day != began[0]:
                yield (
                    row["_row"],
                    "first_seen_on",
                    str(began[0]),
                    "marked as seen from the first version of the list on",
                )
            elif not row["left_censored"] and day <= began[0]:
                yield row["_row"], "left_censored", "true", "the region stands in the first version of the list"
        if not row["last_version"] and row["last_seen_on"] != ended[0] and ended[1] > MOST * len(rows):
            yield (
                row["_row"],
                "last_seen_on",
                str(ended[0]),
                "all other regions of the list were seen until another day",
            )


def listed_regions(given: Given) -> Iterator[Finding]:
    """Regions against our list of places: in another country, not in it though long seen, missing, or twice."""
    if not given.has(("vendor_id", "region", "source_id")):
        return
    columns = ("vendor_id", "region", "source_id", "country", "first_seen_on", "first_version")
    rows = given.typed.select(name for name in columns if given.has((name,))).rows(named=True)
    newest = _newest(given)
    seen: dict[tuple[str, str, str], int] = {}
    for at, row in enumerate(rows):
        vendor, code, source = row["vendor_id"] or "", row["region"] or "", row["source_id"] or ""
        known = countries_of(vendor)
        if given.is_whole and (vendor, code, source) in seen:
            message = f"the region stands already in row {seen[vendor, code, source] + 1}"
            yield given.finding(LIST, at, "region", "one row for the region", message)
        seen.setdefault((vendor, code, source), at)
        if code in known:
            if known[code] and "country" in row and row["country"] != known[code]:
                yield given.finding(PLACE, at, "country", known[code], "our list of places has another country")
        elif known and row.get("first_version") and _is_old(row.get("first_seen_on"), newest.get(source)):
            near = get_close_matches(code, known, n=1)
            message = f"versions of the list up to {newest[source]} were read, and none has the code"
            yield given.finding(FORM, at, "region", near[0] if near else "a code of the list", message)
    if given.is_whole:
        yield from _missing(given, seen)


def _is_old(first: date | None, newest: date | None) -> bool:
    """Whether a region would have been in versions of its list that were read."""
    return first is not None and newest is not None and first < newest


def _newest(given: Given) -> Mapping[str, date]:
    """The last day of each list, of those at hand and the file's own, that were read for long."""
    if not given.has(("last_seen_on",)):
        return {}
    frames = [f.select("source_id", "last_seen_on") for f in (given.typed, given.at_hand()) if f is not None]
    days = pl.concat(frames).drop_nulls().group_by("source_id").agg(pl.col("last_seen_on").max(), pl.len())
    return dict(days.filter(pl.col("len") >= MANY).select("source_id", "last_seen_on").iter_rows())


def _missing(given: Given, seen: Mapping[tuple[str, str, str], int]) -> Iterator[Finding]:
    """The regions of our list that no row of their vendor has, told at the vendor's row behind them."""
    of_vendor: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (vendor, code, _), at in seen.items():
        of_vendor[vendor].append((code, at))
    for vendor, found in of_vendor.items():
        if len(found) < MANY:
            continue
        found.sort()
        codes = [code for code, _ in found]
        for missing in sorted(countries_of(vendor).keys() - set(codes)):
            at = found[min(bisect_left(codes, missing), len(codes) - 1)][1]
            yield given.finding(LIST, at, "region", f"a row of {missing} too", "a region of the vendor has no row")


def partitions(given: Given) -> Iterator[Finding]:
    """Regions in another partition than all others of their list, or than all others with such codes."""
    if not given.is_whole or not given.has(("source_id", "vendor_id", "partition", "region")):
        return
    rows = given.typed.select(pl.col("source_id", "vendor_id", "partition", "region").fill_null("")).rows()
    of_source, of_stem, stems = (defaultdict[Any, Counter[str]](Counter) for _ in range(3))
    for source, vendor, partition, region in rows:
        of_source[source][partition] += 1
        of_stem[vendor, _stem(region)][partition] += 1
        stems[vendor, partition][_stem(region)] += 1
    told = {
        vendor: sum(max(found.values()) for (of, _), found in of_stem.items() if of == vendor) for vendor, _ in of_stem
    }
    sizes = Counter(vendor for _, vendor, _, _ in rows)
    for at, (source, vendor, partition, region) in enumerate(rows):
        usual, count = of_source[source].most_common(1)[0]
        like = of_stem[vendor, _stem(region)] - Counter({partition: 1})
        apart = stems[vendor, partition] - Counter({_stem(region): 1})
        if usual != partition and count > MOST * of_source[source].total():
            yield given.finding(PARTITION, at, "partition", usual, "all other regions of the list stand in another")
        elif told[vendor] < STEADY * sizes[vendor]:
            continue
        elif len(like) == 1 and partition not in like:
            yield given.finding(PARTITION, at, "partition", next(iter(like)))
        elif not like and len(apart) == 1 and _stem(region) not in apart:
            yield given.finding(
                PARTITION, at, "partition", "the partition of the region", "the partition has other codes"
            )


def _stem(region: str) -> str:
    """The code before the place or the direction: `us-gov` of `us-gov-east-1`."""
    return region.rpartition("-")[0].rpartition("-")[0]
