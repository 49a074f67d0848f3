"""Which tables differ from the last build, by the hashes that `datapackage.json` keeps."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from validation.findings import Finding
from validation.table_schema import ROOT, load_schema, table_names
from validation.text_tables import csv_path, read_rows

__all__ = ["changed_tables", "file_hash", "not_published"]


def file_hash(content: bytes) -> str:
    """The hash of a file's bytes as the descriptor writes it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def changed_tables() -> list[str]:
    """Typed tables whose text is not that of the last build, and the tables that refer to them."""
    built = _built_hashes()
    changed: set[str] = set()
    for table in table_names():
        path = csv_path(table)
        if load_schema(table).kind == "derived" or not path.exists():
            continue
        if built.get(f"data/{table}.csv") != file_hash(path.read_bytes()):
            changed.add(table)
    referring = {table for table in table_names() for key in load_schema(table).foreign_keys if key.resource in changed}
    return sorted(name for name in changed | referring if load_schema(name).kind != "derived")


def not_published(findings: list[Finding]) -> list[Finding]:
    """The findings that the last build did not publish already, and every error that nobody accepted."""
    published = {(row["rule"], row["table"], row["row_id"], row["column"]) for row in read_rows(csv_path("findings"))}
    return [
        finding
        for finding in findings
        if (finding.severity == "error" and finding.status == "open")
        or (finding.rule, finding.table, finding.row_id, finding.column) not in published
    ]


def _built_hashes() -> dict[str, str]:
    """What the last build wrote down; nothing, so that every table counts as changed, where that is unreadable."""
    try:
        descriptor: dict[str, Any] = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
        return {resource["path"]: resource["hash"] for resource in descriptor["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
