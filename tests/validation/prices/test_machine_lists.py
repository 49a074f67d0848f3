"""Machines cost the same in every list of their vendor that has them on the same days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.validation.prices.worlds import BEFORE, SPRING, SUMMER, Row, a_machine, findings_of


def named(*machines: Row) -> dict[str, str]:
    """The first machine of each finding, with what is expected."""
    found = (f for f in findings_of(machines=machines) if f.rule == "C.price_lists")
    return {finding.row_id.split("|")[0]: finding.expected for finding in found}


def listed(amount: float, since: date = SPRING, until: date | None = None, **cells: Any) -> Row:
    return a_machine(amount, since, until, source_id="list", **cells)


def test_both_are_named_where_two_lists_have_two_prices_on_the_same_days() -> None:
    assert named(a_machine(0.1234), listed(0.1234)) == {}
    assert named(a_machine(0.1234), listed(0.1254)) == {
        "map": "0.1254, as list has it",
        "list": "0.1234, as map has it",
    }


@pytest.mark.parametrize(("one", "other"), [(3.67339, 3.67), (3.67339, 3.673), (0.067123, 0.0671), (5.0688, 5.07)])
def test_a_list_may_round_or_cut_what_another_prints_in_full(one: float, other: float) -> None:
    assert named(a_machine(one), listed(other)) == {}
    assert len(named(a_machine(one), listed(round(other + 0.02, 4)))) == 2


def test_a_list_may_follow_a_price_within_a_week() -> None:
    changed = [a_machine(0.5, SPRING, BEFORE), a_machine(0.6, SUMMER)]
    assert named(*changed, listed(0.5, SPRING, date(2026, 6, 5)), listed(0.6, date(2026, 6, 6))) == {}
    assert named(*changed, listed(0.5, SPRING, BEFORE), listed(0.7, SUMMER)) == {
        "map": "0.7, as list has it", "list": "0.6, as map has it",
    }  # fmt: skip


@pytest.mark.parametrize("cells", [{"region": "west"}, {"currency": "CNY"}, {"purchase_option": "spot"}])
def test_another_machine_tells_nothing(cells: dict[str, str]) -> None:
    assert named(a_machine(0.5), listed(0.7, **cells)) == {}


def test_of_days_before_the_other_list_began_nothing_is_said() -> None:
    assert named(a_machine(0.5, SPRING, BEFORE), a_machine(0.6, SUMMER), listed(0.6, SUMMER)) == {}
