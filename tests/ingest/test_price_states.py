"""The rule that turns versions of a price list into spans of time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ingest.price_states import Interval, State, intervals
from ingest.upstream import UpstreamError


def a_state(day: int, amount: str | None, key: str = "a", kind: str = "on_demand") -> State:
    value = None if amount is None else Decimal(amount)
    return State((key,), kind, date(2025, 1, day), f"v{day}", amount or "", value)


def spans(*states: State) -> list[tuple[str, int, int | None]]:
    found = sorted(intervals(states), key=lambda interval: (interval.key, interval.valid_from))
    return [(str(i.amount), i.valid_from.day, i.valid_to.day if i.valid_to else None) for i in found]


def the_last(*states: State) -> Interval:
    return max(intervals(states, [date(2025, 1, 7)]), key=lambda interval: interval.valid_from)


def test_a_change_ends_an_interval_on_the_day_before() -> None:
    assert spans(a_state(1, "2"), a_state(9, "3")) == [("2", 1, 8), ("3", 9, None)]


def test_a_repeated_price_is_no_change() -> None:
    assert spans(a_state(1, "2"), a_state(9, "2")) == [("2", 1, None)]


def test_a_price_removed_and_put_back_opens_a_new_interval() -> None:
    assert spans(a_state(1, "2"), a_state(5, None), a_state(9, "2")) == [("2", 1, 4), ("2", 9, None)]


def test_the_last_state_of_a_day_counts() -> None:
    assert spans(a_state(1, "2"), a_state(9, "3"), a_state(9, "2")) == [("2", 1, None)]


def test_what_the_first_version_shows_is_left_censored() -> None:
    first = the_last(a_state(1, "2"))
    assert first.left_censored
    assert first.changed_after is None


def test_a_kind_of_price_that_begins_later_is_left_censored_too() -> None:
    spot = the_last(a_state(1, "2"), a_state(9, "1", "a-spot", kind="spot"))
    assert spot.left_censored
    machine = the_last(a_state(1, "2"), a_state(9, "1", "b"))
    assert not machine.left_censored


def test_a_change_lies_after_the_version_before_even_a_quiet_one() -> None:
    assert the_last(a_state(1, "2"), a_state(9, "3")).changed_after == date(2025, 1, 7)


def test_versions_out_of_order_are_refused() -> None:
    with pytest.raises(UpstreamError, match="2025-01-01 stands after that of 2025-01-09"):
        list(intervals([a_state(9, "2"), a_state(1, "3")]))
