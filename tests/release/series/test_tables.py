"""Typed frames by table name, and the text that the package ships of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from canonical.cells import DTYPES, typed_frame
from canonical.reading.encodings import UnreadableError
from canonical.reading.reader import read_table
from canonical.table_schema import load_schema
from release.package.text import csv_bytes
from release.series.tables import Tables, frame_of
from tests.builders import REFERENCE, a_field, a_schema, a_typed_frame, write_reference

THINGS = a_schema(
    a_field("text"), a_field("whole", "integer"), a_field("number", "number"), a_field("flag", "boolean"),
    a_field("day", "date"),
)  # fmt: skip


def test_a_table_is_read_once_with_its_types(tmp_path: Path) -> None:
    tables = Tables(write_reference(tmp_path))
    assert_frame_equal(tables["units"], a_typed_frame("units", REFERENCE["units"]))
    assert tables["units"] is tables["units"]


def test_a_table_in_parts_is_one_frame(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    whole = a_typed_frame("units", REFERENCE["units"])
    whole.head(3).write_parquet(tmp_path / "units" / "part=1.parquet")
    whole.tail(-3).write_parquet(tmp_path / "units" / "part=2.parquet")
    assert_frame_equal(Tables(tmp_path)["units"], whole)


def test_an_absent_table_has_its_columns_and_no_rows(tmp_path: Path) -> None:
    frame = Tables(tmp_path)["units"]
    assert (tuple(frame.columns), frame.height) == (load_schema("units").columns, 0)


def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("unit_id\nx,y\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"units.csv: the column is missing; fix: run make check"):
        _ = Tables(tmp_path)["units"]


def test_what_several_tables_need_is_made_once(tmp_path: Path) -> None:
    made: list[int] = []
    tables = Tables(tmp_path)
    assert [tables.shared("facts", lambda: made.append(1) or "facts") for _ in range(2)] == ["facts", "facts"]
    assert made == [1]


def test_rows_of_python_values_become_a_typed_frame() -> None:
    frame = frame_of(
        THINGS, [{"text": "云", "number": Decimal("0.1"), "day": "2025-09-30"}, {"whole": 7, "flag": True}]
    )
    assert frame.rows() == [("云", None, 0.1, None, date(2025, 9, 30)), (None, 7, None, True, None)]
    assert dict(frame.schema) == {field.name: DTYPES[field.type] for field in THINGS.fields}


rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
            "whole": st.none() | st.integers(-(10**18) + 1, 10**18 - 1),
            "number": st.none() | st.floats(allow_nan=False, allow_infinity=False),
            "flag": st.none() | st.booleans(),
            "day": st.none() | st.dates(),
        }
    ),
    max_size=5,
)


@given(rows)
@settings(max_examples=50)
def test_the_text_of_a_frame_reads_back_as_the_frame(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    frame = frame_of(THINGS, rows)
    path = tmp_path_factory.mktemp("text") / "things.csv"
    path.write_bytes(csv_bytes(THINGS, frame))
    table, findings = read_table(path, THINGS)
    assert findings == [] and table is not None
    # The text form knows no negative zero: the shortest text of it is 0.
    expected = frame.with_columns(pl.when(pl.col("number") == 0).then(0.0).otherwise("number").alias("number"))
    assert_frame_equal(typed_frame(THINGS, table.frame), expected, check_exact=True)
