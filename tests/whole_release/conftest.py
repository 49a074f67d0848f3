"""The whole release, made twice in two places, for every test that reads it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from canonical.file_writing import only_writer
from canonical.table_schema import ROOT
from release.making.contents import release_name

FAKETIME = shutil.which("faketime")
JUDGES = Path(__file__).parent / "judges"
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


@pytest.fixture(scope="session")
def made_twice(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders, each with the release as one of two machines makes it; made once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    shared = (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "whole-release"
    shared.mkdir(exist_ok=True)
    with only_writer(shared, patience=1200):
        for place in PLACES:
            if not (shared / place["folder"] / f"{release_name()}.zip").exists():
                _make(shared / place["folder"], place)
    return [shared / place["folder"] for place in PLACES]


def _left_out(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "__pycache__" or (Path(folder) == ROOT and name in NOT_COPIED)}


def _make(folder: Path, place: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    root, day = ROOT, place.get("day")
    if day:
        root = folder / "checkout"
        shutil.copytree(ROOT, root, ignore=_left_out, dirs_exist_ok=True)
    environment = os.environ | {name: place[name] for name in ANSWERS} | {"PYTHONPATH": str(root)}
    command = [sys.executable, str(JUDGES / "made.py"), str(folder), place["umask"]]
    faked = [FAKETIME, day] if day and FAKETIME else []
    subprocess.run([*faked, *command], cwd=folder, env=environment, check=True, timeout=600)


@pytest.fixture(scope="session")
def folder(made_twice: list[Path]) -> Path:
    """The release, unpacked."""
    return made_twice[0] / release_name()


@pytest.fixture(scope="session")
def archive(made_twice: list[Path]) -> Path:
    """Its zip."""
    return made_twice[0] / f"{release_name()}.zip"


@pytest.fixture(scope="session")
def rows(folder: Path) -> dict[str, int]:
    """Rows of each table, as the descriptor has them."""
    resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return {resource["name"]: resource["row_count"] for resource in resources if resource["format"] == "csv"}
