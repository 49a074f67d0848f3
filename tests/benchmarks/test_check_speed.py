"""The benchmark of the checks edits a real table, and leaves it as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.check_speed import EDITS, _edited, _median
from canonical.table_schema import load_schema


@pytest.mark.parametrize(("table", "column"), EDITS)
def test_each_edit_is_of_a_column_that_there_is(table: str, column: str) -> None:
    assert column in load_schema(table).columns


def test_a_table_is_another_while_it_is_edited(tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(b"unit_id,symbol\nmw,MW\ngw,GW\n")
    with _edited(path, "symbol"):
        assert path.read_bytes() == b"unit_id,symbol\nmw,MW again\ngw,GW\n"
    assert path.read_bytes() == b"unit_id,symbol\nmw,MW\ngw,GW\n"


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    assert _median(["true"], tmp_path, runs=2, codes=(0,)) > 0
    with pytest.raises(SystemExit, match="exit code 1"):
        _median(["false"], tmp_path, runs=1, codes=(0,))
