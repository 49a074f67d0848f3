"""Machines that stand otherwise beside their family than elsewhere: two digits exchanged, and any other amount."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.validation.prices.worlds import SPRING, SUMMER, Row, a_machine, findings_of


def a_family(*amounts: float, since: date = SPRING, until: date | None = None, **cells: Any) -> tuple[Row, ...]:
    """Machines of two cores, four, eight and so on."""
    return tuple(
        a_machine(amount, since, until, instance_type=f"n1-standard-{2 ** (n + 1)}", **cells)
        for n, amount in enumerate(amounts)
    )


def machines_named(*machines: Row, rule: str = "U.price_digits") -> list[tuple[str, str]]:
    return [(f.row_id, f.expected) for f in findings_of(machines=machines) if f.rule == rule]


def test_a_machine_beside_its_family() -> None:
    assert machines_named(*a_family(0.0946, 0.1892, 0.3784, 0.7568)) == []
    slip = "map|east|n1-standard-8|linux|on_demand|2026-03-01"
    assert machines_named(*a_family(0.0946, 0.1892, 0.3874, 0.7568, 1.5136)) == [
        (slip, "0.3784, as 4 machines of its family cost that day")
    ]


def test_a_machine_that_goes_back_and_forth_is_told_as_such() -> None:
    """Azure's list had a family with a licence on the day on which it had one machine without."""
    others = a_family(0.0946, 0.1892, 0.7568, 1.5136)
    flipping = [
        a_machine(amount, since, until, instance_type="n1-standard-8")
        for amount, since, until in (
            (0.3874, SPRING, date(2026, 4, 1)), (0.5, date(2026, 4, 2), date(2026, 5, 1)), (0.3874, SUMMER, None),
        )
    ]  # fmt: skip
    family = [row | {"instance_type": f"n1-standard-{size}"} for row, size in zip(others, (2, 4, 16, 32), strict=True)]
    assert machines_named(*family, *flipping) == []
    assert len(machines_named(*family, flipping[0])) == 1


def test_rounded_amounts_are_compared_as_the_list_rounds_them() -> None:
    named = machines_named(*a_family(0.0946, 0.1892, 0.387, 0.757, 1.514, 3.027))
    assert [row_id.split("|")[2] for row_id, _ in named] == ["n1-standard-8"]
    assert machines_named(*a_family(0.0946, 0.1892, 0.378, 0.757, 1.514, 3.027)) == []


def test_a_machine_that_always_stands_apart_from_its_family_is_held_to_that() -> None:
    # The largest costs nine tenths of its size in every region; in one its digits are exchanged.
    regions = [a_family(0.1, 0.2, 0.4, 0.8, 1.44, region=f"place-{n}") for n in range(4)]
    assert machines_named(*(row for family in regions for row in family)) == []
    slipped = [*a_family(0.1, 0.2, 0.4, 0.8, 4.14, region="slip")]
    (named,) = machines_named(*(row for family in regions for row in family), *slipped)
    assert named[0].startswith("map|slip|n1-standard-32")


def test_prices_that_ended_on_one_day_are_compared_where_they_did_not_begin_on_one() -> None:
    days = [date(2026, 1, n + 1) for n in range(5)]
    machines = [
        a_machine(amount, since, SUMMER, instance_type=f"n1-standard-{2 ** (n + 1)}")
        for n, (amount, since) in enumerate(zip((0.12, 0.24, 0.84, 0.96, 1.92), days, strict=True))
    ]
    assert [row_id.split("|")[2] for row_id, _ in machines_named(*machines)] == ["n1-standard-8"]


def test_families_that_agree_on_nothing_tell_nothing() -> None:
    assert machines_named(*a_family(0.12, 0.42, 0.33, 0.96)) == []
    assert machines_named(*a_family(0.12, 0.42, 0.48)) == []


def in_regions(*amounts: float, count: int = 9) -> tuple[Row, ...]:
    """A family in so many regions, each a little dearer than the one before."""
    dearer = [[round(amount * (1 + n / 10), 6) for amount in amounts] for n in range(count)]
    return tuple(row for n, family in enumerate(dearer) for row in a_family(*family, region=f"place-{n}"))


IN_PROPORTION = (0.1, 0.2, 0.4, 0.8, 1.6)
LARGEST_CHEAPER = (0.1, 0.2, 0.4, 0.8, 1.44)


@pytest.mark.parametrize("elsewhere", [IN_PROPORTION, LARGEST_CHEAPER])
@pytest.mark.parametrize(("amount", "is_named"), [(0.4137, True), (0.2, True), (0.4, False), (0.4004, False)])
def test_an_amount_off_its_family_is_named_beside_what_the_machine_costs_elsewhere(
    elsewhere: tuple[float, ...], amount: float, is_named: bool
) -> None:
    slipped = a_family(*elsewhere[:2], amount, *elsewhere[3:], region="slip")
    named = machines_named(*in_regions(*elsewhere), *slipped, rule="U.price_size")
    place = "map|slip|n1-standard-8|linux|on_demand|2026-03-01"
    assert named == ([(place, "0.4, as 4 machines of its family cost that day")] if is_named else [])


def test_a_machine_that_is_off_in_two_regions_has_a_price_of_its_own() -> None:
    slipped = [a_family(0.1, 0.2, 0.55, 0.8, 1.6, region=f"own-{n}") for n in range(2)]
    usual = in_regions(*IN_PROPORTION)
    assert len(machines_named(*usual, *slipped[0], rule="U.price_size")) == 1
    assert machines_named(*usual, *slipped[0], *slipped[1], rule="U.price_size") == []


def test_few_days_beside_the_family_tell_nothing_of_a_machine() -> None:
    slipped = a_family(0.1, 0.2, 0.44, 0.8, 1.6, region="slip")
    assert machines_named(*in_regions(*IN_PROPORTION, count=3), *slipped, rule="U.price_size") == []


def test_a_list_may_round_to_cents() -> None:
    slipped = a_family(0.1, 0.2, 0.39, 0.8, 1.6, region="slip")
    assert machines_named(*in_regions(*IN_PROPORTION), *slipped, rule="U.price_size") == []


@pytest.mark.parametrize(
    ("cores_cost", "amount", "is_named"),
    [
        # A list that calculates its prices: one other digit of seven, mills and cents are all odd.
        (0.05015321, 0.40122568, False), (0.05015321, 0.40122668, True), (0.05015321, 0.401, True),
        (0.05015321, 0.4, True),
        # A list that prints mills rounds to them, and not to cents.
        (0.0503, 0.4024, False), (0.0503, 0.402, False), (0.0503, 0.403, False), (0.0503, 0.4, True),
        (0.0503, 0.405, True),
    ],
)  # fmt: skip
def test_one_decimal_of_the_list_is_enough_where_the_machine_is_in_proportion_elsewhere(
    cores_cost: float, amount: float, is_named: bool
) -> None:
    costs = [cores_cost * (1 + n / 10) for n in range(8)]
    families = [tuple(round(cost * size, 8) for size in (2, 4, 8, 16, 32)) for cost in costs]
    regions = [a_family(*family, region=f"place-{n}") for n, family in enumerate(families)]
    slipped = a_family(*families[0][:2], amount, *families[0][3:], region="slip")
    named = machines_named(*(row for family in regions for row in family), *slipped, rule="U.price_size")
    assert [row_id for row_id, _ in named] == ["map|slip|n1-standard-8|linux|on_demand|2026-03-01"] * is_named


def test_one_decimal_is_enough_where_all_others_of_the_family_agree_to_it() -> None:
    in_mills = [round(0.048 * size, 3) for size in (2, 4, 8, 16, 32)]
    assert machines_named(*a_family(*in_mills), rule="U.price_size") == []
    (named,) = machines_named(*a_family(*in_mills[:2], 0.387, *in_mills[3:]), rule="U.price_size")
    assert named[1] == "0.384, as 4 machines of its family cost that day"
    assert machines_named(*a_family(*in_mills[:2], 0.385, *in_mills[3:]), rule="U.price_size") == []
    # Two machines that cost alike by size have that price.
    assert machines_named(*a_family(*in_mills[:2], 0.387, 0.774, *in_mills[4:]), rule="U.price_size") == []


def test_a_machine_far_off_four_of_its_family_is_named_however_seldom_it_stands_there() -> None:
    assert machines_named(*a_family(0.1, 0.2, 0.8, 0.8, 1.6), rule="U.price_size") == [
        ("map|east|n1-standard-8|linux|on_demand|2026-03-01", "0.4, as 4 machines of its family cost that day")
    ]
    assert machines_named(*a_family(0.1, 0.2, 0.44, 0.8, 1.6), rule="U.price_size") == []
    assert machines_named(*a_family(0.1, 0.2, 0.8, 0.8), rule="U.price_size") == []
