"""What growth, ratios and names that nothing else bears out make likely: each with a number that only looks odd."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import Cells, at, backlog, now, quarters, year

GROWTH: Cells = {"measure": "growth_yoy", "printed_unit_id": "percent"}
SHARE: Cells = {"measure": "share", "printed_unit_id": "percent", "of_entity_id": "market"}
GUIDED: Cells = {"claim_status": "guidance"}
STEADY = ("100", "104", "108", "112", "112", "116.5")
METRICS = {"metrics": [{"metric_id": name, "sign": sign} for name, sign in (
    ("net-income", "any"), ("net-income-attributable", "any"), ("cost-of-revenue", "nonnegative"),
    ("gross-profit", "any"),
)]}  # fmt: skip


def rows(rule: str, *prints: Cells) -> list[str]:
    """The rows on which a relation finds something in a world of prints."""
    return [finding.row_id for finding in World(prints, known=METRICS).findings(rule)]


@pytest.mark.parametrize(("level", "found"), [("140", ["p7"]), ("128", []), ("100", ["p7"])])
def test_a_level_that_grew_unlike_the_quarters_beside_it_is_odd(level: str, found: list[str]):
    assert rows("U.implied_growth", *quarters(*STEADY, level, "125.5")) == found


def test_a_level_that_would_grow_so_in_hong_kong_dollars_is_perhaps_in_them():
    (found,) = World(quarters(*STEADY, "131.8", "125.5")).findings("U.implied_growth")
    assert (found.row_id, found.column, found.expected) == ("p7", "printed_unit_id", "perhaps the same number in HKD")


def test_rates_of_any_length_tell_what_growth_is_usual():
    levels = [year("2024-12-31", "400"), year("2025-12-31", "340")]
    rates = [at("2025-06-30", "4", period_type="half_year", **GROWTH), at("2025-09-30", "5", **GROWTH)]
    assert rows("U.implied_growth", *levels, *rates) == ["p2"]
    assert rows("U.implied_growth", *levels, rates[0]) == []
    assert rows("U.implied_growth", levels[0], year("2025-12-31", "430"), *rates) == []


def test_growth_of_a_beginning_and_of_a_coarse_print_tells_nothing():
    assert rows("U.implied_growth", *quarters("100", "104", "108", "112", "200", "212", "270", "232")) == []
    coarse = at("2025-09-30", "1", printed_unit_id="cny-bn")
    assert rows("U.implied_growth", *quarters("8", "8.2", "8.5", "8.6", "9", "9.3"), coarse, now("9.7")) == []


@pytest.mark.parametrize(("share", "found"), [("62", ["p5"]), ("44", [])])
def test_a_share_lies_near_three_others_of_its_line(share: str, found: list[str]):
    assert rows("U.near_rates", *quarters("38", "39", "38", "37", share, **SHARE)) == found


def test_growth_beside_four_others_may_lie_less_far_from_them_than_beside_two():
    assert rows("U.near_rates", *quarters("30", "31", "33", "32", "51", "30", **GROWTH)) == ["p5"]
    assert rows("U.near_rates", *quarters("30", "31", "51", **GROWTH)) == []


@pytest.mark.parametrize(("cost", "found"), [("62", ["p10"]), ("44", [])])
def test_a_cost_is_the_share_of_revenue_that_four_other_quarters_have(cost: str, found: list[str]):
    costs = quarters("40", "41", "40", "39", cost, metric_id="cost-of-revenue")
    assert rows("U.own_ratio", *quarters("100", "101", "99", "100", "100"), *costs) == found


@pytest.mark.parametrize(("value", "found"), [("16.8", True), ("-123", True), ("118", False)])
def test_net_income_is_about_that_of_its_holders(value: str, found: bool):
    one = now(value, metric_id="net-income", source_id="news")
    told = rows("U.other_ratio", one, now("123", metric_id="net-income-attributable"))
    assert ("p1" in told) is found


def test_a_gross_profit_is_at_most_the_revenue():
    assert rows("C.metric_order", now("43", metric_id="gross-profit"), now("40")) == ["p1", "p2"]
    assert rows("C.metric_order", now("23", metric_id="gross-profit"), now("40")) == []


@pytest.mark.parametrize(("print_", "found"), [
    (at("2026-03-31", "5", **GUIDED), []), (at("2026-12-31", "5", **GUIDED), ["p1"]),
    (at("2026-12-31", "5", claim_status="target"), []),
    (year("2026-12-31", "5", **GUIDED), []), (year("2027-12-31", "5", **GUIDED), ["p1"]),
])  # fmt: skip
def test_guidance_is_to_a_period_soon_after_its_document(print_: Cells, found: list[str]):
    assert rows("P.past_forecast", print_) == found


def test_guidance_to_a_later_year_stands_beside_that_to_a_nearer_one():
    assert rows("P.past_forecast", year("2027-12-31", "5", **GUIDED), year("2026-12-31", "4", **GUIDED)) == []


def test_a_document_without_a_day_guides_to_what_follows_its_results():
    undated: Cells = {"source_id": "report-of-last-year"}
    assert rows("P.past_forecast", at("2026-12-31", "5", **GUIDED, **undated), now("4", **undated)) == ["p1"]
    assert rows("P.past_forecast", at("2026-03-31", "5", **GUIDED, **undated), now("4", **undated)) == []


MAIN: list[Cells] = [now("100"), now("20", metric_id="ebita"), now("30", metric_id="capex"), backlog("2025-12-31", "9")]


def test_a_number_of_the_year_after_most_of_its_document_is_odd_unless_its_line_tells_both():
    news: Cells = {"source_id": "report-in-repository"}
    told, late = [{**cells, **news} for cells in MAIN], at("2026-12-31", "7", metric_id="ebitda", **news)
    assert rows("V.main_period", late, *told) == ["p1"]
    assert rows("V.main_period", late, *told, now("6", metric_id="ebitda", **news)) == []
    assert rows("V.main_period", late, *told[:3]) == []


@pytest.mark.parametrize(("text", "unit", "found"), [
    ("83.6", "cny-m", ["p1"]), ("83.6 million", "cny-m", []), ("83.6", "cny-bn", []),
])  # fmt: skip
def test_an_amount_in_a_thousandth_of_the_unit_of_its_document_is_odd(text: str, unit: str, found: list[str]):
    others = [now("104", printed_unit_id="cny-bn"), now("53.7", printed_unit_id="cny-bn", metric_id="ebita")]
    odd = now("83.6", printed_unit_id=unit, printed_text=text, metric_id="ebitda")
    assert rows("V.usual_unit", odd, *others) == found
    assert rows("V.usual_unit", {**odd, "printed_value": "83600", "printed_text": ""}, *others) == []


def test_a_number_that_others_print_under_another_metric_is_not_all_that_is_told_of_one():
    odd, other = now("432.84", metric_id="ebitda", source_id="news"), now("432.84")
    assert rows("V.lone_subject", odd, other) == ["p1", "p2"]
    assert rows("V.lone_subject", {**odd, "printed_label": "EBITDA"}, other, at("2025-09-30", "400")) == []
    assert rows("V.lone_subject", odd, other, at("2025-09-30", "30", metric_id="ebitda"), now("433")) == []
    assert rows("V.lone_subject", odd, now("433"), at("2025-09-30", "400")) == []


def test_a_form_of_one_row_alone_needs_its_word():
    odd, others = now("30", metric_id="ebita-adjusted"), quarters(*map(str, range(20, 28)))
    assert rows("V.lone_subject", odd, *others) == ["p1"]
    assert rows("V.lone_subject", {**odd, "printed_text": "adjusted 30"}, *others) == []
    assert rows("V.lone_subject", odd, *others[:7]) == []
    assert rows("V.lone_subject", odd, at("2025-09-30", "29", metric_id="ebita-adjusted"), *others) == []
