"""Releases read at pinned commits of a clone."""

from __future__ import annotations

import csv
import hashlib
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ingest import commits
from ingest.commits import file_at, known_revisions
from ingest.upstream import UpstreamError

GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")


@pytest.fixture
def clone(tmp_path: Path) -> tuple[Path, str]:
    """A repository with one commit of a file `prices.json`, and that commit."""
    folder = tmp_path / "clone"
    folder.mkdir()
    (folder / "prices.json").write_bytes(b'{"a": 1}\n')
    for call in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*GIT, *call], cwd=folder, check=True, capture_output=True)
    head = subprocess.run([*GIT, "rev-parse", "HEAD"], cwd=folder, check=True, capture_output=True, encoding="ascii")
    return folder, head.stdout.strip()


def test_a_file_is_read_as_a_commit_has_it_whatever_lies_in_the_folder(clone: tuple[Path, str]) -> None:
    folder, commit = clone
    (folder / "prices.json").write_bytes(b"changed since")
    assert file_at(folder, commit, "prices.json") == b'{"a": 1}\n'


@pytest.mark.parametrize(
    ("commit", "path", "named"),
    [("", "other.json", "no file other.json at commit"), ("0" * 40, "prices.json", "no file")],
)
def test_a_file_or_commit_that_is_not_there_is_one_line(
    clone: tuple[Path, str], commit: str, path: str, named: str
) -> None:
    with pytest.raises(UpstreamError, match=named):
        file_at(clone[0], commit or clone[1], path)


def test_no_clone_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UpstreamError, match="no clone of a repository is there"):
        file_at(tmp_path / "litellm.git", "0" * 40, "prices.json")


@pytest.mark.parametrize("content", [b'{"a": 1}\n', b'{"a": 2}\n'])
def test_a_revision_is_the_file_that_is_pinned_or_none(
    clone: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    folder, commit = clone
    pins = folder / "pins.csv"
    row = f"made-up,1.0,2024-05-01,{commit},{hashlib.sha256(content).hexdigest()}"
    pins.write_text(f"package,version,day,commit,sha256\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(commits, "COMMITS", pins)
    (revision,) = known_revisions("made-up", folder, "prices.json")
    assert (revision.day, revision.version, known_revisions("another", folder, "prices.json")) == (
        date(2024, 5, 1), "1.0", [],
    )  # fmt: skip
    if content == b'{"a": 1}\n':
        assert revision.content() == content
    else:
        with pytest.raises(UpstreamError, match=r"is not the file that pins\.csv pins"):
            revision.content()


def test_every_revision_is_pinned_by_commit_and_hash() -> None:
    with commits.COMMITS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows and all((len(row["commit"]), len(row["sha256"])) == (40, 64) for row in rows)
