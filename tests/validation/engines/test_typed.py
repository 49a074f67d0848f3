"""Columns of a block by codes are the same cells as by rows."""

from __future__ import annotations

import polars as pl

from canonical.reading.coded import Block, Coded, coded
from canonical.table_schema import load_schema
from tests.builders import REFERENCE, a_typed_frame
from validation.engines.polars.typed import typed_block


def test_texts_that_repeat_stand_as_codes_and_all_else_as_it_is() -> None:
    frame = a_typed_frame("units", REFERENCE["units"])
    columns = {c.name: coded(c) if c.name in ("quantity", "currency") else Coded(c) for c in frame.get_columns()}
    block = typed_block(Block(columns, frame.height, is_text=False), load_schema("units"), "units.parquet")
    found = block.by_codes(frame.columns)
    assert [name for name, dtype in found.schema.items() if dtype == pl.Categorical] == ["quantity", "currency"]
    assert found.cast(frame.schema).equals(block.of(frame.columns))
