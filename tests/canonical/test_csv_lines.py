"""The one writer of CSV: what it writes, every reader takes for the same cells."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import duckdb
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canonical.csv_lines import CHUNK, csv_lines
from canonical.reading.csv_shape import refuse_odd_text

CELLS = st.text(st.sampled_from('a1,"\r\n\t \v\f\x85\u2028\u3000=é中'), max_size=6)


def written(*rows: list[str]) -> str:
    """Rows as CSV text."""
    return "".join(csv_lines(rows))


@pytest.mark.parametrize("cell", ["a\rb", "a\nb", "a\r\nb", " a", "a ", 'a"b', "a,b", "\u3000a", "a\u2028b", "\r"])
def test_a_cell_that_some_reader_divides_or_trims_stands_in_quotes(cell: str) -> None:
    assert written(["x", cell]) == 'x,"' + cell.replace('"', '""') + '"\n'


def test_an_ordinary_cell_has_no_quotes() -> None:
    assert written(["a b", "", "约 5 万亿", "-9"]) == "a b,,约 5 万亿,-9\n"


def test_a_row_of_one_empty_cell_is_no_blank_line() -> None:
    assert list(csv.reader(StringIO(written([""])))) == [[""]]
    assert written([""]) == '""\n'


def test_more_rows_than_are_looked_through_at_a_time_are_all_written() -> None:
    rows = [[str(number), "a\rb" if number == CHUNK + 1 else "c"] for number in range(CHUNK + 3)]
    assert list(csv.reader(StringIO(written(*rows), newline=""))) == rows


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_three_readers_read_what_was_written(rows: list[tuple[str, str]]) -> None:
    text = written(["h1", "h2"], *map(list, rows))
    assert [tuple(row) for row in csv.reader(StringIO(text, newline=""))][1:] == rows
    content = text.encode("utf-8")
    assert pl.read_csv(BytesIO(content), infer_schema=False, empty_string_is_null=False).rows() == rows
    frame = pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False, skip_blank_lines=False)
    assert [tuple(row) for row in frame.itertuples(index=False)] == rows
    refuse_odd_text(text, "the text is one that every reader takes alike")


def test_a_fourth_reader_counts_the_same_rows(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("csv") / "rows.csv"
    path.write_text(written(["h1", "h2"], ["a\rb", " c"], ["d\ne", 'f"'], ["", "g"]), encoding="utf-8", newline="")
    read = duckdb.sql(f"SELECT * FROM read_csv('{path}', header = true, all_varchar = true, quote = '\"')").fetchall()
    assert len(read) == 3
