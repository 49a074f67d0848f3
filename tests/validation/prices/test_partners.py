"""What stands beside a price in its offer tells its tier, its mode and its last day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_machine, a_price, findings_of

METERS = ("input", "output", "cache_read")


def an_offer(model: str = "acme-1", **cells: Any) -> list[Row]:
    return [a_price(model=model, meter=meter, **cells) for meter in METERS]


def told(column: str, *rows: Row, machines: tuple[Row, ...] = ()) -> list[tuple[str, str, str]]:
    found = (f for f in findings_of(*rows, machines=machines) if f.column == column)
    return [(f.row_id, f.found, f.expected) for f in found if f.rule in ("C.tier_order", "C.price_entry")]


def test_the_tiers_of_an_offer_begin_at_one_length() -> None:
    tiers = an_offer(tier_from_tokens=200_000)
    assert told("tier_from_tokens", *an_offer(), *tiers) == []
    tiers[1]["tier_from_tokens"] = 256_000
    assert told("tier_from_tokens", *an_offer(), *tiers) == [("registry.005", "256000", "200000")]
    assert told("tier_from_tokens", *an_offer(), *an_offer(tier_from_tokens=32_000), *tiers) == [
        ("registry.008", "256000", "200000")
    ]
    # Of two it is not known which is right; and a length that two have is one.
    assert [row_id for row_id, *_ in told("tier_from_tokens", *tiers[:2])] == ["registry.001"]
    assert told("tier_from_tokens", *an_offer(tier_from_tokens=32_000), *an_offer(tier_from_tokens=128_000)) == []
    one = [a_price(tier_from_tokens=length) for length in (32_000, 128_000)]
    assert told("tier_from_tokens", *one) == []
    # A price may rise where another does, and once more.
    assert told("tier_from_tokens", *one, a_price(meter="output", tier_from_tokens=32_000)) == []


def in_two_modes(count: int) -> list[Row]:
    """Offers of so many models, each with a batch."""
    modes = ("standard", "batch")
    return [row for n in range(count) for mode in modes for row in an_offer(f"acme-{n}", mode=mode)]


def test_a_batch_stands_beside_an_ordinary_price() -> None:
    rows = in_two_modes(20)
    assert told("mode", *rows) == []
    # The ordinary price of cached tokens was typed as a batch of another model's.
    lone = a_price(model="acme-99", meter="cache_read", mode="batch")
    assert told("mode", *rows, lone) == [("registry.121", "batch", "standard")]
    beside = lone | {"mode": "standard"}
    assert told("mode", *rows, lone, beside) == []
    gone = beside | {"valid_from": SPRING, "valid_to": BEFORE}
    assert told("mode", *rows, lone | {"valid_from": SUMMER}, gone) == [("registry.121", "batch", "standard")]
    assert told("mode", *in_two_modes(18), lone) == []
    three = [lone | {"model": f"acme-9{n}"} for n in range(3)]
    assert told("mode", *rows, *three) == []


def test_any_other_mode_is_odd_where_a_list_has_ordinary_prices() -> None:
    ordinary = [row for n in range(333) for row in an_offer(f"acme-{n}")]
    batch = a_price(model="acme-99", meter="output", mode="batch")
    assert told("mode", *ordinary, batch | {"model": "acme-999"}) == [("registry.1000", "batch", "standard")]
    assert told("mode", *ordinary[1:], batch | {"model": "acme-999"}) == []


@pytest.mark.parametrize(("meter", "is_named"), [("input", True), ("output", True), ("cache_read", False)])
def test_input_and_output_end_with_the_rest_of_their_offer(meter: str, is_named: bool) -> None:
    rows = [row | {"valid_to": AUTUMN if row["meter"] == meter else None} for row in an_offer()]
    expected = [(f"registry.{METERS.index(meter) + 1:03}", "an end on 2026-09-01", "no end, as the others have it")]
    assert told("valid_to", *rows) == expected * is_named
    assert told("valid_to", *rows, *(row | {"model": "acme-2"} for row in rows)) == []
    assert told("valid_to", *rows, a_price(9, date(2026, 9, 2), meter=meter)) == []
    assert told("valid_to", *rows, a_price(9, date(2026, 9, 2), meter="cache_write")) == []


def test_a_machine_ends_with_all_ways_of_buying_it() -> None:
    ways = [a_machine(n, purchase_option=way) for n, way in ((5, "spot"), (6, "reserved_1_year"), (9, "on_demand"))]
    ended = ways[0] | {"valid_to": AUTUMN}
    name = "map|east|d2|linux|spot|2026-03-01"
    assert told("valid_to", machines=(ended, *ways[1:])) == [
        (name, "an end on 2026-09-01", "no end, as the others have it")
    ]
    assert told("valid_to", machines=tuple(way | {"valid_to": AUTUMN} for way in ways)) == []
    assert told("valid_to", machines=(ended,)) == []


def test_an_end_is_odd_in_a_list_that_ends_none() -> None:
    machines = [a_machine(5, instance_type=f"d{n}") for n in range(100)]
    ended = [machine | {"valid_to": AUTUMN} for machine in machines[:3]]
    assert len(told("valid_to", machines=(*ended[:2], *machines[2:]))) == 1
    assert told("valid_to", machines=(*ended, *machines[3:])) == []
    assert told("valid_to", machines=(*ended[:2], *machines[2:99])) == []


def test_a_machine_ends_on_the_day_before_a_version() -> None:
    days = [date(2026, month, 1) for month in range(1, 9)]
    versions = [a_machine(5, day, instance_type=f"d{n}") for n, day in enumerate(days)]
    first = a_machine(4, date(2026, 1, 1), instance_type="d9")
    day_before = "the day before a version of the list"
    for last, expected in ((date(2026, 2, 28), []), (date(2026, 3, 4), [("2026-03-04", day_before)])):
        found = told("valid_to", machines=(*versions, first | {"valid_to": last}))
        assert [(of.removeprefix("an end on "), to) for _, of, to in found] == expected
    both = [first | {"instance_type": name, "valid_to": date(2026, 3, 4)} for name in ("d9", "d10")]
    assert told("valid_to", machines=(*versions, *both)) == []
    assert told("valid_to", machines=(*versions[2:], both[0])) == []
