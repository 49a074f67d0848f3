"""A finding names the column, part, period, currency or word that was mistaken where the numbers bear it out."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, at, effects, now, quarters, year


def causes(rule: str, *prints: dict[str, str]) -> str:
    """The likely causes that the first finding of a rule names."""
    message = World(prints).findings(rule)[0].message
    return message.partition("; likely: ")[2].partition("; rests")[0]


def test_growth_of_another_period_is_recognised_by_its_levels_where_the_document_tells_of_that_period():
    bad = at("2024-12-31", "-3", source_id="news", **GROWTH)
    told = [
        at("2024-12-31", "-8", **GROWTH),
        now("97.0"),
        at("2024-12-31", "100.0"),
        now("70", metric_id="capex", source_id="news"),
    ]
    found = "-3 would fit as the growth of the quarter to 2025-12-31, of which its document tells other numbers"
    assert causes("C.agreement", bad, *told) == found
    assert causes("C.agreement", bad, *told[:3]) == ""
    assert causes("C.agreement", bad, told[0], now("90.0"), *told[2:]) == ""


def test_a_period_that_a_document_leaves_out_is_named_where_it_prints_another_twice():
    bad = at("2024-12-31", "400", source_id="news"), at("2024-12-31", "290", source_id="news")
    beside = now("70", metric_id="capex", source_id="news")
    found = "its document tells nothing of it for the quarter to 2025-12-31, of which it tells other numbers"
    assert causes("C.agreement_in_source", *bad, beside) == found
    assert causes("C.agreement_in_source", *bad, beside, now("400.2")) == found
    assert causes("C.agreement_in_source", *bad, beside, now("432.84")) == ""
    assert causes("C.agreement_in_source", *bad, {**beside, **GROWTH}) == ""


def test_the_main_period_of_a_document_that_leaves_it_out_is_named_against_other_documents():
    bad = at("2024-12-31", "400", source_id="news"), at("2024-12-31", "290")
    main = [now("70", metric_id=name, source_id="news") for name in ("capex", "capex-cash")]
    found = "its document tells nothing of it for the quarter to 2025-12-31, of which it tells other numbers"
    assert causes("C.agreement", *bad, *main) == found
    assert causes("C.agreement", *bad, *main[:1]) == ""


def test_the_part_of_which_a_document_tells_by_another_measure_alone_is_named():
    bad = now("44.8", source_id="news", **GROWTH), now("17.8", source_id="news", **GROWTH)
    parts = [
        now("37", source_id="news", breakdown_id="ai"),
        now("25.9", source_id="news", breakdown_id="external", **GROWTH),
        now("28", source_id="news", breakdown_id="external"),
    ]
    found = "its document tells no such number of ai, of which it tells others"
    assert causes("C.agreement_in_source", *bad, *parts) == found
    assert causes("C.agreement_in_source", *bad, parts[0]) == ""


def test_a_base_that_stands_in_an_older_document_of_the_publisher_may_have_been_restated():
    bad = now("-3.5", **GROWTH), now("321.6"), at("2024-12-31", "385")
    older = at("2024-12-31", "385.2", source_id="older-release", perimeter_id="original")
    found = causes("C.growth_yoy", *bad, older)
    assert found == "follows from p3: it is the number of p4, and may have been restated since"
    assert causes("C.growth_yoy", *bad, {**older, "source_id": "filing"}) == ""
    assert causes("C.growth_yoy", *bad, {**older, "printed_value": "333.2"}) != found


def test_a_part_is_recognised_by_its_share_of_the_whole_in_another_period():
    bad = now("89", source_id="news"), now("100.0")
    near = year("2024-12-31", "355", breakdown_id="ai"), year("2024-12-31", "400")
    assert causes("C.agreement", *bad, *near) == "it is of the size of ai, which is 88.8% of the whole in p3"
    assert causes("C.agreement", *bad, near[0], year("2024-12-31", "420")) == ""
    nearly_all = now("98", source_id="news"), now("100.0"), year("2024-12-31", "392", breakdown_id="ai"), near[1]
    assert "of the size" not in causes("C.agreement", *nearly_all)


def test_a_rate_of_a_part_and_of_what_was_foreseen_is_recognised_by_its_value():
    bad = now("34", source_id="news", **GROWTH), now("-2", **GROWTH)
    part = now("34", breakdown_id="ai", source_id="wire", **GROWTH)
    assert causes("C.agreement", *bad, part) == "the same number stands in p3 as breakdown ai"
    assert causes("C.agreement", *bad, {**part, "printed_value": "34.4"}) == ""
    guided = now("30", claim_status="guidance", source_id="wire", **GROWTH)
    bad = now("30", **GROWTH), now("432.84"), at("2024-12-31", "318")
    assert causes("C.growth_yoy", *bad, guided) == "the same number stands in p4 as guidance of the period"


def test_an_input_with_the_number_of_another_vendor_is_named():
    four = quarters("101.0", "626.0", "103.0", "104.0")
    peer = at("2024-06-30", "626.0", entity_id="rival", source_id="news")
    found = causes("C.sum_of_periods", year("2024-12-31", "410.0"), *four, peer)
    assert found == "follows from p3: the same number stands in p6 as entity rival"
    borne_out = at("2024-06-30", "626.0", source_id="news")
    assert causes("C.sum_of_periods", year("2024-12-31", "410.0"), *four, peer, borne_out) == ""


def test_quarters_of_a_sum_that_may_be_in_another_currency_are_all_named():
    four = quarters("800.0", "869.6", "810.0", "820.0")
    found = causes("C.sum_of_periods", year("2024-12-31", "3230.0"), *four)
    assert found == "follows from one of p2, p3, p4, p5: it would fit in HKD"


def test_dollars_among_yuan_are_named_beside_a_point_that_slipped():
    found = causes("U.scale_slip", *quarters("428", "430", "57", "425", "382"))
    assert found == "57 would fit in USD; or 57 would fit as cny-bn"
    assert "USD" not in causes("U.scale_slip", *quarters("428", "430", "30", "425", "382"))


def test_a_thousandfold_unit_is_named_where_the_pace_of_others_is_near_at_all():
    in_dollars = {"printed_unit_id": "usd-m", "metric_id": "capex"}
    flows = *quarters("300", "310", "290", **in_dollars), year("2023-12-31", "1200", **in_dollars)
    bad = at("2024-12-31", "160", metric_id="capex", printed_unit_id="usd-bn")
    assert causes("U.pace", *flows, bad) == "160 would fit as usd-m"
    assert "fit as usd-m" not in causes("U.pace", *flows, {**bad, "printed_value": "4.2"})


def test_a_run_rate_of_a_rounded_level_is_recognised():
    bad = now("912", printed_unit_id="cny-m", source_id="news")
    found = "912 would fit as a run rate, 4 times the quarter, not as its level"
    assert causes("C.agreement", bad, now("227.7", printed_unit_id="cny-m")) == found
    assert causes("C.agreement", bad, now("229.1", printed_unit_id="cny-m")) != found


@pytest.mark.parametrize(("rate", "value"), [("23.5", "18.95"), ("-18.9", "-17.51")])
def test_a_lost_sign_of_a_rate_beside_that_of_a_longer_period_is_named(rate: str, value: str):
    half = at("2024-06-30", value.lstrip("-"), period_type="half_year", **GROWTH)
    found = World([year("2024-12-31", rate, **GROWTH), half]).findings("U.nested_rate")
    if value.startswith("-"):
        assert f"follows from p2: {value} would fit: the sign may be lost" in found[0].message
    else:
        assert found == []


def test_another_print_with_the_other_sign_is_told_of_an_odd_rate():
    ends = ("2025-03-31", "2025-06-30", "2025-09-30")
    near = [at(end, value, **GROWTH) for end, value in zip(ends, ("-5", "-4", "-2"), strict=True)]
    bad = now("17", source_id="news", **GROWTH)
    assert causes("U.near_rates", bad, *near, now("-17", source_id="wire", **GROWTH)).startswith(
        "-17 would fit: the sign may be lost"
    )
    assert "sign" not in causes("U.near_rates", bad, *near)


def test_a_row_once_more_may_be_in_constant_currency_where_its_document_tells_such_rates():
    twice, constant = [now("28", **GROWTH)] * 2, now("30", entity_id="acme", basis="constant_currency", **GROWTH)
    found = "it may be in constant currency, as p3 of its document is"
    assert causes("V.repeated_row", *twice, constant) == found
    assert causes("V.repeated_row", *twice, {**constant, "source_id": "news"}) == ""
    assert causes("V.repeated_row", now("28"), now("28"), constant) == ""


def test_points_of_acceleration_are_told_beside_another_base_and_from_rates_on_another_perimeter_or_basis():
    bad = now("2", **GROWTH), now("130.2"), at("2024-12-31", "100.0"), at("2025-09-30", "127.6")
    before = at("2025-09-30", "28", **GROWTH)
    base = "it fits the base 127.6 cny-100m of the quarter to 2025-09-30: growth on the period before printed as " \
           "growth on the year"  # fmt: skip
    points = "2 would fit as the points by which growth changed from 28 of p5"
    assert causes("C.growth_yoy", *bad) == base
    assert causes("C.growth_yoy", *bad, before) == f"{base}; or {points}"
    assert causes("C.growth_yoy", *bad, {**before, "basis": "constant_currency"}) == f"{base}; or {points}"
    other = {**before, "perimeter_id": "original", "source_id": "older-release"}
    assert causes("C.growth_yoy", *bad, other) == f"{base}; or {points}"
    assert causes("C.growth_yoy", *bad, {**before, "bound": "gt"}) == base


def test_the_rate_of_a_column_before_is_recognised_beside_the_rate_on_another_basis():
    constant = now("78", basis="constant_currency", **GROWTH)
    bad, before = now("32", **GROWTH), at("2025-09-30", "32", source_id="news", **GROWTH)
    found = "follows from p2: the same number stands in p3 as that of the quarter to 2025-09-30"
    assert causes("C.constant_currency", constant, bad, before) == found
    assert causes("C.constant_currency", constant, bad) == ""


def test_a_quarter_of_the_size_of_a_longer_period_is_recognised():
    told = now("6.2", printed_unit_id="cny-bn")
    found = "would fit as the number of a longer period, such as the year to date, or as a yearly rate"
    bad = now("12.7", printed_unit_id="cny-bn", source_id="news")
    assert causes("C.agreement", bad, told) == f"12.7 {found}"
    assert causes("C.agreement", {**bad, "printed_value": "9.7"}, told) == ""
    day = {"metric_id": "backlog", "period_type": "instant"}
    assert causes("C.agreement", {**bad, **day}, {**told, **day}) == ""


def test_a_word_that_another_print_of_the_number_has_is_named_where_the_number_fits_with_it():
    bad = now("120", source_id="news", **GROWTH), now("78.2"), at("2024-12-31", "36.2")
    about = now(
        "120", source_id="wire", bound="eq", precision_word="approximately", printed_text="about 120%", **GROWTH
    )
    found = "it would fit with the word that p4 has: approximately"
    assert causes("C.growth_yoy", *bad, about) == found
    assert causes("C.growth_yoy", bad[0], now("70.2"), bad[2], about) != found
    more = {**about, "bound": "gt", "precision_word": "none", "printed_text": "more than 120%"}
    assert causes("C.growth_yoy", bad[0], now("83.0"), bad[2], more) == "it would fit with the word that p4 has: gt"


def test_points_of_acceleration_are_recognised_beside_what_exchange_rates_make_of_other_lines():
    before = at("2025-09-30", "37", basis="constant_currency", **GROWTH)
    found = "1 would fit as the points by which growth changed from 37 of p7"
    assert causes("C.currency_effect", *effects("1"), before) == found
    assert causes("C.currency_effect", *effects("1"), {**before, "printed_value": "30"}) == ""


def test_growth_that_is_a_bound_fits_no_other_base():
    rate = now("100", bound="gt", precision_word="none", **GROWTH)
    found = causes("C.growth_yoy", rate, now("219"), at("2024-12-31", "192"), at("2021-12-31", "103"))
    assert found == ""
