"""The data package that is read: a folder or the zip as downloaded, held against its descriptor before it is used."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn, cast

from cloud_vendor_metrics.errors import AGAIN, DamagedPackageError, ForeignPackageError

__all__ = ["DESCRIPTOR", "NAME", "Folder", "Package", "Place", "Resource", "Zip", "open_package"]

NAME = "cloud-vendor-metrics"
DESCRIPTOR = "datapackage.json"
CARRIED = Path(__file__).resolve().parent / "package"
"""Where the wheel carries its tables."""
CHECKOUT = Path(__file__).resolve().parents[3]
"""Where this module lies in a checkout of the repository."""
MOST_TEXT = 1 << 26
"""Bytes of the largest descriptor or schema that is read."""
Place = str | os.PathLike[str]


@dataclass(frozen=True)
class Folder:
    """A package that was unpacked, or lies in a wheel or a checkout."""

    path: Path

    def names(self, under: str) -> list[str]:
        """Every file below one of its folders, by its path within the package; nothing else is looked at."""
        found = (Path(root) / name for root, _, names in os.walk(self.path / under, onerror=_refuse) for name in names)
        return sorted(path.relative_to(self.path).as_posix() for path in found)

    def size(self, inside: str) -> int | None:
        """Bytes of a file; None where it is missing."""
        path = self.path / inside
        return path.stat().st_size if path.is_file() else None

    def content(self, inside: str) -> bytes:
        """A file. Raises OSError for a pipe or a device, which would never end."""
        path = self.path / inside
        if path.exists() and not path.is_file():
            raise OSError(f"{inside} is no ordinary file")
        return path.read_bytes()


@dataclass(frozen=True)
class Zip:
    """A package as it was downloaded; nothing of it is unpacked to disk."""

    path: Path

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        try:
            archive = zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, RuntimeError, ValueError) as error:
            raise OSError(str(error)) from None
        with archive:
            members = {member.filename: member for member in archive.infolist() if not member.is_dir()}
        tops = [name.removesuffix(DESCRIPTOR) for name in members if PurePosixPath(name).name == DESCRIPTOR]
        top = min(tops, key=len, default="")
        return {name.removeprefix(top): member for name, member in members.items() if name.startswith(top)}

    def names(self, under: str) -> list[str]:
        """Every file below one of its folders, by its path within the package."""
        return sorted(name for name in self._members if name.startswith(f"{under}/"))

    def size(self, inside: str) -> int | None:
        """Bytes of a file; None where it is missing."""
        return self._members[inside].file_size if inside in self._members else None

    def content(self, inside: str) -> bytes:
        """A file, no further than its size as the zip states it. Raises OSError where it is damaged or encrypted."""
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self._members[inside]) as file:
                return file.read()
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError) as error:
            raise OSError(str(error)) from None


@dataclass(frozen=True)
class Resource:
    """A file that the descriptor lists: its path, table, format, size in bytes, SHA-256 and rows where it says so."""

    path: str
    table: str
    format: str
    bytes: int
    hash: str
    rows: int | None


@dataclass(frozen=True)
class Package:
    """A data package whose descriptor is that of Cloud Vendor Metrics."""

    files: Folder | Zip
    descriptor: Mapping[str, Any]

    @property
    def where(self) -> Path:
        """The folder or zip it lies in."""
        return self.files.path

    def resources(self) -> list[Resource]:
        """The files listed. Raises `DamagedPackageError` where an entry lacks what every one has."""
        listed = self.descriptor.get("resources")
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in cast(list[Any], listed)):
            raise self.damaged("no list of resources")
        return [self._resource(one) for one in cast(list[dict[str, Any]], listed)]

    def checked(self, resource: Resource) -> bytes:
        """The content of a file, which is the one listed. Raises `DamagedPackageError` where it is not."""
        content, fault = self._read(resource)
        if fault:
            raise DamagedPackageError(f"{self.where / resource.path}: {fault}; {AGAIN}")
        return content

    def fault(self, resource: Resource) -> str:
        """What is wrong with a file: nothing, or that it is missing, or not the one listed."""
        return self._read(resource)[1]

    def _read(self, resource: Resource) -> tuple[bytes, str]:
        """The content of a file, read once, and what is wrong with it."""
        size = self.files.size(resource.path)
        if size is None:
            return b"", "the file is missing"
        try:
            content = self.files.content(resource.path) if size == resource.bytes else b""
        except OSError:
            content = b""
        same = len(content) == resource.bytes and sha256(content) == resource.hash
        return content, "" if same else "not the file of the package"

    def schema(self, table: str) -> dict[str, Any]:
        """The Table Schema of a table. Raises `DamagedPackageError` where it cannot be read."""
        inside = f"schemas/{table}.json"
        try:
            found: Any = json.loads(_bounded(self.files, inside), parse_constant=_no_number)
            if not all(isinstance(field["name"], str) for field in found["fields"]):
                raise ValueError("a field without a name")
        except (OSError, KeyError, ValueError, TypeError, RecursionError):
            raise DamagedPackageError(f"{self.where / inside}: no schema; {AGAIN}") from None
        return cast(dict[str, Any], found)

    def damaged(self, words: str) -> DamagedPackageError:
        """The error that the descriptor is none, in one line."""
        return DamagedPackageError(f"{self.where / DESCRIPTOR}: {words}; {AGAIN}")

    def _resource(self, entry: dict[str, Any]) -> Resource:
        form, path = str(entry.get("format")), self._text(entry, "path")
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
            raise self.damaged(f"{path} leads out of the package")
        table = self._text(entry, "table") if "table" in entry else self._text(entry, "name")
        size, rows = entry.get("bytes"), entry.get("row_count")
        return Resource(
            path, table, form, size if isinstance(size, int) else -1, str(entry.get("hash")),
            rows if isinstance(rows, int) else None,
        )  # fmt: skip

    def _text(self, entry: dict[str, Any], key: str) -> str:
        value = entry.get(key)
        if not isinstance(value, str):
            raise self.damaged(f"a resource without {key}")
        return value


def open_package(data: Place | None = None) -> Package:
    """The package that is read.

    Parameters: `data`, the unpacked release or its zip; without it the one that the variable `CVM_DATA` names, else
    the tables that this client carries. The current folder is never searched: what lies there by chance is not
    cited. Raises FileNotFoundError where there is none, `ForeignPackageError` where it is another package,
    `DamagedPackageError` where its descriptor cannot be read.
    """
    places = [Path(place) for place in _places(data)]
    for place in places:
        if (files := _files(place)) is not None:
            return Package(files, _descriptor(files))
    raise FileNotFoundError(f"no {DESCRIPTOR} in {' nor in '.join(map(str, places))}; name the unpacked release or its "
                            "zip: data=PATH, or set CVM_DATA")  # fmt: skip


def _places(data: Place | None) -> Iterator[Place]:
    if data is not None:
        yield data
    elif named := os.environ.get("CVM_DATA"):
        yield named
    else:
        yield from (CARRIED, CHECKOUT)


def _files(place: Path) -> Folder | Zip | None:
    if (place / DESCRIPTOR).is_file():
        return Folder(place)
    if place.is_file() and zipfile.is_zipfile(place):
        packed = Zip(place)
        return packed if packed.size(DESCRIPTOR) is not None else None
    return None


def _refuse(error: OSError) -> None:
    """A folder that cannot be listed is no empty one."""
    raise error


def _bounded(files: Folder | Zip, inside: str) -> str:
    """A text of the package that is no table. Raises OSError where it is larger than any is."""
    size = files.size(inside)
    if size is not None and size > MOST_TEXT:
        raise OSError(f"{size:,} bytes, expected at most {MOST_TEXT:,}")
    return files.content(inside).decode("utf-8")


def _no_number(constant: str) -> NoReturn:
    """Refuse NaN and infinities, which Python reads and JSON does not know."""
    raise ValueError(constant)


def _descriptor(files: Folder | Zip) -> dict[str, Any]:
    path = files.path / DESCRIPTOR
    try:
        found: Any = json.loads(_bounded(files, DESCRIPTOR), parse_constant=_no_number)
    except OSError as error:
        raise DamagedPackageError(f"{path}: cannot be read ({error}); {AGAIN}") from None
    except (ValueError, RecursionError):
        raise DamagedPackageError(f"{path}: not JSON; {AGAIN}") from None
    if not isinstance(found, dict):
        raise DamagedPackageError(f"{path}: not a descriptor; {AGAIN}")
    descriptor = cast(dict[str, Any], found)
    if descriptor.get("name") != NAME:
        raise ForeignPackageError(
            f"{path}: is package {descriptor.get('name')!r:.80}, not {NAME}; name a release of it"
        )
    return descriptor


def sha256(content: bytes) -> str:
    """The hash of a content as the descriptor writes it."""
    return "sha256:" + hashlib.sha256(content).hexdigest()
