"""Machines of a family tell which of them is priced with a licence, and which amount of an unstable one is right."""

from __future__ import annotations

from datetime import date

import pytest

from canonical.table_schema import load_schema
from tests.validation.prices.worlds import SOURCES, UNITS, Row, a_machine, a_price, findings_of, frame_of
from validation.prices.frames import Prices
from validation.prices.likely import likely_amounts, likely_model_amounts

DAYS = ((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 3, 1), None))


def flipping(*amounts: float, build: object = a_machine, **cells: object) -> list[Row]:
    return [build(amount, *days, **cells) for amount, days in zip(amounts, DAYS, strict=True)]  # type: ignore[operator]


def prices(models: list[Row], machines: list[Row]) -> Prices:
    numbered = [{"model_price_id": f"{row['source_id']}.{n:03}"} | row for n, row in enumerate(models, 1)]
    frames = (frame_of(load_schema("model_prices"), numbered), frame_of(load_schema("compute_prices"), machines))
    return Prices(*frames, UNITS, frame_of(load_schema("sources"), list(SOURCES)))


def told(*machines: Row) -> list[tuple[float, str]]:
    return list(likely_amounts(prices([], list(machines))).select("likely", "likely_by").iter_rows())


D2, D4, D8 = ({"instance_type": f"Standard_D{n}as_v5"} for n in (2, 4, 8))


def test_the_amount_without_the_licence_is_the_likely_one() -> None:
    assert told(*flipping(0.086, 0.178, 0.086, **D2)) == [(0.086, "licence")]
    assert told(*flipping(0.178, 0.086, 0.178, **D2)) == [(0.086, "licence")]
    assert told(*flipping(0.0416, 0.0508, 0.0416, instance_type="Standard_B2ls_v2")) == [(0.0416, "licence")]


def test_a_second_list_goes_before_other_evidence() -> None:
    other = a_machine(0.178, date(2026, 1, 1), source_id="other-map", **D2)
    assert told(*flipping(0.086, 0.178, 0.086, **D2), other) == [(0.178, "second_list")]


def test_an_amount_in_proportion_to_the_family_is_the_likely_one() -> None:
    family = [a_machine(0.2, date(2026, 1, 1), **D4), a_machine(0.4, date(2026, 1, 1), **D8)]
    assert told(*flipping(0.1, 0.13, 0.1, **D2), *family) == [(0.1, "family")]
    assert told(*flipping(0.1, 0.13, 0.1, **D2)) == []


def test_another_list_tells_the_price_of_a_model_and_a_copy_does_not() -> None:
    rows = flipping(2.5, 2, 2.5, build=a_price)
    found = likely_model_amounts(prices([*rows, a_price(2, source_id="page")], []))
    assert found["likely"].to_list() == [2]
    copy = likely_model_amounts(prices([*rows, a_price(2, source_id="page", via_source_id="mirror")], []))
    assert copy.is_empty()


@pytest.mark.parametrize(("amount", "rules"), [(0.178, ["U.price_licence"]), (0.086, []), (0.12, [])])
def test_a_standing_price_with_a_licence_is_told_from_its_family(amount: float, rules: list[str]) -> None:
    family = [a_machine(0.172, date(2026, 1, 1), **D4), a_machine(0.344, date(2026, 1, 1), **D8)]
    found = findings_of(machines=(a_machine(amount, date(2026, 1, 1), **D2), *family))
    assert [finding.rule for finding in found] == rules
    assert [finding.expected for finding in found] == ["about 0.086, as its family costs a core"] * len(rules)


def test_machines_that_flip_speak_for_their_family_by_their_lowest_price() -> None:
    family = [*flipping(0.172, 0.356, 0.172, **D4), *flipping(0.712, 0.344, 0.712, **D8)]
    rules = [finding.rule for finding in findings_of(machines=(a_machine(0.178, date(2026, 1, 1), **D2), *family))]
    assert rules == ["P.price_flip", "U.price_licence"]


def test_a_machine_at_a_tenth_of_its_price_elsewhere_is_named() -> None:
    places = [a_machine(0.433, date(2026, 1, 1), region=f"place-{n}") for n in range(5)]
    (finding,) = findings_of(machines=(*places, a_machine(0.0449, date(2026, 1, 1), region="far")))
    assert (finding.rule, finding.row_id) == ("U.price_region", "map|far|d2|linux|on_demand|2026-01-01")
    assert findings_of(machines=(*places, a_machine(0.1, date(2026, 1, 1), region="far"))) == []


def test_spare_capacity_costs_no_more_than_the_machine_on_demand() -> None:
    day = date(2026, 1, 1)
    (finding,) = findings_of(machines=(a_machine(0.107, day), a_machine(0.49, day, purchase_option="spot")))
    assert (finding.rule, finding.expected) == ("C.price_spot", "at most 0.107, the price on demand")
    assert findings_of(machines=(a_machine(0.107, day), a_machine(0.107, day, purchase_option="spot"))) == []
    assert findings_of(machines=(a_machine(0.1, day), a_machine(0.4, day, purchase_option="spot", region="w"))) == []
    (reserved,) = findings_of(machines=(a_machine(0.1, day), a_machine(0.4, day, purchase_option="reserved_1_year")))
    assert (reserved.rule, reserved.expected) == ("C.price_spot", "at most 0.1, the price on demand")


@pytest.mark.parametrize(
    ("region", "currency", "found"),
    [
        ("cn-north-1", "USD", ["U.price_currency"]),
        ("chinaeast2", "USD", ["U.price_currency"]),
        ("cn-north-1", "CNY", []),
        ("cn-hongkong", "USD", []),
        ("eu-west-1", "USD", []),
    ],
)
def test_a_region_of_the_mainland_is_priced_in_yuan(region: str, currency: str, found: list[str]) -> None:
    machine = a_machine(0.612, date(2026, 1, 1), region=region, currency=currency)
    assert [finding.rule for finding in findings_of(machines=(machine,))] == found
