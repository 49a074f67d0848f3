"""All prices of one entry of a list are of one seller, maker, model, region, currency and first day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.validation.prices.worlds import SUMMER, Row, a_price, findings_of

METERS = ("input", "output", "cache_read")


def entries(count: int, **cells: Any) -> list[Row]:
    return [a_price(model=f"acme-{n}", locator=f"v1 acme-{n}", meter=m, **cells) for n in range(count) for m in METERS]


def named(rows: list[Row]) -> list[tuple[str, str, str, str]]:
    of_offers = ("no input beside", "do not begin and end")
    found = (f for f in findings_of(*rows) if f.rule == "C.price_entry")
    told = (f for f in found if not any(words in f.message for words in of_offers))
    return [(f.row_id, f.column, f.found, f.expected) for f in told]


@pytest.mark.parametrize(
    ("column", "cell", "usual"),
    [
        ("seller", "best", "acme"), ("maker", "best", "acme"), ("maker", None, "acme"), ("model", "best-1", "acme-7"),
        ("region", "eu", "any"), ("currency", "CNY", "USD"), ("valid_from", SUMMER, "2026-03-01"),
    ],
)  # fmt: skip
def test_the_price_that_differs_from_the_rest_of_its_entry_is_named(column: str, cell: Any, usual: str) -> None:
    rows = entries(20)
    assert named(rows) == []
    rows[22] |= {column: cell}
    shown = "an empty cell" if cell is None else str(cell)
    assert named(rows) == [("registry.023", column, shown, usual)]


def test_few_entries_and_lists_whose_entries_name_several_tell_nothing() -> None:
    few = entries(10)
    few[4] |= {"seller": "best"}
    assert named(few) == []
    mixed = entries(20)
    for n in (1, 4, 7):
        mixed[n] |= {"seller": "best"}
    assert named(mixed) == []


def test_places_of_two_lists_are_two() -> None:
    rows = entries(20)
    rows[22] |= {"seller": "best", "source_id": "page"}
    assert named(rows) == []


def test_one_place_of_many_models_and_an_entry_that_differs_in_several_columns_tell_nothing() -> None:
    feed = entries(20) + [a_price(model=f"best-{n}", locator="t", meter="input") for n in range(3)]
    assert named(feed) == []
    apart = entries(20)
    apart[22] |= {"seller": "best", "maker": "best"}
    assert named(apart) == []


def test_tokens_of_an_entry_are_counted_in_one_unit() -> None:
    rows = [a_price(locator="v1 acme-1", meter=meter) for meter in ("input", "output", "cache_read")]
    said = [(f.row_id, f.found, f.expected) for f in findings_of(*rows) if f.rule == "C.price_entry"]
    assert said == []
    rows[1]["printed_per_unit_id"] = "token"
    said = [(f.row_id, f.found, f.expected) for f in findings_of(*rows) if f.rule == "C.price_entry"]
    assert said == [("registry.002", "token", "token-1m")]
    images = [*rows[::2], rows[1] | {"printed_per_unit_id": "image", "meter": "image_generation"}]
    assert [f for f in findings_of(*images) if f.rule == "C.price_entry"] == []


def test_a_model_has_one_maker_whoever_sells_it() -> None:
    def makers(*rows: Row) -> list[tuple[str, str, str]]:
        return [(f.row_id, f.found, f.expected) for f in findings_of(*rows) if f.column == "maker"]

    sold = [a_price(seller=seller) for seller in "abc"]
    assert makers(*sold, a_price(seller="d", maker="best")) == [("registry.004", "best", "acme")]
    assert makers(*sold[1:], a_price(seller="d", maker="best")) == []
    assert makers(*sold, a_price(seller="d", maker="best", model="best-1")) == []
