"""A release as it was downloaded, a folder or a zip, read without unpacking and without trust."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Protocol

from canonical.reading.archives import DAMAGED, hostile
from canonical.reading.content import refuse_no_file
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import files_below, refuse_folder

__all__ = ["LARGEST", "FolderParcel", "Parcel", "ZipParcel", "parcel_of"]

LARGEST = 2**30
"""Bytes that a file of a release may have, unfolded where it is a zip: none comes near."""


class Parcel(Protocol):
    """The files of a release by their path from its folder."""

    def names(self) -> list[str]:
        """The paths of all files."""
        ...

    def opened(self, name: str) -> IO[bytes]:
        """A file to read from."""
        ...

    def size(self, name: str) -> int:
        """The bytes of a file, unfolded. Raises OSError or KeyError where there is none."""
        ...

    def faults(self) -> Iterator[str]:
        """What is wrong with the parcel itself, whatever its files hold: a line each."""
        ...


@dataclass(frozen=True)
class FolderParcel:
    """An unpacked release."""

    folder: Path

    def names(self) -> list[str]:
        """The paths of all files below the folder; links to folders are named and not followed."""
        found = files_below(self.folder)
        return sorted(path.relative_to(self.folder).as_posix() for path in found if path.is_file())

    def opened(self, name: str) -> IO[bytes]:
        """A file below the folder."""
        return (self.folder / name).open("rb")

    def size(self, name: str) -> int:
        """What the system says of the file."""
        return (self.folder / name).stat().st_size

    def faults(self) -> Iterator[str]:
        """Links, pipes and devices: a release has none."""
        for top, folders, files in os.walk(self.folder, onerror=refuse_folder):
            for entry in (*folders, *files):
                path = Path(top) / entry
                kind = "a link" if path.is_symlink() else "" if path.is_file() or path.is_dir() else "no ordinary file"
                if kind:
                    shown = path.relative_to(self.folder).as_posix()
                    yield f"{shown}: {kind}, which no release holds; fix: delete it"


@dataclass(frozen=True)
class ZipParcel:
    """The zip of a release; all lies in one folder within it."""

    archive: zipfile.ZipFile

    def names(self) -> list[str]:
        """The paths of the members from that folder."""
        return sorted(within for member in self._files() if (within := self._within(member.filename)))

    def opened(self, name: str) -> IO[bytes]:
        """A member; its checksum is held against it while it is read."""
        return self.archive.open(f"{self._top}/{name}")

    def size(self, name: str) -> int:
        """What the zip says of the member; reading it ends there, and fails where it holds more."""
        return self.archive.getinfo(f"{self._top}/{name}").file_size

    def faults(self) -> Iterator[str]:
        """Members that lead out of the folder, stand twice, are links, or unfold beyond all measure."""
        seen: set[str] = set()
        for member in self._files():
            said = hostile(member.filename)
            if said is None and self._within(member.filename) is None:
                said = f"lies beside the folder {self._top}"
            if said is None and member.filename in seen:
                said = "stands twice"
            if said is None and (member.external_attr >> 16) & 0o170000 == 0o120000:
                said = "is a link"
            if said is None and member.file_size > LARGEST:
                said = f"unfolds to {member.file_size:,} bytes"
            seen.add(member.filename)
            if said:
                yield f"{member.filename}: {said}; fix: do not unpack it, download the release again"

    @cached_property
    def _top(self) -> str:
        tops = [member.filename.split("/")[0] for member in self.archive.infolist()]
        counts = Counter(tops)
        return max(counts, key=lambda top: (counts[top], top)) if tops else ""

    def _files(self) -> list[zipfile.ZipInfo]:
        return [member for member in self.archive.infolist() if not member.is_dir()]

    def _within(self, path: str) -> str | None:
        top, _, rest = path.partition("/")
        return rest if top == self._top and rest and hostile(path) is None else None


def parcel_of(place: Path) -> Parcel:
    """The release at a place. Raises `UnreadableError` where that is neither a folder nor a zip."""
    if place.is_dir():
        return FolderParcel(place)
    try:
        refuse_no_file(place, str(place))
        return ZipParcel(zipfile.ZipFile(place))
    except FileNotFoundError:
        raise UnreadableError(f"{place}: no such folder or zip; fix: name the downloaded release") from None
    except DAMAGED as error:
        raise UnreadableError(f"{place}: no readable zip ({error}); fix: download it again") from None
