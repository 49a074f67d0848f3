"""The benchmark of the checks edits a real table, and leaves it as it was."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks.check_speed import EDITS, _edited, _median
from canonical.table_schema import load_schema


@pytest.mark.parametrize(("table", "column"), EDITS)
def test_each_edit_is_of_a_column_that_there_is(table: str, column: str) -> None:
    assert column in load_schema(table).columns


@pytest.mark.parametrize(
    ("column", "cell"), [("symbol", "MW again"), ("factor", "1.6")], ids=["a text", "another last digit"]
)
def test_a_table_is_another_while_it_is_edited(tmp_path: Path, column: str, cell: str) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(b"unit_id,symbol,factor\nmw,MW,1.5\n")
    with _edited(path, column):
        edited = {"symbol": "MW", "factor": "1.5"} | {column: cell}
        assert path.read_text() == f"unit_id,symbol,factor\nmw,{edited['symbol']},{edited['factor']}\n"
    assert path.read_bytes() == b"unit_id,symbol,factor\nmw,MW,1.5\n"


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    assert _median(["true"], tmp_path, runs=2) > 0
    with pytest.raises(SystemExit, match="exit code 1"):
        _median(["false"], tmp_path, runs=1)


@pytest.mark.parametrize(
    ("code", "is_measured"),
    [
        ("import sys; print('checked all tables', file=sys.stderr); sys.exit(1)", True),
        ("raise ValueError('found nothing')", False),
        ("import sys; print('checked all tables', file=sys.stderr); raise ValueError('found nothing')", False),
        ("import sys; sys.exit(1)", False),
    ],
    ids=["findings", "a traceback", "a traceback at the end", "silence"],
)
def test_a_traceback_with_the_exit_code_of_findings_is_no_measurement(
    tmp_path: Path, code: str, is_measured: bool
) -> None:
    command = [sys.executable, "-c", code]
    with nullcontext() if is_measured else pytest.raises(SystemExit, match="exit code 1"):
        assert _median(command, tmp_path, runs=1, codes=(0, 1), last_line="checked ") > 0
