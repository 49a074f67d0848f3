"""Reports: written whole, and never over what was checked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from canonical.table_schema import ROOT
from tests.builders import REFERENCE, write_csv
from validation.__main__ import main


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """The one line in which a call is refused."""
    assert main([*map(str, arguments)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    return line


@pytest.mark.parametrize("way", ["same", "link", "hard link", "relative", "dotted"])
def test_a_report_never_replaces_the_file_it_is_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    path = write_csv(tmp_path / "feed.csv", REFERENCE["units"])
    before = path.read_bytes()
    output = tmp_path / "report.csv"
    if way == "link":
        output.symlink_to(path)
    elif way == "hard link":
        os.link(path, output)
    elif way == "relative":
        monkeypatch.chdir(tmp_path)
        output = Path("feed.csv")
    else:
        output = path if way == "same" else tmp_path / "." / ".." / tmp_path.name / "feed.csv"
    line = refused(capsys, "--table", "units", "--output", output, path)
    assert "the file is an input; fix: name another file" in line
    assert path.read_bytes() == before


def test_a_report_never_replaces_a_table_of_the_folder_it_is_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_csv(tmp_path / "units.csv", REFERENCE["units"])
    assert "is a table" in refused(capsys, "--reference", tmp_path, "--output", path)
    assert "is a table" in refused(capsys, tmp_path, "--output", tmp_path / "vendors.csv")


@pytest.mark.parametrize(
    "place", ["data/vendors.csv", "data/new.json", "schemas/units.json", "package.yaml", "validation/known_issues.csv",
              "canonical/x.json", "README.md", "release/../data/units.csv"],
)  # fmt: skip
def test_a_report_never_replaces_a_file_of_the_package(capsys: pytest.CaptureFixture[str], place: str) -> None:
    assert "a file of the package" in refused(capsys, "--table", "units", "--output", ROOT / place)


def test_a_report_goes_anywhere_else_and_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "feed.csv", REFERENCE["units"])
    report = tmp_path / "report.json"
    for _ in range(2):
        code = main(["--table", "units", "--format", "json", "--output", str(report), str(path)])
        assert code in (0, 1)
    assert json.loads(report.read_text(encoding="utf-8"))["run"]["files"]
    assert {entry.name for entry in tmp_path.iterdir()} == {"feed.csv", "report.json"}


def test_a_report_into_a_folder_that_is_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_csv(tmp_path / "feed.csv", REFERENCE["units"])
    assert "cannot be written" in refused(capsys, "--table", "units", "--output", path / "x.json", path)
    assert "a folder" in refused(capsys, "--table", "units", "--output", tmp_path, path)
