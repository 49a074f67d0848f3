"""The source package of the R client: its code, and every table as gzipped text, so that base R reads them all."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterator
from typing import Any

import polars as pl

from canonical.reading.folders import files_below
from canonical.table_schema import ROOT, load_schema
from release.package.text import gzipped, gzipped_csv

__all__ = ["archive_name", "r_archive", "r_package"]

CLIENT = ROOT / "clients" / "r"
EXTDATA = "inst/extdata"
ROW_COUNT = "row_count"
"""The property of a resource that holds its rows."""


def r_package(version: str) -> dict[str, bytes]:
    """The files of the package by their path within; `version` stands in DESCRIPTION."""
    code = {path.relative_to(CLIENT).as_posix(): path.read_bytes() for path in files_below(CLIENT) if path.is_file()}
    description = code["DESCRIPTION"].decode("utf-8")
    code["DESCRIPTION"] = re.sub(r"(?m)^Version: .*$", f"Version: {version}", description).encode("utf-8")
    return code | dict(_extdata())


def _extdata() -> Iterator[tuple[str, bytes]]:
    """Schemas, the text of each table, and a descriptor of these texts alone."""
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    texts = {name: _text(name, own) for name, own in sorted(_tables(descriptor).items())}
    descriptor["resources"] = [_resource(name, content, rows) for name, (content, rows) in texts.items()]
    yield f"{EXTDATA}/datapackage.json", (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    for name, (content, _) in texts.items():
        yield f"{EXTDATA}/data/{name}.csv.gz", content
        yield f"{EXTDATA}/schemas/{name}.json", (ROOT / "schemas" / f"{name}.json").read_bytes()


def _tables(descriptor: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {}
    for resource in descriptor["resources"]:
        tables.setdefault(resource.get("table", resource["name"]), []).append(resource)
    return tables


def _text(name: str, resources: list[dict[str, Any]]) -> tuple[bytes, int]:
    """The text of a table, gzipped, and its rows; made from Parquet where the package keeps no text."""
    plain = ROOT / "data" / f"{name}.csv"
    if plain.is_file():
        rows = next(one[ROW_COUNT] for one in resources if one["format"] == "csv")
        return gzipped(plain.read_bytes()), rows
    parts = sorted(one["path"] for one in resources if one["format"] == "parquet")
    hive = any("vendor_id=" in part for part in parts)
    frame = pl.concat([pl.read_parquet(ROOT / part, hive_partitioning=hive) for part in parts])
    return gzipped_csv(load_schema(name), frame), frame.height


def _resource(name: str, content: bytes, rows: int) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    schema = json.loads((ROOT / "schemas" / f"{name}.json").read_text(encoding="utf-8"))
    about = {key: schema[key] for key in ("title", "title_zh", "description", "description_zh") if key in schema}
    return {
        "name": name, "table": name, "path": f"data/{name}.csv.gz", "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "compression": "gzip", "bytes": len(content), "hash": f"sha256:{digest}",
        ROW_COUNT: rows, "schema": f"schemas/{name}.json", **about,
    }  # fmt: skip


def archive_name(version: str) -> str:
    """The file name that R expects of the package."""
    return f"cloudvendormetrics_{version}.tar.gz"


def r_archive(version: str) -> bytes:
    """The package as `install.packages(FILE, repos = NULL, type = "source")` takes it; same files, same bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, content in sorted(r_package(version).items()):
            member = tarfile.TarInfo(f"cloudvendormetrics/{path}")
            member.size, member.mode = len(content), 0o644
            archive.addfile(member, io.BytesIO(content))
    return gzipped(packed.getvalue())
