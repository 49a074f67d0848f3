"""An amount that one voice alone states, a power of ten from what others state, is named."""

from __future__ import annotations

from tests.validation.prices.worlds import AUTUMN, BEFORE, SPRING, SUMMER, Row, a_price, findings_of, rules_of


def lone(*rows: Row) -> list[str]:
    return [f.row_id for f in findings_of(*rows) if f.rule == "U.price_lone"]


OTHERS = [a_price(0.5, seller=seller) for seller in "abc"]
"""Three sellers on one model."""


def test_a_tenth_of_what_three_sellers_ask_is_named_though_it_has_ended() -> None:
    ended = a_price(0.05, SPRING, BEFORE, seller="d")
    assert lone(*OTHERS, ended) == ["registry.004"]
    assert lone(*OTHERS[:2], ended) == []


def test_an_amount_that_a_second_voice_states_is_a_price() -> None:
    assert lone(*OTHERS, a_price(0.05, seller="d"), a_price(0.05, seller="d", source_id="page")) == []


def test_what_a_list_left_for_the_price_of_others_is_a_change() -> None:
    assert lone(*OTHERS, a_price(5, SPRING, BEFORE, seller="d"), a_price(0.5, SUMMER, seller="d")) == []


def test_names_of_sellers_before_a_model_are_left_aside() -> None:
    bedrock = a_price(0.05, seller="d", model="us.best.acme-1")
    assert lone(*OTHERS, bedrock) == ["registry.004"]


def test_prices_of_one_model_in_a_lists_regions_bear_witness() -> None:
    places = [a_price(0.5, region=f"place-{n}") for n in range(3)]
    assert lone(*places, a_price(5, region="far")) == ["registry.004"]


def test_pieces_cost_the_same_with_the_models_of_a_list() -> None:
    searches = [a_price(0.01, model=f"m{n}", meter="search", printed_per_unit_id="image") for n in range(5)]
    slip = a_price(10, model="m9", meter="search", printed_per_unit_id="image")
    assert lone(*searches, slip) == ["registry.006"]


def test_a_slip_that_shows_otherwise_is_told_once() -> None:
    far = [*(a_price(2.5, seller=seller) for seller in "abc"), a_price(0.0000025, AUTUMN, seller="d")]
    assert rules_of(*far) == ["U.price_scale"]


def test_an_amount_that_happens_to_be_a_power_of_ten_from_one_of_several_that_others_ask_is_none() -> None:
    """Most voices must state what it is held against: sellers of open weights each ask their own price."""
    dearer = [a_price(0.26, seller=seller) for seller in "efgh"]
    assert lone(*OTHERS, *dearer, a_price(0.05, seller="d")) == []


def test_a_seller_whose_other_meter_is_dearer_too_has_its_own_level() -> None:
    """SambaNova asks 5 and 7 USD for DeepSeek-R1, of which others ask 0.5 and 2.18."""
    both = [*OTHERS, *(a_price(2.18, seller=seller, meter="output") for seller in "abc")]
    slip = a_price(5, seller="d")
    assert lone(*both, slip, a_price(2.2, seller="d", meter="output")) == ["registry.007"]
    assert lone(*both, slip, a_price(7, seller="d", meter="output")) == []
    assert lone(*both, slip, a_price(21.8, seller="d", meter="output")) == ["registry.007"]


def test_a_price_for_all_models_of_a_seller_and_no_discount_for_a_cache_are_its_own() -> None:
    flat = [a_price(0.05, seller="d", model=f"m{n}") for n in range(3)]
    assert lone(*OTHERS, a_price(0.05, seller="d"), *flat) == []
    cached = [row | {"meter": "cache_read"} for row in OTHERS]
    undiscounted = a_price(5, seller="d", meter="cache_read")
    assert lone(*cached, undiscounted, a_price(5, seller="d")) == []
    assert lone(*cached, undiscounted, a_price(6, seller="d")) == ["registry.004"]
