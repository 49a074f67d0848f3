"""The files of a small checkout that commands read and write: taken down as they are, and put back.

This is done after each of some thousand cases, and so with paths as plain texts, which take a third of the time.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

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
_read: dict[tuple[int, int, int, int], bytes] = {}
"""What stood in a file, by device, inode, size and the nanosecond of its last change."""


def files_of(root: Path) -> Files:
    """The content of every ordinary file that commands read or write."""
    found: Files = {}
    for name, path in _entries(root):
        if os.path.isfile(path):
            state = os.stat(path)
            if state.st_size < LARGEST:
                found[name] = _content(path, state)
    return found


def _entries(root: Path) -> Iterator[tuple[str, str]]:
    """Every file, link and folder at or below the places, what lies in a folder before it: name and path."""
    top = os.path.join(root, "")
    for place in PLACES:
        path = os.path.join(top, place)
        if os.path.isdir(path) and not os.path.islink(path):
            for folder, folders, files in os.walk(path, topdown=False):
                for name in (*files, *folders):
                    below = os.path.join(folder, name)
                    yield below.removeprefix(top), below
        elif os.path.lexists(path):
            yield place, path


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
    for name, path in list(_entries(root)):
        is_folder = os.path.isdir(path)
        if os.path.islink(path) or (name not in good and not is_folder):
            os.unlink(path)
        elif is_folder and name not in folders:
            shutil.rmtree(path)
    for name, content in good.items():
        path = os.path.join(root, name)
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path)
        elif os.path.lexists(path) and not os.path.isfile(path):
            os.unlink(path)
        state = os.stat(path) if os.path.isfile(path) else None
        if not state or state.st_size >= LARGEST or _content(path, state) != content:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
