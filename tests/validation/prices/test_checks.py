"""Each rule over prices finds a bad world and leaves a good one alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from canonical.reference import Reference
from canonical.table_schema import load_schema
from tests.builders import a_model_price, write_csv, write_reference
from tests.validation.prices.worlds import (
    AUTUMN,
    BEFORE,
    SOURCES,
    SPRING,
    SUMMER,
    UNITS,
    Row,
    a_machine,
    a_price,
    findings_of,
    rules_of,
)  # fmt: skip
from validation.package import Checker
from validation.prices.checks import OF_MACHINES, PRICE_RULES, check_prices, prices_of

GOOD = {
    "one price after another": [a_price(2.5, SPRING, BEFORE), a_price(2.0, SUMMER)],
    "input, cached and output": [a_price(), a_price(0.25, meter="cache_read"), a_price(10, meter="output")],
    "images by the piece": [a_price(0.04, meter="image_generation", printed_per_unit_id="image")],
    "another region": [a_price(), a_price(25, region="cn")],
    "tiers side by side": [
        a_price(1, tier_from_tokens=1, tier_to_tokens=32000),
        a_price(2, tier_from_tokens=32000, tier_to_tokens=128000),
    ],
    "free and unknown": [a_price(0, price_state="free"), a_price(None, price_state="unknown", meter="output")],
    "a copy beside its list": [a_price(), a_price(via_source_id="mirror")],
    "sources that agree": [a_price(), a_price(source_id="page")],
    "a source that lags behind a real cut": [
        a_price(2.5, SPRING, date(2026, 8, 31)), a_price(0.25, AUTUMN, model_price_id="registry.009"),
        a_price(0.25, SUMMER, source_id="page"),
    ],
    "sellers within a few times": [a_price(seller=seller, amount=n) for n, seller in enumerate("abc", 1)],
    "a reseller under its own name": [a_price(), a_price(seller="gate", model="gate/acme-1")],
}  # fmt: skip
BAD = {
    "U.price_unit": [a_price(printed_per_unit_id="second")],
    "U.zero_price": [a_price(0)],
    "U.price_jump": [a_price(25, SPRING, BEFORE), a_price(0.025, SUMMER)],
    "U.price_slip": [a_price(25), a_price(0.025, source_id="page")],
    "U.price_bounds": [a_price(3200)],
    "U.price_lone": [*(a_price(seller=seller) for seller in "abc"), a_price(0.25, SPRING, BEFORE, seller="d")],
    "U.price_digits": [
        *(a_price(0.15, seller=seller) for seller in "abc"), a_price(0.51, SPRING, BEFORE, seller="d")
    ],
    "C.price_ratio": [a_price(1), a_price(30, meter="output")],
    "P.price_flip": [a_price(2.5, SPRING, BEFORE), a_price(2, SUMMER, date(2026, 8, 31)), a_price(2.5, AUTUMN)],
    "C.price_alias": [a_price(8), a_price(2, model="shop/acme-1")],
    "C.price_page": [a_price(8), a_price(2, AUTUMN, AUTUMN, source_id="page", date_basis="first_observed")],
    "C.price_witnesses": [*(a_price(seller=seller) for seller in "abc"), a_price(6, seller="d")],
    "U.price_scale": [a_price(seller="a"), a_price(seller="b"), a_price(seller="c"), a_price(0.0000025, seller="d")],
    "P.price_overlap": [a_price(2.5, SPRING, SUMMER), a_price(2.0, SUMMER)],
    "P.price_left_open": [a_price(2.5, SPRING), a_price(2.0, SUMMER)],
    "P.price_gap": [a_price(2.5, SPRING, date(2026, 4, 1)), a_price(2.5, SUMMER)],
    "C.tier_order": [
        a_price(1, tier_from_tokens=1, tier_to_tokens=40000),
        a_price(2, tier_from_tokens=32000, tier_to_tokens=128000),
    ],
    "C.price_order": [
        *(a_price(1, model=f"m{n}") for n in range(3)),
        *(a_price(3, model=f"m{n}", meter="output") for n in range(3)),
        a_price(3, model="m9"), a_price(1, model="m9", meter="output"),
    ],
    "C.price_seller": [a_price(model="gate/acme-1"), a_price(seller="gate", model="other", maker=None)],
    "V.price_mirror": [a_price(via_source_id="mirror"), a_price(source_id="mirror")],
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_good_world_has_no_findings(name: str) -> None:
    cut = name == "a source that lags behind a real cut"
    assert rules_of(*GOOD[name]) == (["U.price_jump"] if cut else [])


@pytest.mark.parametrize("rule", sorted(BAD))
def test_a_bad_world_breaks_its_rule_alone(rule: str) -> None:
    assert rules_of(*BAD[rule]) == [rule]


def test_tiers_that_hold_one_after_the_other_do_not_overlap() -> None:
    first = a_price(1, SPRING, BEFORE, tier_from_tokens=1, tier_to_tokens=40000)
    assert rules_of(first, a_price(2, SUMMER, tier_from_tokens=32000, tier_to_tokens=128000)) == []
    assert rules_of(a_price(tier_from_tokens=5, tier_to_tokens=5)) == ["C.tier_order"]


def test_two_roundings_of_one_amount_are_in_order() -> None:
    assert rules_of(a_price(0.004688), a_price(0.0046875, meter="output")) == []
    assert rules_of(a_price(0.0047), a_price(0.0046875, meter="output")) == ["C.price_order"]


def test_a_model_priced_in_the_wrong_order_at_all_sellers_of_a_publisher_is_one_finding() -> None:
    """A second publisher that has both prices bears them out: what classifies puts out little, as llama-guard does."""

    def guards(*offers: tuple[str, str]) -> list[Row]:
        return [
            a_price(amount, seller=seller, source_id=source, model=f"{seller}-shop/Guard", meter=meter)
            for seller, source in offers
            for meter, amount in (("input", 0.484), ("output", 0.03))
        ]

    (finding,) = (f for f in findings_of(*guards(*OF_ONE)) if f.rule == "C.price_order")
    assert "2 sources, 2 sellers: 3 prices" in finding.message
    assert finding.related == "registry.002 registry.003 registry-again.005"
    assert "C.price_order" not in rules_of(*guards(*OF_ONE, ("acme", "page")))


OF_ONE = (("acme", "registry"), ("gate", "registry"), ("acme", "registry-again"))
"""Sellers in lists of one publisher."""


def test_models_of_one_maker_in_one_list_of_a_seller_are_one_finding() -> None:
    rows = [
        a_price(amount, model=model, meter=meter, maker=maker)
        for model, maker in (("a", "acme"), ("b", "acme"), ("c", "other"))
        for meter, amount in (("input", 3), ("output", 1))
    ]
    assert [finding.row_id for finding in findings_of(*rows)] == ["registry.001", "registry.005"]


def test_a_tenth_of_a_cached_price_is_the_discount_and_a_hundredth_is_a_slip() -> None:
    for after, rules in ((0.08, []), (0.008, ["U.price_jump"])):
        cached = [a_price(0.8, SPRING, BEFORE, meter="cache_read"), a_price(after, SUMMER, meter="cache_read")]
        assert rules_of(*cached) == rules


def test_a_seller_far_from_all_others_is_one_finding_whatever_else_shows_the_slip() -> None:
    usual = [a_price(seller=seller) for seller in "abc"]
    slipped = [
        a_price(2500, SPRING, BEFORE, seller="d", model_price_id="registry.801"),
        a_price(2.5, SUMMER, seller="d", model_price_id="registry.802"),
        a_price(70, SPRING, BEFORE, seller="d", model="sold-by-d-alone", model_price_id="registry.803"),
        a_price(0.07, SUMMER, seller="d", model="sold-by-d-alone", model_price_id="registry.804"),
        a_price(90, seller="d", model="read-twice", model_price_id="registry.805"),
        a_price(0.09, seller="d", model="read-twice", source_id="page", model_price_id="page.001"),
    ]
    (finding,) = findings_of(*usual, *slipped)
    assert (finding.rule, finding.row_id, finding.related) == (
        "U.price_scale", "registry.801", "registry.803 registry.805"
    )  # fmt: skip
    assert rules_of(*slipped[2:]) == ["U.price_jump", "U.price_slip"]


def test_tokens_of_makers_of_images_are_steps_of_a_picture_and_not_compared() -> None:
    sold = [a_price(amount, seller=seller) for seller, amount in (("a", 1), ("b", 1), ("c", 1), ("d", 110))]
    pictures = [a_price(0.04, meter="image_generation", printed_per_unit_id="image", model=f"p{n}") for n in range(5)]
    assert rules_of(*sold) == ["U.price_scale"]
    assert rules_of(*sold, *pictures) == []


def test_output_of_a_model_that_puts_out_images_may_be_text_or_images() -> None:
    text, pictures = a_price(12, meter="output"), a_price(120, meter="output", source_id="page")
    apart = a_price(120, meter="image_output", model="shop/acme-1")
    assert rules_of(text, pictures) == ["U.price_slip"]
    assert rules_of(text, pictures, apart) == []
    later = [a_price(120, SPRING, BEFORE, meter="output"), a_price(12, SUMMER, meter="output")]
    assert rules_of(*later) == ["U.price_jump"]
    assert rules_of(*later, apart) == []


def test_a_seller_that_a_list_has_under_another_name_only_is_that_other() -> None:
    gate = a_price(seller="gate", model="their-own", maker=None)
    under = a_price(seller="gate-acme", model="gate/acme-2")
    (finding,) = findings_of(a_price(), gate, under)
    assert (finding.rule, finding.found, finding.expected) == ("C.price_seller", "gate-acme", "perhaps gate")
    assert rules_of(a_price(), gate, under, a_price(seller="gate-acme", model="acme-3")) == []
    assert rules_of(a_price(), a_price(seller="gate", model="acme/acme-2")) == []


@pytest.mark.parametrize(
    ("source", "since", "rules"),
    [
        ("registry-again", SPRING, ["V.price_mirror"]),
        ("registry-unnamed", SPRING, ["V.price_mirror"]),
        ("registry-again", SUMMER, []),
        ("registry-older", SPRING, []),
        ("page", SPRING, []),
    ],
)
def test_a_source_that_is_another_under_a_second_name_repeats_it(source: str, since: date, rules: list[str]) -> None:
    found = findings_of(a_price(), a_price(model="acme-2"), a_price(source_id=source, since=since))
    assert [finding.rule for finding in found] == rules
    assert [(finding.row_id, finding.related, finding.expected) for finding in found] == [
        (f"{source}.003", "registry.001", "registry")
    ] * len(rules)


def test_a_free_offer_costs_nothing_and_an_unknown_price_has_no_amount() -> None:
    assert rules_of(a_price(1, price_state="free")) == ["U.zero_price"]
    assert rules_of(a_price(1, price_state="unknown")) == ["U.zero_price"]
    assert rules_of(machines=(a_machine(0),)) == ["U.zero_price"]


def test_two_spans_from_one_day_on_are_two_prices_of_that_day() -> None:
    assert rules_of(a_price(2.5), a_price(2.0)) == ["P.price_overlap"]
    assert rules_of(a_price(2.5, None), a_price(2.0, None)) == ["P.price_overlap"]
    assert rules_of(machines=(a_machine(1, SPRING, SUMMER), a_machine(2, SUMMER))) == ["P.price_overlap"]


def test_a_span_left_open_in_the_versions_of_a_list_overlaps_the_next() -> None:
    (finding,) = findings_of(machines=(a_machine(1), a_machine(2, SUMMER)))
    assert (finding.rule, finding.expected) == ("P.price_overlap", "an end of the row before")
    assert rules_of(machines=(a_machine(1, SPRING, BEFORE), a_machine(2, SUMMER))) == []
    documented = [a_price(2.5, date_basis="documented"), a_price(2.0, SUMMER, date_basis="documented")]
    assert rules_of(*documented) == ["P.price_left_open"]


def test_one_price_stated_twice_is_not_called_two_prices() -> None:
    (twice,) = findings_of(a_price(2.5), a_price(2.5))
    (two,) = findings_of(a_price(2.5), a_price(2.0))
    assert twice.message.startswith("one list states the same price twice for the same days")
    assert two.message.startswith("one list states two prices for the same days")


def test_the_amount_of_a_machine_is_the_one_printed_without_binary_noise() -> None:
    assert rules_of(machines=(a_machine(10.009318, printed_amount="10.0093180000001"),)) == []
    assert rules_of(machines=(a_machine(None, printed_amount=None, price_state="unknown"),)) == []
    (finding,) = findings_of(machines=(a_machine(1203.84, printed_amount="203.84"),))
    assert (finding.rule, finding.severity, finding.found, finding.expected) == (
        "U.amount", "error", "1203.84", "203.84"
    )  # fmt: skip
    assert rules_of(machines=(a_machine(None, printed_amount="203.84"),)) == ["U.amount"]


def test_a_list_prices_a_region_in_one_currency() -> None:
    machines = [a_machine(1, instance_type=f"d{n}") for n in range(3)]
    (finding,) = findings_of(machines=(*machines, a_machine(1, instance_type="d9", currency="CNY")))
    assert (finding.rule, finding.found, finding.expected) == ("U.price_currency", "CNY", "USD")
    assert rules_of(machines=(*machines, a_machine(1, region="cn-east", currency="CNY"))) == []
    models = [a_price(model=f"m{n}") for n in range(2)]
    assert rules_of(*models, a_price(model="m9", currency="CNY")) == ["U.price_currency"]
    assert rules_of(*models, a_price(model="m9", currency="CNY", region="cn")) == []


@pytest.mark.parametrize(
    ("text", "typed", "rules"),
    [
        ("about $2.50", {}, []),
        ("$2.50", {"currency": "CNY"}, ["U.price_text_currency"]),
        ("0.8 元", {"printed_amount": "0.8"}, ["U.price_text_currency"]),
        ("$2.50", {"printed_amount": "2.05"}, ["U.price_text_digits"]),
        ("1~2", {"printed_amount": "1", "printed_amount_to": "2"}, []),
        ("1~2", {"printed_amount": "1", "printed_amount_to": "3"}, ["U.price_text_digits"]),
        ("free", {"printed_amount": "0"}, []),
        ("$2.50", {"printed_amount": "no number"}, []),
        ("8.900000000000001E-7", {"printed_amount": "0.00000089"}, []),
        ("8.900000000000001E-7", {"printed_amount": "0.00000098"}, ["U.price_text_digits"]),
        ("0.0", {"printed_amount": None, "price_state": "unknown", "amount": None}, []),
        ("2.5", {"printed_amount": None, "price_state": "unknown", "amount": None}, ["U.price_text_digits"]),
    ],
)
def test_the_printed_text_names_the_typed_amount_and_currency(text: str, typed: Row, rules: list[str]) -> None:
    assert rules_of(a_price() | {"printed_text": text, "printed_amount": "2.50"} | typed) == rules


@pytest.mark.parametrize(
    ("dates", "rules"),
    [
        ({"date_basis": "documented", "valid_from": date(2027, 8, 1)}, []),
        ({"date_basis": "documented", "valid_from": date(2062, 6, 5)}, ["P.price_future"]),
        ({"date_basis": "documented", "valid_to": date(2062, 6, 5)}, ["P.price_future"]),
        ({"date_basis": "commit", "valid_from": AUTUMN}, []),
        ({"date_basis": "commit", "valid_from": date(2026, 9, 2)}, ["P.price_future"]),
        ({"date_basis": "commit", "valid_from": date(2026, 9, 2), "source_id": "page"}, []),
    ],
)
def test_no_source_knows_a_price_long_after_its_own_day(dates: Row, rules: list[str]) -> None:
    assert rules_of(a_price() | dates) == rules
    assert rules_of(machines=(a_machine(1) | {"source_id": "registry"} | dates,)) == rules


def test_a_price_of_a_later_reading_is_right_once_its_source_has_that_day() -> None:
    later = date(2026, 9, 2)
    price = a_price(date_basis="first_observed", since=later)
    (finding,) = findings_of(price)
    assert "where the list was read again since, type that day in retrieved_on of its source" in finding.fix
    read_again = SOURCES[0] | {"retrieved_on": later}
    assert findings_of(price, sources=(read_again, *SOURCES[1:])) == []


def a_free_price(**cells: Any) -> Row:
    return a_price(0, price_state="free", **cells)


def test_free_output_beside_paid_input_is_odd_where_others_price_it() -> None:
    others = [a_price(10, seller=seller, meter="output") for seller in "ab"]
    (finding,) = findings_of(a_price(), a_free_price(meter="output"), *others)
    assert (finding.rule, finding.found) == ("C.price_free", "free output beside input at 2.5 USD")
    assert rules_of(a_price(), a_free_price(meter="output")) == []
    assert rules_of(a_price(), a_free_price(meter="output"), others[0]) == []
    assert rules_of(a_free_price(), a_free_price(meter="output"), *others) == []
    assert rules_of(a_price(until=BEFORE), a_free_price(meter="output", since=SUMMER), *others) == []


def test_a_maker_that_sells_its_own_models_sells_no_other_makers() -> None:
    own = [a_price(model=f"acme-{n}") for n in range(5)]
    theirs, moved = a_price(seller="best", maker="best", model="best-1"), a_price(maker="best", model="best-1")
    (finding,) = findings_of(*own, theirs, moved)
    assert (finding.rule, finding.found, finding.expected) == ("C.price_maker", "acme", "perhaps best")
    assert rules_of(*own, moved) == []
    assert rules_of(*own[1:], theirs, moved) == []
    resold = [a_price(maker="best", model=f"best-{n}") for n in range(3)]
    assert rules_of(*own, theirs, *resold) == []


def test_a_span_of_a_machine_cannot_end_before_it_begins(tmp_path: Path) -> None:
    row = {
        "source_id": "acme-results-2025", "vendor_id": "acme", "region": "east", "instance_type": "d2",
        "operating_system": "linux", "purchase_option": "on_demand", "currency": "USD", "printed_per_unit_id": "hour",
        "price_state": "priced", "printed_amount": "1", "amount": "1", "date_basis": "commit", "left_censored": "true",
        "valid_from": "2030-01-01", "valid_to": "2025-03-23",
    }  # fmt: skip
    schema = load_schema("compute_prices")
    write_reference(tmp_path)
    write_csv(tmp_path / "compute_prices.csv", [{c: row.get(c, "") for c in schema.columns}], schema.columns)
    found = {finding.rule: finding.message for finding in Checker(tmp_path).check_tables(["compute_prices"])}
    assert found["P.order"] == "valid_from lies after valid_to"


def test_an_open_price_ends_where_the_next_begins() -> None:
    prices = [a_price(3, SPRING), a_price(1, SUMMER), a_price(2, SUMMER, meter="output", model_price_id="registry.009")]
    others = [a_price(amount, model="m2", meter=meter) for meter, amount in (("input", 1), ("output", 2))]
    assert rules_of(*prices, *others) == ["P.price_left_open"]


def test_the_source_that_fewer_bear_out_is_named_with_the_likely_unit() -> None:
    (finding,) = findings_of(a_price(2.5), a_price(2.5, source_id="page"), a_price(0.0025, source_id="alone"))
    assert (finding.row_id, finding.rule, finding.severity) == ("alone.003", "U.price_slip", "warning")
    assert "1,000 times as small" in finding.found and "per 1K tokens" in finding.found
    assert finding.expected == "2.5 as page" and finding.related == "page.002"


def test_a_copy_is_no_second_source_in_a_comparison() -> None:
    assert rules_of(a_price(25), a_price(0.025, via_source_id="mirror")) == []


@pytest.mark.parametrize(
    ("others", "at_fault", "expected"),
    [
        ((), "registry.002", "a price nearer the one before"),
        ((2.5,), "registry.002", "a price nearer the one before"),
        ((0.25,), "registry.001", "a price nearer the one after"),
    ],
)
def test_of_a_jump_the_price_that_others_do_not_ask_is_at_fault(
    others: tuple[float, ...], at_fault: str, expected: str
) -> None:
    jump = [a_price(2.5, SPRING, BEFORE), a_price(0.25, SUMMER)]
    (finding,) = findings_of(*jump, *(a_price(amount, seller="other") for amount in others))
    assert (finding.rule, finding.row_id, finding.expected) == ("U.price_jump", at_fault, expected)


def test_a_tenfold_cut_that_a_second_publisher_states_is_a_change() -> None:
    """Zhipu cut GLM-4-Plus from 50 to 5 yuan in 2025, as two lists have it."""
    cut = [a_price(50, SPRING, BEFORE), a_price(5, SUMMER)]
    page = [row | {"source_id": "page"} for row in cut]
    assert rules_of(*cut) == ["U.price_jump"]
    assert rules_of(*cut, *page) == []
    assert rules_of(*cut, page[1]) == ["U.price_jump"]


def test_of_two_lists_alone_the_one_with_its_output_below_its_input_is_at_fault() -> None:
    """Dify had the output of hunyuan-standard at 0.5 yuan beside an input at 4.5, where Tencent asked 5."""
    right = [a_price(4.5, source_id="page"), a_price(5, source_id="page", meter="output")]
    wrong = [a_price(4.5), a_price(0.5, meter="output")]
    (slip,) = (f for f in findings_of(*right, *wrong) if f.rule == "U.price_slip")
    assert slip.row_id == "registry.004"
    (slip,) = (f for f in findings_of(*right[1:], *wrong[1:]) if f.rule == "U.price_slip")
    assert slip.row_id == "page.001"


def test_one_slip_in_many_prices_is_one_finding_that_counts_them() -> None:
    rows = [
        a_price(amount, since, until, model=f"acme-{n}", model_price_id=f"registry.{n}{i}")
        for n in range(5)
        for i, (amount, since, until) in enumerate([(25, SPRING, BEFORE), (0.025, SUMMER, None)])
    ]
    (finding,) = findings_of(*rows)
    assert "5 prices of acme-0, acme-1, acme-2 and 2 more" in finding.message
    assert (finding.row_id, finding.row_number) == ("registry.01", 2)
    assert finding.found == "25, then 0.025 USD from 2026-06-01 (1,000 times)"
    assert finding.related.split()[:2] == ["registry.00", "registry.11"]


def test_of_two_prices_tenfold_apart_the_one_that_is_asked_nowhere_else_is_named_by_its_key() -> None:
    (finding,) = findings_of(machines=(a_machine(0.1, SPRING, BEFORE), a_machine(1.66, SUMMER)))
    assert (finding.rule, finding.table) == ("U.price_jump", "compute_prices")
    assert (finding.row_id, finding.found) == ("map|east|d2|linux|on_demand|2026-03-01", "0.1 USD from 2026-03-01")
    assert finding.expected == "a price nearer 1.66, its other price"
    assert rules_of(machines=(a_machine(0.1, SPRING, BEFORE), a_machine(0.5, SUMMER))) == []


def test_a_page_that_was_read_once_says_nothing_of_what_came_after() -> None:
    page = a_price(25, SPRING, source_id="registry-unnamed", model="acme-2")
    later = date(2026, 9, 2)
    assert rules_of(page, a_price(2.5, later, source_id="other", model="acme-2")) == []
    assert rules_of(page, a_price(2.5, AUTUMN, source_id="other", model="acme-2")) == ["U.price_slip"]


def test_a_price_moving_by_another_factor_is_no_slip() -> None:
    assert rules_of(a_price(2.5, SPRING, BEFORE), a_price(30, SUMMER)) == []


def test_frames_that_are_absent_or_lack_columns_have_no_rows() -> None:
    assert check_prices(None, pl.DataFrame({"source_id": ["map"]}), UNITS, None) == []


@pytest.mark.parametrize("rule", sorted(OF_MACHINES, key=PRICE_RULES.index), ids=lambda rule: rule.__name__)
def test_a_rule_over_machines_alone_reads_no_price_of_models_and_finds_nothing_without_machines(rule: Any) -> None:
    prices = prices_of(None, None, UNITS, None)
    del prices.models, prices.model_codes
    assert [finding for broken in rule(prices) for finding in broken.findings()] == []


def test_the_prices_of_a_folder_are_checked_with_the_package(tmp_path: Path) -> None:
    reference = Reference(write_reference(tmp_path))
    dates = {"valid_from": "2025-01-01", "valid_to": "2025-03-31"}
    row = a_model_price(reference, **dates)
    later = a_model_price(reference, model_price_id="acme-results-2025.002", valid_from="2025-03-01")
    write_csv(tmp_path / "model_prices.csv", [row, later], load_schema("model_prices").columns)
    checker = Checker(tmp_path)
    assert checker.check_tables(["model_prices"]) == []
    (finding,) = checker.check_prices()
    assert (finding.rule, finding.row_id) == ("P.price_overlap", "acme-results-2025.002")


def test_a_folder_without_prices_has_no_findings_on_them(tmp_path: Path) -> None:
    assert Checker(write_reference(tmp_path)).check_prices() == []
