"""The benchmark measures good tables: what it times finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.validation_speed import MEASURED, _written, a_table, measure


def test_the_synthetic_table_is_good_in_both_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    frame = a_table(rows=90, kinds=30)
    assert frame.height == 90 and frame["observation_id"].is_unique().all()
    for path in _written(frame, tmp_path):
        for what in MEASURED:
            measure(what, path)
    measured = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert len(measured) == 6
    assert all(float(seconds) > 0 and float(memory) > 1 and found == "0" for seconds, memory, found in measured)
