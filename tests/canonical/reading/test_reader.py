"""Reading a file as a table: structure before content, nothing repaired silently."""

from __future__ import annotations

import csv
import gzip
import io
import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.findings import Finding, one_line
from canonical.reading.csv_odd import text_at_once
from canonical.reading.csv_shape import LONGEST_CELL
from canonical.reading.encodings import UnreadableError
from canonical.reading.header import CAP, header_findings
from canonical.reading.reader import Table, order_findings, read_table
from canonical.table_schema import load_schema
from tests.builders import a_field, a_schema

SCHEMA = a_schema(a_field("id", required=True), a_field("text"))


def a_file(tmp_path: Path, content: str | bytes, name: str = "things.csv") -> Path:
    """A file of the given content."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read(tmp_path: Path, content: str | bytes) -> Table:
    """The table of a file that is readable."""
    table, findings = read_table(a_file(tmp_path, content), SCHEMA)
    assert table is not None and findings == []
    return table


def faults(tmp_path: Path, content: str | bytes) -> list[Finding]:
    """What makes the rows of a file unreadable as a table."""
    table, findings = read_table(a_file(tmp_path, content), SCHEMA)
    assert table is None
    return findings


def refusal(tmp_path: Path, content: str | bytes, name: str = "things.csv") -> str:
    """The one line that refuses a file."""
    with pytest.raises(UnreadableError) as refused:
        read_table(a_file(tmp_path, content, name), SCHEMA, name)
    message = str(refused.value)
    assert "\n" not in message and message.startswith(name)
    return message


def test_cells_are_texts_and_empty_cells_null(tmp_path: Path) -> None:
    frame = read(tmp_path, 'id,text\n007," 1.0 "\n"",\n').frame
    assert frame.rows() == [("007", " 1.0 "), (None, None)]


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "id,text").frame.shape == (0, 2)


def test_windows_line_ends_are_line_ends(tmp_path: Path) -> None:
    assert read(tmp_path, "id,text\r\na,b\r\n").frame.rows() == [("a", "b")]


def test_a_row_knows_its_physical_line_behind_quoted_line_ends(tmp_path: Path) -> None:
    table = read(tmp_path, 'id,text\na,"one\ntwo"\nb,three\n')
    assert [table.line(0), table.line(1)] == [2, 4]


def test_a_plain_row_stands_on_the_line_after_its_number(tmp_path: Path) -> None:
    assert read(tmp_path, "id,text\na,b\nc,d").line(1) == 3


def test_missing_values_of_the_schema_are_null_and_nothing_else(tmp_path: Path) -> None:
    schema = a_schema(a_field("id"), a_field("text"), missingValues=["n/a"])
    table, _ = read_table(a_file(tmp_path, "id,text\nn/a,\n"), schema)
    assert table is not None and table.frame.rows() == [(None, "")]


cells = st.text(st.sampled_from(list("ab ,\"'\n\t#\\é中\u2028\x85\x0b")), max_size=5)


@given(st.lists(st.tuples(cells, cells), max_size=6))
def test_every_cell_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("id", "text"), *rows])
    table = read(tmp_path_factory.mktemp("cells"), text.getvalue())
    assert table.frame.rows() == [tuple(cell or None for cell in row) for row in rows]


@given(st.text(st.sampled_from(list('ab,"\n\r')), max_size=12))
def test_any_text_is_read_as_its_quotes_say_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    text = f"id,text\n{body}"
    path = a_file(tmp_path_factory.mktemp("texts"), text)
    try:
        table, findings = read_table(path, SCHEMA)
    except UnreadableError as refused:
        assert "\n" not in str(refused)
        return
    if table is None:
        assert findings and all("\n" not in one_line(finding) for finding in findings)
        return
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert table.frame.rows() == [tuple(cell or None for cell in row) for row in rows]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        (" \n\n", "the file is empty"),
        ("id,text\na,阿里\n".encode("gbk"), "things.csv:2: found byte 0xb0, which is not UTF-8"),
        ("id,text\na,b\n".encode("utf-16"), "found text in UTF-16LE"),
        ("id,text\na,b\n".encode("utf-16-le"), "found text in UTF-16LE"),
        ("id,text\na,b\x00c\n", "things.csv:2: found a NUL byte"),
        ("id,text\ra,b\r", "things.csv:1: found a line end of CR alone"),
        ("id;text\na;b\n", "separated by semicolons"),
        ("id\ttext\na\tb\n", "separated by tabs"),
        ('id,text\na,b\nc,d"e\nf,g\n', "things.csv:3: found a single quote inside a cell"),
        ('id,text\na,b\nc,"d\ne,f\n', "things.csv:3: found a quote that is not closed"),
        ('id,text\na,"b"c\n', "things.csv:2: found a quote"),
        (f"id,text\na,{'x' * (LONGEST_CELL + 1)}\n", "things.csv:2: found a cell of more than"),
    ],
)
def test_a_file_that_is_no_plain_csv_is_refused(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in refusal(tmp_path, content)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"id,text\na,b\n", b"PAR1" + bytes(40) + b"PAR1"])
def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "not a readable Parquet file" in refusal(tmp_path, content, "things.parquet")


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    table = read(tmp_path, "\ufeffid,text\na,b\n")
    assert table.frame.rows(named=True) == [{"id": "a", "text": "b"}] and table.line(0) == 2
    quoted = read(tmp_path, '\ufeff"id",text\na,"b\nc"\nd,e\n')
    assert quoted.frame.columns == ["id", "text"] and quoted.line(1) == 4


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_table(tmp_path / "none.csv", SCHEMA)


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_table(tmp_path / ("a" * 300), SCHEMA)


def test_a_parquet_file_in_a_folder_named_like_a_partition_gets_no_column_from_it(tmp_path: Path) -> None:
    (tmp_path / "year=2025").mkdir()
    path = tmp_path / "year=2025" / "things[1].parquet"
    pl.DataFrame({"id": ["a"], "text": ["b"]}).write_parquet(path)
    table, findings = read_table(path, SCHEMA)
    assert findings == [] and table is not None and table.frame.columns == ["id", "text"] and table.line(0) is None


def test_a_missing_a_repeated_and_an_unknown_column_are_each_named(tmp_path: Path) -> None:
    found = faults(tmp_path, "text,text,txt\na,b,c\n")
    assert [(finding.column, finding.line_number) for finding in found] == [("id", 1), ("text", 1), ("txt", 1)]
    assert [finding.message for finding in found] == [
        "the column is missing",
        "the column stands twice",
        "the table has no such column",
    ]


@pytest.mark.parametrize(
    ("columns", "lacking"),
    [
        ("value", ["unit_id"]),
        ("unit_id", ["value"]),
        ("printed_value", ["printed_unit_id"]),
        ("printed_value,value,unit_id", ["printed_unit_id"]),
        ("decimals", ["printed_value", "printed_unit_id"]),
    ],
)
def test_a_feed_that_gives_one_of_two_columns_lacks_the_other(tmp_path: Path, columns: str, lacking: list[str]) -> None:
    path = tmp_path / "feed.csv"
    path.write_text(f"entity_id,metric_id,period_type,period_end,{columns}\n", encoding="utf-8")
    _, findings = read_table(path, load_schema("observations"))
    assert [finding.column for finding in findings] == lacking


def test_a_row_of_another_width_is_named_with_its_line(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, 'id,text\n"a\nb",c\nd,e,f\n')
    assert (found.row_number, found.line_number, found.found, found.expected) == (
        2, 4, "3 cells", "2 cells, as in the header",
    )  # fmt: skip


def test_a_blank_line_is_named(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, "id,text\na,b\n\nc,d\n")
    assert (found.message, found.line_number, found.fix) == ("the line is blank", 3, "delete the line")


def test_many_malformed_rows_are_counted(tmp_path: Path) -> None:
    found = faults(tmp_path, "id,text\n" + "a\n" * 250)
    assert len(found) == 100 and "250 rows" in found[0].message


def test_a_feed_may_order_its_columns_freely(tmp_path: Path) -> None:
    assert read(tmp_path, "text,id\na,b\n").frame.columns == ["text", "id"]


@pytest.mark.parametrize(
    ("header", "column", "found"), [("text,id", "id", "text"), ("id", "text", "no column"), ("id,text", None, None)]
)
def test_a_table_of_the_package_has_the_columns_of_its_schema_in_their_order(
    tmp_path: Path, header: str, column: str | None, found: str | None
) -> None:
    findings = order_findings(a_file(tmp_path, f"{header}\n"), SCHEMA, "things.csv")
    assert [(f.column, f.found) for f in findings] == ([(column, found)] if column else [])


def test_sixty_thousand_unknown_columns_are_named_up_to_a_number_and_counted() -> None:
    names = [*SCHEMA.columns, *(f"x{number}" for number in range(60_000))]
    started = time.process_time()
    found = header_findings(names, SCHEMA, "things.csv")
    assert time.process_time() - started < 2
    assert len(found) == CAP + 1
    assert found[-1].message == "59,900 more columns that the table does not have, 60,000 in all"


def test_a_table_of_the_package_has_no_mark_in_front_and_filling_drops_it(tmp_path: Path) -> None:
    (finding,) = order_findings(a_file(tmp_path, "\ufeffid,text\n"), SCHEMA, "things.csv")
    assert (finding.found, finding.fix) == ("a byte order mark", "run make fill")


def test_a_table_of_the_package_is_no_archive_though_a_feed_may_be_one(tmp_path: Path) -> None:
    path = tmp_path / "things.csv"
    path.write_bytes(gzip.compress(b"id,text\n"))
    with pytest.raises(UnreadableError, match="found a gzip archive"):
        order_findings(path, SCHEMA, "things.csv")


@pytest.mark.parametrize("cell", ['"' + "x" * (17 << 20) + '"', "x" * (17 << 20), '"' + "\n" * (17 << 20)])
def test_a_record_beyond_all_measure_is_refused_before_a_text_is_made_of_the_file(cell: str) -> None:
    content = f"vendor_id,name_en\nacme,Acme\nother,{cell}\n".encode()
    with pytest.raises(UnreadableError, match=r"^t\.csv:3: found a (cell|record) of more than"):
        text_at_once(content, "t.csv")


def test_a_long_file_of_short_records_is_read_at_once() -> None:
    content = b'a,"b\nc"\n' * (3 << 20)
    assert len(text_at_once(content, "t.csv")) == len(content)
