"""CSV files of changes: what leaves a choice to the reader is refused in one line that says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import upstream
from ingest.changes import once_each, read_changes
from ingest.upstream import UpstreamError


def rows_of(folder: Path, content: bytes) -> list[dict[str, str]]:
    path = folder / "changes.csv"
    path.write_bytes(content)
    return list(read_changes(path, ("commit", "value")))


@pytest.mark.parametrize("content", [b"commit,value\nc1,2\n", b"commit,value\r\nc1,2\r\n", b'commit,value\n"c1","2"'])
def test_rows_are_read_as_they_stand(tmp_path: Path, content: bytes) -> None:
    assert rows_of(tmp_path, content) == [{"commit": "c1", "value": "2"}]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"commit,value\rc1,2\r", "line 1: ends in a carriage return alone"),
        (b'commit,value\nc1,"a\rb"\n', "line 2: ends in a carriage return alone"),
        (b"commit,value,value\nc1,2,3\n", "column 'value' stands twice"),
        (b"\xef\xbb\xbfcommit,value\nc1,2\n", "column commit is missing; found '\\ufeffcommit', 'value'"),
        (b"commit,value\nc1\n", "line 2: 1 cells in the row, not 2"),
        (b"commit,value\nc1,2,3\n", "line 2: 3 cells in the row, not 2"),
        (b"commit,value\nc1,2\x00\n", "line 2: value is '2\\x00', which holds a letter that cannot be printed"),
        ("commit,value\nc\u200b1,2\n".encode(), "commit is 'c\\u200b1'"),
        ("commit,value\nc\u202e1,2\n".encode(), "commit is 'c\\u202e1'"),
        ("commit,value\nc\ufffd,2\n".encode(), "which holds a letter that cannot be printed"),
        (b'commit,value\nc1,"2\n', "not CSV"),
        (b'commit,value\nc1,"2"3\n', "not CSV"),
        (b"commit,value\nc1," + b"9" * 100_001 + b"\n", "line 2: longer than 100,000 letters"),
        (b"commit,value\nc1,\xff\n", "not UTF-8 text"),
    ],
)
def test_a_file_that_reads_in_two_ways_is_refused(tmp_path: Path, content: bytes, named: str) -> None:
    with pytest.raises(UpstreamError) as refused:
        rows_of(tmp_path, content)
    assert named in str(refused.value)


def test_a_text_longer_than_any_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upstream, "MOST_BYTES", 20_000)
    with pytest.raises(UpstreamError, match=r"changes.csv: longer than"):
        rows_of(tmp_path, b"commit,value\n" + b"c1,2\n" * 10_000)


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([("c1", "m5", "d1"), ("c1", "m5", "d1")], "x.csv c1: two rows of m5"),
        ([("c1", "m5", "d1"), ("c2", "m5", "d2"), ("c1", "m6", "d1")], "x.csv: commit c1 stands in two places"),
        ([("c1", "m5", "d1"), ("c1", "m6", "d2")], "x.csv: commit c1 is dated 'd1' and 'd2'"),
    ],
)
def test_a_version_stands_once_says_each_thing_once_and_has_one_day(
    rows: list[tuple[str, str, str]], named: str
) -> None:
    named_rows = [dict(zip(("commit", "machine", "day"), row, strict=True)) for row in rows]
    with pytest.raises(UpstreamError) as refused:
        list(once_each(named_rows, "commit", ("machine",), "x.csv", "day"))
    assert str(refused.value) == named


def test_one_thing_may_change_in_each_version() -> None:
    rows = [{"commit": commit, "machine": "m5", "day": "d"} for commit in ("c1", "c2")]
    assert list(once_each(rows, "commit", ("machine",), "x.csv", "day")) == rows
