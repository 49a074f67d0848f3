"""Local disks cost money, and reserved capacity costs less than what is asked on demand on the same days."""

from __future__ import annotations

from datetime import date

from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_machine, findings_of


def named(rule: str, *machines: Row) -> list[tuple[str, str]]:
    return [(row.row_id, row.role) for f in findings_of(machines=machines) if f.rule == rule for row in f.rows]


BARE = [
    a_machine(0.2, SPRING, BEFORE, instance_type="c4a-standard-4"),
    a_machine(0.25, SUMMER, instance_type="c4a-standard-4"),
]
"""A machine without disks, which became dearer in summer."""


def test_disks_at_the_price_of_none_are_named_as_long_as_they_are() -> None:
    disks = [
        a_machine(0.2, SPRING, BEFORE, instance_type="c4a-standard-4-lssd"),
        a_machine(0.31, SUMMER, instance_type="c4a-standard-4-lssd"),
    ]
    assert named("U.price_disks", *BARE, *disks) == [
        ("map|east|c4a-standard-4-lssd|linux|on_demand|2026-03-01", "subject")
    ]
    assert named("U.price_disks", *BARE, disks[1]) == []
    assert named("U.price_disks", *disks) == []


def test_reserved_capacity_is_held_against_what_was_asked_on_demand_on_the_same_days() -> None:
    # ec2instances.info took a price on demand from another item for a week of July 2017.
    on_demand = [
        a_machine(0.998, SPRING, BEFORE),
        a_machine(0.455, SUMMER, date(2026, 8, 31)),
        a_machine(0.695, AUTUMN),
    ]
    reserved = a_machine(0.649, SUMMER, purchase_option="reserved_1_year")
    assert named("C.price_spot", *on_demand, reserved) == [
        ("map|east|d2|linux|reserved_1_year|2026-06-01", "subject"),
        ("map|east|d2|linux|on_demand|2026-06-01", "held_against"),
    ]
    assert named("C.price_spot", on_demand[0], on_demand[2], reserved) == []


def test_a_machine_apart_in_several_regions_is_one_finding_and_what_lacks_its_cards_says_nothing() -> None:
    usual = [a_machine(1, region=f"r{n}") for n in range(7)]
    cheap = [a_machine(0.1, region=f"s{n}") for n in range(3)]
    (finding,) = (f for f in findings_of(machines=(*usual, *cheap)) if f.rule == "U.price_region")
    assert len(finding.rows) == 3
    card = {"vendor_id": "google", "instance_type": "a3-megagpu-8g"}
    without = [a_machine(13, region=f"r{n}", **card) for n in range(7)]
    found = findings_of(machines=(*without, *(a_machine(119, region=f"s{n}", **card) for n in range(5))))
    assert [f.rule for f in found] == ["U.price_bounds"]
