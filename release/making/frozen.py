"""The small files of a release, kept under `tests/releases/` so that every later client is held to read them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from release.versions.files import Files

__all__ = ["LARGEST", "frozen_files"]

LARGEST = 40_000
"""Bytes of the largest table that is kept, in all its files: half of the tables are smaller."""


def frozen_files(files: Files) -> Iterator[tuple[str, bytes]]:
    """The small tables of a release as Parquet with their schemas, and the descriptor of these alone."""
    descriptor = json.loads(files.read("datapackage.json"))
    parquet = [one for one in descriptor["resources"] if one["format"] == "parquet"]
    sizes: Counter[str] = Counter()
    for resource in parquet:
        sizes[resource["table"]] += resource["bytes"]
    kept = [resource for resource in parquet if sizes[resource["table"]] <= LARGEST]
    for resource in kept:
        yield resource["path"], files.read(resource["path"])
        yield resource["table_schema"], files.read(resource["table_schema"])
    text = json.dumps(descriptor | {"resources": kept}, ensure_ascii=False, indent=1) + "\n"
    yield "datapackage.json", text.encode("utf-8")
