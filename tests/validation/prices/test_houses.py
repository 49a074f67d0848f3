"""A maker that sells its models in two houses asks one price in both, on the last day that two lists speak of."""

from __future__ import annotations

from typing import Any

from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_price, findings_of


def cached(seller: str, amount: float, since: Any = SPRING, until: Any = None, **cells: Any) -> Row:
    return a_price(amount, since, until, seller=seller, maker="google", meter="cache_read", **cells)


def named(*rows: Row) -> list[str]:
    return [f.row_id for f in findings_of(*rows) if f.rule == "C.price_houses"]


STALE = cached("google-vertex", 0.075)
"""What models.dev has for gemini-flash-latest on the cloud platform."""


def test_a_price_that_another_list_states_otherwise_for_the_first_house_is_named() -> None:
    assert named(STALE, cached("google", 0.03, source_id="registry-older")) == ["registry.001"]
    assert named(STALE, cached("google", 0.075, source_id="registry-older")) == []


def test_one_list_that_bears_it_out_is_enough() -> None:
    others = [cached("google", 0.03, source_id="registry-older"), cached("google", 0.075, source_id="registry-again")]
    assert named(STALE, *others) == []


def test_a_list_that_repeats_another_bears_nothing_out() -> None:
    others = [
        cached("google", 0.03, source_id="registry-older"),
        cached("google", 0.075, source_id="model-prices", date_basis="commit"),
    ]
    assert named(STALE, *others) == ["registry.001"]


def test_its_own_list_and_resellers_are_not_held_against_it() -> None:
    assert named(STALE, cached("google", 0.03)) == []
    assert named(STALE, cached("shop", 0.03, source_id="registry-older")) == []


def test_the_last_day_both_speak_of_counts() -> None:
    # The other list is known to 1 September: what it had in spring is gone, and of what comes later it says nothing.
    before = cached("google", 0.03, SPRING, BEFORE, source_id="registry-older")
    after = cached("google", 0.075, SUMMER, source_id="registry-older")
    assert named(STALE, before, after) == []
    assert named(cached("google-vertex", 0.075, AUTUMN), before) == []


def test_a_list_that_has_the_two_houses_four_times_apart_is_named_though_it_ended() -> None:
    """litellm had Gemini 1.5 Flash on Google's cloud at a sixteenth of the price, characters divided for multiplied."""
    ended = cached("google-vertex", 0.0046875, SPRING, BEFORE)
    assert named(ended, cached("google", 0.075)) == ["registry.001"]
    assert named(cached("google-vertex", 0.0375, SPRING, BEFORE), cached("google", 0.075)) == []
    assert named(ended, cached("google", 0.075), cached("shop", 0.0046875, source_id="page")) == []
