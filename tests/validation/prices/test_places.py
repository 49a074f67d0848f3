"""What the place of a price in its list tells of it: its first day, its seller, its region, and its model."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from tests.validation.prices.worlds import BEFORE, SPRING, SUMMER, Row, a_machine, a_price, findings_of

METERS = ("input", "output")


def entries(count: int, **cells: Any) -> list[Row]:
    """Entries of one version and seller, each with two prices."""
    return [
        a_price(locator=f"v1 acme/acme-{n}", model=f"acme-{n}", meter=meter, **cells)
        for n in range(count)
        for meter in METERS
    ]


def named(*rows: Row, machines: tuple[Row, ...] = ()) -> list[tuple[str, str, str, str]]:
    found = (f for f in findings_of(*rows, machines=machines) if f.rule == "C.price_entry")
    return [(f.row_id, f.column, f.found, f.expected) for f in found]


@pytest.mark.parametrize(
    ("column", "cell", "usual"),
    [
        ("valid_from", SUMMER, "2026-03-01"), ("seller", "best", "acme"), ("region", "eu", "any"),
        ("currency", "CNY", "USD"),
    ],
)  # fmt: skip
def test_an_entry_that_differs_from_all_others_of_its_version_path_or_seller_is_named(
    column: str, cell: Any, usual: str
) -> None:
    rows = entries(11)
    assert named(*rows) == []
    for row in rows[-2:]:
        row[column] = cell
    assert named(*rows) == [("registry.021", column, str(cell), usual)]
    assert named(*rows[2:]) == []


def test_a_path_that_two_sellers_share_tells_nothing() -> None:
    rows = entries(12)
    for row in rows[-4:]:
        row["seller"] = "best"
    assert named(*rows) == []


def test_a_head_of_a_key_that_says_a_scope_names_no_seller() -> None:
    rows = [row | {"locator": row["locator"].replace("acme/", "eu/")} for row in entries(11)]
    for row in rows[-2:]:
        row["seller"] = "best"
    assert named(*rows) == []


def test_a_model_that_is_not_in_the_key_of_its_entry_is_named() -> None:
    rows = entries(11)
    for row in rows[-2:]:
        row["model"] = "acme-77"
    assert named(*rows) == [("registry.021", "model", "acme-77", "v1 acme/acme-10")]
    pages = [row | {"locator": f"v1 https://acme.example/{n}"} for n, row in enumerate(entries(11))]
    assert named(*pages) == []


def test_a_place_without_a_version_tells_nothing() -> None:
    feed = [a_price(locator="t", model="best-1", meter=meter) for meter in METERS]
    assert named(*entries(11), *feed) == []


def test_a_machine_begins_with_its_version_of_the_list() -> None:
    machines = [a_machine(n, locator="v1", instance_type=f"d{n}", valid_to=None) for n in range(1, 12)]
    assert named(machines=tuple(machines)) == []
    late = machines[-1] | {"valid_from": date(2026, 3, 10)}
    assert named(machines=(*machines[:-1], late)) == [
        ("map|east|d11|linux|on_demand|2026-03-10", "valid_from", "2026-03-10", "2026-03-01")
    ]
    assert named(machines=(*machines[1:-1], late)) == []


def spans(first: float, then: float, since: date = SUMMER) -> list[Row]:
    return [a_price(first, SPRING, date(2026, 5, 31)), a_price(then, since)]


def repeats(*rows: Row, machines: tuple[Row, ...] = ()) -> list[tuple[str, str]]:
    found = findings_of(*rows, machines=machines)
    return [(f.row_id, f.found) for f in found if (f.rule, f.severity) == ("P.price_overlap", "notice")]


def test_a_span_with_the_price_of_the_one_before_is_named() -> None:
    assert repeats(*spans(2.5, 2.0)) == []
    assert repeats(*spans(2.5, 2.5)) == [("registry.002", "2.5 USD from 2026-03-01 and from 2026-06-01")]
    assert repeats(*spans(2.5, 2.5, date(2026, 6, 2))) == []
    again = a_machine(0.5, SUMMER), a_machine(0.5, SPRING, date(2026, 5, 31))
    assert repeats(machines=again) == [
        ("map|east|d2|linux|on_demand|2026-06-01", "0.5 USD from 2026-03-01 and from 2026-06-01")
    ]


def test_a_model_whose_prices_all_begin_again_has_another_key() -> None:
    assert repeats(*spans(2.5, 2.5), *(row | {"meter": "output"} for row in spans(5.0, 5.0))) == []


def free_named(*rows: Row) -> list[tuple[str, str]]:
    found = findings_of(*rows)
    return [(f.row_id, f.found) for f in found if f.rule == "C.price_free" and f.expected == "free"]


def a_free_price(state: str, **cells: Any) -> Row:
    return a_price(0.0 if state == "free" else None, price_state=state, **cells)


@pytest.mark.parametrize("model", ["acme-1:free", "acme-1-free", "acme/free"])
def test_a_model_named_free_is_free(model: str) -> None:
    assert free_named(a_free_price("free", model=model)) == []
    assert free_named(a_free_price("unknown", model=model)) == [("registry.001", "unknown")]
    assert free_named(a_free_price("unknown", model="acme-freedom")) == []


def test_a_free_price_that_nothing_calls_free_is_named_in_a_large_list() -> None:
    rows = [a_price(model=f"acme-{n}") for n in range(100)]
    says = "a price, or unknown"
    assert stated(says, *rows, a_free_price("free", model="acme-100")) == ["registry.101"]
    assert stated(says, *rows, a_free_price("free", model="acme-100", printed_text="free of charge")) == []
    assert stated(says, *rows[:50], a_free_price("free", model="acme-100")) == []
    assert stated(says, *rows, *(a_free_price("free", model=f"acme-{n}") for n in (100, 101, 102))) == []


def test_an_unknown_price_without_the_text_of_the_list_is_named() -> None:
    told = [a_free_price("unknown", model=f"acme-{n}", printed_text="0") for n in range(20)]
    untold = [a_free_price("unknown", model=f"acme-{n}") for n in range(20, 23)]
    assert stated("a price, or a text", *told, untold[0]) == ["registry.021"]
    assert stated("a price, or a text", *told[:10], untold[0]) == []
    assert stated("a price, or a text", *told, *untold) == []


def stated(expected: str, *rows: Row) -> list[str]:
    return [f.row_id for f in findings_of(*rows) if (f.rule, f.expected) == ("C.price_free", expected)]


def left_open(*rows: Row) -> list[tuple[str, str]]:
    found = findings_of(*rows)
    return [(f.row_id, f.expected) for f in found if (f.rule, f.column) == ("P.price_left_open", "valid_to")]


def test_a_price_that_outlasts_all_others_of_its_model_is_named() -> None:
    gone = [a_price(meter=meter, until=date(2026, 5, 31)) for meter in ("output", "cache_read")]
    assert left_open(a_price(), *gone) == [("registry.001", "an end, as the others have by 2026-05-31")]
    assert left_open(a_price(until=date(2026, 5, 31)), *gone) == []
    assert left_open(a_price(since=SUMMER), *gone) == []
    assert left_open(a_price(), a_price(meter="output"), *gone[1:]) == []


def versions(
    until: date | None = None, since: date | None = None, basis: str = "snapshot", printed: date | None = None
) -> list[tuple[str, str]]:
    """What is named of a list of thirty days, on each of which two models begin and end, with one price changed."""
    days = [date(2026, 1, n) for n in range(1, 32)]
    rows = [
        a_price(since=first, until=date(2026, 1, last.day - 1), model=f"acme-{n}-{first.day}", date_basis=basis)
        for first, last in pairwise(days)
        for n in (1, 2)
    ]
    rows[0] |= {key: day for key, day in (("valid_from", since), ("valid_to", until)) if day}
    rows += [a_price(since=printed, model="acme-1-1", date_basis="documented")] if printed else []
    found = findings_of(*rows)
    return [(f.row_id, f.column) for f in found if f.expected == "a day of a version of the list"]


def test_a_price_begins_and_ends_on_days_of_versions() -> None:
    assert versions() == []
    assert versions(until=date(2026, 3, 4)) == [("registry.001", "valid_to")]
    assert versions(since=date(2025, 1, 1)) == [("registry.001", "valid_from")]
    assert versions(since=date(2025, 1, 1), basis="commit") == []
    assert versions(until=date(2026, 3, 4), printed=date(2026, 3, 5)) == []


@pytest.mark.parametrize(("column", "cell"), [("region", "eu"), ("currency", "CNY")])
def test_a_region_or_currency_beside_the_usual_one_is_added_and_not_mistaken(column: str, cell: str) -> None:
    """The first entry of a seller in Europe stands beside the one that holds anywhere."""
    rows = entries(11)
    added = [row | {column: cell, "locator": f"{row['locator']}-{cell}"} for row in rows[-2:]]
    assert named(*rows, *added) == []
    for row in rows[-2:]:
        row["valid_to"] = BEFORE
    assert named(*rows, *(row | {"valid_from": SUMMER} for row in added))[0][1:] == (
        column, cell, "any" if column == "region" else "USD"
    )  # fmt: skip
