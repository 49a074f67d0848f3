"""Read region lists: CSV files of them by version, botocore's wheels, and the regions machines are priced in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from canonical.clock import today
from ingest.changes import read_changes, read_header
from ingest.compute_prices.partitions import partition_path, read_partition
from ingest.days import day_of, no_later_than
from ingest.json_text import parse_json
from ingest.regions.sightings import Sighting
from ingest.upstream import UpstreamError
from ingest.wheels import open_zip, the_member, wheel_name, wheel_version

__all__ = [
    "AMAZON_COLUMNS",
    "OTHER_COLUMNS",
    "amazon_sightings",
    "is_amazon_list",
    "other_sightings",
    "priced_sightings",
    "wheel_sightings",
]

AMAZON_COLUMNS = ("date", "version", "partition", "region", "description")
OTHER_COLUMNS = ("vendor", "date", "source", "partition_or_realm", "region")
AMAZON = ("botocore-regions", "amazon")
KITS = {"oracle": ("oci-regions", "oracle"), "huawei_cloud": ("huaweicloudsdkecs-regions", "huawei")}
PRICED = {"google": "cyclenerd-gcp-pricing", "microsoft": "karpenter-azure", "alibaba": "karpenter-alibaba"}
UNNAMED = "public"
"""Stands for the partition of vendors that name none."""


def is_amazon_list(path: Path) -> bool:
    """Whether a file has the columns of Amazon's list rather than those of the others."""
    if path.suffix == ".whl":
        return False
    header = set(read_header(path))
    return len(header & set(AMAZON_COLUMNS)) >= len(header & set(OTHER_COLUMNS))


def amazon_sightings(path: Path) -> Iterator[Sighting]:
    """Amazon's regions by version of botocore and boto."""
    for row in read_changes(path, AMAZON_COLUMNS):
        where = f"{path.name} {row['version']} {row['region']}"
        day = day_of(row["date"], f"{where}: date")
        yield Sighting(*AMAZON, row["partition"], row["region"], day, row["version"], row["description"])


def other_sightings(path: Path) -> Iterator[Sighting]:
    """Oracle's and Huawei's regions by version of their kits.

    Oracle's first kits knew one realm and did not name it: `oc1`. Google's rows, first days without last
    ones, are left out for what its price list says itself.
    """
    for row in read_changes(path, OTHER_COLUMNS):
        where = f"{path.name} {row['source']} {row['region']}"
        if row["vendor"] == "google_cloud":
            continue
        if row["vendor"] not in KITS:
            raise UpstreamError(f"{where}: vendor is {row['vendor']!r}, not one of {', '.join(KITS)}")
        partition = "oc1" if row["partition_or_realm"] == "?" else row["partition_or_realm"] or UNNAMED
        day = day_of(row["date"], f"{where}: date")
        yield Sighting(*KITS[row["vendor"]], partition, row["region"], day, row["source"])


def wheel_sightings(wheel: Path) -> Iterator[Sighting]:
    """Amazon's regions in a wheel of botocore, dated by the day the wheel's own files bear.

    `partitions.json` goes before `endpoints.json`, which older wheels have alone.
    """
    if wheel_name(wheel) != "botocore":
        raise UpstreamError(f"{wheel.name}: not a wheel of botocore")
    member = "botocore/data/partitions.json"
    with open_zip(wheel) as archive:
        if member not in archive.namelist():
            member = "botocore/data/endpoints.json"
        content = the_member(archive, member, wheel.name)
        year, month, day, *_ = archive.getinfo(member).date_time
    made = no_later_than(today(), date(year, month, day), f"{wheel.name} {member}: day in the wheel")
    document: dict[str, Any] = parse_json(content, f"{wheel.name} {member}")
    try:
        for partition in document["partitions"]:
            name = partition["id"] if "id" in partition else partition["partition"]
            for region, about in partition["regions"].items():
                # Not places: names under which a partition's global services answer.
                if region.endswith("-global"):
                    continue
                version = f"botocore=={wheel_version(wheel)}"
                yield Sighting(*AMAZON, name, region, made, version, about.get("description", ""))
    except (KeyError, TypeError, AttributeError) as error:
        raise UpstreamError(f"{wheel.name} {member}: partitions: {error} is missing or no object") from None


def priced_sightings(folder: Path) -> Iterator[Sighting]:
    """The regions in which machines of Google, Microsoft and Alibaba are priced, from the first day to the last."""
    for vendor_id, source_id in PRICED.items():
        prices = read_partition(partition_path(folder, vendor_id)).filter(pl.col("source_id") == source_id)
        if prices.is_empty():
            continue
        end = prices.select(pl.max_horizontal(pl.col("valid_from").max(), pl.col("valid_to").max())).item()
        spans = prices.group_by("region").agg(
            pl.col("valid_from").min(),
            pl.col("valid_to").fill_null(end).max(),
            pl.col("locator").sort_by("valid_from").first(),
        )
        for region, first, last, version in spans.sort("region").iter_rows():
            yield Sighting(source_id, vendor_id, UNNAMED, region, first, version)
            yield Sighting(source_id, vendor_id, UNNAMED, region, last, "")
