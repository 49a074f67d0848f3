"""Layer V on the package's own files: what `datapackage.json` says of each file is true of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl
from pyarrow import parquet

from canonical.cells import DTYPES
from canonical.descriptor import DESCRIPTOR, Resource, described
from canonical.findings import Finding
from canonical.reading.content import MOST_BYTES
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import files_below
from canonical.reading.json_files import json_object
from canonical.reading.yaml_files import yaml_value
from canonical.table_schema import ROOT, is_table, load_schema
from validation.changed import file_hash

__all__ = ["check_descriptor", "check_generated"]

FIX = "run make dataset and commit the file"


def check_descriptor(counted: Mapping[str, int] | None = None) -> list[Finding]:
    """What is stale, missing or altered among the files of the package: hash, size, row count, types, version.

    `counted` are the rows of texts that were just read, by table: a text is counted only where it is said to have other
    rows. Raises `UnreadableError` where the descriptor is absent or none.
    """
    resources = described(DESCRIPTOR)
    findings = [finding for resource in resources for finding in _check_resource(resource, counted or {})]
    return [*findings, *_not_described(resources), *_another_version()]


def check_generated() -> list[Finding]:
    """What is missing, or generated and not as the last build left it, for a check between two builds.

    Files that people edit may differ from the last build: that is what such a check is for. Raises `UnreadableError`
    where the descriptor is absent or none.
    """
    findings: list[Finding] = []
    for resource in described(DESCRIPTOR):
        if resource.is_edited and (ROOT / resource.path).is_file():
            continue
        findings += (f for f in _check_file(resource) if f.column in ("path", "hash", "table"))
    return findings


def _check_resource(resource: Resource, counted: Mapping[str, int]) -> Iterator[Finding]:
    findings = list(_check_file(resource))
    yield from findings
    if not any(finding.column in ("path", "hash", "table") for finding in findings):
        yield from _check_content(resource, counted)


def _check_file(resource: Resource) -> Iterator[Finding]:
    path = ROOT / resource.path
    if not is_table(resource.table):
        wanted = f"schemas/{resource.table}.json"
        fix = f"restore it (git checkout {wanted}), or run make dataset"
        yield _stale(resource, "table", "no schema", wanted, "the schema of the table is gone", fix)
    elif not path.is_file() or path.stat().st_size > MOST_BYTES:
        fix = f"restore it (git checkout {resource.path})" if resource.is_edited else FIX
        yield _stale(
            resource, "path", "no file", resource.path, "the file is missing, or larger than any that is read", fix
        )
    else:
        content = path.read_bytes()
        if file_hash(content) != resource.hash:
            yield _stale(resource, "hash", file_hash(content), resource.hash, "the file is not the one described")
        elif len(content) != resource.size:
            said = str(resource.size)
            yield _stale(resource, "bytes", str(len(content)), said, "the size is not the one described")


def _check_content(resource: Resource, counted: Mapping[str, int]) -> Iterator[Finding]:
    """The rows of a file that is the one described, and the columns of its Parquet."""
    path = ROOT / resource.path
    is_text = resource.form == "csv"
    if is_text and counted.get(resource.table) == resource.rows:
        rows = resource.rows
    elif is_text:
        rows = pl.scan_csv(path, infer_schema=False).select(pl.len()).collect().item()
    else:
        rows = parquet.read_metadata(path).num_rows
    if rows != resource.rows:
        yield _stale(resource, "row_count", str(rows), str(resource.rows), "the row count differs")
    wanted = f"schemas/{resource.table}.json"
    if resource.schema != wanted:
        yield _stale(resource, "schema", resource.schema, wanted, "the schema is not that of the table")
    if is_text:
        return
    expected = {field.name: DTYPES[field.type] for field in load_schema(resource.table).fields}
    kinds = pl.read_parquet_schema(path)
    found = {name: pl.String() if kind == pl.Categorical else kind for name, kind in kinds.items()}
    if found != expected:
        odd = sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))
        yield _stale(resource, "schema", ", ".join(odd), "the columns of the schema", "columns or types differ")


def _not_described(resources: Sequence[Resource]) -> Iterator[Finding]:
    """The tables that lie in `data/` and that the descriptor does not name."""
    known = {resource.path for resource in resources}
    for path in files_below(ROOT / "data", ".csv", ".parquet"):
        place = path.relative_to(ROOT).as_posix()
        if place not in known:
            yield _finding(place, "resources", "no resource", place, "the descriptor names no such file", FIX, place)


def _another_version() -> Iterator[Finding]:
    """The version of the descriptor where `package.yaml` has another."""
    said = json_object(DESCRIPTOR, "datapackage.json", FIX).get("version")
    try:
        wanted = yaml_value(_about(), "package.yaml", FIX)["version"]
    except (UnreadableError, KeyError, TypeError):
        return  # the release says in one line what is wrong with package.yaml
    if said != wanted:
        yield _finding(
            "version", "version", str(said), str(wanted), "the version is not that of package.yaml", FIX,
            "datapackage.json",
        )  # fmt: skip


def _about() -> Path:
    return ROOT / "package.yaml"


def _stale(resource: Resource, column: str, found: str, expected: str, message: str, fix: str = FIX) -> Finding:
    return _finding(resource.name, column, found, expected, message, fix, resource.path)


def _finding(row_id: str, column: str, found: str, expected: str, message: str, fix: str, file: str) -> Finding:
    return Finding(
        "V.file", "error", "datapackage", row_id=row_id, column=column, found=found, expected=expected,
        message=message, fix=fix, file=file,
    )  # fmt: skip
