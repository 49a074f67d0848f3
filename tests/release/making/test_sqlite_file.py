"""A disk that takes no more is told in one line, also where SQLite meets it."""

from __future__ import annotations

import sqlite3
from typing import Any, cast

import pytest

from canonical.reading.encodings import UnreadableError
from release.making import sqlite_file
from release.making.sqlite_file import sqlite_bytes


def test_a_disk_that_is_full_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite_file, "_fill", full)
    with pytest.raises(UnreadableError, match=r"cannot be written \(database or disk is full\); fix: make room there"):
        sqlite_bytes(cast(Any, None), cast(Any, None))
