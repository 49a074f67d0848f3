"""Parquet within limits: days of the calendar, rows that fit, and damage in one line."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.forked import forked
from canonical.reading import parquet_files
from canonical.reading.encodings import UnreadableError
from canonical.reading.parquet_blocks import ParquetFile
from canonical.reading.parquet_files import parquet_frame


@pytest.mark.parametrize("day", [2**31 - 1, -(2**31), 3_000_000, -800_000])
def test_a_day_that_python_cannot_name_is_refused(tmp_path: Path, day: int) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"day": pl.Series([0, None, day], dtype=pl.Int32).cast(pl.Date)}).write_parquet(path)
    with pytest.raises(UnreadableError, match=r"a\.parquet: day: found a day outside the years 1 to 9999"):
        parquet_frame(path, "a.parquet")


@pytest.mark.parametrize("unit", ["ms", "us"])
def test_a_moment_that_python_cannot_name_is_refused(tmp_path: Path, unit: Any) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"at": pl.Series([0, 2**62]).cast(pl.Datetime(unit))}).write_parquet(path)
    with pytest.raises(UnreadableError, match="at: found a day"):
        parquet_frame(path, "a.parquet")


@pytest.mark.parametrize("day", [-719_163, 2_932_897, -(2**31), 2**31 - 1])
def test_a_day_beside_the_calendar_is_refused(tmp_path: Path, day: int) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"day": pl.Series([0, day, None], dtype=pl.Int32).cast(pl.Date)}).write_parquet(path)
    with pytest.raises(UnreadableError, match="day: found a day outside the years 1 to 9999"):
        parquet_frame(path, "a.parquet")


def test_days_of_the_calendar_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({"day": pl.Series([-719_162, 2_932_896, None], dtype=pl.Int32).cast(pl.Date)})
    frame.write_parquet(path)
    assert parquet_frame(path, "a.parquet").equals(frame, null_equal=True)


def test_more_rows_than_are_read_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"n": [1, 2, 3]}).write_parquet(path)
    monkeypatch.setattr(parquet_files, "MOST_ROWS", 2)
    with pytest.raises(UnreadableError, match="found 3 rows, expected at most 2; fix: give it in parts"):
        parquet_frame(path, "a.parquet")


@pytest.mark.parametrize("encoding", ["DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY", "PLAIN"])
def test_texts_are_read_by_codes_or_row_by_row_as_each_group_of_rows_keeps_them(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.parquet"
    texts = pa.array(["a"] * 9)
    with pq.ParquetWriter(path, pa.schema({"t": pa.string(), "u": pa.string()}), use_dictionary=["u"],
                          column_encoding={"t": encoding}) as file:  # fmt: skip
        file.write_table(pa.table({"t": texts, "u": texts}))
        file.write_table(pa.table({"t": texts, "u": texts}))
    blocks = [block() for block in ParquetFile(path, "a.parquet").blocks()]
    assert [row for block in blocks for row in block.frame().rows()] == [("a", "a")] * 18
    assert blocks[0].columns["u"].codes is not None


def whole(path: Path) -> None:
    """Read a file at once, as tables are that keys refer to."""
    parquet_frame(path, "a.parquet")


def in_blocks(path: Path) -> None:
    """Read a file block by block, as checks do."""
    for block in ParquetFile(path, "a.parquet", "a table").blocks():
        block()


def as_a_whole(path: Path) -> pl.DataFrame:
    return parquet_frame(path, "a.parquet")


def as_blocks(path: Path) -> pl.DataFrame:
    return pl.concat([block().frame() for block in ParquetFile(path, "a.parquet").blocks()])


def test_a_page_with_any_bit_turned_is_refused_or_read_and_ends_no_process(tmp_path: Path) -> None:
    """One of these bits makes polars reserve 2 EiB, which ends the process; pyarrow, asked first, refuses the file."""
    path = tmp_path / "a.parquet"
    table = pa.table({"a": ["x", None, "y"]})
    pq.write_table(table, path, compression="none", use_dictionary=False, write_statistics=False)
    content = path.read_bytes()
    refused = 0
    for bit in range(4 * 8, _footer_start(content) * 8):
        path.write_bytes(_turned(content, bit))
        for read in (whole, in_blocks):
            try:
                read(path)
            except UnreadableError as error:
                assert str(error).startswith("a.parquet: ")
                refused += 1
    assert refused > 100


def test_a_page_that_is_not_its_checksum_is_refused_wherever_a_bit_was_turned(tmp_path: Path) -> None:
    """Every bit of every page: without a checksum, some of them are read as another text or number."""
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({"a": ["x", None, "y"], "n": [1.5, 2.5, None]})
    pq.write_table(frame.to_arrow(), path, compression="none", store_schema=False, write_page_checksum=True)
    content = path.read_bytes()
    for bit in range(4 * 8, _footer_start(content) * 8):
        path.write_bytes(_turned(content, bit))
        for read in (as_a_whole, as_blocks):
            with suppress(UnreadableError):
                assert read(path).equals(frame), (read, bit)


def test_a_footer_that_counts_other_rows_than_values_is_refused(tmp_path: Path) -> None:
    """Readers would leave out rows, or make up some, without a word."""
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({"n": range(100)})
    pq.write_table(frame.to_arrow(), path, store_schema=False, write_statistics=False)
    content = path.read_bytes()
    refused = 0
    for bit in range(_footer_start(content) * 8, len(content) * 8):
        path.write_bytes(_turned(content, bit))
        try:
            read = parquet_frame(path, "a.parquet")
        except UnreadableError:
            refused += 1
            continue
        assert read.height == 100, bit
    assert refused > 100


def _footer_start(content: bytes) -> int:
    return len(content) - 8 - int.from_bytes(content[-8:-4], "little")


def _turned(content: bytes, bit: int) -> bytes:
    turned = bytearray(content)
    turned[bit // 8] ^= 1 << bit % 8
    return bytes(turned)


def test_the_name_of_a_column_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"vendor": ["x"]}), path, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"vendor", b"\xf6endor"))
    for read in (whole, in_blocks):
        with pytest.raises(UnreadableError, match=r"a\.parquet: not a readable Parquet file"):
            read(path)


def test_texts_that_repeat_are_read_by_their_codes_and_others_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = 5000
    names = [f"a name of some length {n}" for n in range(rows)]
    pl.DataFrame({"code": ["x", "y"] * (rows // 2), "name": names}).write_parquet(path)
    (read,) = ParquetFile(path, "a.parquet").blocks()
    columns = read().columns
    assert columns["code"].codes is not None and len(columns["code"].values) == 2
    assert columns["name"].codes is None and columns["name"].rows.to_list() == names


def test_the_footer_tells_of_empty_cells_and_types(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = pl.DataFrame({"full": ["x", "y"], "null": ["x", None], "blank": ["", "y"], "n": [1, 2], "x": [1.5, 2.0]})
    frame.write_parquet(path, row_group_size=1)
    file = ParquetFile(path, "a.parquet")
    assert file.without_empty(file.header) == {"full", "n", "x"}
    assert file.without_empty(["blank", "n"]) == {"n"}
    assert file.is_of_type("full", "string") and file.is_of_type("n", "integer")
    assert not file.is_of_type("x", "number") and not file.is_of_type("full", "integer")
    frame.write_parquet(path, statistics=False)
    assert ParquetFile(path, "a.parquet").without_empty(["full"]) == set()


def test_a_column_behind_a_nested_one_is_not_taken_for_another(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"pair": [{"p": "x", "q": None}], "name": [None]}, schema_overrides={"name": pl.String}).write_parquet(
        path
    )
    file = ParquetFile(path, "a.parquet")
    assert file.without_empty(["name"]) == set()


def test_a_text_that_is_no_utf_8_is_refused_in_blocks_and_as_a_whole(tmp_path: Path) -> None:
    places, letters = pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")
    garbled = pa.Array.from_buffers(pa.string(), 1, [None, places, letters])
    for use_dictionary in (True, False):
        path = tmp_path / f"{use_dictionary}.parquet"
        pq.write_table(pa.table({"a": garbled}), path, use_dictionary=use_dictionary)
        with pytest.raises(UnreadableError, match="not a readable Parquet file"):
            [block() for block in ParquetFile(path, "a.parquet").blocks()]
        with pytest.raises(UnreadableError, match="not a readable Parquet file"):
            parquet_frame(path, "a.parquet")


@pytest.mark.parametrize("kind", [pa.decimal256(70, 2), pa.list_(pa.decimal256(40, 0))])
def test_numbers_of_more_digits_than_polars_has_are_refused(tmp_path: Path, kind: Any) -> None:
    pq.write_table(pa.table({"a": pa.nulls(1, kind)}), tmp_path / "a.parquet")
    with pytest.raises(UnreadableError, match=r"a\.parquet: a: found .*, expected numbers of at most 38 digits"):
        ParquetFile(tmp_path / "a.parquet", "a.parquet").header  # noqa: B018
    with pytest.raises(UnreadableError, match="expected numbers of at most 38 digits"):
        parquet_frame(tmp_path / "a.parquet", "a.parquet")


def test_a_footer_beyond_all_measure_is_refused_before_a_library_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"a": ["x"]}).replace_schema_metadata({"k": "v" * 5_000}), path)
    assert parquet_frame(path, "t.parquet").height == 1
    monkeypatch.setattr(parquet_files, "MOST_FOOTER", 5_000)
    reads = (
        lambda: parquet_frame(path, "t.parquet"),
        lambda: parquet_files.frame_of_parquet(path.read_bytes(), "t.parquet"),
        lambda: ParquetFile(path, "t.parquet", "a table").header,
    )
    for read in reads:
        with pytest.raises(
            UnreadableError, match=r"^t\.parquet: found a footer of .* bytes, expected at most 5,000; fix"
        ):
            read()


def test_a_footer_that_garbles_its_columns_is_refused_and_ends_no_process(tmp_path: Path) -> None:
    """Every bit of a footer with statistics of sizes, of which pyarrow dies where it is asked of them."""
    path, turned = tmp_path / "t.parquet", tmp_path / "turned.parquet"
    pq.write_table(pa.table({"a": ["x", "y", None], "b": ["u", "u", "v"]}), path)
    content = path.read_bytes()
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")

    def read_all() -> int:
        for bit in range(footer * 8, len(content) * 8):
            garbled = bytearray(content)
            garbled[bit // 8] ^= 1 << (bit % 8)
            turned.write_bytes(garbled)
            with suppress(UnreadableError, OSError, MemoryError):
                file = ParquetFile(turned, "t.parquet")
                for read in file.blocks():
                    read()
                file.without_empty(file.header)
        return 0

    ended = forked(read_all)
    assert ended.code == 0, ended.output[-400:]
