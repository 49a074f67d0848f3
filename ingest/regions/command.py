"""The command of regions: read every list given, then replace the rows of their sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from canonical.text_tables import Row
from ingest.options import add_cache, add_data
from ingest.progress import note
from ingest.regions import lists
from ingest.regions.sightings import Sighting, region_rows
from ingest.releases import fetch_wheel, known_releases
from ingest.shapes import reading
from ingest.tables import add_sources, replace_rows, staged
from ingest.upstream import UpstreamError

__all__ = ["HELP", "main"]

HELP = "cloud regions by vendor and partition from versions of software kits (regions)"
KITS = {
    "botocore-regions": (
        "botocore and boto, region lists by version",
        "Amazon Web Services",
        "https://github.com/boto/botocore",
        "Apache-2.0",
        "Amazon.com, Inc. or its affiliates, botocore",
    ),
    "oci-regions": (
        "Oracle Cloud Infrastructure kit for Python (oci), region lists by version",
        "Oracle",
        "https://github.com/oracle/oci-python-sdk",
        "UPL-1.0",
        "Oracle and its affiliates, oci",
    ),
    "huaweicloudsdkecs-regions": (
        "Huawei Cloud kit for Python (huaweicloudsdkecs), region lists by version",
        "Huawei",
        "https://github.com/huaweicloud/huaweicloud-sdk-python-v3",
        "Apache-2.0",
        "Huawei Technologies, huaweicloudsdkecs",
    ),
}


def main(argv: Sequence[str]) -> int:
    """Replace the rows of `regions` of the sources that the lists given belong to."""
    parser = argparse.ArgumentParser(prog="python -m ingest regions", description=HELP)
    parser.add_argument(
        "path",
        nargs="+",
        help="CSV files of region lists by version, botocore wheels, or botocore==VERSION to download; the releases "
        "that releases.csv names are read besides",
    )
    add_cache(parser)
    add_data(parser)
    options = parser.parse_args(argv)
    found: list[Sighting] = []
    for path in dict.fromkeys([*options.path, *_missing_wheels(options.path)]):
        with reading(path):
            seen = list(_sightings(path, options.cache))
        if not seen:
            raise UpstreamError(f"{path}: names no region")
        note(f"{Path(path).name}: {len(seen):,} regions")
        found.extend(seen)
    found.extend(lists.priced_sightings(options.data))
    rows = region_rows(found)
    with staged(options.data, options.least) as folder:
        add_sources(list(_source_rows(found)), folder)
        total = replace_rows("regions", rows, {row["source_id"] for row in rows}, _natural_key, folder)
    print(f"regions: {len(rows)} regions of {len({row['source_id'] for row in rows})} lists; {total} rows")
    return 0


def _missing_wheels(given: Sequence[str]) -> list[str]:
    """The releases known to fill the gaps of Amazon's list, where that list is given."""
    if not any(Path(path).is_file() and lists.is_amazon_list(Path(path)) for path in given):
        return []
    return [text.rpartition("@")[0] for text in known_releases("botocore")]


def _sightings(path: str, cache: Path) -> Iterator[Sighting]:
    if "==" in path:
        return lists.wheel_sightings(fetch_wheel(path, cache))
    file = Path(path)
    if file.suffix == ".whl":
        return lists.wheel_sightings(file)
    return lists.amazon_sightings(file) if lists.is_amazon_list(file) else lists.other_sightings(file)


def _source_rows(found: Sequence[Sighting]) -> Iterator[Row]:
    for source_id, (title, publisher, url, licence, attribution) in KITS.items():
        days = [sighting.day for sighting in found if sighting.source_id == source_id]
        if days:
            yield Row(
                source_id=source_id,
                title=f"{title}, {min(days)} to {max(days)}",
                publisher=publisher,
                published_on=max(days).isoformat(),
                language="en",
                url=url,
                kind="package_data",
                licence=licence,
                attribution=attribution,
            )


def _natural_key(row: Row) -> tuple[str, ...]:
    return row["vendor_id"], row["partition"], row["region"], row["source_id"]
