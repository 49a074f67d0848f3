"""Two digits exchanged are told by the family of a machine, and by other lists and sellers of a model."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.validation.prices.worlds import SPRING, SUMMER, Row, a_machine, a_price, findings_of, rules_of
from validation.prices.digits import exchanged


@pytest.mark.parametrize(
    ("amount", "other", "is_exchanged"),
    [
        (0.63, 0.36, True), (51.0, 15.0, True), (0.602638, 0.602368, True), (1024.5, 1042.5, True),
        (0.36, 0.36, False), (20.0, 2.0, False), (0.06, 0.6, False), (0.63, 0.35, False), (6.3, 0.36, False),
        (1.23, 3.21, False),
    ],
)  # fmt: skip
def test_two_digits_beside_each_other_and_no_others(amount: float, other: float, is_exchanged: bool) -> None:
    frame = pl.DataFrame({"amount": [amount], "other": [other]})
    assert frame.select(exchanged(pl.col("amount"), pl.col("other"))).item() is is_exchanged


def a_family(*amounts: float, since: date = SPRING, until: date | None = None, **cells: Any) -> tuple[Row, ...]:
    """Machines of two cores, four, eight and so on."""
    return tuple(
        a_machine(amount, since, until, instance_type=f"n1-standard-{2 ** (n + 1)}", **cells)
        for n, amount in enumerate(amounts)
    )


def machines_named(*machines: Row) -> list[tuple[str, str]]:
    return [(f.row_id, f.expected) for f in findings_of(machines=machines) if f.rule == "U.price_digits"]


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


def test_a_model_beside_other_lists_and_sellers() -> None:
    others = [a_price(0.15, seller=seller) for seller in "abc"]
    assert rules_of(*others, a_price(0.51, seller="d")) == ["C.price_witnesses", "U.price_digits"]
    (finding,) = (f for f in findings_of(*others, a_price(0.51, seller="d")) if f.rule == "U.price_digits")
    assert (finding.row_id, finding.expected) == ("registry.004", "0.15, as 3 lists and sellers have it")


@pytest.mark.parametrize(
    ("ends", "named"), [(date(2026, 3, 31), ["page.002", "registry.001"]), (date(2026, 1, 15), [])]
)
def test_another_list_of_the_seller_tells_where_both_hold_for_a_month(ends: date, named: list[str]) -> None:
    first = a_price(0.15, date(2026, 1, 1), ends)
    found = findings_of(first, a_price(0.51, date(2026, 1, 1), date(2026, 6, 30), source_id="page"))
    assert sorted(f.row_id for f in found if f.rule == "U.price_digits") == named
    assert {f.expected for f in found if f.rule == "U.price_digits"} <= {
        f"{amount}, as another list of the seller has it" for amount in (0.15, 0.51)
    }


@pytest.mark.parametrize(("amount", "others"), [(5.4, 4.5), (4.5, 5.4), (1.02, 1.2)])
def test_a_markup_is_no_exchange_of_digits(amount: float, others: float) -> None:
    assert "U.price_digits" not in rules_of(*(a_price(others, seller=seller) for seller in "abc"), a_price(amount))
