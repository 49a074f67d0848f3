"""The files of a small checkout that commands read and write: taken down as they are, and put back.

This is done after each of some thousand cases, and so with paths as plain texts, which take a third of the time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

__all__ = ["Files", "files_of", "put_back"]

PLACES = (
    "data", "schemas", "upstream", "own", "docs",
    "validation/known_issues.csv", "package.yaml", "datapackage.json", "dist",
    "README.md", "CHANGELOG.md", "CITATION.cff",
)  # fmt: skip
LARGEST = 1 << 24
TICK = 50_000_000  # nanoseconds, longer than the file system's clock stands still
MOST = 5_000  # files that are kept

Files = dict[str, bytes]
"""The content of files by their path from the checkout."""


class Entry(NamedTuple):
    """A file, link or folder: its path from the checkout, and the path that opens it."""

    name: str
    path: str
    is_link: bool
    is_folder: bool


_read: dict[tuple[int, int, int, int], bytes] = {}
"""What stood in a file, by device, inode, size and the nanosecond of its last change."""


def files_of(root: Path) -> Files:
    """The content of every ordinary file that commands read or write."""
    return {name: _content(path, state) for name, path, state in _states(_entries(root)) if state.st_size < LARGEST}


def _entries(root: Path) -> Iterator[Entry]:
    """Every file, link and folder at or below the places, what lies in a folder before it."""
    top = os.path.join(root, "")
    for place in PLACES:
        path = top + place
        if not os.path.lexists(path):
            continue
        if os.path.islink(path) or not os.path.isdir(path):
            yield Entry(place, path, os.path.islink(path), is_folder=False)
        else:
            yield from _below(place, path)


def _below(name: str, path: str) -> Iterator[Entry]:
    """What lies in a folder, which is named `name`; nothing where it cannot be listed."""
    with contextlib.suppress(OSError), os.scandir(path) as found:
        for entry in found:
            below, is_folder = f"{name}/{entry.name}", entry.is_dir(follow_symlinks=False)
            if is_folder:
                yield from _below(below, entry.path)
            yield Entry(below, entry.path, entry.is_symlink(), is_folder)


def _states(entries: Iterable[Entry]) -> Iterator[tuple[str, str, os.stat_result]]:
    """The name, path and state of every entry that is, or leads to, an ordinary file."""
    for name, path, _, is_folder in entries:
        with contextlib.suppress(OSError):
            if not is_folder and stat.S_ISREG((state := os.stat(path)).st_mode):
                yield name, path, state


def _content(path: str, state: os.stat_result) -> bytes:
    """The bytes of a file; those that have not changed since they were read are not read again."""
    key = state.st_dev, state.st_ino, state.st_size, state.st_ctime_ns
    content = _read.get(key)
    if content is None:
        with open(path, "rb") as file:
            content = file.read()
        if len(_read) > MOST:
            _read.clear()
        if time.time_ns() - state.st_ctime_ns > TICK:
            _read[key] = content
    return content


def put_back(root: Path, good: Files) -> None:
    """Bring every file back to what it was, and take away what was not there."""
    folders = {name[:at] for name in good for at in range(len(name)) if name[at] == "/"}
    kept: list[Entry] = []
    for entry in list(_entries(root)):
        if entry.is_link or (entry.name not in good and not entry.is_folder):
            os.unlink(entry.path)
        elif not entry.is_folder:
            kept.append(entry)
        elif entry.name not in folders:
            shutil.rmtree(entry.path)
    states = _states(kept)
    whole = {n for n, path, state in states if state.st_size < LARGEST and _content(path, state) == good[n]}
    for name in good.keys() - whole:
        path = os.path.join(root, name)
        if os.path.isdir(path):
            shutil.rmtree(path)
        elif os.path.lexists(path) and not os.path.isfile(path):
            os.unlink(path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(good[name])
