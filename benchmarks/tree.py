"""The files of a small checkout that commands read and write: taken down as they are, and put back."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

__all__ = ["Files", "files_of", "put_back"]

PLACES = (
    "data", "schemas", "upstream", "own", "docs",
    "validation/known_issues.csv", "package.yaml", "datapackage.json", "dist",
    "README.md", "CITATION.cff",
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
    for place in PLACES:
        paths = [root / place] if (root / place).is_file() else sorted((root / place).rglob("*"))
        for path in paths:
            if path.is_file() and path.stat().st_size < LARGEST:
                found[path.relative_to(root).as_posix()] = _content(path)
    return found


def _content(path: Path) -> bytes:
    """The bytes of a file; those that have not changed since they were read are not read again."""
    state = path.stat()
    key = state.st_dev, state.st_ino, state.st_size, state.st_ctime_ns
    content = _read.get(key)
    if content is None:
        content = path.read_bytes()
        if len(_read) > MOST:
            _read.clear()
        if time.time_ns() - state.st_ctime_ns > TICK:
            _read[key] = content
    return content


def put_back(root: Path, good: Files) -> None:
    """Bring every file back to what it was, and take away what was not there."""
    for place in PLACES:
        for path in sorted((root / place).rglob("*"), reverse=True):
            name = path.relative_to(root).as_posix()
            if path.is_symlink() or (name not in good and not path.is_dir()):
                path.unlink()
            elif path.is_dir() and (name in good or path.name.startswith(".")):
                shutil.rmtree(path)
    for name, content in good.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():
            path.unlink()
        if not path.is_file() or path.stat().st_size >= LARGEST or _content(path) != content:
            path.write_bytes(content)
