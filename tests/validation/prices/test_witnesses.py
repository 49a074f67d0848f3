"""Bounds need no other seller, two keys are one offer, and three sellers bear witness against a fourth."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.validation.prices.worlds import (
    AUTUMN,
    BEFORE,
    SPRING,
    SUMMER,
    Row,
    a_machine,
    a_price,
    findings_of,
    rules_of,
)


@pytest.mark.parametrize(
    ("amount", "meter", "rules"),
    [
        (3200, "input", ["U.price_bounds"]),
        (500, "input", ["U.price_bounds"]),
        (0.000075, "input", ["U.price_bounds"]),
        (150, "input", []),
        (9710, "output", ["U.price_bounds"]),
        (600, "output", []),
        (0.0028, "cache_read", []),
    ],
)
def test_a_price_beyond_what_its_meter_ever_cost_is_named_without_another_seller(
    amount: float, meter: str, rules: list[str]
) -> None:
    assert rules_of(a_price(amount, meter=meter)) == rules


def test_bounds_hold_for_machines_and_for_what_is_no_token() -> None:
    assert rules_of(machines=(a_machine(2000, SPRING),)) == ["U.price_bounds"]
    assert rules_of(machines=(a_machine(0.001, SPRING),)) == ["U.price_bounds"]
    assert rules_of(a_price(40, meter="image_generation", printed_per_unit_id="image")) == ["U.price_bounds"]
    assert rules_of(a_price(900, meter="video_output", printed_per_unit_id="second")) == ["U.price_bounds"]
    assert rules_of(machines=(a_machine(5000, SPRING, purchase_option="reserved_1_year"),)) == ["U.price_bounds"]


def a_card(amount: float, region: str, **cells: Any) -> Row:
    """A machine of Google's with eight H100."""
    named = {"vendor_id": "google", "instance_type": "a3-megagpu-8g", "region": region}
    return a_machine(amount, SPRING, **named, **cells)


def test_a_machine_priced_as_if_without_its_accelerators_is_named_without_another_seller() -> None:
    """Google's list of August 2024, as a public report has it: 10 to 16 USD in regions without a price of the cards."""
    without = [a_card(10.1176, "us-central1"), a_card(11.1398, "europe-north1"), a_card(16.0079, "southamerica-east1")]
    near, spot = a_card(17.5, "me-west1"), a_card(6.2, "us-central1", purchase_option="spot")
    whole = [a_card(119.276, "us-east4", source_id="later"), a_card(30.1, "east1", purchase_option="spot")]
    (finding,) = findings_of(machines=(*without, near, spot, *whole))
    assert finding.rule == "U.price_bounds"
    assert sorted(row.row_id.split("|")[1] + row.row_id.split("|")[4] for row in finding.rows) == [
        "europe-north1on_demand", "me-west1on_demand", "southamerica-east1on_demand", "us-central1on_demand",
        "us-central1spot",
    ]  # fmt: skip
    assert rules_of(machines=tuple(whole)) == []


def test_what_turns_text_into_vectors_costs_less_than_what_answers() -> None:
    """litellm had the price per 1K tokens of one of Cohere's models as that of a token."""
    assert rules_of(a_price(100, model="embed-multilingual-light-v3.0")) == ["U.price_bounds"]
    assert rules_of(a_price(0.1, model="embed-multilingual-light-v3.0"), a_price(100, model="o9-pro")) == []


def test_bounds_are_known_in_euros() -> None:
    assert rules_of(a_price(3200, currency="EUR")) == ["U.price_bounds"]
    assert rules_of(a_price(2.5, currency="EUR")) == []
    assert rules_of(machines=(a_machine(3000, SPRING, currency="EUR"),)) == ["U.price_bounds"]


def test_a_step_of_a_picture_priced_as_a_token_is_beyond_the_bounds_of_tokens() -> None:
    pictures = [a_price(0.04, meter="image_generation", printed_per_unit_id="image", model=f"p{n}") for n in range(5)]
    found = findings_of(*pictures, a_price(0.00013, model="p9"))
    assert [(finding.rule, finding.row_id) for finding in found] == [("U.price_bounds", "registry.006")]


def test_the_other_prices_of_a_version_that_is_mostly_beyond_its_bounds_stand_in_the_finding() -> None:
    slipped = [a_price(500 + n, model=f"m{n}") for n in range(3)]
    (finding,) = findings_of(*slipped, a_price(150, model="m9"))
    assert [row.row_id for row in finding.rows] == ["registry.001", "registry.002", "registry.003", "registry.004"]
    assert len(findings_of(*slipped, a_price(150, SUMMER, model="m9"))[0].rows) == 3


@pytest.mark.parametrize(
    ("model", "rules"),
    [
        ("azure_ai/acme-1", ["C.price_alias"]),
        ("gate/maker/acme-1", ["C.price_alias"]),
        ("acme-1/", ["C.price_alias"]),
        ("acme-1:latest", ["C.price_alias"]),
        ("shop/acme-1", []),
        ("acme-1:free", []),
        ("us/acme-1", []),
        ("high/1024-x-1024/acme-1", []),
        ("fast/acme-1", []),
        ("acme-12", []),
        ("Acme 1", ["C.price_alias"]),
    ],
)
def test_a_model_under_two_keys_of_one_list_is_one_offer(model: str, rules: list[str]) -> None:
    rows = (a_price(8), a_price(2, model=model), a_price(1, seller="shop", model="other"))
    found = [finding for finding in findings_of(*rows) if finding.rule not in ("C.price_seller", "C.price_free")]
    assert [finding.rule for finding in found] == rules
    assert [sorted(row.row_id for row in finding.rows) for finding in found] == [
        ["registry.001", "registry.002"]
    ] * len(rules)


def test_two_keys_that_agree_or_follow_each_other_do_not_contradict() -> None:
    assert rules_of(a_price(8), a_price(8, model="azure_ai/acme-1")) == []
    assert rules_of(a_price(8, SPRING, BEFORE), a_price(2, SUMMER, model="azure_ai/acme-1")) == []
    assert rules_of(a_price(8), a_price(2, model="azure_ai/acme-1", seller="other")) == []


def test_three_sellers_that_agree_contradict_a_fourth_and_name_all_its_prices_once() -> None:
    agreed = [a_price(2.5, seller=seller, model=model) for seller in "abc" for model in ("m1", "m2")]
    (finding,) = findings_of(*agreed, a_price(7.5, seller="d", model="x/m1"), a_price(7.5, seller="d", model="m2"))
    assert (finding.rule, finding.severity, len(finding.rows)) == ("C.price_witnesses", "notice", 2)
    assert finding.expected == "2.5, as 3 of 4 sellers ask"


@pytest.mark.parametrize(
    "row",
    [
        a_price(3, seller="d"),
        a_price(7.5, seller="d", mode="batch"),
        a_price(7.5, seller="acme", date_basis="documented"),
        a_price(7.5, SPRING, BEFORE, seller="d"),
        a_price(7.5, date(2027, 1, 1), seller="d", date_basis="documented"),
    ],
    ids=["a markup", "another mode", "the maker's own page", "an ended price", "a price announced for later"],
)
def test_witnesses_contradict_no(row: dict[str, object]) -> None:
    agreed = [a_price(seller=seller, date_basis="commit") for seller in "abc"]
    assert rules_of(*agreed, row) == []


@pytest.mark.parametrize(("amount", "rules"), [(7.5, []), (15, ["C.price_witnesses"])])
def test_sellers_of_whom_many_have_a_price_of_their_own_contradict_only_what_is_very_far(
    amount: float, rules: list[str]
) -> None:
    asked = zip("abcefgh", (2.5, 2.5, 2.5, 2.5, 2.7, 3, 3.2), strict=True)
    assert rules_of(*(a_price(one, seller=seller) for seller, one in asked), a_price(amount, seller="d")) == rules


def test_sellers_without_a_common_price_bear_no_witness() -> None:
    assert (
        rules_of(*(a_price(amount, seller=seller) for seller, amount in zip("abcd", (1, 1.5, 2, 6), strict=True))) == []
    )


def test_a_price_that_a_second_list_states_of_the_seller_is_the_sellers_own() -> None:
    agreed = [a_price(2.5, seller=seller) for seller in "abc"]
    both = [a_price(7.5, seller="d"), a_price(7.5, seller="d", source_id="another")]
    assert rules_of(*agreed, *both) == []
    for second in ({"source_id": "registry", "via_source_id": "copy"}, {"source_id": "registry-again"}):
        assert "C.price_witnesses" in rules_of(*agreed, both[0], both[1] | second)


def test_three_lists_that_agree_on_a_sellers_price_contradict_a_fourth() -> None:
    lists = ("one", "two", "three")
    stated = [a_price(2.5, source_id=name, model=f"m{n}") for name in lists for n in (1, 2)]
    other = [a_price(7.5, model=f"m{n}") for n in (1, 2)]
    (finding,) = findings_of(*stated, *other)
    assert (finding.expected, len(finding.rows)) == ("2.5, as 3 of 4 lists state", 2)


def test_two_keys_that_a_second_publisher_has_at_the_same_two_prices_are_two_offers() -> None:
    """Perplexity sells `sonar` at one price behind its own interface and at another behind that for agents."""
    doors = [a_price(1), a_price(0.25, model="acme/acme-1")]
    assert rules_of(*doors) == ["C.price_alias"]
    assert "C.price_alias" not in rules_of(*doors, *(row | {"source_id": "page"} for row in doors))


def test_what_another_list_states_of_a_seller_is_contradicted_by_no_three_lists() -> None:
    stated = [a_price(amount, source_id=name, model=f"{at}m1") for name in "abc" for at, amount in (("", 1), ("x/", 4))]
    assert "C.price_witnesses" not in rules_of(*stated)


def test_the_price_of_the_makers_mainland_list_in_dollars_is_asked_there() -> None:
    """302.AI asks 0.29 USD for GLM-4.5V, which Zhipu sells at 2 yuan in China and at 0.6 USD elsewhere."""
    agreed = [a_price(0.6, seller=seller) for seller in "abc"]
    yuan = a_price(2, currency="CNY", date_basis="commit")
    assert rules_of(*agreed, yuan, a_price(0.29, seller="d")) == []
    assert rules_of(*agreed, yuan | {"amount": 9.0}, a_price(0.29, seller="d")) == ["C.price_witnesses"]


def test_two_lists_that_agree_for_a_month_contradict_a_third_though_its_price_ended() -> None:
    """litellm had Claude 3.5 Haiku at 5 USD for a million tokens of output, where two lists and the maker had 4."""
    agreed = [a_price(4, SPRING, AUTUMN, source_id=name) for name in ("one", "two")]
    ended = a_price(5, SPRING, BEFORE)
    found = [f for f in findings_of(*agreed, ended) if f.rule == "C.price_witnesses"]
    assert [(f.row_id, f.expected) for f in found] == [("registry.003", "4, as 2 of 3 lists state")]


@pytest.mark.parametrize(
    "other",
    [
        a_price(5, SPRING, date(2026, 3, 20)),
        a_price(4.1, SPRING, BEFORE),
        a_price(5, SPRING, BEFORE, date_basis="documented"),
        a_price(5, SPRING, BEFORE, seller="shop"),
        a_price(5, None, None),
    ],
    ids=["for less than a month", "by a rounding", "the maker's own page", "another seller", "a page without a day"],
)
def test_two_lists_do_not_contradict(other: Row) -> None:
    agreed = [a_price(4, SPRING, AUTUMN, source_id=name, date_basis="commit") for name in ("one", "two")]
    assert "C.price_witnesses" not in rules_of(*agreed, other)


def test_a_price_that_another_list_bears_out_is_not_outvoted() -> None:
    lists = [a_price(amount, source_id=name) for name, amount in (("one", 4), ("two", 4), ("three", 5), ("four", 5))]
    assert "C.price_witnesses" not in rules_of(*lists)
    copy = a_price(5, source_id="three", via_source_id="copy")
    assert "C.price_witnesses" in rules_of(*lists[:3], copy)
