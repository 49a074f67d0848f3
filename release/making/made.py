"""Make a release, unless its version is too small, a row went without a word, or it is out with other bytes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from canonical.file_writing import PART, only_writer, replace_files
from canonical.reading.folders import files_below, files_in
from canonical.table_schema import ROOT
from canonical.text_tables import csv_path, read_rows
from release.build import built_tables
from release.making.contents import release_contents, release_name
from release.making.sums import SUMS
from release.package.metadata import version
from release.series.tables import Tables
from release.versions.comparison import Comparison, compared
from release.versions.files import released
from release.versions.numbering import refusal
from release.versions.revisions import missing_tombstones, revisions_of

__all__ = [
    "Made",
    "ReleaseRefusedError",
    "faults_of",
    "made",
    "make_release",
    "release_of",
    "write_release",
    "zip_bytes",
]

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: archives must not differ by when they were made."""
STORED = (".parquet", ".gz", ".xlsx")
"""Files that are compressed already."""
SHOWN = 5


class ReleaseRefusedError(Exception):
    """A release that must not be made; each line says why and what to do."""


@dataclass(frozen=True)
class Made:
    """A release: its name, its files by path, and its zip."""

    name: str
    contents: dict[str, bytes]
    archive: bytes


def made() -> Made:
    """The release of the checkout as it stands; nothing is written. Raises `BuildRefusedError` as a build does."""
    tables, _ = built_tables()
    return release_of(tables)


def release_of(tables: Tables) -> Made:
    """The release of the tables as `built_tables` gives them."""
    contents = release_contents(tables)
    name = release_name()
    return Made(name, contents, zip_bytes(name, contents))


def zip_bytes(name: str, contents: Mapping[str, bytes]) -> bytes:
    """The files in one zip, within a folder of that name: equal files give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in sorted(contents.items()):
            info = zipfile.ZipInfo(f"{name}/{path}", EPOCH)
            info.create_system = 3  # Unix, whatever system packs
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if path.endswith(STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return packed.getvalue()


def make_release(wanted: str, folder: Path) -> Made:
    """Make the release `wanted` below `folder`: its folder, its zip, and the sum of the zip.

    Raises `ReleaseRefusedError` where the version is not that of `package.yaml`, is smaller than the changes since
    the last release ask for, where a row went without a tombstone or a changed cell stands not in `revisions`, and
    where the version was released before with other bytes.
    """
    if wanted != version():
        said = f"package.yaml: found version {version()}, expected {wanted}; fix: set version and released_on there"
        raise ReleaseRefusedError(said)
    before = [one for one in released() if one != wanted]
    if before:
        faults = faults_of(compared(before[-1], str(ROOT)), wanted)
        if faults:
            raise ReleaseRefusedError("\n".join(faults))
    release = made()
    _refuse_other_bytes(release, wanted)
    write_release(release, folder)
    return release


def faults_of(comparison: Comparison, wanted: str) -> list[str]:
    """Why a release may not be made of what changed, one line each."""
    changes = comparison.changes
    said = refusal(changes.old, wanted, comparison.reasons)
    faults = [said] if said else []
    revisions = read_rows(csv_path("revisions")) if csv_path("revisions").exists() else []
    went = missing_tombstones(wanted, changes, revisions)
    faults += [f"{table}: row {row} went without a tombstone" for table, row in went[:SHOWN]]
    if went:
        faults.append(f"{len(went)} rows went; fix: restore them, or run python -m release revise --tombstones")
    known = {tuple(row.items()) for row in revisions}
    owed = [row for row in revisions_of(wanted, changes, comparison.moved) if tuple(row.items()) not in known]
    if owed:
        first = f"{owed[0]['table_name']} {owed[0]['row_id']} {owed[0]['field_name']}"
        faults.append(f"data/revisions.csv: {len(owed)} changes are missing, as {first}; fix: python -m release revise")
    return faults


def write_release(release: Made, folder: Path) -> None:
    """Write the folder, the zip and the sum of the zip of a release below `folder`, what a death left taken away."""
    archive = f"{release.name}.zip"
    sums = f"{hashlib.sha256(release.archive).hexdigest()}  {archive}\n".encode()
    files = {folder / release.name / path: content for path, content in release.contents.items()}
    files |= {folder / archive: release.archive, folder / f"{archive}.sha256": sums}
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(folder):
        for part in [*files_in(folder, PART), *files_below(folder / release.name, PART)]:
            part.unlink(missing_ok=True)
        replace_files(files)


def _refuse_other_bytes(release: Made, wanted: str) -> None:
    sums = hashlib.sha256(release.contents[SUMS]).hexdigest()
    known = released().get(wanted, {}).get("sums", "")
    if known and known != sums:
        said = f"{wanted}: released before with other bytes ({known[:12]}…, now {sums[:12]}…); fix: name a new version"
        raise ReleaseRefusedError(said)
