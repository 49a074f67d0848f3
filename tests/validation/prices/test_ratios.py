"""Meters cost in proportion to the input of their offer, as a list has it for the models of a maker."""

from __future__ import annotations

from typing import Any

import pytest

from tests.validation.prices.worlds import BEFORE, SPRING, SUMMER, Row, a_price, findings_of


def an_offer(model: str, price: float, cached: float, **cells: Any) -> list[Row]:
    return [a_price(price, model=model, **cells), a_price(cached, model=model, meter="cache_read", **cells)]


def named(*offers: list[Row]) -> list[tuple[str, str]]:
    rows = [row for offer in offers for row in offer]
    return [(f.row_id, f.expected) for f in findings_of(*rows) if f.rule == "C.price_ratio"]


HABIT = [an_offer(f"acme-{n}", n, n / 10) for n in range(1, 5)]
"""Four models whose cached tokens cost a tenth."""
LONG_HABIT = [an_offer(f"acme-{n}", n, n / 10) for n in range(1, 12)]


def test_a_meter_ten_times_out_of_proportion_is_named_with_its_input() -> None:
    assert named(*HABIT, an_offer("acme-9", 9, 0.9)) == []
    assert named(*HABIT, an_offer("acme-9", 9, 9)) == [("registry.010", "about 0.9, in proportion as 4 models have it")]
    (finding,) = (
        f for f in findings_of(*(row for o in (*HABIT, an_offer("acme-9", 9, 9)) for row in o))
        if f.rule == "C.price_ratio"
    )  # fmt: skip
    assert [(row.row_id, row.role) for row in finding.rows] == [
        ("registry.010", "subject"), ("registry.009", "held_against")
    ]  # fmt: skip


def test_digits_exchanged_are_out_of_proportion_though_near() -> None:
    assert named(*HABIT, an_offer("acme-9", 1.8, 0.81))[0][0] == "registry.010"
    assert named(*HABIT, an_offer("acme-9", 1.8, 0.36)) == []


@pytest.mark.parametrize(("cached", "count"), [(1.5, 0), (2.7, 1)])
def test_where_nearly_all_agree_twice_is_out_of_it(cached: float, count: int) -> None:
    assert len(named(*LONG_HABIT, an_offer("acme-99", 9, cached))) == count
    assert named(*HABIT, an_offer("acme-99", 9, cached)) == []


def test_what_no_list_has_needs_no_other_model() -> None:
    offer = [a_price(1.0), a_price(0.009375, meter="output")]
    assert named(offer) == [("registry.002", "between 0.3 and 25, as nearly all lists have it beside such an input")]
    assert named([a_price(0.05), a_price(2.5, mode="priority", service_tier="priority")])[0][0] == "registry.002"


def test_what_a_maker_prints_on_its_own_page_is_its_price() -> None:
    assert named(*LONG_HABIT, an_offer("acme-99", 9, 4.5, date_basis="documented")) == []


def test_what_a_second_publisher_states_is_the_price_whatever_the_proportion() -> None:
    """Anthropic and OpenAI cut the price of cached tokens to a fortieth in autumn 2026: all lists have it so."""
    cut = [an_offer("acme-99", 9, 0.225, seller="shop"), an_offer("acme-99", 9, 0.225, source_id="page")]
    assert named(*LONG_HABIT, an_offer("acme-99", 9, 0.225), *cut[:1])[0][0] == "registry.024"
    assert named(*LONG_HABIT, an_offer("acme-99", 9, 0.225), *cut) == []


def test_a_habit_speaks_for_its_own_days() -> None:
    before = an_offer("acme-99", 0.57, 0.07, since=SPRING, until=BEFORE)
    later = [[row | {"valid_from": SUMMER} for row in offer] for offer in LONG_HABIT]
    assert named(before, *later) == []
    assert len(named(an_offer("acme-99", 0.57, 0.0057), *later)) == 1


def test_one_price_for_all_tiers_is_in_proportion_in_one_of_them() -> None:
    tier = {"tier_from_tokens": 128_000}
    flat = an_offer("acme-99", 9, 0.9), an_offer("acme-99", 27, 0.9, **tier)
    assert named(*LONG_HABIT, *flat) == []
    assert len(named(*LONG_HABIT, an_offer("acme-99", 27, 0.9, **tier))) == 1


def test_one_price_for_input_and_output_or_no_discount_of_a_reseller_is_in_proportion() -> None:
    dear = [[a_price(n, model=f"m{n}"), a_price(5 * n, model=f"m{n}", meter="output")] for n in range(1, 12)]
    assert named(*dear, [a_price(2, model="m99"), a_price(2, model="m99", meter="output")]) == []
    resold = [an_offer(f"acme-{n}", n, n / 10, seller="shop") for n in range(1, 12)]
    assert named(*resold, an_offer("acme-99", 9, 9, seller="shop")) == []
    assert len(named(*LONG_HABIT, an_offer("acme-99", 9, 9))) == 1
