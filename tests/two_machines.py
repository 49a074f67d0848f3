"""The whole release, and what a build writes, as two machines make them from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from canonical.table_schema import ROOT

__all__ = ["BUILT", "PLACES", "make_twice"]

FAKETIME = shutil.which("faketime")
MADE = Path(__file__).parent / "whole_release" / "judges" / "made.py"
BUILT = "built"
"""The folder of a machine in which what a build writes lies."""
PLACES = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "umask": "022", "folder": "one", "PYTHONHASHSEED": "1"},
    {
        "TZ": "Asia/Shanghai",
        "LC_ALL": "C",
        "umask": "077",
        "folder": "another place",
        "PYTHONHASHSEED": "2",
        "day": "2031-03-05 01:02:03",
    },
)
"""Two machines: their zone, language, habits, the order in which sets are walked, and the day on which they build.

The other day is that of the program faketime, where it is installed; that machine builds from a copy of the checkout.
"""
ANSWERS = ("TZ", "LC_ALL", "PYTHONHASHSEED")
NOT_COPIED = {".git", ".venv", "dist", "site", "tests", ".hypothesis", ".pytest_cache", ".ruff_cache"}
"""What of a checkout a build does not need; folders of these names further below, as the tests of R, belong to it."""


def make_twice(shared: Path) -> None:
    """Make the release and the build in a folder of each machine below `shared`."""
    for place in PLACES:
        _make(shared / place["folder"], place)


def _left_out(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or (Path(folder) == ROOT and name in NOT_COPIED)}


def _make(folder: Path, place: dict[str, str]) -> None:
    (folder / BUILT).mkdir(parents=True, exist_ok=True)
    root, day = ROOT, place.get("day")
    if day:
        root = folder / "checkout"
        shutil.copytree(ROOT, root, ignore=_left_out, dirs_exist_ok=True)
    environment = os.environ | {name: place[name] for name in ANSWERS} | {"PYTHONPATH": str(root)}
    command = [sys.executable, str(MADE), str(folder), str(folder / BUILT), place["umask"]]
    faked = [FAKETIME, day] if day and FAKETIME else []
    subprocess.run([*faked, *command], cwd=folder, env=environment, check=True, timeout=600)
