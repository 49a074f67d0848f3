"""A finding names the likely cause where one fits, the cells that are readings, and how grave it is for that."""

from __future__ import annotations

import pytest

from canonical.findings import Finding
from tests.prints import World
from tests.validation.relations.worlds import GROWTH, STEADY, at, now, pair, quarters, year

LIST = quarters("121.0", "175.0", "317.0", "246.0", source_id="news", metric_id="capex")


def the_finding(rule: str, *prints: dict[str, str]) -> Finding:
    """The one finding of a rule on prints."""
    (found,) = World(prints).findings(rule)
    return found


def capex(value: str, end: str = "2025-12-31", **cells: str) -> dict[str, str]:
    """Capital expenditure of a quarter."""
    return {**at(end, value), "metric_id": "capex", **cells}


def test_growth_on_the_year_printed_as_growth_on_the_quarter_is_recognised():
    found = the_finding(
        "C.growth_prev", capex("-9", measure="growth_prev"), capex("290.0"), capex("315.0", "2025-09-30"),
        capex("318.0", "2024-12-31"),
    )  # fmt: skip
    assert "growth on the year printed as growth on the period before" in found.message


def test_a_list_of_the_fiscal_year_taken_for_the_calendar_year_is_recognised():
    found = the_finding("C.growth_yoy", capex("80.10", "2025-09-30", **GROWTH), capex("315.01", "2025-09-30"), *LIST)
    assert "175.0 cny-100m of the quarter to 2024-06-30, 3 months off" in found.message
    assert "fiscal year" in found.message


def test_a_year_that_is_four_other_quarters_is_recognised():
    prints = [year("2024-12-31", "984.0", metric_id="capex"), *quarters("121.0", "175.0", "317.0", "246.0", "246.0",
                                                                      metric_id="capex")]  # fmt: skip
    found = the_finding("C.sum_of_periods", *prints)
    assert "the sum of the four quarters to 2025-03-31" in found.message


def test_another_unit_is_named():
    found = the_finding(
        "U.scale_slip", *quarters("30100", "31200", "39.824", "33100", "34200", printed_unit_id="cny-m")
    )
    assert "39.824 would fit as cny-bn" in found.message
    assert found.severity == "error"


def test_a_factor_of_ten_is_named():
    found = the_finding(
        "C.agreement",
        now("89.71", printed_unit_id="cny-bn", source_id="news"),
        now("8.971", printed_unit_id="cny-bn"),
    )
    assert "10 times too large" in found.message


def test_yuan_typed_as_dollars_are_named():
    found = the_finding("C.conversion", now("43284", printed_unit_id="usd-m", source_id="news"), now("432.84"))
    assert "43284 would fit as cny-m" in found.message


def test_a_lost_sign_is_named():
    found = the_finding(
        "C.agreement", now("52.2", metric_id="ebita", source_id="news"), now("-52.2", metric_id="ebita")
    )
    assert "-52.2 would fit: the sign may be lost" in found.message


def test_a_minus_before_what_is_never_below_zero_is_named_and_none_where_a_metric_may_be_either():
    assert "; likely: 52.2 would fit: the sign may be lost" in the_finding("U.sign", now("-52.2")).message
    margin = now("227.6", metric_id="ebita-margin", printed_unit_id="percent")
    assert causes("U.plausible", margin) == ""


def test_a_rate_in_constant_currency_is_recognised():
    found = the_finding(
        "C.growth_yoy", now("18.8", **GROWTH), now("262.81"), at("2024-12-31", "221.40"),
        now("19", basis="constant_currency", source_id="news", **GROWTH),
    )  # fmt: skip
    assert "the rate in constant currency of p4" in found.message


def test_a_number_that_stands_under_another_period_is_recognised():
    found = the_finding(
        "C.agreement", now("246.12", source_id="news"), now("317.8"), at("2025-03-31", "246.12", source_id="news")
    )
    assert "the same number stands in p3 as that of the quarter to 2025-03-31" in found.message


def test_digits_cut_off_are_recognised():
    found = the_finding("C.growth_yoy", now("35.9", **GROWTH), now("432.84"), at("2024-12-31", "318.3"))
    assert "cut off and not rounded" in found.message


def test_a_base_that_came_after_the_growth_explains_nothing():
    late = at("2026-06-30", "397.1")
    assert causes("C.growth_yoy", now("9", **GROWTH), now("432.84"), at("2024-12-31", "318.3"), late) == ""


def test_growth_taken_from_a_multiple_is_recognised():
    found = the_finding("C.growth_yoy", now("400", **GROWTH), now("400"), at("2024-12-31", "100"))
    assert "not as growth" in found.message


def test_a_contradiction_that_rests_on_a_reading_is_no_error_and_says_so():
    bad = [now("36", **GROWTH), now("432.84"), at("2024-12-31", "400")]
    assert the_finding("C.growth_yoy", *bad).severity == "error"
    found = the_finding("C.growth_yoy", *bad[:2], {**bad[2], "assumed": "period_end"})
    assert found.severity == "warning"
    assert "rests on a reading: period_end of p3" in found.message


def test_a_contradiction_between_a_release_and_the_press_is_no_error():
    bad = [now("36", **GROWTH), now("432.84"), at("2024-12-31", "400", source_id="news")]
    assert the_finding("C.growth_yoy", *bad).severity == "warning"


def test_a_finding_names_its_inputs_and_both_intervals():
    found = the_finding("C.growth_prev", now("8.80", measure="growth_prev"), now("432.84"), at("2025-09-30", "398.24"))
    assert found.related == "p2 p3"
    assert found.found == "8.80 percent (8.795 to 8.805)"
    assert found.expected == "8.6856 to 8.69085 percent"
    assert "432.84 cny-100m" in found.message and "398.24 cny-100m (quarter to 2025-09-30)" in found.message


@pytest.mark.parametrize("status", ["plan", "guidance", "forecast"])
def test_what_is_foreseen_contradicts_nothing_that_came(status: str):
    world = pair([], [now("400", claim_status=status), now("432.84")]).good
    assert world.findings("C.agreement_in_source") == []


def test_another_perimeter_and_another_basis_contradict_nothing():
    old = now("400", entity_id="acme-media", source_id="older-release", perimeter_id="original")
    assert World([now("300", entity_id="acme-media"), old]).findings("C.restatement") == []
    assert World([now("300"), now("400", basis="before_elimination")]).findings("C.agreement_in_source") == []


def test_conflicting_levels_refute_growth_only_where_none_of_them_fits():
    prints = [now("36", **GROWTH), now("432.84"), now("400", source_id="filing"), at("2024-12-31", "318.0")]
    assert World(prints).findings("C.growth_yoy") == []


def causes(rule: str, *prints: dict[str, str]) -> str:
    """The likely causes that the first finding of a rule names."""
    message = World(prints).findings(rule)[0].message
    return message.partition("; likely: ")[2].partition("; rests")[0]


SLIPPED = [{**print_, "printed_value": "33.0"} if n == 3 else print_ for n, print_ in enumerate(quarters(*STEADY))]


def test_a_slip_in_an_input_is_named_with_its_row():
    found = causes("C.sum_of_periods", year("2024-12-31", "1260"), *SLIPPED)
    assert found == "follows from p5: 33.0 would fit as cny-bn"
    assert "follows from p5" in causes(
        "C.growth_yoy", at("2024-12-31", "10", **GROWTH), *SLIPPED, at("2023-12-31", "300")
    )


def test_a_slip_in_an_input_of_a_short_series_is_named_where_it_is_the_only_one():
    bad = [now("36", **GROWTH), now("432.84", printed_unit_id="cny-bn"), at("2024-12-31", "318")]
    assert causes("C.growth_yoy", *bad) == ""
    four = quarters("121.0", "175.0", "31.70", "246.0")
    assert (
        causes("C.sum_of_periods", year("2024-12-31", "859.0"), *four) == "follows from p4: 31.70 would fit as cny-bn"
    )


def test_another_print_of_an_input_that_fits_is_named_and_no_other_kind_of_year():
    four = quarters("121.0", "175.0", "371.0", "246.0")
    own = [{**print_, "source_id": "news"} for print_ in (year("2024-12-31", "859.0"), *four)]
    assert (
        causes("C.sum_of_periods", *own, at("2024-09-30", "317.0")) == "it would fit with 317.0 cny-100m of p6 for p4"
    )


def test_no_unit_is_named_where_zero_is_implied_or_printed():
    assert causes("C.quotient", now("36.04", metric_id="ebita"), now("3.9824", printed_unit_id="cny-m")) == ""
    assert causes("C.agreement", now("0", source_id="news"), now("432.84")) == ""


def test_the_rate_in_constant_currency_is_no_cause_where_levels_are_far_off_or_others_report_it():
    constant = now("36", basis="constant_currency", source_id="news", **GROWTH)
    bad = [now("36", **GROWTH), now("432.84"), at("2024-12-31", "350"), constant]
    assert "constant currency" in causes("C.growth_yoy", *bad)
    assert "constant currency" not in causes("C.growth_yoy", *bad[:2], at("2024-12-31", "250"), constant)
    assert "constant currency" not in causes("C.growth_yoy", *bad, now("36.2", source_id="news", **GROWTH))


def test_a_rate_that_its_words_call_constant_or_whose_document_tells_another_as_reported_may_be_in_constant_currency():
    levels = [now("432.84"), at("2024-12-31", "350")]
    worded = now("36", printed_text="36% in constant currency", **GROWTH)
    assert causes("C.growth_yoy", worded, *levels) == "its words say that it is in constant currency"
    reported = now("23.7", source_id="report", **GROWTH)
    bad, constant = now("26", source_id="report", **GROWTH), {"basis": "constant_currency", "source_id": "report"}
    beside = at("2025-09-30", "30", **GROWTH, **constant)
    assert causes("C.growth_yoy", bad, *levels, reported, beside).startswith("it may be in constant currency, as p5")
    assert "constant" not in causes("C.growth_yoy", bad, *levels, reported)
    assert "constant" not in causes("C.growth_yoy", bad, *levels, {**reported, "source_id": "news"}, beside)


def test_a_recast_is_no_cause_of_a_wide_gap_nor_beside_another_cause():
    base = at("2024-12-31", "350", source_id="older-release")
    assert "recast" in causes("C.growth_yoy", now("36", **GROWTH), now("432.84"), base)
    assert causes("C.growth_yoy", now("136", **GROWTH), now("432.84"), base) == ""
    assert "recast" not in causes("C.growth_yoy", now("35", **GROWTH), now("432.84"), {**base, "printed_value": "318"})


def test_a_rate_of_the_other_kind_is_recognised_by_two_digits():
    found = causes(
        "C.growth_prev",
        now("82", measure="growth_prev"),
        now("432.84"),
        at("2025-09-30", "398.24"),
        now("82", **GROWTH),
    )
    assert found == "the same number stands in p4 as measure growth_yoy"


def test_the_number_of_a_period_nearby_is_recognised_in_any_unit():
    found = causes(
        "C.agreement", now("29.610", printed_unit_id="cny-bn", source_id="news"), now("317.42"),
        at("2025-03-31", "29610.0", printed_unit_id="cny-m"),
    )  # fmt: skip
    assert found == "the same number stands in p3 as that of the quarter to 2025-03-31"


@pytest.mark.parametrize("bound", ["eq", "gt"])
def test_a_run_rate_typed_as_level_is_recognised(bound: str):
    found = causes("C.agreement", now("1731", bound=bound, source_id="news"), now("432.84"))
    assert found == "1731 would fit as a run rate, 4 times the quarter, not as its level"
    level = now("432.84", measure="annualised", source_id="news")
    assert "as the level of the quarter, not as a run rate" in causes("C.run_rate", level, now("432.84"))


def test_a_base_that_is_only_bounded_explains_nothing():
    found = causes("C.growth_yoy", now("65", **GROWTH), now("500", bound="gt"), at("2024-12-31", "290"),
                   at("2025-09-30", "430"))  # fmt: skip
    assert found == ""


def test_another_base_is_found_where_the_base_was_added_up():
    base = quarters("111.5", "121.0", "175.0", "317.0", metric_id="capex")
    found = causes("C.growth_yoy", {**year("2025-12-31", "44.0", **GROWTH), "metric_id": "capex"},
                   year("2025-12-31", "1237", metric_id="capex"), *base, year("2025-03-31", "859", metric_id="capex"),
                   year("2025-03-31", "859.0", metric_id="capex", source_id="news"))  # fmt: skip
    assert found == "it fits another base: 859 cny-100m of the year to 2025-03-31"


def test_zeros_given_up_in_decimals_are_not_given_up_twice():
    bad = [now("859.0", decimals="0", source_id="news"), now("862.9")]
    assert "zeros" not in causes("C.agreement", *bad)
    assert "zeros" in causes("C.agreement", {**bad[0], "decimals": "1"}, now("859.4"))


def test_exchanged_digits_are_recognised():
    bad = now("29627", printed_unit_id="cny-m", source_id="news"), now("292.67")
    assert causes("C.agreement", *bad) == "29267 cny-m would fit: two digits may be exchanged"
    assert causes("C.agreement", bad[0], now("296.72", bound="gt")) == ""


def test_points_of_acceleration_typed_as_growth_are_recognised():
    found = the_finding(
        "C.growth_yoy", now("4", **GROWTH), at("2025-09-30", "30", **GROWTH), now("134"), at("2024-12-31", "100")
    )
    assert "4 would fit as the points by which growth changed from 30 of p2" in found.message


def test_a_part_typed_as_the_whole_is_recognised():
    found = the_finding(
        "C.agreement", now("40", source_id="news"), now("100"), at("2025-09-30", "38", breakdown_id="ai"),
    )  # fmt: skip
    assert "it is of the size of ai, as 38 cny-100m of p3 is" in found.message


def test_a_column_of_dollars_is_recognised_in_a_sum():
    quarters_in_dollars = quarters("200.0", "28.1", "200.0", "200.0")
    found = the_finding("C.sum_of_periods", year("2024-12-31", "800.0"), *quarters_in_dollars)
    assert "follows from p3: 28.1 would fit in USD" in found.message


def test_an_odd_pace_names_the_longer_period():
    found = the_finding("U.pace", *quarters("100", "101", "102", "410"), year("2023-12-31", "400"))
    assert "410 would fit as the number of a longer period, such as the year to date" in found.message


def test_the_other_of_two_prints_is_explained_where_it_is_not_the_reporters_own():
    dollars, yuan = now("60.79", source_id="news"), now("432.8", source_id="wire")
    assert causes("C.agreement", dollars, yuan) == "follows from p1: 60.79 would fit in USD"
    assert causes("C.agreement", {**dollars, "source_id": "report"}, yuan) == ""
    half = now("831.0", source_id="report"), now("432.8", source_id="news"), at("2025-09-30", "398.24")
    assert causes("C.agreement", *half) == "follows from p1: 831.0 would fit as the sum of the 2 quarters to 2025-12-31"


def test_the_number_of_a_column_before_is_recognised_by_two_digits_where_it_is_printed_alike():
    bad = now("34", source_id="news", **GROWTH), now("38.1", **GROWTH)
    before = at("2025-09-30", "34", source_id="news", **GROWTH)
    found = "the same number stands in p3 as that of the quarter to 2025-09-30"
    assert causes("C.agreement", *bad, before) == found
    assert causes("C.agreement", *bad, {**before, "period_end": "2025-06-30"}) == ""
    assert causes("C.agreement", *bad, {**before, "printed_value": "34.0"}) == ""


def test_the_number_of_a_peer_is_recognised_on_whatever_perimeter_it_stands():
    bad = now("95", source_id="news"), now("432.84")
    peer = now("95", source_id="news", entity_id="acme-media")
    assert causes("C.agreement", *bad, peer) == "the same number stands in p3 as entity acme-media"
    assert causes("C.agreement", *bad, {**peer, "metric_id": "capex"}) == ""


def test_the_number_of_another_line_of_the_document_is_recognised_by_two_digits():
    bad = now("95", source_id="news"), now("432.84")
    line = now("95", source_id="news", metric_id="capex")
    assert causes("C.agreement", *bad, line) == "the same number stands in p3 as metric capex"
    assert causes("C.agreement", *bad, {**line, "source_id": "wire"}) == ""
    bad, line = (now("9.51", source_id="news"), bad[1]), {**line, "printed_value": "9.51", "entity_id": "acme-media"}
    found = "the same number stands in p3 as entity acme-media and metric capex"
    assert causes("C.agreement", *bad, line) == found
    assert causes("C.agreement", *bad, {**line, "source_id": "wire"}) == ""


def test_the_number_of_a_year_before_is_recognised_on_another_perimeter():
    media: dict[str, str] = {"entity_id": "acme-media"}
    bad = now("317.4", source_id="news", **media), now("432.84", **media)
    before = at("2024-12-31", "317.4", source_id="older-release", perimeter_id="original", **media)
    assert causes("C.agreement", *bad, before) == "the same number stands in p3 as that of the quarter to 2024-12-31"


def test_a_half_year_and_twelve_months_typed_as_their_last_quarter_are_recognised():
    told = [now("432.84"), at("2025-09-30", "398.24"), at("2025-06-30", "333.98"), at("2025-03-31", "301.27")]
    found = "would fit as the sum of the {} quarters to 2025-12-31"
    assert causes("C.agreement", now("831.1", source_id="news"), *told) == f"831.1 {found.format(2)}"
    assert causes("C.agreement", now("1466.3", source_id="news"), *told) == f"1466.3 {found.format(4)}"
    unknown = "831.1 would fit as the number of a longer period, such as the year to date, or as a yearly rate"
    assert causes("C.agreement", now("831.1", source_id="news"), told[0], *told[2:]) == unknown


def test_points_of_a_margin_and_what_a_level_changed_by_are_recognised():
    margin: dict[str, str] = {"metric_id": "ebita-margin", "printed_unit_id": "percent"}
    before = at("2024-12-31", "6.1", **margin)
    found = causes("C.agreement", now("2.8", source_id="news", **margin), now("8.9", **margin), before)
    assert found == "2.8 would fit as the points by which it changed from 6.1 of p3"
    before = at("2024-12-31", "318.31")
    found = causes("C.agreement", now("114.53", source_id="news"), now("432.84"), before)
    assert found == "114.53 would fit as what changed from 318.31 of p3"


def test_a_small_rate_beside_large_ones_may_be_the_points_by_which_growth_changed():
    rates = [{**cells, **GROWTH} for cells in quarters("30", "31", "4", "33", "34")]
    assert "4 would fit as the points by which growth changed from 31 of p2" in causes("U.rate_slip", *rates)


def test_a_digit_misread_and_one_too_many_are_recognised():
    told = now("432.84")
    assert causes("C.agreement", now("532.84", source_id="news"), told) == (
        "432.84 cny-100m would fit: one digit may be misread"
    )
    in_hong_kong = "482.84 would fit in HKD; or 432.84 cny-100m would fit: one digit may be misread"
    assert causes("C.agreement", now("482.84", source_id="news"), told) == in_hong_kong
    assert causes("C.agreement", now("4532.84", source_id="news"), told) == (
        "432.84 cny-100m would fit: one digit may be too many"
    )
    assert causes("C.agreement", now("432.87", source_id="news"), told) == ""


def test_hundredths_of_a_percent_are_recognised():
    margin = now("4100", metric_id="ebita-margin", printed_unit_id="percent")
    assert causes("U.plausible", margin) == "41 percent would fit: the print is 100 times too large"


def test_an_odd_number_that_stands_under_another_name_says_so():
    flows = quarters("100", "101", "102", "1250", "103", source_id="news")
    line = at("2024-12-31", "1250", metric_id="capex", source_id="news")
    found = the_finding("U.pace", *flows, line)
    assert "likely: the same number stands in p6 as metric capex" in found.message


def test_the_share_of_all_others_and_a_level_in_percent_are_recognised_among_rates_near_them():
    ends = ("2025-03-31", "2025-06-30", "2025-09-30")
    share = {"measure": "share", "printed_unit_id": "percent", "of_entity_id": "market"}
    near = [at(end, value, **share) for end, value in zip(ends, ("20", "21", "22"), strict=True)]
    assert (
        "likely: 22 % would fit: the print is what all others have"
        in the_finding("U.near_rates", now("78", **share), *near).message
    )
    assert (
        "22 % would fit: the print is what all others have"
        in the_finding(
            "C.agreement", now("78", source_id="news", **share), now("22", source_id="report", **share)
        ).message
    )
    near = [at(end, value, **GROWTH) for end, value in zip(ends, ("30", "31", "32"), strict=True)]
    assert (
        "likely: 133 % would fit as the level in percent of its base, not as growth"
        in the_finding("U.near_rates", now("133", **GROWTH), *near).message
    )


def test_a_result_after_the_day_of_its_document_may_be_what_it_foresees():
    result = at("2026-12-31", "120", metric_id="capex")
    guided = at("2026-12-31", "115", metric_id="capex", claim_status="guidance")
    told = the_finding("P.future", result, {**guided, "source_id": "news"}, guided).message
    assert "likely: it is guidance, as p3 is of the same period" in told
    assert "likely" not in the_finding("P.future", result, {**guided, "period_end": "2027-12-31"}).message
