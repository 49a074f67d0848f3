"""An offer has an input beside its output, a short length beside a long one, and one first and last day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_price, findings_of

METERS = ("input", "output", "cache_read")


def offers(count: int, **cells: Any) -> list[Row]:
    return [a_price(model=f"acme-{n}", locator=f"v1 acme-{n}", meter=m, **cells) for n in range(count) for m in METERS]


def told(column: str, message: str, *rows: Row) -> list[tuple[str, str, str, str]]:
    found = (f for f in findings_of(*rows) if (f.rule, f.column) == ("C.price_entry", column) and message in f.message)
    return [(f.row_id, f.found, f.expected, f.related) for f in found]


def without_input(*rows: Row) -> list[tuple[str, str, str, str]]:
    return told("meter", "no input beside", *rows)


INPUT = "an input of the same offer"


@pytest.mark.parametrize(
    ("cells", "lone"),
    [
        ({"region": "eu"}, ("registry.002", "output without input", INPUT, "registry.001")),
        ({"seller": "best"}, ("registry.002", "output without input", INPUT, "registry.001")),
        ({"mode": "batch"}, None),
    ],
)
def test_output_of_another_key_has_no_input(cells: Row, lone: tuple[str, ...] | None) -> None:
    rows = offers(20)
    assert without_input(*rows) == []
    rows[1] |= cells
    assert without_input(*rows) == ([lone] if lone else [])


def test_an_input_of_another_key_leaves_its_offer_without_one() -> None:
    rows = offers(20)
    rows[0] |= {"region": "eu"}
    assert [row for row, *_ in without_input(*rows)] == ["registry.002"]
    (found,) = (f for f in findings_of(*rows) if "no input beside" in f.message)
    assert [named.row_id for named in found.rows] == ["registry.002", "registry.003", "registry.001"]
    meters = offers(20)
    meters[0] |= {"meter": "cache_write"}
    (found,) = (f for f in findings_of(*meters) if "no input beside" in f.message)
    assert sorted(named.row_id for named in found.rows) == ["registry.001", "registry.002", "registry.003"]


def test_a_list_that_does_so_often_and_models_of_images_tell_nothing() -> None:
    rows = offers(20)
    assert without_input(*(row for n, row in enumerate(rows) if n not in (0, 3, 6))) == []
    assert without_input(*rows[1:]) != []
    picture = a_price(model="acme-0", meter="image_generation", printed_per_unit_id="image")
    assert without_input(*rows[1:], picture) == []
    assert without_input(*offers(18)[1:]) == []


def test_a_long_prompt_has_a_price_of_a_short_one_beside_it() -> None:
    rows = [row | {"tier_from_tokens": tier} for row in offers(7) for tier in (None, 200_000)]
    message = "long prompt and no shorter"
    assert told("tier_from_tokens", message, *rows) == []
    shown = ("registry.001", "input from 200000 tokens alone", "a price of shorter prompts too", "")
    assert told("tier_from_tokens", message, *rows[1:]) == [shown]
    assert told("tier_from_tokens", message, *rows[5:]) == []
    assert told("tier_from_tokens", message, *rows[3:36]) == []


def days(column: str, *rows: Row) -> list[tuple[str, str, str, str]]:
    return told(column, "do not begin and end", *rows)


def test_input_and_output_begin_and_end_on_the_same_days() -> None:
    rows = offers(20, until=AUTUMN)
    assert days("valid_from", *rows) == []
    rows[4] |= {"valid_from": SUMMER}
    assert days("valid_from", *rows) == [("registry.005", "2026-06-01", "2026-03-01", "registry.004")]
    rows[3] |= {"valid_to": date(2025, 9, 1)}
    assert days("valid_to", *rows) == [("registry.004", "2025-09-01", "2026-09-01", "registry.005")]
    rows[2] |= {"valid_to": date(2025, 9, 1)}
    # One finding tells of both rows of the seller, each beside the input or output of its offer.
    assert days("valid_to", *rows) == [("registry.003", "2025-09-01", "2026-09-01", "registry.001 registry.004")]
    # A price that changes within the life of the offer, and cached input that comes later, are nothing.
    changed = offers(20)
    changed[0] |= {"valid_to": BEFORE}
    changed[2] |= {"valid_from": SUMMER}
    assert days("valid_to", *changed, changed[0] | {"valid_from": SUMMER, "valid_to": None, "amount": 3.0}) == []
    assert days("valid_from", *changed) == []


def test_what_a_list_does_to_several_offers_on_one_day_or_puts_into_another_mode_is_no_slip() -> None:
    rows = offers(20)
    rows[1] |= {"valid_to": BEFORE}
    shown = ("registry.002", "2026-05-31", "an empty cell", "registry.001")
    assert days("valid_to", *rows) == [shown]
    moved = rows[1] | {"mode": "answers", "valid_from": SUMMER, "valid_to": None}
    assert days("valid_to", *rows, moved) == []
    rows[4] |= {"valid_to": BEFORE}
    assert days("valid_to", *rows) == []
    assert rows[0]["valid_from"] == SPRING
