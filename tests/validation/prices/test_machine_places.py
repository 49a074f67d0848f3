"""What hardly any other price of a list has, and discounts and licences the wrong way round."""

from __future__ import annotations

from typing import Any

import pytest

from tests.validation.prices.worlds import BEFORE, SPRING, SUMMER, Row, a_machine, findings_of

LIST = [a_machine(1, instance_type=f"d{n}") for n in range(100)]
"""A large list of one vendor, on one system, on demand."""


def named(machines: list[Row]) -> list[tuple[str, str, str, str]]:
    found = findings_of(machines=tuple(machines))
    return [(f.rule, f.column, f.found, f.expected) for f in found if f.row_id.split("|")[2] == "e9"]


@pytest.mark.parametrize(
    ("column", "cell", "usual"),
    [
        ("operating_system", "windows", "linux"), ("purchase_option", "spot", "on_demand"),
        ("vendor_id", "best", "acme"),
    ],
)  # fmt: skip
def test_what_hardly_any_price_of_a_large_list_has_is_named(column: str, cell: str, usual: str) -> None:
    odd = a_machine(0.5, instance_type="e9", **{column: cell})
    assert named([*LIST, odd | {column: usual}]) == []
    assert named([*LIST, odd]) == [("C.price_entry", column, cell, usual)]
    assert named([*LIST[:9], odd]) == []
    assert named([*LIST, odd, *(row | {column: cell} for row in LIST[:3])]) == []


@pytest.mark.parametrize("state", ["free", "unknown"])
def test_the_only_free_or_unknown_machine_of_a_large_list_is_named(state: str) -> None:
    odd: dict[str, Any] = {"price_state": state, "amount": 0.0 if state == "free" else None}
    odd["printed_amount"] = None if state == "unknown" else "0"
    row = a_machine(1, instance_type="e9") | odd
    assert named([*LIST, row]) == [("C.price_free", "price_state", state, "a price")]
    assert named([*LIST[:50], row]) == []
    assert named([*LIST, row, *(other | odd for other in LIST[:3])]) == []


def gains(*machines: Row) -> list[tuple[str, str, str]]:
    found = findings_of(machines=machines)
    return [(f.row_id, f.found, f.expected) for f in found if f.rule == "C.price_spot"]


def bought(option: str, amount: float, **cells: Any) -> Row:
    return a_machine(amount, purchase_option=option, **cells)


def test_a_commitment_that_gains_nothing_is_named_where_the_machine_gains_elsewhere() -> None:
    plain = bought("on_demand", 1)
    assert gains(plain, bought("reserved_1_year", 0.6), bought("reserved_3_years", 0.4)) == []
    flat = bought("reserved_1_year", 1)
    assert gains(plain, flat) == [
        ("map|east|d2|linux|reserved_1_year|2026-03-01", "1 USD for d2 from 2026-03-01", "another amount than 1")
    ]
    assert gains(plain, flat, plain | {"region": "west"}, flat | {"region": "west"}) == []
    assert gains(bought("reserved_1_year", 0.6), bought("reserved_3_years", 0.7)) == [
        ("map|east|d2|linux|reserved_3_years|2026-03-01", "0.7 USD for d2 from 2026-03-01", "another amount than 0.6")
    ]


def test_a_licensed_system_costs_more_than_a_free_one() -> None:
    licensed, free = a_machine(1, operating_system="windows"), a_machine(0.8)
    assert gains(free, licensed) == []
    assert [row_id for row_id, *_ in gains(free | {"amount": 1.2}, licensed)] == [
        "map|east|d2|windows|on_demand|2026-03-01"
    ]
    same = [row | {"amount": 1, "region": region} for row in (free, licensed) for region in ("east", "west")]
    assert len(gains(*same[::2])) == 1
    assert gains(*same) == []


def test_a_span_of_a_machine_is_named_beside_the_one_before() -> None:
    """The earlier row may be the mistaken one: an end that was not typed, or typed a day too late."""
    (finding,) = findings_of(machines=(a_machine(1, SPRING, SUMMER), a_machine(2, SUMMER)))
    assert [row.row_id[-10:] for row in finding.rows] == ["2026-06-01", "2026-03-01"]
    assert findings_of(machines=(a_machine(1, SPRING, BEFORE), a_machine(2, SUMMER))) == []
