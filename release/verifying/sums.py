"""The fast tier: every file has the bytes that the sums give it, none is missing and none too many."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

from canonical.reading.archives import DAMAGED
from release.verifying.parcel import LARGEST, Parcel

__all__ = ["sum_faults"]

SUMS, MANIFEST, DESCRIPTOR = "SHA256SUMS", "manifest.json", "datapackage.json"
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
CHUNK = 1 << 20
LIMIT = 16 * 2**20
"""Bytes of a list of files that are read."""
AGAIN = "fix: download the release again"


def sum_faults(parcel: Parcel) -> Iterator[str]:
    """What is wrong with the bytes of a release, a line each; a file is read in pieces and never as a whole."""
    yield from parcel.faults()
    names = set(parcel.names())
    if SUMS not in names:
        yield f"{SUMS}: missing; {AGAIN}"
        return
    listed = dict[str, str]()
    try:
        lines = _text(parcel, SUMS).splitlines()
    except DAMAGED:
        yield f"{SUMS}: damaged; {AGAIN}"
        return
    for number, line in enumerate(lines, start=1):
        found = LINE.fullmatch(line)
        if found is None or found[2] in listed:
            yield f"{SUMS}:{number}: found {line!r:.80}, expected a hash and a path that stands once; {AGAIN}"
        else:
            listed[found[2]] = found[1]
    yield from (f"{name}: missing; {AGAIN}" for name in sorted(listed.keys() - names))
    yield from (f"{name}: no file of the release; fix: delete it" for name in sorted(names - listed.keys() - {SUMS}))
    sizes = _sizes(parcel, names)
    for name in sorted(names & listed.keys()):
        said = _size_fault(parcel, name, sizes.get(name))
        if said is None and (digest := _digest(parcel, name)) != listed[name]:
            said = f"found SHA-256 {digest[:16]}…, expected {listed[name][:16]}…"
        if said:
            yield f"{name}: {said}; {AGAIN}"
    if MANIFEST in names:
        yield from _manifest_faults(parcel, listed)


def _sizes(parcel: Parcel, names: set[str]) -> dict[str, int]:
    """The bytes that the manifest and the descriptor give each file; one that is garbled is told in its own place."""
    sizes = dict[str, int]()
    for told, key in ((DESCRIPTOR, "resources"), (MANIFEST, "files")):
        with suppress(*DAMAGED, KeyError, TypeError, AttributeError):
            entries = json.loads(_text(parcel, told))[key] if told in names else []
            sizes |= {str(one["path"]): int(one["bytes"]) for one in entries if "bytes" in one}
    return sizes


def _size_fault(parcel: Parcel, name: str, expected: int | None) -> str | None:
    """What the size alone shows, before a byte is read: a file that swells must not be read to its end."""
    found = parcel.size(name)
    if expected is not None and found != expected:
        return f"found {found:,} bytes, expected {expected:,}"
    return f"found {found:,} bytes, expected at most {LARGEST:,}" if found > LARGEST else None


def _digest(parcel: Parcel, name: str) -> str:
    """The SHA-256 of a file; words in its place where the file cannot be read to its end."""
    digest = hashlib.sha256()
    try:
        with parcel.opened(name) as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
    except DAMAGED:
        return "of a damaged file"
    return digest.hexdigest()


def _text(parcel: Parcel, name: str) -> str:
    with parcel.opened(name) as file:
        return file.read(LIMIT).decode("utf-8", "replace")


def _manifest_faults(parcel: Parcel, listed: dict[str, str]) -> Iterator[str]:
    """Where the manifest and the sums speak of different files."""
    try:
        entries = cast(list[dict[str, Any]], json.loads(_text(parcel, MANIFEST))["files"])
        told = {str(entry["path"]): str(entry["sha256"]) for entry in entries}
    except (*DAMAGED, KeyError, TypeError):
        yield f"{MANIFEST}: no manifest; {AGAIN}"
        return
    expected = {name: digest for name, digest in listed.items() if name != MANIFEST}
    for name in sorted(name for name in told.keys() | expected.keys() if told.get(name) != expected.get(name)):
        yield f"{MANIFEST}: {name}: not as {SUMS} has it; {AGAIN}"
