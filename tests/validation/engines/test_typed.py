"""Columns of a block by codes are the same cells as by rows."""

from __future__ import annotations

import polars as pl
import pytest

from canonical.reading.coded import Block, Coded, coded
from canonical.table_schema import load_schema
from tests.builders import REFERENCE, a_field, a_schema, a_typed_frame
from validation.engines.polars.typed import typed_block


def test_texts_that_repeat_stand_as_codes_and_all_else_as_it_is() -> None:
    frame = a_typed_frame("units", REFERENCE["units"])
    columns = {c.name: coded(c) if c.name in ("quantity", "currency") else Coded(c) for c in frame.get_columns()}
    block = typed_block(Block(columns, frame.height, is_text=False), load_schema("units"), "units.parquet")
    found = block.by_codes(frame.columns)
    assert [name for name, dtype in found.schema.items() if dtype == pl.Categorical] == ["quantity", "currency"]
    assert found.cast(frame.schema).equals(block.of(frame.columns))


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ([398.24, 0.1, 150_000_000, None, -2.5e-9, 0.0], [398.24, 0.1, 150_000_000, None, -2.5e-9, 0.0]),
        ([1234.5, 33_006_123.0], None),  # the last digit is lost
    ],
)
def test_single_floats_are_the_decimals_they_stand_for_unless_digits_are_lost(
    values: list[float | None], read: list[float | None] | None
) -> None:
    field = a_field("n", "number")
    block = Block({"n": Coded(pl.Series(values, dtype=pl.Float32))}, len(values), is_text=False)
    found = typed_block(block, a_schema(field), "things.parquet")
    assert found.columns["n"].rows.to_list() == (read or [None] * len(values))
    assert [(f.rule, f.row_number, f.found) for f in found.other.values()] == (
        [] if read else [("S.type", None, "Float32")]
    )
    assert all("Float64" in f.fix and "7 digits" in f.fix for f in found.other.values())


def test_a_single_float_that_is_no_number_is_a_fault_of_its_row() -> None:
    block = Block({"n": Coded(pl.Series([0.1, float("nan"), float("inf")], dtype=pl.Float32))}, 3, is_text=False)
    found = typed_block(block, a_schema(a_field("n", "number")), "things.parquet")
    assert found.columns["n"].rows.to_list() == [0.1, None, None]
    assert found.faults["n"].to_list() == [False, True, True]
