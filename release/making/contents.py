"""Every file of a release by its path from the folder of the release."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any

from canonical.reading.content import file_bytes
from canonical.reading.folders import files_below
from canonical.table_schema import ROOT
from release.build import packaged_files
from release.dialects.catalogue import Catalogue, catalogue_of
from release.dialects.citations import codemeta, datacite, zenodo
from release.dialects.croissant import croissant
from release.dialects.hugging_face import card_head
from release.dialects.linked_data import csvw, dcat, schema_org
from release.dialects.sql import DATABASES, load_script, table_definitions
from release.making.notes import release_notes
from release.making.sqlite_file import sqlite_bytes
from release.making.sums import MANIFEST, SUMS, manifest_bytes, sums_bytes
from release.making.texts import gzipped_texts
from release.making.workbook import workbook_bytes
from release.package.archive_readme import archive_readme
from release.package.citation import citation_bytes
from release.package.descriptor import descriptor_bytes
from release.package.metadata import package_metadata, version
from release.package.sbom import sbom_bytes
from release.series.tables import Tables

__all__ = ["release_contents", "release_name"]

BESIDE = ("CHANGELOG.md", "LICENSE", "LICENSE-DATA", "SECURITY.md", "package.yaml")
FOLDERS = ("schemas", "clients")
LEFT_OUT = ("__pycache__", "build", "dist", ".pytest_cache")


def release_name() -> str:
    """The name of the folder and of the zip: the package's and the version."""
    return f"{package_metadata()['name']}-{version()}"


def release_contents(tables: Tables) -> dict[str, bytes]:
    """The files of a release of the tables as built, in alphabetical order of their paths."""
    files = list(packaged_files(tables))
    files += gzipped_texts(tables, files)
    catalogue = catalogue_of(files)
    contents = {path.relative_to(ROOT).as_posix(): file_bytes(path, path.name) for path in _beside()}
    contents |= {file.path: file.content for file in files}
    contents |= {path: _json(value) for path, value in _dialects(catalogue).items()}
    contents |= {path: text.encode("utf-8") for path, text in _scripts(catalogue)}
    contents |= {
        "datapackage.json": descriptor_bytes(files),
        "CITATION.cff": citation_bytes(),
        "NOTES.md": release_notes(version()).encode("utf-8"),
        "README.md": card_head(catalogue).encode("utf-8") + archive_readme(files) + _which_file(),
        "sbom.cdx.json": sbom_bytes(),
        f"{package_metadata()['name']}.sqlite": sqlite_bytes(catalogue, tables),
        f"{package_metadata()['name']}.xlsx": workbook_bytes(tables),
    }
    contents[MANIFEST] = manifest_bytes(catalogue, contents)
    contents[SUMS] = sums_bytes(contents)
    return dict(sorted(contents.items()))


def _dialects(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "croissant.json": croissant(catalogue),
        "dataset.jsonld": schema_org(catalogue),
        "dcat.jsonld": dcat(catalogue),
        "csv-metadata.json": csvw(catalogue),
        "datacite.json": datacite(catalogue),
        ".zenodo.json": zenodo(catalogue),
        "codemeta.json": codemeta(catalogue),
    }


def _which_file() -> bytes:
    text = Path(__file__).with_name("which_file.md").read_text(encoding="utf-8")
    return Template(text).substitute(name=package_metadata()["name"]).encode("utf-8")


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _scripts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for database in DATABASES:
        yield f"sql/{database}.sql", table_definitions(catalogue, database)
        yield f"sql/{database}-load.sql", load_script(catalogue, database)


def _beside() -> Iterator[Path]:
    yield from (ROOT / name for name in BESIDE)
    for folder in FOLDERS:
        for path in files_below(ROOT / folder):
            if path.is_file() and path.suffix != ".pyc" and not set(LEFT_OUT) & set(path.parts):
                yield path
