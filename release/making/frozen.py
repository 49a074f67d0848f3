"""The small files of a release, kept under `tests/releases/` so that every later client is held to read them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from release.versions.files import Files

__all__ = ["LARGEST", "frozen_files"]

LARGEST = 40_000
"""Bytes of the largest file that is kept: half of the tables are smaller."""


def frozen_files(files: Files) -> Iterator[tuple[str, bytes]]:
    """The small Parquet files of a release with their schemas, and the descriptor of these alone."""
    descriptor = json.loads(files.read("datapackage.json"))
    kept = [one for one in descriptor["resources"] if one["format"] == "parquet" and one["bytes"] <= LARGEST]
    for resource in kept:
        yield resource["path"], files.read(resource["path"])
        yield resource["table_schema"], files.read(resource["table_schema"])
    text = json.dumps(descriptor | {"resources": kept}, ensure_ascii=False, indent=1) + "\n"
    yield "datapackage.json", text.encode("utf-8")
