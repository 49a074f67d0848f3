"""The README of the archive: what lies in it, and nothing that needs the repository."""

from __future__ import annotations

from pathlib import Path
from string import Template

from canonical.table_schema import load_schema
from release.package.descriptor import PackagedFile
from release.package.markdown import block, plain, ticked
from release.package.metadata import citation, package_metadata, version

__all__ = ["archive_readme"]

TEXT = Path(__file__).with_suffix(".md")


def archive_readme(files: list[PackagedFile]) -> bytes:
    """The text beside this module with the version, the citation and the tables of the files put in."""
    package = package_metadata()
    said = {
        "title": plain(package["title"]),
        "version": plain(version()),
        "description": plain(package["description"]),
        "citation": block(citation()),
        "tables": _tables(files),
        "data_licence": plain(package["licences"]["data"]["title"]),
        "code_licence": plain(package["licences"]["code"]["title"]),
    }
    return Template(TEXT.read_text(encoding="utf-8")).substitute(said).encode("utf-8")


def _tables(files: list[PackagedFile]) -> str:
    """One line for each table: its name, what it holds and its rows, those of its parts together."""
    rows: dict[str, int] = {}
    for file in sorted(files, key=lambda file: file.path):
        if file.form == "parquet":
            rows[file.table] = rows.get(file.table, 0) + file.rows
    lines = [f"| {ticked(table)} | {_holds(table)} | {count:,} |" for table, count in rows.items()]
    return "\n".join(["| Table | Holds | Rows |", "| --- | --- | ---: |", *lines])


def _holds(table: str) -> str:
    """The first sentence of a table's description."""
    sentence: str = load_schema(table).descriptor["description"].partition(". ")[0]
    return plain(sentence.rstrip("."))
