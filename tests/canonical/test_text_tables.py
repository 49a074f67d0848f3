"""Tables as the text people edit: written whole or not at all, and read back as they were."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from canonical.intervals import decimal_text
from canonical.text_tables import column_texts, csv_text, read_rows, text_rows, write_rows
from tests.builders import a_field, a_schema

SCHEMA = a_schema(a_field("id"), a_field("text"))


def test_rows_are_written_in_column_order_with_plain_line_ends(tmp_path: Path) -> None:
    write_rows(tmp_path / "things.csv", SCHEMA, [{"text": 'a, "b"', "id": "1"}, {"id": "2"}])
    assert (tmp_path / "things.csv").read_bytes() == b'id,text\n1,"a, ""b"""\n2,\n'


def test_a_row_with_an_unknown_column_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "things.csv"
    path.write_text("id,text\n", encoding="utf-8")
    with pytest.raises(ValueError, match="colour"):
        write_rows(path, SCHEMA, [{"id": "1", "colour": "red"}])
    assert path.read_text(encoding="utf-8") == "id,text\n"
    assert list(tmp_path.iterdir()) == [path]


def test_an_absent_file_has_no_rows(tmp_path: Path) -> None:
    assert read_rows(tmp_path / "none.csv") == []


@given(st.lists(st.fixed_dictionaries({"id": st.text(), "text": st.text()}), max_size=4))
def test_rows_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("rows") / "things.csv"
    # The text form has no NUL and no lone surrogate, and csv reads a lone CR as a line end unless quoted.
    plain = [{key: "".join(c for c in text if c.isprintable()) for key, text in row.items()} for row in rows]
    write_rows(path, SCHEMA, plain)
    assert read_rows(path) == plain
    assert csv_text(SCHEMA, plain) == path.read_text(encoding="utf-8")


def test_typed_cells_become_the_texts_of_the_package() -> None:
    frame = pl.DataFrame(
        {
            "t": ["云", None], "i": [7, None], "n": [39823.5, 1e22], "b": [True, False],
            "d": [date(2025, 9, 30), None], "z": [-0.0, 36.0], "m": [datetime(2025, 9, 30), datetime(2025, 9, 30, 8)],
            "c": [Decimal("2.50"), Decimal("36.00")],
        }
    )  # fmt: skip
    assert text_rows(frame) == [
        {"t": "云", "i": "7", "n": "39823.5", "b": "true", "d": "2025-09-30", "z": "0", "m": "2025-09-30", "c": "2.5"},
        {"t": "", "i": "", "n": "1" + "0" * 22, "b": "false", "d": "", "z": "36", "m": "2025-09-30T08:00:00",
         "c": "36"},
    ]  # fmt: skip


def test_cells_that_repeat_in_many_rows_are_one_text_and_others_are_as_they_are():
    codes = [("total", "", "ai")[number % 3] for number in range(3000)]
    names = [f"row {number}" for number in range(3000)]
    frame = pl.DataFrame({"code": [code or None for code in codes], "name": names})
    rows = text_rows(frame)
    assert rows == [{"code": code, "name": name} for code, name in zip(codes, names, strict=True)]
    assert len({id(row["code"]) for row in rows}) == 3


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (pl.Series([date(2025, 3, 31), None, date(999, 1, 2)]), ["2025-03-31", "", "0999-01-02"]),
        (pl.Series([-3, None, 0], dtype=pl.Int64), ["-3", "", "0"]),
        (pl.Series([0.0, -0.0, 1.5]), ["0", "0", "1.5"]),
        (pl.Series([True, None, False]), ["true", "", "false"]),
    ],
)
def test_a_long_column_has_the_texts_of_a_short_one(column: pl.Series, told: list[str]) -> None:
    """Cells that repeat are read once where they are many, and say what they say where they are few."""
    assert column_texts(column) == told
    assert column_texts(pl.concat([column] * 500)) == told * 500


@given(st.floats())
@example(1e16)
@example(1e-5)
@example(-0.0)
@example(float("inf"))
def test_a_number_has_its_shortest_decimal_text(number: float) -> None:
    assert column_texts(pl.Series([number])) == [decimal_text(Decimal(repr(number)))]
