"""Two commands that write a table: one over its place, and one beside it and then over it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from canonical.file_writing import replace_file

__all__ = ["NEW", "OLD", "main"]

OLD, NEW = b"a\n1\n", b"a\n1\n2\n"


def main(arguments: Sequence[str]) -> int:
    """Write `data/a.csv` as `bare`, `careful` or `loud`, which is careful and shows a traceback when it fails."""
    path = Path("data/a.csv").absolute()
    if arguments[0] == "bare":
        with path.open("wb") as file:
            file.write(NEW[:3])
        with path.open("ab") as file:
            file.write(NEW[3:])
        return 0
    try:
        replace_file(path, NEW)
    except OSError:
        if arguments[0] == "loud":
            raise
        print("a disk that is full")
        return 2
    return 0
