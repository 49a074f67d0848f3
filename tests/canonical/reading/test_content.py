"""The bytes of a file: ordinary files within limits, everything else refused in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from canonical.reading import content
from canonical.reading.content import file_bytes, real_path
from canonical.reading.encodings import UnreadableError


def test_an_ordinary_file_is_read_whole(tmp_path: Path) -> None:
    written = b"a" * (content.BEGINNING + 5)
    (tmp_path / "a.csv").write_bytes(written)
    assert file_bytes(tmp_path / "a.csv", "a.csv") == written


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(UnreadableError, match=r"a\.csv: found a pipe, expected a file"):
        file_bytes(tmp_path / "a.csv", "a.csv")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="found a folder"):
        file_bytes(tmp_path, "a.csv")


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(3 << 30)
    with pytest.raises(UnreadableError, match="found 3,221,225,472 bytes, expected at most"):
        file_bytes(tmp_path / "a.csv", "a.csv")


def test_a_sparse_file_below_the_limit_is_refused_at_its_beginning(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(1 << 30)
    with pytest.raises(UnreadableError, match="found NUL bytes alone"):
        file_bytes(tmp_path / "a.csv", "a.csv")


def test_links_that_lead_round_in_a_circle_are_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match=r"symbolic links|No such file"):
        file_bytes(tmp_path / "a", "a")
    assert real_path(tmp_path / "a").name in ("a", "b")
