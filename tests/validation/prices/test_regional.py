"""A machine that alone of its region stands apart from what it costs in the others."""

from __future__ import annotations

from tests.validation.prices.worlds import Row, a_machine, findings_of

REGIONS = ("east", "west", "north", "south", "far", "middle")
DEAR = {"far": 1.4}
TYPES = 10


def machines(option: str = "on_demand", regions: tuple[str, ...] = REGIONS) -> list[Row]:
    """So many machines of sizes that make no family in so many regions, one of them dearer."""
    return [
        a_machine(round((0.31 + size * 0.17) * DEAR.get(region, 1.0), 4), region=region, instance_type=f"kind{size}x",
                  purchase_option=option)
        for region in regions
        for size in range(TYPES)
    ]  # fmt: skip


def told(rows: list[Row]) -> list[tuple[str, str]]:
    found = (f for f in findings_of(machines=tuple(rows)) if f.rule == "U.price_region")
    return [(f.found, f.expected) for f in found if "alone costs another multiple" in f.message]


def with_times(rows: list[Row], at: int, times: float) -> list[Row]:
    row = rows[at]
    return [*rows[:at], row | {"amount": round(row["amount"] * times, 4)}, *rows[at + 1 :]]


def test_a_machine_of_twice_its_price_or_half_is_named_with_what_region_and_machine_tell() -> None:
    rows = machines()
    assert told(rows) == []
    assert told(with_times(rows, 2, 2.0)) == [("1.3 USD for kind2x from 2026-03-01", "about 0.65, as in 6 regions")]
    assert told(with_times(rows, 42, 0.5)) == [("0.455 USD for kind2x from 2026-03-01", "about 0.91, as in 6 regions")]
    assert told(with_times(rows, 2, 1.4)) == []
    # Five times as much is told as a price apart from all regions.
    assert told(with_times(rows, 2, 6.0)) == []


def test_what_a_region_a_machine_or_two_machines_have_alike_is_a_price() -> None:
    rows = machines()
    twice = with_times(with_times(rows, 2, 2.0), 3, 2.0)
    assert told(twice) == []
    assert told(with_times(with_times(rows, 2, 2.0), 12, 1.9)) == []
    assert told(with_times(with_times(rows, 2, 2.0), 12, 1.75)) == []


def test_spare_capacity_few_regions_and_few_machines_tell_nothing() -> None:
    assert told(with_times(machines("spot"), 2, 2.0)) == []
    assert told(with_times(machines(regions=REGIONS[:4]), 2, 2.0)) == []
    assert told(with_times([row for row in machines() if row["instance_type"] != "kind9x"], 2, 2.0)) == []
    assert len(told(with_times(machines("reserved_1_year"), 2, 2.0))) == 1
