"""A release is written whole, one writer at a time, and without what a writer that died left behind."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from canonical.file_writing import only_writer
from canonical.reading.encodings import UnreadableError
from release.making import made
from release.making.made import Made, write_release

RELEASE = Made("metrics-1.0.0", {"data/units.csv": b"unit_id\n", "README.md": b"# Read\n"}, b"zip")


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file by its path from the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_a_death_left_is_taken_away_and_the_release_is_whole(tmp_path: Path) -> None:
    for left in ("metrics-1.0.0.zip.part", "metrics-1.0.0/data/units.csv.part", "metrics-1.0.0/data/gone.csv.part"):
        (tmp_path / left).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / left).write_bytes(b"half")
    write_release(RELEASE, tmp_path)
    assert files_below(tmp_path) == {
        "metrics-1.0.0/README.md": b"# Read\n",
        "metrics-1.0.0/data/units.csv": b"unit_id\n",
        "metrics-1.0.0.zip": b"zip",
        "metrics-1.0.0.zip.sha256": f"{hashlib.sha256(b'zip').hexdigest()}  metrics-1.0.0.zip\n".encode(),
    }


def test_a_second_writer_is_told_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "only_writer", lambda folder: only_writer(folder, patience=0.0))
    with only_writer(tmp_path), pytest.raises(UnreadableError, match="another command is writing there"):
        write_release(RELEASE, tmp_path)
    assert "metrics-1.0.0.zip" not in files_below(tmp_path)
