"""What lies in a folder: one that cannot be listed is an error, where `Path.glob` would find it empty."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["files_below", "files_in", "names_in", "refuse_folder"]


def files_in(folder: Path, *ends: str) -> list[Path]:
    """The entries of a folder whose names end in one of `ends` (all without any), folders too, by name.

    None where no folder is there; OSError, which names it, where it cannot be listed.
    """
    return [folder / name for name in names_in(folder, *ends)]


def names_in(folder: Path, *ends: str) -> list[str]:
    """The names of `files_in`."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if entry.name.endswith(ends or ("",)))


def files_below(folder: Path, *ends: str) -> list[Path]:
    """The files of a folder and of all folders in it whose names end in one of `ends` (all without any), in order.

    Links to folders are not followed. None where no folder is there; OSError, which names it, where one cannot be
    listed.
    """
    found: list[Path] = []
    if folder.is_dir():
        for top, _, names in os.walk(folder, onerror=refuse_folder):
            found.extend(Path(top, name) for name in names if name.endswith(ends or ("",)))
    return sorted(found)


def refuse_folder(error: OSError) -> None:
    """What `os.walk` is to do with a folder that it cannot list, and would pass over: raise the error."""
    raise error
