"""One price of an offer that others put otherwise who have its other prices is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.validation.prices.worlds import SPRING, Row, a_price, findings_of


def offer(seller: str = "cloud", since: date = SPRING, until: date | None = None, **amounts: Any) -> list[Row]:
    """The prices of an offer by meter; `source_id` and other cells may stand among them."""
    cells = {name: amounts.pop(name) for name in ("source_id", "region", "date_basis") if name in amounts}
    return [
        a_price(amount, since, until, seller=seller, meter=meter, **{"date_basis": "commit", **cells})
        for meter, amount in amounts.items()
    ]


def named(*offers: list[Row]) -> dict[str, str]:
    found = findings_of(*(row for rows in offers for row in rows))
    return {finding.row_id: finding.expected for finding in found if finding.rule == "C.price_lists"}


BESIDE = "as another list has it beside the same other prices"


def test_another_list_of_the_seller_tells_of_one_price_where_it_has_the_other() -> None:
    usual = offer(source_id="page", input=3, output=15)
    assert named(offer(input=3, output=15), usual) == {}
    assert named(offer(input=3, output=17), usual) == {"registry.002": f"15, {BESIDE}", "page.004": f"17, {BESIDE}"}


@pytest.mark.parametrize(
    "other",
    [
        {"input": 2.5, "output": 15}, {"output": 15}, {"input": 3, "output": 15, "seller": "else"},
        {"input": 3, "output": 15, "region": "eu"}, {"input": 3, "output": 15, "until": date(2026, 3, 10)},
        {"input": 3, "output": 15, "source_id": "registry-again"},
    ],
)  # fmt: skip
def test_who_has_other_prices_too_or_is_elsewhere_tells_nothing(other: dict[str, Any]) -> None:
    assert named(offer(input=3, output=17), offer(**{"source_id": "page", **other})) == {}


def test_an_amount_that_a_third_list_states_is_a_price() -> None:
    lists = [offer(input=3, output=17), offer(source_id="page", input=3, output=15)]
    assert named(*lists, offer(source_id="third", input=3, output=17)) == {
        "page.004": "17, as 2 others have it beside the same other prices"
    }


def test_a_list_may_round_to_cents() -> None:
    exact = offer(source_id="page", input=1.25, cache_read=0.125, output=10)
    assert named(offer(input=1.25, cache_read=0.13, output=10), exact) == {}
    assert len(named(offer(input=1.25, cache_read=0.15, output=10), exact)) == 2


def test_two_sellers_that_share_two_prices_tell_of_the_third() -> None:
    usual = [offer(seller, input=3, output=15, audio_input=32) for seller in "ab"]
    assert named(*usual, offer("d", input=3, output=51, audio_input=32)) == {
        "registry.008": "15, as 2 others have it beside the same other prices"
    }
    assert named(*usual[:1], offer("d", input=3, output=51, audio_input=32)) == {}
    caches = [offer(seller, input=3, output=15, cache_read=0.3) for seller in "ab"]
    assert named(*caches, offer("d", input=3, output=15, cache_read=0.75)) == {}


def test_what_a_maker_prints_on_its_own_page_is_its_price() -> None:
    page = offer("acme", source_id="page", date_basis="first_observed", input=3, output=17)
    assert named(page, offer("acme", input=3, output=15)) == {"registry.004": f"17, {BESIDE}"}


def two_lists(count: int, **stated: Any) -> list[list[Row]]:
    """So many models that two lists have alike, and one that one of them has otherwise."""
    models = [(f"acme-{n}", {"input": n + 1, "output": 4 * n + 5}) for n in range(count)] + [("acme-99", stated)]
    alike = [[row | {"model": model} for row in offer(**prices)] for model, prices in models]
    other = [[row | {"model": "acme-99"} for row in offer(source_id="page", input=3, output=15)]]
    page = [[row | {"source_id": "page"} for row in rows] for rows in alike[:-1]]
    return [*alike, *page, *other]


def test_two_lists_that_agree_on_a_seller_tell_of_a_model_that_one_of_them_has_otherwise() -> None:
    assert named(*two_lists(7, input=3, output=15)) == {}
    told = named(*two_lists(7, input=5, output=19))
    assert told == {"registry.015": "3, as page has it", "page.031": "5, as registry has it"}
    assert named(*two_lists(6, input=5, output=19)) == {}
