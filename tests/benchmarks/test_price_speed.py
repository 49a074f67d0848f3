"""The benchmark of the rules over prices measures every rule; what the rules make of the tables stays within bounds."""

from __future__ import annotations

import polars as pl
import pytest

from benchmarks import price_speed
from benchmarks.price_speed import PriceTables, cells_made, package_tables
from validation.prices.checks import PRICE_RULES, prices_of
from validation.prices.series import machine_series

CELLS = 600
"""Cells of frames that all rules together may make for each row of the tables: 400 when this was written, 483 with the
three rules that hold lists, entries of a list and machines of a family against one another, 538 with those that hold a
price against its siblings and its place, 584 with those that hold an offer against its twins, tiers against each other
and what is bought in one way against another, 594 with those that hold a price to lengths, modes and last days of its
offer and to a second list; 597 with those that hold an offer to its input and its days and a lone machine to other
regions, as rules read fewer rows since."""


@pytest.fixture(scope="module")
def tables() -> PriceTables:
    return package_tables()


def test_every_rule_is_measured_once() -> None:
    spent = price_speed._of_new_process()
    assert {rule.__name__ for rule in PRICE_RULES} < spent.keys()
    for at in (0, 1):
        total = next(seconds[at] for name, seconds in spent.items() if name.startswith("all"))
        assert 0 < sum(seconds[at] for seconds in spent.values()) - total <= total


def test_the_least_of_the_runs_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    runs = iter([{"one": (0.5, 0.9), "all": (2.0, 1.0)}, {"one": (0.7, 0.3), "all": (1.5, 1.1)}])
    monkeypatch.setattr(price_speed, "_of_new_process", lambda: next(runs))
    assert price_speed.main(["--runs", "2"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    assert lines == [["one", "0.500", "0.300"], ["all", "1.500", "1.000"]]


def test_the_rules_make_no_more_of_the_tables_than_they_did(tables: PriceTables) -> None:
    with cells_made() as cells:
        prices = prices_of(*tables)
        assert sum(len(broken.findings()) for rule in PRICE_RULES for broken in rule(prices)) > 100
    assert 50 < sum(cells) / (tables.models.height + tables.machines.height) < CELLS


def test_the_cells_of_a_new_frame_are_counted_and_only_while_asked() -> None:
    rows = pl.DataFrame({"a": [1, 2, 3], "b": [1, 1, 2]})
    with cells_made() as cells:
        rows.filter(pl.col("a") > 1)
    rows.filter(pl.col("a") > 1)
    assert sum(cells) == 4


def test_the_table_of_machines_stands_in_the_order_of_its_series(tables: PriceTables) -> None:
    prices = prices_of(*tables)
    with cells_made() as cells:
        machine_series(prices.machines)
    assert max(cells) <= prices.machines.height * 14, "the rows were sorted again"
