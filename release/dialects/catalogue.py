"""What every dialect says of the package: its tables in loading order with their files, and its metadata."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from canonical.descriptor import described
from canonical.table_order import tables_in_order
from canonical.table_schema import TableSchema, load_schema
from release.package.descriptor import PackagedFile
from release.package.metadata import citation, package_metadata, version
from validation.changed import file_hash

__all__ = ["Catalogue", "CataloguedFile", "CataloguedTable", "catalogue_of", "catalogue_of_build"]

MEDIA = {
    "csv": "text/csv",
    "csv.gz": "application/gzip",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True)
class CataloguedFile:
    """A file of a table: its path, form (`csv`, `csv.gz` or `parquet`), size in bytes, SHA-256 and rows."""

    path: str
    form: str
    size: int
    sha256: str
    rows: int

    @property
    def media(self) -> str:
        """The media type."""
        return MEDIA[self.form]

    @property
    def name(self) -> str:
        """A name made of letters, digits, `-`, `_` and `.`, for identifiers."""
        return self.path.removeprefix("data/").replace("/", "-").replace("=", "-")


@dataclass(frozen=True)
class CataloguedTable:
    """A table with its schema and files."""

    schema: TableSchema
    files: tuple[CataloguedFile, ...]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.schema.name

    @property
    def title(self) -> str:
        """The English title."""
        return str(self.schema.descriptor["title"])

    @property
    def description(self) -> str:
        """What the table holds, in English."""
        return str(self.schema.descriptor["description"])

    @property
    def text(self) -> CataloguedFile:
        """The file of the whole table as text, gzipped where it is large."""
        return next(file for file in self.files if file.form != "parquet")

    @property
    def parquet(self) -> tuple[CataloguedFile, ...]:
        """The Parquet files, several where the table is kept in parts."""
        return tuple(file for file in self.files if file.form == "parquet")

    @property
    def rows(self) -> int:
        """Rows of the table."""
        return self.text.rows


@dataclass(frozen=True)
class Catalogue:
    """The package for a dialect: metadata as in `package.yaml`, version, citation, tables that parents lead."""

    about: dict[str, Any]
    version: str
    citation: str
    tables: tuple[CataloguedTable, ...]

    @property
    def description(self) -> str:
        """What the package is, in English."""
        return str(self.about["description"]).strip()

    @property
    def released_on(self) -> str:
        """The day of the release, YYYY-MM-DD."""
        return str(self.about["released_on"])

    @property
    def licence(self) -> dict[str, str]:
        """Name, title and address of the licence of the data."""
        return self.about["licences"]["data"]

    @property
    def authors(self) -> list[str]:
        """Names of the contributors."""
        return [entry["title"] for entry in self.about["contributors"]]


def catalogue_of(files: Iterable[PackagedFile]) -> Catalogue:
    """The catalogue of the files of a release."""
    listed = list(files)
    tables = (
        CataloguedTable(load_schema(name), tuple(_file(file) for file in listed if file.table == name))
        for name in tables_in_order()
    )
    return Catalogue(package_metadata(), version(), citation(), tuple(table for table in tables if table.files))


def catalogue_of_build() -> Catalogue:
    """The catalogue of the files of the last build, as their descriptor has them; raises where nothing was built."""
    listed = [
        (file.table, CataloguedFile(file.path, file.form, file.size, file.hash.removeprefix("sha256:"), file.rows))
        for file in described()
        if file.form in MEDIA
    ]
    tables = (
        CataloguedTable(load_schema(name), tuple(file for table, file in listed if table == name))
        for name in tables_in_order()
    )
    return Catalogue(package_metadata(), version(), citation(), tuple(table for table in tables if table.files))


def _file(file: PackagedFile) -> CataloguedFile:
    sha256 = file_hash(file.content).removeprefix("sha256:")
    return CataloguedFile(file.path, file.form, len(file.content), sha256, file.rows)
