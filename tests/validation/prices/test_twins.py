"""A price out of the proportion of its offer to a twin, a tier below a shorter one, a meter at the price of input."""

from __future__ import annotations

from typing import Any

import pytest

from tests.validation.prices.worlds import Row, a_price, findings_of

METERS = ("input", "output", "cache_read", "cache_write")


def offer(model: str, *amounts: float, **cells: Any) -> list[Row]:
    """The prices of an offer, meter by meter."""
    return [
        a_price(amount, model=model, meter=meter, **cells)
        for meter, amount in zip(METERS, amounts, strict=False)
    ]  # fmt: skip


def named(*offers: list[Row], says: str = "other prices of the offer") -> dict[str, str]:
    found = findings_of(*(row for rows in offers for row in rows))
    return {row.row_id: f.expected for f in found if says in f.expected for row in f.rows if row.role == "subject"}


def test_a_price_that_leaves_the_proportion_to_two_twins_is_named() -> None:
    base, dated = offer("acme-1", 1, 5, 0.1), offer("acme-1-20260101", 1, 5, 0.1)
    assert named(base, dated, offer("acme-1", 1.1, 5.5, 0.11, region="eu")) == {}
    assert named(base, dated, offer("acme-1", 1.1, 8.8, 0.11, region="eu")) == {
        "registry.008": "about 5.5, in proportion as 2 other prices of the offer"
    }
    assert named(base, offer("acme-1", 1.1, 8.8, 0.11, region="eu")) == {}


def test_three_other_prices_tell_beside_one_twin_and_both_are_named() -> None:
    whole, half = offer("acme-1", 1, 5, 0.1, 1.25), offer("acme-1", 0.5, 4, 0.05, 0.625, mode="batch")
    found = named(whole, half)
    assert set(found) == {"registry.002", "registry.006"}
    assert named(whole, [row | {"date_basis": "documented"} for row in half]).keys() == {"registry.002"}


def test_a_rounding_or_a_habit_of_two_models_is_no_slip() -> None:
    assert named(offer("acme-1", 1, 5, 0.25, 1.25), offer("acme-1", 0.5, 2.5, 0.13, 0.625, mode="batch")) == {}
    pairs = [
        rows
        for model in ("acme-1", "acme-2")
        for rows in (offer(model, 1, 5, 0.1, 1.25), offer(model, 0.5, 2.5, 0.1, 0.625, mode="batch"))
    ]
    assert named(*pairs[:2]) != {}
    assert named(*pairs) == {}


def tiers(model: str, *amounts: tuple[float, float], **cells: Any) -> list[Row]:
    """By meter the price of a short and of a long prompt."""
    return [
        a_price(amount, model=model, meter=meter, tier_from_tokens=tier, **cells)
        for meter, pair in zip(METERS, amounts, strict=False)
        for tier, amount in zip((None, 200000), pair, strict=True)
    ]


def in_tiers(*offers: list[Row]) -> list[tuple[str, str, str]]:
    found = findings_of(*(row for rows in offers for row in rows))
    return [(f.row_id, f.found, f.expected) for f in found if f.rule == "C.tier_order"]


def test_a_tier_of_longer_prompts_costs_no_less() -> None:
    assert in_tiers(tiers("acme-1", (1, 2), (5, 7.5))) == []
    assert in_tiers(tiers("acme-1", (2, 1), (5, 7.5))) == [
        ("registry.002", "input 1 USD from 200000 tokens", "more than 2, the price from 0 tokens")
    ]


def test_the_one_price_of_an_offer_whose_tiers_cost_the_same_is_named() -> None:
    assert in_tiers(tiers("acme-1", (1, 1), (5, 7.5))) == [
        ("registry.002", "input 1 USD from 200000 tokens", "more than 1, the price from 0 tokens")
    ]
    assert in_tiers(tiers("acme-1", (1, 1), (5, 5))) == []
    assert in_tiers(tiers("acme-1", (1, 1), (5, 7.5)), tiers("acme-2", (2, 2), (5, 7.5))) == []


LIST = [offer(f"acme-{n}", n, n * 5, n / 10) for n in range(1, 11)]
ELSEWHERE = [offer("acme-1", 1, 5, 0.1, seller="cloud")]


@pytest.mark.parametrize(("amounts", "named_row"), [((1, 1, 0.1), "registry.002"), ((1, 5, 1), "registry.003")])
def test_a_meter_at_the_price_of_input_is_named_where_nobody_has_it_so(
    amounts: tuple[float, ...], named_row: str
) -> None:
    mistaken = [offer("acme-1", *amounts), *LIST[1:], *ELSEWHERE]
    says = "than for input"
    assert named(*LIST, *ELSEWHERE, says=says) == {}
    assert named(*mistaken, says=says) == {named_row: "another amount than for input, as 1 others have it"}
    assert named(*mistaken[:-1], says=says) == {}
    assert named(*mistaken[:9], *ELSEWHERE, says=says) == {}
    assert named(*mistaken, offer("acme-1", *amounts, seller="cloud-2"), says=says) == {}
