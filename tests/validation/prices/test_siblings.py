"""A price that two others of its offer put otherwise is named, in proportion as the list has them for other models."""

from __future__ import annotations

from typing import Any

import pytest

from tests.validation.prices.worlds import Row, a_price, findings_of


def offer(model: str, *prices: float, **cells: Any) -> list[Row]:
    """The input, output and cached price of a model."""
    return [
        a_price(amount, model=model, meter=meter, **cells)
        for meter, amount in zip(("input", "output", "cache_read"), prices, strict=False)
    ]


def batch(model: str, *prices: float) -> list[Row]:
    return offer(model, *prices, mode="batch", service_tier="batch")


def named(*offers: list[Row]) -> dict[str, str]:
    found = findings_of(*(row for rows in offers for row in rows))
    return {finding.row_id: finding.expected for finding in found if "of the offer tell" in finding.expected}


HABIT = [offer(f"acme-{name}", n, n * 5, n / 10) for n, name in enumerate("abcd", 1)]
"""Four models whose output costs five times the input, and cached tokens a tenth."""
TOLD = {"registry.014": "about 15, as 2 others of the offer tell"}


def test_a_price_out_of_proportion_to_two_siblings_is_named() -> None:
    assert named(*HABIT, offer("acme-e", 3, 15, 0.3)) == {}
    assert named(*HABIT, offer("acme-e", 3, 18, 0.3)) == TOLD
    assert named(*HABIT[:3], offer("acme-e", 3, 18, 0.3)) == {}


def test_the_siblings_of_a_slip_are_not_blamed() -> None:
    assert named(*HABIT, offer("acme-e", 8, 15, 0.3)) == {"registry.013": "about 3, as 2 others of the offer tell"}
    assert named(*HABIT, offer("acme-e", 3, 18)) == {}


def test_batches_stand_in_proportion_to_ordinary_prices() -> None:
    halves = [batch(f"acme-{name}", n / 2, n * 2.5, n / 20) for n, name in enumerate("abcd", 1)]
    assert named(*HABIT, *halves, offer("acme-e", 3, 15), batch("acme-e", 1.5, 7.6)) == {
        "registry.028": "about 7.5, as 2 others of the offer tell"
    }


@pytest.mark.parametrize(
    "other",
    [
        {"seller": "cloud"}, {"region": "eu"}, {"source_id": "page"},
    ],
)  # fmt: skip
def test_what_anybody_else_states_of_the_model_is_a_price(other: dict[str, Any]) -> None:
    assert named(*HABIT, offer("acme-e", 3, 18, 0.3), offer("acme-e", 4, 18, **other)) == {}


def test_a_model_may_have_a_proportion_of_its_own() -> None:
    longer = offer("acme-e", 6, 36, 0.6, tier_from_tokens=200_000)
    assert named(*HABIT, offer("acme-e", 3, 18, 0.3), longer) == {}


def test_a_maker_may_have_a_second_proportion() -> None:
    """Anthropic's models of autumn 2026 have cached tokens at a twentieth; its older ones keep the tenth."""
    cut = [offer(f"acme-{n}", n, n * 5, n / 20, source_id="page", seller=f"shop-{n}") for n in (7, 8, 9)]
    assert named(*HABIT, offer("acme-e", 3, 15, 0.15)) == {"registry.015": "about 0.3, as 2 others of the offer tell"}
    assert named(*HABIT, offer("acme-e", 3, 15, 0.15), *cut) == {}
    assert len(named(*HABIT, offer("acme-e", 3, 15, 0.15), *cut[:1])) == 1


@pytest.mark.parametrize(("cached", "count"), [(0.031, 0), (0.03, 0), (0.04, 1)])
def test_a_list_may_round(cached: float, count: int) -> None:
    assert len(named(*HABIT, offer("acme-e", 0.314, 1.57, cached))) == count


def test_a_version_of_a_model_has_the_prices_of_another() -> None:
    """Two more versions of the model tell of its price, where nothing else of the offers differs."""
    versions = [offer(f"acme-e-{day}", 3, 16) for day in ("2026-01-05", "2026-02-05")]
    assert named(offer("acme-e", 3, 18), *versions) == {"registry.002": "about 16, as 2 others of the offer tell"}
    assert named(offer("acme-e", 4, 18), *versions) == {}


def test_what_a_maker_prints_on_its_own_page_is_its_price() -> None:
    assert named(*HABIT, offer("acme-e", 3, 18, 0.3, date_basis="documented")) == {}


def test_one_sibling_is_enough_by_a_proportion_that_twenty_models_have() -> None:
    twenty = [offer(f"acme-{n}", n, n * 5) for n in range(1, 22)]
    slip = offer("acme-99", 3, 15.5)
    told = {"registry.043": "about 3.1, as another of the offer tells"}
    assert named(*twenty, slip) == told
    assert named(*twenty[:18], slip) == {}
    assert named(*twenty[:-1], offer("acme-98", 3, 16), slip) == {}
