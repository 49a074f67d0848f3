"""What is lost since the last build: a text, a schema; not a table cut into other parts, nor one taken away whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from canonical import descriptor
from canonical.descriptor import described, lost_tables, refuse_lost, what_it_says
from canonical.reading.encodings import UnreadableError

TEXT, MADE = "data/vendors.csv", "data/vendors.parquet"
PARTS = ("data/compute_prices/vendor=a.parquet", "data/compute_prices/vendor=b.parquet")
NO_TABLE = "data/no_such_table.csv"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of a text, of what is made of it, of two parts, and of a table without a schema."""
    resources = [
        {"name": f"r{n}", "path": path, "format": path.rpartition(".")[2], "hash": "", "bytes": 1, "row_count": 1}
        for n, path in enumerate((TEXT, MADE, *PARTS, NO_TABLE))
    ]
    for path in (TEXT, MADE, *PARTS):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    monkeypatch.setattr(descriptor, "ROOT", tmp_path)
    monkeypatch.setattr(descriptor, "DESCRIPTOR", tmp_path / "datapackage.json")
    return tmp_path


def test_nothing_is_lost_where_all_stands_and_a_table_went_with_its_schema(root: Path) -> None:
    assert lost_tables() == []
    refuse_lost()


def test_a_text_and_the_last_part_are_lost_and_what_is_made_is_not(root: Path) -> None:
    (root / MADE).unlink()
    assert lost_tables() == []
    (root / TEXT).unlink()
    for part in PARTS:
        (root / part).unlink()
    assert lost_tables() == [TEXT, *PARTS]
    with pytest.raises(UnreadableError, match=r"data/vendors\.csv and 2 more files: gone since the last build"):
        refuse_lost()


def test_a_table_may_be_cut_into_other_parts(root: Path) -> None:
    for part in PARTS:
        (root / part).unlink()
    (root / "data/compute_prices/vendor_id=a").mkdir()
    (root / "data/compute_prices/vendor_id=a/part-0.parquet").write_bytes(b"x")
    assert lost_tables() == []


def test_a_schema_is_lost_while_its_table_stands(root: Path) -> None:
    (root / NO_TABLE).write_bytes(b"x")
    assert lost_tables() == ["schemas/no_such_table.json"]


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b"[" * 100_000, b"\xff\xfe", b'{"version": NaN}'])
def test_a_broken_descriptor_says_nothing_and_is_refused_with_what_to_do(root: Path, content: bytes) -> None:
    (root / "datapackage.json").write_bytes(content)
    assert what_it_says() == {}
    remedy = "fix: git checkout datapackage.json, or take it away and run make dataset"
    with pytest.raises(UnreadableError, match=remedy):
        described()
    (root / "datapackage.json").unlink()
    refuse_lost()
