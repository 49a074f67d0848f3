"""A file is held against others exactly where it can be read as a table that they refer to, whatever stands in it."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest

from canonical.reading.reader import UnreadableError
from canonical.reference import OwnTable
from canonical.table_schema import load_schema
from tests.builders import write_csv
from validation import own_files
from validation.keyed_frames import keyed_frame
from validation.own_files import check_own, is_referable

HEAD, ROW = b"vendor_id,name_en,country\n", b"maker,Maker,US\n"
GOOD = HEAD + ROW
FILES: dict[str, tuple[bytes, bool]] = {
    "good": (GOOD, True),
    "a header alone": (HEAD, True),
    "no line end at the end": (GOOD.rstrip(), True),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, True),
    "line ends of Windows": (GOOD.replace(b"\n", b"\r\n"), True),
    "a line end in quotes": (GOOD + b'other,"Oth\ner",US\n', True),
    "nothing": (b"", False),
    "a NUL": (GOOD + b"\x00" + ROW, False),
    "another encoding": (GOOD + b"other,\xe9,US\n", False),
    "a short row": (GOOD + b"other,US\n", False),
    "a wide row": (GOOD + b"other,Other,US,x\n", False),
    "a blank line": (GOOD + b"\n" + ROW, False),
    "a quote that stays open": (GOOD + b'"other,Other,US\n', False),
    "an archive": (gzip.compress(GOOD), False),
    "another separator": (GOOD.replace(b",", b";"), False),
    "no key": (b"name_en,country\nMaker,US\n", False),
    "a column twice": (b"vendor_id,name_en,name_en\nmaker,Maker,Maker\n", False),
    "another table": (b"x,y\n1,2\n", False),
}


@pytest.mark.parametrize(("content", "is_good"), FILES.values(), ids=FILES)
def test_a_text_is_referred_to_where_it_is_a_table(tmp_path: Path, content: bytes, is_good: bool) -> None:
    path = tmp_path / "vendors.csv"
    path.write_bytes(content)
    assert is_referable(OwnTable("vendors", path)) == _can_be_read(path) == is_good


@pytest.mark.parametrize("cut", [0, 8])
def test_a_parquet_file_is_referred_to_where_it_is_whole(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "vendors.parquet"
    pl.DataFrame({"vendor_id": ["maker"], "name_en": ["Maker"], "country": ["US"]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[: -cut or None])
    assert is_referable(OwnTable("vendors", path)) == _can_be_read(path) == (not cut)


def _can_be_read(path: Path) -> bool:
    try:
        keyed_frame(path, load_schema("vendors"))
    except UnreadableError:
        return False
    return True


@pytest.mark.parametrize(
    ("beside", "rows", "is_read"),
    [
        ("vendors", "vendor_id,name_en,country\nmaker,Maker,US\n", False),
        ("corrections", "observation_id\nown.001\n", True),
        ("quarterly_metrics", "observation_ids\nown.001\n", True),
        ("statements", "statement_id,source_id,entity_id,metric_id,text_en\nown.1,own,acme,revenue,Words\n", True),
    ],
)
def test_observations_are_read_for_others_where_one_of_these_looks_rows_up_in_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: str, rows: str, is_read: bool
) -> None:
    files = {"observations": "observation_id\nown.001\n", beside: rows}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    asked: list[str] = []

    def referable(file: OwnTable) -> bool:
        asked.append(file.table)
        return True

    monkeypatch.setattr(own_files, "is_referable", referable)
    report = check_own([OwnTable(name, tmp_path / f"{name}.csv") for name in files])
    assert ("observations" in asked) == is_read
    assert not any(
        finding.column.startswith("observation_id") for finding in report.findings if finding.table == beside
    )


def test_rows_are_held_to_those_of_the_package_and_not_to_a_file_beside_theirs(tmp_path: Path) -> None:
    rows = [{"vendor_id": "east-cloud", "name_en": "East Cloud"}, {"vendor_id": "east-two", "name_en": "East Cloud"}]
    files = [OwnTable("vendors", write_csv(tmp_path / f"vendors-{n}.csv", [row])) for n, row in enumerate(rows)]
    assert [f.rule for f in check_own(files).findings if f.rule == "C.row_name"] == []
    (told,) = [f for f in check_own(files[:1], files[1:]).findings if f.rule == "C.row_name"]
    assert told.message == "a row of the package has the same"


def test_a_check_that_is_stopped_in_relations_tells_what_the_rows_were_found_to_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(own_files, "check_feed", stopped)
    row = {"entity_id": "aws", "metric_id": "revenue", "period_type": "quarter", "period_end": "2025/12/31",
           "printed_value": "35579", "printed_unit_id": "usd-m"}  # fmt: skip
    report = check_own([OwnTable("observations", write_csv(tmp_path / "feed.csv", [row]))])
    assert report.was_stopped
    assert [(f.rule, f.row_number, f.column) for f in report.findings] == [("S.type", 1, "period_end")]
