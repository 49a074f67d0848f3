"""Packages of the Python index by release: which ones are taken up, downloaded as they were pinned, in their order.

`releases.csv` names releases with a day on which each was the newest and the SHA-256 of its wheel. A release that
it names is taken from that very file or not at all.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Protocol, TypeVar

from packaging.version import InvalidVersion, Version

from canonical.clock import today
from ingest.days import no_later_than
from ingest.options import CACHE, typed_day
from ingest.progress import note
from ingest.tables import standing_rows
from ingest.upstream import UpstreamError, shown
from ingest.wheels import wheel_name, wheel_version

__all__ = ["Dated", "Release", "after_the_last", "dated_wheel", "fetch_wheel", "in_order", "known_releases"]

RELEASES = Path(__file__).with_name("releases.csv")
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[0-9][A-Za-z0-9.!+_]*)")
TITLE = re.compile(r"[a-z-]+ (?P<version>[0-9]+(\.[0-9]+)*)\b")
"""How the title of a package's source begins."""
PLATFORM = ("--only-binary=:all:", "--platform=manylinux_2_28_x86_64", "--platform=any", "--python-version=3.11")
"""One platform for all, so that all read the file that is pinned."""
PIP_DOWNLOAD = (sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", *PLATFORM)


class Dated(Protocol):
    """A version of a package with a day on which it was the newest; `name` is how a refusal calls it."""

    @property
    def day(self) -> date: ...
    @property
    def version(self) -> str: ...
    @property
    def name(self) -> str: ...


AnyDated = TypeVar("AnyDated", bound=Dated)


@dataclass(frozen=True, order=True)
class Release:
    """A package's release and a day on which it was the newest; `wheel` is its file."""

    day: date
    wheel: Path

    @property
    def version(self) -> str:
        """The version in the wheel's name."""
        return wheel_version(self.wheel)

    @property
    def name(self) -> str:
        """The wheel's file name."""
        return self.wheel.name


def known_releases(package: str) -> list[str]:
    """The releases of a package that `releases.csv` names, as `NAME==VERSION@DAY`, by day."""
    rows = [row for row in _pinned() if row["package"] == package]
    return [f"{package}=={row['version']}@{row['day']}" for row in sorted(rows, key=lambda row: row["day"])]


def dated_wheel(text: str, package: str, cache: Path) -> Release:
    """The release that `PATH@DAY` or `NAME==VERSION@DAY` means; UpstreamError where it is of another package."""
    name, _, day = text.rpartition("@")
    try:
        when = typed_day(day)
    except argparse.ArgumentTypeError:
        form = f"PATH@DAY or {package}==VERSION@DAY, DAY as YYYY-MM-DD"
        raise UpstreamError(f"{text}: no release and its day", f"give {form}") from None
    no_later_than(today(), when, f"{text}: DAY")
    wheel = fetch_wheel(name, cache) if "==" in name else Path(name)
    if _plain(wheel_name(wheel)) != _plain(package):
        raise UpstreamError(f"{wheel.name}: not a wheel of {package}")
    return Release(when, wheel)


def in_order(releases: Sequence[AnyDated]) -> list[AnyDated]:
    """The releases by day, one of which may have been the newest on several.

    UpstreamError where two share a day, or an older one is given for a later day.
    """
    ordered = sorted(releases, key=lambda release: (release.day, release.name))
    for before, after in pairwise(ordered):
        if before.day == after.day:
            raise UpstreamError(f"{before.name} and {after.name}: both given for {after.day}")
        if _version(after) < _version(before):
            newer = f"{before.name}, which is newer, is given for {before.day}"
            raise UpstreamError(f"{after.name}: given for {after.day}, though {newer}")
    return ordered


def after_the_last(release: Release, source_id: str, folder: Path) -> Release:
    """The release itself; UpstreamError where the tables of `folder` have a newer one of the source and earlier day,
    or an older one and later day.
    """
    for row in standing_rows("sources", folder):
        stands = TITLE.match(row["title"])
        if row["source_id"] != source_id or stands is None:
            continue
        version, day = Version(stands["version"]), row["published_on"]
        newer, later = version > _version(release), day > release.day.isoformat()
        if version != _version(release) and day != release.day.isoformat() and newer != later:
            which = f"{row['title']}, which is {'newer' if newer else 'older'}, stands with {day}"
            raise UpstreamError(f"{release.wheel.name}: given for {release.day}, though {which}")
    return release


def fetch_wheel(requirement: str, cache: Path = CACHE) -> Path:
    """The wheel of `NAME==VERSION` in `cache`, downloaded with pip where it is not there yet.

    UpstreamError where it cannot be had, or is not the file that `releases.csv` pins.
    """
    match = REQUIREMENT.fullmatch(requirement)
    if match is None:
        raise UpstreamError(f"{shown(requirement)}: a package is given as NAME==VERSION")
    stem = re.sub(r"[-_.]+", "_", match["name"]).lower()
    found = sorted(cache.glob(f"{stem}-{match['version']}-*.whl"))
    return _checked(found[0] if found else _download(requirement, cache), match["name"], match["version"])


def _download(requirement: str, cache: Path) -> Path:
    cache.mkdir(parents=True, exist_ok=True)
    note(f"{requirement}: downloading")
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        done = subprocess.run(
            [*PIP_DOWNLOAD, "--dest", folder, requirement],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
            raise UpstreamError(f"{requirement}: pip could not download it ({reason})")
        target = cache / wheels[0].name
        wheels[0].replace(target)
    return target


def _checked(wheel: Path, name: str, version: str) -> Path:
    pins = [row for row in _pinned() if _plain(row["package"]) == _plain(name) and row["version"] == version]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest() if pins else ""
    for pin in pins:
        if digest != pin["sha256"]:
            raise UpstreamError(f"{wheel}: not the file that {RELEASES.name} pins for {name} {version}")
    return wheel


def _pinned() -> list[dict[str, str]]:
    with RELEASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _version(release: Dated) -> Version:
    try:
        return Version(release.version)
    except InvalidVersion:
        raise UpstreamError(f"{release.name}: {release.version} is no version") from None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
