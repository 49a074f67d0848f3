"""Where records begin and end, by counting quotes, against Python's own reader."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.reading.coded import Block
from canonical.reading.csv_blocks import CsvFile
from canonical.reading.csv_records import last_end, records_of


def end_by_hand(content: bytes) -> int:
    """The place behind the last line end with an even count of quotes before it."""
    ends = (place for place, letter in enumerate(content) if letter == 10 and content.count(b'"', 0, place) % 2 == 0)
    return max(ends, default=-1) + 1


@given(st.text(st.sampled_from(list('a,"\n')), max_size=24))
def test_the_last_end_is_that_of_counting_the_quotes_before_each(text: str) -> None:
    assert last_end(text.encode()) == end_by_hand(text.encode())


@pytest.mark.parametrize("cell", [b"\n" * 3_000_000, b'""' * 1_500_000])
def test_the_last_end_before_a_long_cell_is_found_at_once(cell: bytes) -> None:
    started = time.process_time()
    assert last_end(b'a,b\n1,"' + cell) == 4
    assert time.process_time() - started < 3


texts = st.text(st.sampled_from(list('ab,"\n\r')), min_size=1, max_size=16).filter(lambda text: text.strip())


@given(texts)
def test_a_plain_text_has_the_rows_that_its_quotes_make(text: str) -> None:
    content = text.encode()
    found = records_of(content, len(content))
    if not found.is_plain:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    starts, start = [], 0
    for _ in reader:
        starts.append(start)
        start = reader.line_num
    assert list(found.starts) == starts and found.lines == text.count("\n") + (not text.endswith("\n"))


@given(st.lists(st.lists(st.text(st.sampled_from(list('ab ,"\n')), max_size=4), min_size=2, max_size=2), min_size=1))
def test_a_text_that_python_writes_is_plain(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    content = file.getvalue().encode()
    found = records_of(content, len(content))
    assert found.is_plain and len(found.starts) == len(rows)
    assert last_end(content) == len(content)
    cut = last_end(content[:-1])
    assert cut == 0 or len(records_of(content, cut).starts) == len(rows) - 1


def test_a_small_file_is_read_into_no_more_room_than_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 1000)
    tracemalloc.start()
    read = [block() for block in CsvFile(path, "small.csv").blocks()]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [block.height for block in read if isinstance(block, Block)] == [1000]
    assert most < 1 << 20
