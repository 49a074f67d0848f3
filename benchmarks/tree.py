"""The files of a small checkout that commands read and write: taken down as they are, and put back."""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["Files", "files_of", "put_back"]

PLACES = (
    "data", "schemas", "upstream", "own", "docs",
    "validation/known_issues.csv", "package.yaml", "datapackage.json", "dist",
    "README.md", "CITATION.cff",
)  # fmt: skip
LARGEST = 1 << 24

Files = dict[str, bytes]
"""The content of files by their path from the checkout."""


def files_of(root: Path) -> Files:
    """The content of every ordinary file that commands read or write."""
    found: Files = {}
    for place in PLACES:
        paths = [root / place] if (root / place).is_file() else sorted((root / place).rglob("*"))
        for path in paths:
            if path.is_file() and path.stat().st_size < LARGEST:
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


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
        if not path.is_file() or path.stat().st_size >= LARGEST or path.read_bytes() != content:
            path.write_bytes(content)
