"""The files of a release wherever it lies: a folder, an archive, or a commit of this repository."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from canonical.reading.archives import DAMAGED
from canonical.reading.content import MOST_BYTES, file_bytes
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import files_below, files_in
from canonical.reading.rows import rows_with
from canonical.table_schema import ROOT

__all__ = ["RELEASES", "ArchiveFiles", "CommitFiles", "Files", "FolderFiles", "files_of", "last_release", "released"]

RELEASES = Path(__file__).with_name("releases.csv")
"""Every release: its version, its day, the commit that holds its tables, and the hash of its sums."""
COLUMNS = ("version", "released_on", "commit", "sums")


class Files(Protocol):
    """Files by their path from the root of a release."""

    def names(self) -> list[str]:
        """The paths of all files, in alphabetical order."""
        ...

    def read(self, name: str) -> bytes:
        """The content of a file; KeyError where there is none."""
        ...


@dataclass(frozen=True)
class FolderFiles:
    """The files below a folder."""

    folder: Path

    def names(self) -> list[str]:
        """The paths of the tables, schemas and texts below the folder."""
        found = (path for part in (".", "data", "schemas") for path in self._files(part))
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def _files(self, part: str) -> list[Path]:
        folder = self.folder / part
        paths = files_in(folder) if part == "." else files_below(folder)
        return [path for path in paths if path.is_file()]

    def read(self, name: str) -> bytes:
        """The content of a file below the folder."""
        try:
            return file_bytes(self.folder / name, name)
        except (FileNotFoundError, NotADirectoryError):
            raise KeyError(name) from None


@dataclass(frozen=True)
class ArchiveFiles:
    """The files of a zip, without the folder that all of them lie in; nothing is unpacked."""

    path: Path

    @cached_property
    def _members(self) -> dict[str, str]:
        with self._opened() as archive:
            listed = [name for name in archive.namelist() if not name.endswith("/")]
        tops = {name.split("/")[0] for name in listed}
        within = len(tops) == 1 and all("/" in name for name in listed)
        return {name.partition("/")[2] if within else name: name for name in listed}

    def names(self) -> list[str]:
        """The paths of the members."""
        return sorted(self._members)

    def read(self, name: str) -> bytes:
        """The content of a member."""
        with self._opened() as archive:
            member = archive.getinfo(self._members[name])
            if member.file_size > MOST_BYTES:
                raise UnreadableError(
                    f"{self.path.name}: {name} unfolds to {member.file_size:,} bytes; fix: none is so large"
                )
            return archive.read(member)

    @contextmanager
    def _opened(self) -> Generator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                yield archive
        except DAMAGED as error:
            raise UnreadableError(f"{self.path.name}: no readable zip ({error}); fix: download it again") from None


@dataclass(frozen=True)
class CommitFiles:
    """The files of a commit, read from git."""

    commit: str

    def names(self) -> list[str]:
        """The paths of the tables, schemas and texts of the commit."""
        listed = _git("ls-tree", "-r", "-z", "--name-only", self.commit)
        return sorted(name for name in listed.decode("utf-8").split("\0") if name)

    def read(self, name: str) -> bytes:
        """The content of a file as committed."""
        if name not in self._known:
            raise KeyError(name)
        return _git("cat-file", "blob", f"{self.commit}:{name}")

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.names())


def _git(*arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise UnreadableError("git is not installed; fix: name a folder or a zip in place of a version") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise UnreadableError(
            f"git has no such files ({''.join(reason)}); fix: fetch the whole history, or name a folder or a zip"
        )
    return done.stdout


def released() -> dict[str, dict[str, str]]:
    """The rows of `releases.csv` by version, in order."""
    return {row["version"]: row for row in rows_with(RELEASES, COLUMNS, "git checkout release/versions/releases.csv")}


def last_release(but: str = "") -> str:
    """The newest version that is out, other than `but`. Raises `UnreadableError` where there is none."""
    versions = [version for version in released() if version != but]
    if not versions:
        raise UnreadableError("release/versions/releases.csv: no release is out yet; fix: make the first one")
    return versions[-1]


def files_of(place: str) -> Files:
    """The files of a release: `place` is a folder, a zip, or a version that `releases.csv` lists.

    Raises `UnreadableError` where it is none of these.
    """
    known = released()
    if place in known:
        return CommitFiles(known[place]["commit"])
    path = Path(place)
    if path.is_dir():
        return FolderFiles(path)
    if path.is_file():
        return ArchiveFiles(path)
    versions = ", ".join(known) or "no release yet"
    raise UnreadableError(f"{place}: no folder, zip or released version ({versions}); fix: name one of these")
