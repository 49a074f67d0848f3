"""Slips made in rows of the tables are named by other prices: a small trial of what `benchmarks.price_slips` counts."""

from __future__ import annotations

import random

import polars as pl
import pytest

from benchmarks.price_slips import KINDS, Tables, exchange, interval, main, replace_digit, tables, trial

LEAST = {"compute_prices": 0.8, "model_prices": 0.7}
"""So large a part of few slips; of 800 the page says how many."""


@pytest.fixture(scope="module")
def given() -> Tables:
    """The prices of models, and the machines of one list."""
    whole = tables()
    return whole._replace(machines=whole.machines.filter(pl.col("source_id") == "karpenter-gcp"))


@pytest.mark.parametrize("seed", [1])
def test_most_slips_in_rows_of_the_tables_are_named(given: Tables, seed: int) -> None:
    made = trial(given, 2, seed)
    for table, kinds in KINDS.items():
        named = [bool(rules) for kind in kinds for _, rules in made[table, kind]]
        assert len(named) == 2 * len(kinds)
        assert sum(named) / len(named) >= LEAST[table], (table, made)


def test_an_exchange_keeps_the_digits_and_the_interval_holds_the_share() -> None:
    rng = random.Random(4)
    assert exchange(0.36, rng) == 0.63
    assert exchange(7.0, rng) is None
    assert exchange(1e-7, rng) is None
    replaced = {replace_digit(0.36, rng) for _ in range(200)}
    assert replaced == {*(n / 100 for n in range(6, 100, 10)), *(n / 100 for n in range(30, 40))} - {0.36}
    low, high = interval(9, 10)
    assert 0.59 < low < 0.9 < high < 0.99


def test_the_command_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    assert "slips of each kind" in capsys.readouterr().out
