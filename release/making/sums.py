"""What a release says of its own files: a manifest with sizes, hashes and rows, and sums that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from release.dialects.catalogue import Catalogue

__all__ = ["MANIFEST", "SUMS", "manifest_bytes", "sums_bytes"]

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


def manifest_bytes(catalogue: Catalogue, contents: Mapping[str, bytes]) -> bytes:
    """Every file but the manifest and the sums: path, bytes, SHA-256, and of tables the name and rows."""
    of_tables = {file.path: (table.name, file.rows) for table in catalogue.tables for file in table.files}
    entries = [
        {
            "path": path,
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **({"table": of_tables[path][0], "rows": of_tables[path][1]} if path in of_tables else {}),
        }
        for path, content in sorted(contents.items())
    ]
    told = {
        "name": catalogue.about["name"],
        "version": catalogue.version,
        "released_on": catalogue.released_on,
        "files": entries,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def sums_bytes(contents: Mapping[str, bytes]) -> bytes:
    """A line for each file, as `sha256sum` writes it, with paths from the folder of the release."""
    lines = (f"{hashlib.sha256(content).hexdigest()}  {path}\n" for path, content in sorted(contents.items()))
    return "".join(lines).encode("utf-8")
