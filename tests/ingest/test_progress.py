"""What is said while a long list is read."""

from __future__ import annotations

import pytest

from ingest import progress


def test_every_step_and_the_end_are_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "STEP", 2)
    assert list(progress.counted("abc", "prices.csv")) == ["a", "b", "c"]
    assert capsys.readouterr().err == "prices.csv: 2 rows\nprices.csv: 3 rows, all read\n"
