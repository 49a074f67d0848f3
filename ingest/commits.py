"""Releases that the Python index no longer has, read where they were made: at pinned commits of a clone of the package.

`commits.csv` names them with a day on which each was the newest, the commit that gave the release its number and the
SHA-256 of the file that is read. Any clone of the repository that holds the commits will do.
"""

from __future__ import annotations

import csv
import hashlib
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.upstream import UpstreamError

__all__ = ["Revision", "file_at", "known_revisions"]

COMMITS = Path(__file__).with_name("commits.csv")
SECONDS = 60
"""How long git may take for one file."""


@dataclass(frozen=True)
class Revision:
    """A release as a commit of its repository, a day on which it was the newest, and the file that is read there."""

    package: str
    day: date
    version: str
    commit: str
    sha256: str
    repository: Path
    path: str

    @property
    def name(self) -> str:
        """How a refusal calls it."""
        return f"{self.package} {self.version} ({self.commit[:10]})"

    def content(self) -> bytes:
        """The file; UpstreamError where the clone lacks the commit, or the file is not the one that is pinned."""
        found = file_at(self.repository, self.commit, self.path)
        if hashlib.sha256(found).hexdigest() != self.sha256:
            raise UpstreamError(f"{self.name}: {self.path} is not the file that {COMMITS.name} pins")
        return found


def known_revisions(package: str, repository: Path, path: str) -> list[Revision]:
    """The revisions of a package that `commits.csv` names, by day, each to be read as `path` in a clone."""
    with COMMITS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["package"] == package]
    found = [
        Revision(
            package, date.fromisoformat(row["day"]), row["version"], row["commit"], row["sha256"], repository, path
        )
        for row in rows
    ]
    return sorted(found, key=lambda revision: revision.day)


def file_at(repository: Path, commit: str, path: str) -> bytes:
    """A file of a clone, bare or not, as a commit has it. UpstreamError where git cannot give it."""
    if not repository.is_dir():
        raise UpstreamError(
            f"{repository}: no clone of a repository is there", "clone it there, or name another folder"
        )
    asked = ["git", "-C", str(repository), "cat-file", "blob", f"{commit}:{path}"]
    try:
        done = subprocess.run(asked, capture_output=True, check=False, timeout=SECONDS)
    except (FileNotFoundError, subprocess.TimeoutExpired):
        raise UpstreamError(f"{repository}: git, which reads it, does not answer", "install git") from None
    if done.returncode:
        raise UpstreamError(f"{repository}: no file {path} at commit {commit[:10]}")
    return done.stdout
