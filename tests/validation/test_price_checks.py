"""Each rule over prices finds a bad world and leaves a good one alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.builders import a_model_price, write_csv, write_reference
from validation.findings import Finding
from validation.package import Checker
from validation.price_checks import check_prices
from validation.reference import Reference
from validation.table_schema import TableSchema, load_schema

Row = dict[str, Any]
UNITS = {"token-1m": "token", "token": "token", "image": "image", "second": "second", "hour": "hour"}
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
TYPES = {"string": pl.String, "number": pl.Float64, "integer": pl.Int64, "boolean": pl.Boolean, "date": pl.Date}


def frame_of(schema: TableSchema, rows: list[Row]) -> pl.DataFrame:
    types = {field.name: TYPES[field.type] for field in schema.fields}
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def a_price(amount: float | None = 2.5, since: date | None = SPRING, until: date | None = None, **cells: Any) -> Row:
    return {
        "source_id": "registry", "seller": "acme", "maker": "acme", "model": "acme-1", "meter": "input",
        "mode": "standard", "region": "any", "unit_id": "token-1m", "currency": "USD", "bound": "eq",
        "price_state": "priced", "amount": amount, "valid_from": since, "valid_to": until, **cells,
    }  # fmt: skip


def a_machine(amount: float | None, since: date = SPRING, until: date | None = None, **cells: Any) -> Row:
    return {
        "source_id": "map", "vendor_id": "acme", "region": "east", "instance_type": "d2", "operating_system": "linux",
        "purchase_option": "on_demand", "currency": "USD", "price_state": "priced", "amount": amount,
        "valid_from": since, "valid_to": until, **cells,
    }  # fmt: skip


def findings_of(*models: Row, machines: tuple[Row, ...] = ()) -> list[Finding]:
    """What the rules find; rows without an id are numbered."""
    numbered = [{"model_price_id": f"{row['source_id']}.{n:03}"} | row for n, row in enumerate(models, 1)]
    frames = (frame_of(load_schema("model_prices"), numbered), frame_of(load_schema("compute_prices"), list(machines)))
    return check_prices(*frames, UNITS)


def rules_of(*models: Row, machines: tuple[Row, ...] = ()) -> list[str]:
    return [finding.rule for finding in findings_of(*models, machines=machines)]


BEFORE = date(2026, 5, 31)
GOOD = {
    "one price after another": [a_price(2.5, SPRING, BEFORE), a_price(2.0, SUMMER)],
    "input, cached and output": [a_price(), a_price(0.25, meter="cache_read"), a_price(10, meter="output")],
    "images by the piece": [a_price(0.04, meter="image_generation", unit_id="image")],
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
    "U.price_unit": [a_price(unit_id="second")],
    "U.zero_price": [a_price(0)],
    "U.price_jump": [a_price(2500, SPRING, BEFORE), a_price(2.5, SUMMER)],
    "U.price_slip": [a_price(2500), a_price(2.5, source_id="page")],
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


def test_a_seller_that_prices_otherwise_throughout_has_its_own_way() -> None:
    assert rules_of(a_price(3), a_price(1, meter="output")) == []


def test_a_free_offer_costs_nothing_and_an_unknown_price_has_no_amount() -> None:
    assert rules_of(a_price(1, price_state="free")) == ["U.zero_price"]
    assert rules_of(a_price(1, price_state="unknown")) == ["U.zero_price"]
    assert rules_of(machines=(a_machine(0),)) == ["U.zero_price"]


def test_two_spans_from_one_day_on_are_two_prices_of_that_day() -> None:
    assert rules_of(a_price(2.5), a_price(2.0)) == ["P.price_overlap"]
    assert rules_of(a_price(2.5, None), a_price(2.0, None)) == ["P.price_overlap"]
    assert rules_of(machines=(a_machine(1, SPRING, SUMMER), a_machine(2, SUMMER))) == ["P.price_overlap"]


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
    assert rules_of(a_price(2500), a_price(2.5, via_source_id="mirror")) == []


def test_one_slip_in_many_prices_is_one_finding_that_counts_them() -> None:
    rows = [
        a_price(amount, since, until, model=f"acme-{n}", model_price_id=f"registry.{n}{i}")
        for n in range(5)
        for i, (amount, since, until) in enumerate([(2500, SPRING, BEFORE), (2.5, SUMMER, None)])
    ]
    (finding,) = findings_of(*rows)
    assert "5 prices of acme-0, acme-1, acme-2 and 2 more" in finding.message
    assert (finding.row_id, finding.row_number) == ("registry.01", 2)
    assert finding.found == "2500, then 2.5 USD from 2026-06-01 (1,000 times)"
    assert finding.related.split()[:2] == ["registry.00", "registry.11"]


def test_a_machine_that_rises_tenfold_or_more_is_named_by_its_key() -> None:
    (finding,) = findings_of(machines=(a_machine(0.1, SPRING, BEFORE), a_machine(1.66, SUMMER)))
    assert (finding.rule, finding.table) == ("U.price_jump", "compute_prices")
    assert finding.row_id == "map|east|d2|linux|on_demand|2026-06-01"
    assert rules_of(machines=(a_machine(0.1, SPRING, BEFORE), a_machine(0.5, SUMMER))) == []


def test_a_price_moving_by_another_factor_is_no_slip() -> None:
    assert rules_of(a_price(2.5, SPRING, BEFORE), a_price(30, SUMMER)) == []


def test_frames_that_are_absent_or_lack_columns_have_no_rows() -> None:
    assert check_prices(None, pl.DataFrame({"source_id": ["map"]}), UNITS) == []


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
