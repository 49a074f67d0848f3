"""Folders are listed whole, or the error says which cannot be."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from canonical.places import ROOT
from canonical.reading.folders import files_below, files_in

ROOMS = ("canonical", "validation", "ingest", "release", "clients/python/cloud_vendor_metrics")
SILENT = ("glob", "rglob", "iterdir")
"""What Python lists folders with, and passes over in silence those that it cannot (`glob`), or that are none."""
LISTS_ITSELF = ("canonical/reading/folders.py", "validation/engines/spark", "validation/feed",
                "release/pages/styles.py", "release/pages/navigation.py", "ingest/releases.py")  # fmt: skip
"""Who lists a folder that the program has just written itself, or whose files it looks for by an exact name."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a" / "b.csv").mkdir(parents=True)
    for name in ("a/z.csv", "a/b.csv/y.csv", "x.csv", "w.txt"):
        (tmp_path / name).touch()
    return tmp_path


def test_files_are_listed_by_the_ends_of_their_names_and_in_order(folder: Path) -> None:
    assert [path.name for path in files_in(folder, ".csv", ".txt")] == ["w.txt", "x.csv"]
    assert [path.name for path in files_in(folder)] == ["a", "w.txt", "x.csv"]
    assert files_below(folder, ".csv") == [folder / "a/b.csv/y.csv", folder / "a/z.csv", folder / "x.csv"]
    assert len(files_below(folder)) == 4


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert files_in(tmp_path / "none") == files_below(tmp_path / "none") == []


@pytest.mark.parametrize("closed", ["", "a"])
def test_a_folder_that_cannot_be_listed_is_named(folder: Path, closed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.scandir

    def refuse(path: str | os.PathLike[str]) -> Iterator[os.DirEntry[str]]:
        if Path(path) == folder / closed:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError) as refused:
        files_below(folder)
    assert refused.value.filename == str(folder / closed)
    with pytest.raises(PermissionError):
        files_in(folder / closed)


def test_no_module_lists_a_folder_in_silence() -> None:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            calls = [
                node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
            ]
            for call in calls:
                name = ast.unparse(call.func)
                if name.rpartition(".")[2] in SILENT:
                    assert place.startswith(LISTS_ITSELF), f"{place}:{call.lineno} lists a folder with {name}"
                if name == "os.walk":
                    assert "onerror" in {word.arg for word in call.keywords}, f"{place}:{call.lineno}"
