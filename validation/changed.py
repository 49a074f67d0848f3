"""Which tables differ from the last build, by the hashes that `datapackage.json` keeps."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from validation.findings import Finding
from validation.table_schema import ROOT, load_schema, table_names
from validation.text_tables import csv_path, read_rows

__all__ = ["changed_tables", "edited_tables", "file_hash", "not_published"]


def file_hash(content: bytes) -> str:
    """The hash of a file's bytes as the descriptor writes it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def edited_tables() -> set[str]:
    """Typed tables whose files are not those of the last build."""
    built = _built_hashes()
    edited: set[str] = set()
    for table in table_names():
        if load_schema(table).kind == "derived":
            continue
        files = [
            path for path in (csv_path(table), *csv_path(table).with_suffix("").glob("*.parquet")) if path.exists()
        ]
        if any(built.get(str(path.relative_to(ROOT))) != file_hash(path.read_bytes()) for path in files):
            edited.add(table)
    return edited


def changed_tables() -> list[str]:
    """Edited tables, and the typed tables that refer to them."""
    edited = edited_tables()
    referring = {table for table in table_names() for key in load_schema(table).foreign_keys if key.resource in edited}
    return sorted(name for name in edited | referring if load_schema(name).kind != "derived")


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
