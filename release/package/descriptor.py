"""`datapackage.json`: every file of the package with its schema, size, hash and row count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from canonical.table_schema import load_schema
from release.package.metadata import package_metadata, version
from validation.changed import file_hash, schema_hash

__all__ = ["PackagedFile", "descriptor_bytes"]

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


@dataclass(frozen=True)
class PackagedFile:
    """One file of a table: where it lies, its bytes and how many rows it holds."""

    table: str
    path: str
    content: bytes
    rows: int

    @property
    def form(self) -> str:
        """`csv`, `csv.gz` or `parquet`."""
        return "csv.gz" if self.path.endswith(".csv.gz") else self.path.rpartition(".")[2]


def descriptor_bytes(files: list[PackagedFile]) -> bytes:
    """The Data Package v2 descriptor of the files, in order."""
    package = package_metadata()
    licence = package["licences"]["data"]
    descriptor: dict[str, Any] = {
        "$schema": PROFILE,
        "name": package["name"],
        "title": package["title"],
        "title_zh": package["title_zh"],
        "version": version(),
        "created": f"{package['released_on'].isoformat()}T00:00:00Z",
        "description": package["description"].strip(),
        "description_zh": package["description_zh"].strip(),
        **({"homepage": package["homepage"]} if "homepage" in package else {}),
        "keywords": package["keywords"],
        "licenses": [licence],
        "contributors": package["contributors"],
        "resources": [_resource(file) for file in files],
    }
    return (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _resource(file: PackagedFile) -> dict[str, Any]:
    schema, is_text = load_schema(file.table), file.form != "parquet"
    resource: dict[str, Any] = {
        "name": _name(file),
        # Version 2 of the standard knows `table` alone; version 1 tells a table by its profile.
        **({"type": "table", "profile": "tabular-data-resource"} if is_text else {}),
        "title": schema.descriptor["title"],
        "description": schema.descriptor["description"],
        "path": file.path,
        "format": "csv" if is_text else file.form,
        **({"compression": "gz"} if file.form == "csv.gz" else {}),
        "mediatype": MEDIA["csv" if is_text else file.form],
        "bytes": len(file.content),
        "hash": file_hash(file.content),
        "row_count": file.rows,
        "kind": schema.kind,
        "schema_hash": schema_hash(file.table),
    }
    if is_text:
        resource |= {"encoding": "utf-8", "schema": f"schemas/{file.table}.json"}
    else:
        resource |= {"table": file.table, "table_schema": f"schemas/{file.table}.json"}
    return resource


def _name(file: PackagedFile) -> str:
    if file.form != "parquet":
        return file.table
    stem = file.path.removeprefix("data/").removesuffix(".parquet").removesuffix("/part-0")
    return stem.replace("/", "-").replace("=", "-") + "-parquet"
