"""Ctrl-C in the check of a table in memory ends the command: half of it is not told as the whole."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from canonical.reading.reader import Table
from canonical.table_schema import load_schema
from validation.structure import stream
from validation.structure.checks import check_structure


def test_ctrl_c_in_a_table_in_memory_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    schema = load_schema("vendors")
    frame = pl.DataFrame({column: ["acme"] for column in schema.columns})
    monkeypatch.setattr(stream, "in_order", stopped)
    with pytest.raises(KeyboardInterrupt):
        check_structure(Table(schema, "vendors.csv", frame, True, None), lambda table: None)
