"""Layer V on the package's own files: what `datapackage.json` says of each file is true of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from canonical.findings import Finding
from canonical.reading.reader import UnreadableError
from canonical.table_schema import ROOT, load_schema
from validation.changed import file_hash
from validation.structure.polars_engine import DTYPES

__all__ = ["check_descriptor"]

DESCRIPTOR = ROOT / "datapackage.json"


def check_descriptor() -> list[Finding]:
    """What is stale, missing or altered among the files of the descriptor: hash, size, row count, types.

    Raises `UnreadableError` where the descriptor is absent or not JSON.
    """
    try:
        resources: list[dict[str, Any]] = json.loads(DESCRIPTOR.read_text(encoding="utf-8"))["resources"]
    except (OSError, ValueError, KeyError):
        raise UnreadableError("datapackage.json: absent or not a descriptor; fix: run make dataset") from None
    return [finding for resource in resources for finding in _check_resource(resource)]


def _check_resource(resource: dict[str, Any]) -> Iterator[Finding]:
    path = ROOT / resource["path"]
    if not path.is_file():
        yield _stale(resource, "path", "no file", resource["path"], "the file is missing")
        return
    content = path.read_bytes()
    if file_hash(content) != resource["hash"]:
        yield _stale(resource, "hash", file_hash(content), resource["hash"], "the file is not the one described")
        return
    if len(content) != resource["bytes"]:
        yield _stale(resource, "bytes", str(len(content)), str(resource["bytes"]), "the size is not the one described")
    if resource["format"] == "parquet":
        yield from _check_parquet(resource)


def _check_parquet(resource: dict[str, Any]) -> Iterator[Finding]:
    scan = pl.scan_parquet(ROOT / resource["path"], hive_partitioning=False)
    rows = scan.select(pl.len()).collect().item()
    if rows != resource["row_count"]:
        yield _stale(resource, "row_count", str(rows), str(resource["row_count"]), "the row count differs")
    expected = {field.name: DTYPES[field.type] for field in load_schema(resource["table"]).fields}
    found = dict(scan.collect_schema())
    if found != expected:
        odd = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
        yield _stale(resource, "schema", ", ".join(odd), "the columns of the schema", "columns or types differ")


def _stale(resource: dict[str, Any], column: str, found: str, expected: str, message: str) -> Finding:
    return Finding(
        "V.file",
        "error",
        "datapackage",
        row_id=resource["name"],
        column=column,
        found=found,
        expected=expected,
        message=message,
        fix="run make dataset and commit the file",
        file=resource["path"],
    )
