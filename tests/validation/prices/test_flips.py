"""A list that comes back to a price it had left goes back and forth, until one price settles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from canonical.findings import Finding
from tests.validation.prices.worlds import Row, a_machine, a_price, findings_of, rules_of

START = date(2026, 1, 1)


def spans(*amounts: float | None, days: int = 30, build: object = a_machine, **cells: object) -> list[Row]:
    """Spans of one price, one after the other, the last left open."""
    begins = [START + timedelta(days=days * n) for n in range(len(amounts))]
    ends = [day - timedelta(days=1) for day in begins[1:]]
    return [
        build(amount, since, until, **cells)  # type: ignore[operator]
        for amount, since, until in zip(amounts, begins, [*ends, None], strict=True)
    ]


def flips(*rows: Row) -> list[Finding]:
    return [f for f in findings_of(machines=rows) if f.rule == "P.price_flip"]


def unstable_days(*rows: Row) -> list[str]:
    return [row.row_id.rpartition("|")[2] for finding in flips(*rows) for row in finding.rows]


def test_a_machine_that_flips_between_two_prices_is_unstable_in_every_span() -> None:
    rows = spans(0.086, 0.178, 0.086, 0.178)
    (finding,) = flips(*rows)
    assert [row.role for row in finding.rows] == ["subject"] * 4
    assert finding.found == "0.086, 0.178, 0.086, 0.178 USD"
    assert finding.expected == "one price at a time, between 0.086 and 0.178"


@pytest.mark.parametrize("amounts", [(1, 2), (1, 2, 3), (1, 1, 2), (1, None, 1), (1, 2, 2, 3)])
def test_a_price_that_never_comes_back_is_steady(amounts: tuple[float | None, ...]) -> None:
    assert flips(*spans(*amounts)) == []


def test_spans_of_one_amount_with_a_gap_are_no_return() -> None:
    rows = spans(1, 1, 2, 1)
    assert len(unstable_days(*rows)) == 4


@pytest.mark.parametrize(("amounts", "days"), [((1, 2, 3, 1), 4), ((1, 2, 3, 1, 2), 5), ((5, 1, 2, 3, 1), 4)])
def test_a_return_over_two_others_is_one_too_but_for_a_market(amounts: tuple[float, ...], days: int) -> None:
    assert len(unstable_days(*spans(*amounts))) == days
    assert flips(*spans(*amounts, purchase_option="spot")) == []


def test_what_follows_a_return_is_not_believed_either() -> None:
    assert len(unstable_days(*spans(1, 2, 1, 3))) == 4


def test_a_price_that_stood_in_ten_later_versions_and_for_ninety_days_is_steady_again() -> None:
    flipping = spans(1, 2, 1, 3)
    last = START + timedelta(days=90)
    versions = [a_machine(5 + n, last + timedelta(days=10 * n), instance_type=f"d{10 + n}") for n in range(1, 10)]
    assert unstable_days(*flipping, *versions) == ["2026-01-01", "2026-01-31", "2026-03-02"]
    assert len(unstable_days(*flipping, *versions[:-1])) == 4
    in_haste = [a_machine(5 + n, last + timedelta(days=n), instance_type=f"d{10 + n}") for n in range(1, 10)]
    assert len(unstable_days(*flipping, *in_haste)) == 4


def test_a_market_may_come_back_to_a_price_once() -> None:
    assert flips(*spans(1, 2, 1, purchase_option="spot")) == []
    alternating = spans(1, 2, 1, 2, 3, purchase_option="spot")
    assert len(unstable_days(*alternating)) == 4


def test_machines_of_several_regions_in_one_list_are_one_finding() -> None:
    (finding,) = flips(*spans(1, 2, 1), *spans(1, 2, 1, region="west"))
    assert len(finding.rows) == 6


def test_a_promotion_that_ends_is_no_flip() -> None:
    price = [a_price(2.5, START, date(2026, 1, 31)), a_price(1, date(2026, 2, 1), date(2026, 2, 28))]
    back = a_price(2.5, date(2026, 3, 1))
    assert rules_of(*price, back) == ["P.price_flip"]
    assert rules_of(price[0], price[1] | {"offer": "promotional"}, back) == []


def test_a_price_that_stood_long_in_between_and_that_a_second_publisher_states_was_a_price() -> None:
    """DeepSeek's chat model cost 1 yuan in 2024, 2 for fourteen months, and 1 again from spring 2026."""
    chat = spans(1, 2, 1, days=120, build=a_price)
    versions = [a_price(5 + n, START + timedelta(days=10 * n), model=f"m{n}") for n in range(36)]
    assert "P.price_flip" in rules_of(*chat, *versions)
    assert "P.price_flip" not in rules_of(*chat, *versions, a_price(2, START, source_id="page"))
    in_haste = [a_price(5 + n, START + timedelta(days=n), model=f"m{n}") for n in range(9)]
    assert "P.price_flip" in rules_of(*chat, *in_haste, a_price(2, START, source_id="page"))


def test_a_maker_that_comes_back_to_a_price_with_a_new_list_has_changed_it() -> None:
    """DeepSeek's input went from 2 to 4 yuan and back to 2, its output from 8 to 12 and on to 3 on the same day."""
    rows = [*spans(2, 4, 2, build=a_price), *spans(8, 12, 3, build=a_price, meter="output")]
    assert rules_of(*rows) == []
    assert rules_of(*rows[:3], *spans(8, 12, 8, build=a_price, meter="output")) == ["P.price_flip"]
    assert rules_of(*(row | {"seller": "shop"} for row in rows)) == ["P.price_flip"]


def test_a_price_that_is_announced_to_come_back_is_no_flip() -> None:
    announced = [a_price(1.5, START, date(2026, 8, 20)), a_price(0.75, date(2026, 8, 21), date(2026, 12, 31))]
    later = a_price(1.5, date(2027, 1, 1))
    assert "P.price_flip" not in rules_of(*announced, later)
    assert "P.price_flip" in rules_of(*announced, later | {"valid_from": date(2026, 8, 30)})
