"""Which tables differ from the last build, by the hashes that `datapackage.json` keeps."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence, Set
from pathlib import Path

import polars as pl

from canonical.descriptor import what_it_says
from canonical.findings import Finding
from canonical.reading.content import file_bytes, shown_path
from canonical.reading.folders import files_below, files_in
from canonical.table_schema import ROOT, SCHEMAS, load_schema, typed_tables
from canonical.text_tables import csv_path, read_rows

__all__ = [
    "built_table",
    "edited_tables",
    "file_hash",
    "last_build",
    "not_published",
    "referring_tables",
    "schema_hash",
]


def file_hash(content: bytes) -> str:
    """The hash of a file's bytes as the descriptor writes it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def edited_tables(among: Collection[str] | None = None) -> set[str]:
    """Typed tables, all or those `among` some, whose files, or whose schema, are not those of the last build."""
    built = _built_hashes()
    files_in(ROOT / "data")  # a folder that cannot be listed says so, though its files may be read
    edited: set[str] = set()
    for table in typed_tables() if among is None else among:
        paths = [p for p in (csv_path(table), *files_below(csv_path(table).with_suffix(""), ".parquet")) if p.exists()]
        hashes = {str(path.relative_to(ROOT)): file_hash(file_bytes(path, shown_path(path))) for path in paths}
        if paths and not (hashes | {f"schemas/{table}.json": schema_hash(table)}).items() <= built.items():
            edited.add(table)
    return edited


def last_build(table: str, columns: Sequence[str] | None = None) -> pl.DataFrame | None:
    """A table of the package, or some columns of it, as the last build wrote it as Parquet.

    None where that file is not at hand.
    """
    content = _of_last_build(csv_path(table).with_suffix(".parquet"))
    try:
        return None if content is None else pl.read_parquet(content, columns=None if columns is None else list(columns))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None


def built_table(table: str) -> pl.DataFrame | None:
    """`last_build` of a table that was edited since; None where its text is the build's."""
    return None if _of_last_build(csv_path(table)) is not None else last_build(table)


def _of_last_build(path: Path) -> bytes | None:
    """The content of a file of the package that is the one that the last build wrote; None where it is not."""
    if not path.is_file():
        return None
    content = file_bytes(path, shown_path(path))
    return content if _built_hashes().get(str(path.relative_to(ROOT))) == file_hash(content) else None


def schema_hash(table: str) -> str:
    """The hash of the schema of a table, which the descriptor keeps beside that of each of its files."""
    return file_hash(file_bytes(SCHEMAS / f"{table}.json", f"schemas/{table}.json"))


def referring_tables(edited: Set[str]) -> set[str]:
    """The typed tables that were not edited and refer to one that was."""
    return {
        table for table in typed_tables() for key in load_schema(table).foreign_keys if key.resource in edited
    } - edited


def not_published(findings: list[Finding]) -> list[Finding]:
    """The findings that the last build did not publish already, and every error that nobody accepted.

    A finding is the published one only where it finds and expects the same: another wrong print on a row is news.
    """
    parts = ("rule", "table", "row_id", "column", "found", "expected")
    columns = ("rule", "table_name", "row_id", "field_name", "found", "expected")
    published = {tuple(row.get(column, "") for column in columns) for row in read_rows(csv_path("findings"))}
    return [
        finding
        for finding in findings
        if (finding.severity == "error" and finding.status == "open")
        or tuple(getattr(finding, part) for part in parts) not in published
    ]


def _built_hashes() -> dict[str, str]:
    """What the last build wrote down; nothing, so that every table counts as changed, where that is unreadable."""
    try:
        resources = what_it_says()["resources"]
        files = {resource["path"]: resource["hash"] for resource in resources}
        schemas = {r.get("table_schema") or r["schema"]: r["schema_hash"] for r in resources}
        return files | schemas
    except (KeyError, TypeError, AttributeError):
        return {}
