"""The benchmark of the rules over prices measures every rule, and prints the least of its runs."""

from __future__ import annotations

import pytest

from benchmarks import price_speed
from validation.prices.checks import PRICE_RULES


def test_every_rule_is_measured_once() -> None:
    spent = price_speed._of_new_process()
    assert {rule.__name__ for rule in PRICE_RULES} < spent.keys()
    total = next(seconds for name, seconds in spent.items() if name.startswith("all"))
    assert 0 < sum(spent.values()) - total <= total


def test_the_least_of_the_runs_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    runs = iter([{"one": 0.5, "all": 2.0}, {"one": 0.7, "all": 1.5}])
    monkeypatch.setattr(price_speed, "_of_new_process", lambda: next(runs))
    assert price_speed.main(["--runs", "2"]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()[1:]] == [["one", "0.500"], ["all", "1.500"]]
