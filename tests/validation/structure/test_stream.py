"""A table checked block by block: the findings of one piece, exact rows, lines and counts, an end at any time."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings

from canonical.findings import Finding
from canonical.reading.coded import Block
from canonical.reading.csv_blocks import CsvFile, Ragged
from canonical.reading.encodings import UnreadableError
from canonical.reading.parquet_blocks import ParquetFile
from canonical.table_schema import TableSchema, parse_schema
from tests.builders import a_field, a_schema, write_csv
from tests.tables import TextTable, text_tables
from validation.structure.checks import CAP, check_source
from validation.structure.wording import Words

THINGS = a_schema(
    a_field("id", required=True), a_field("n", "integer", minimum=0), a_field("code", enum=["x", "y"]),
    primaryKey=["id"],
)  # fmt: skip
SMALL = 64
"""Bytes of a block that holds a row or two."""


def found_in(path: Path, schema: TableSchema = THINGS, block: int = SMALL) -> list[Finding]:
    """What breaks layer S in a text file read in blocks of some bytes, in the order of a report."""
    file = CsvFile(path, path.name, schema.missing_values, block)
    answers, findings = check_source(file, schema, Words(path.name), {}.get)
    assert answers.ragged == []
    return sorted(findings, key=lambda finding: finding.sort_key)


def things(tmp_path: Path, *rows: str, name: str = "things.csv") -> Path:
    """A file of things."""
    path = tmp_path / name
    path.write_text("\n".join(("id,n,code", *rows)) + "\n", encoding="utf-8")
    return path


def test_rows_and_lines_are_counted_over_blocks(tmp_path: Path) -> None:
    path = things(tmp_path, *(f'{n},{n},"x"' for n in range(40)), '"40\n",-1,x', "41,-2,y")
    places = [(f.row_number, f.line_number) for f in found_in(path)]
    assert places == [(41, 42), (42, 44)]


@given(text_tables())
@settings(max_examples=40)
def test_small_blocks_find_what_one_block_finds(
    tmp_path_factory: pytest.TempPathFactory, table: TextTable
) -> None:  # fmt: skip
    schema = parse_schema(table.descriptor, "things")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    path = write_csv(tmp_path_factory.mktemp("blocks") / "things.csv", rows, table.columns)
    assert found_in(path, schema, SMALL) == found_in(path, schema, 1 << 20)


def test_a_table_wrong_in_every_cell_is_counted_and_told_to_the_cap(tmp_path: Path) -> None:
    path = things(tmp_path, *(f"{n},-{n + 1},z{n}" for n in range(3 * CAP)))
    found = found_in(path, block=500)
    for rule in ("S.at_least", "S.enum"):
        told = [f for f in found if f.rule == rule]
        assert [f.row_number for f in told] == [None, *range(1, CAP + 1)]
        assert told[0].message == f"{2 * CAP} more rows break this rule, {3 * CAP} in all"


def test_a_key_that_repeats_in_another_block_is_named_in_both(tmp_path: Path) -> None:
    path = things(tmp_path, *(f"{n},1,x" for n in range(50)), "7,1,x", ",1,x", ",1,x")
    assert [f.row_number for f in found_in(path) if f.rule == "S.unique"] == [8, 51]


def test_parts_of_a_key_are_held_together(tmp_path: Path) -> None:
    schema = a_schema(a_field("a"), a_field("b", "integer"), uniqueKeys=[["a", "b"]])
    path = tmp_path / "things.csv"
    path.write_text("a,b\n" + "".join(f"k{n % 5},{n}\n" for n in range(40)) + "k3,08\nk3,\nk3,\n", encoding="utf-8")
    assert [f.row_number for f in found_in(path, schema)] == [9, 41]


def test_a_key_to_the_table_itself_may_stand_in_a_later_block(tmp_path: Path) -> None:
    own = {"fields": ["up"], "reference": {"resource": "", "fields": ["id"]}}
    schema = a_schema(a_field("id"), a_field("up"), primaryKey=["id"], foreignKeys=[own])
    path = tmp_path / "things.csv"
    path.write_text("id,up\n" + "".join(f"id-{n},id-{n + 1}\n" for n in range(40)), encoding="utf-8")
    (finding,) = found_in(path, schema)
    assert (finding.row_number, finding.found) == (40, "id-40")


def test_rows_of_another_width_are_named_wherever_they_stand(tmp_path: Path) -> None:
    path = things(tmp_path, *(f"{n},1,x" for n in range(40)), "40,1", "", "41,1,x,y")
    answers, _ = check_source(CsvFile(path, "things.csv", ("",), SMALL), THINGS, Words("things.csv"), {}.get)
    assert answers.ragged == [(41, 42, 2), (42, 43, 0), (43, 44, 4)]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (b"a,\xff,x\n", "things.csv:42: found byte 0xff"),
        (b"a,\x00,x\n", "things.csv:42: found a NUL byte"),
        (b'a"b,1,x\n', "things.csv:42: found a single quote inside a cell"),
        (b'"a,1,x\n', "things.csv:42: found a quote that is not closed"),
        (b"a,1,x\rb,1,x\n", "things.csv:42: found a line end of CR alone"),
    ],
)
def test_what_no_reader_takes_is_refused_with_its_line(tmp_path: Path, last: bytes, words: str) -> None:
    path = things(tmp_path, *(f"{n},1,x" for n in range(40)))
    path.write_bytes(path.read_bytes() + last)
    with pytest.raises(UnreadableError, match=words):
        found_in(path)


def test_a_gzipped_file_is_read_as_the_text_it_holds(tmp_path: Path) -> None:
    plain = things(tmp_path, *(f"{n},{5 - n},x" for n in range(40)))
    packed = tmp_path / "things.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert [f.row_number for f in found_in(packed)] == [f.row_number for f in found_in(plain)] != []


def test_a_gzipped_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "things.csv.gz"
    path.write_bytes(gzip.compress(things(tmp_path, *(f"{n},1,x" for n in range(4000))).read_bytes())[:-400])
    with pytest.raises(UnreadableError, match="cut off or damaged"):
        found_in(path)


def test_parquet_gives_the_findings_of_text(tmp_path: Path) -> None:
    path = things(tmp_path, *(f"{n % 37},{3 - n},{'xyz'[n % 3]}" for n in range(50)))
    frame = pl.read_csv(path, schema={"id": pl.String, "n": pl.Int64, "code": pl.String})
    frame.write_parquet(tmp_path / "things.parquet", row_group_size=7)
    source = ParquetFile(tmp_path / "things.parquet", "things.csv", batch=5)
    found = check_source(source, THINGS, Words("things.csv"), {}.get)[1]
    places = [(f.rule, f.row_number, f.column, f.found, f.row_id) for f in found_in(path)]
    assert sorted((f.rule, f.row_number, f.column, f.found, f.row_id) for f in found) == sorted(places) != []


class Stopped:
    """A source at whose third block somebody presses Ctrl-C."""

    def __init__(self, file: CsvFile) -> None:
        self.file = file

    def blocks(self) -> Iterator[Callable[[], Block | Ragged]]:
        """Two blocks, and no more."""
        blocks = self.file.blocks()
        yield next(blocks)
        yield next(blocks)
        raise KeyboardInterrupt


def test_what_was_found_before_it_was_stopped_is_told(tmp_path: Path) -> None:
    file = CsvFile(things(tmp_path, *(f"{n},-1,x" for n in range(40))), "things.csv", ("",), SMALL)
    told: list[tuple[int, int]] = []
    answers, found = check_source(
        Stopped(file), THINGS, Words("x"), {}.get, watch=lambda rows, count: told.append((rows, count))
    )
    assert answers.was_stopped and answers.rows < 40
    assert [f.row_number for f in found] == list(range(1, answers.rows + 1))
    assert told == sorted(told)
