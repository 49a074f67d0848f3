"""What is said while a long list is read, and to whom."""

from __future__ import annotations

import sys

import pytest

from ingest import progress


@pytest.mark.parametrize(
    ("at_a_terminal", "said"), [(True, "prices.csv: 2 rows\nprices.csv: 3 rows, all read\n"), (False, "")]
)
def test_every_step_and_the_end_are_said_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], at_a_terminal: bool, said: str
) -> None:
    monkeypatch.setattr(progress, "STEP", 2)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: at_a_terminal)
    assert list(progress.counted("abc", "prices.csv")) == ["a", "b", "c"]
    assert capsys.readouterr().err == said


def test_what_everybody_must_know_is_one_line_whatever_it_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    progress.tell("conflict: a\nb\x1b[2J\u202e" + "9" * 2000)
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and said.startswith("conflict: a\\nb\\x1b[2J\\u202e999") and len(said) < 700
