"""What people download: the package in one zip, and the text of tables kept as Parquet; same content, same bytes."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import polars as pl

from canonical.table_schema import ROOT
from release.package.archive_readme import archive_readme
from release.package.descriptor import PackagedFile
from release.package.metadata import package_metadata, version
from release.package.sbom import sbom_bytes

__all__ = ["archive_bytes", "gzipped_csv"]

BESIDE = ("CITATION.cff", "CHANGELOG.md", "LICENSE", "LICENSE-DATA", "SECURITY.md", "package.yaml")
FOLDERS = ("schemas", "clients")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: archives must not differ by when they were made."""


def archive_bytes(files: list[PackagedFile], generated: dict[str, bytes]) -> bytes:
    """A zip of the tables, their schemas, the clients and the texts that go with them, as `generated` has them anew."""
    beside = [ROOT / name for name in BESIDE] + [path for folder in FOLDERS for path in _kept(ROOT / folder)]
    members = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in beside}
    members |= {file.path: file.content for file in files} | generated
    members |= {"README.md": archive_readme(files), "sbom.cdx.json": sbom_bytes()}
    folder = f"{package_metadata()['name']}-{version()}"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(members):
            stored = path.endswith(".parquet")
            info = zipfile.ZipInfo(f"{folder}/{path}", EPOCH)
            info.create_system = 3  # Unix, whatever system packs
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, members[path])
    return packed.getvalue()


def _kept(folder: Path) -> list[Path]:
    """The files of a folder and of those in it, without what Python compiled from them."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pyc"]


def gzipped_csv(frame: pl.DataFrame) -> bytes:
    """The text of a table that the package keeps as Parquet only, gzipped without a time stamp."""
    return gzip.compress(frame.write_csv(line_terminator="\n").encode("utf-8"), compresslevel=6, mtime=0)
