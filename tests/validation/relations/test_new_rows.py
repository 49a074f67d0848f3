"""Rules that hold a row with few others of its document beside it: a slip is named, a right row is not."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, Cells, at, backlog, now, quarters, year

SOURCES = ("news", "filing", "older-release", "report-q3")
BUSINESS: Cells = {"metric_id": "backlog", "period_type": "instant"}


def rows(rule: str, *prints: Cells) -> list[str]:
    """The rows on which a relation finds something in a world of prints."""
    return [finding.row_id for finding in World(list(prints)).findings(rule)]


@pytest.mark.parametrize(
    "text",
    [
        "36% when adjusted for foreign exchange",
        "36% excluding the impact of foreign exchange",
        "36% ex-FX",
        "36% on an FX-neutral basis",
        "currency-neutral growth of 36%",
        "剔除汇率影响增长 36%",
    ],
)
def test_the_words_for_constant_currency_are_many(text: str):
    assert rows("C.label_words", now("36", **GROWTH, printed_text=text)) == ["p1"]
    assert rows("C.label_words", now("36", **GROWTH, printed_text=text, basis="constant_currency")) == []


def test_words_on_trade_and_currencies_alone_say_no_basis():
    assert rows("C.label_words", now("36", **GROWTH, printed_text="36%, with foreign exchange a headwind")) == []


def test_a_quarterly_filing_states_no_level_of_a_year():
    known = {"sources": [{"source_id": "filing", "title": "Form 10-Q for the quarter ended September 30, 2025"}]}
    level = year("2024-12-31", "100", source_id="filing")
    rate = year("2024-12-31", "36", source_id="filing", **GROWTH)
    (found,) = World([level, rate], known=known).findings("V.filing_period")
    assert (found.row_id, found.column) == ("p1", "period_end")


def test_a_quarter_without_a_label_is_odd_in_a_table_of_years():
    years = [year(f"{y}-12-31", "90", metric_id="capex") for y in (2021, 2022, 2023)]
    assert rows("V.usual_length", now("80", period_label=""), *years) == ["p1"]
    assert rows("V.usual_length", now("80", period_label=""), *years[1:]) == []
    assert rows("V.usual_length", now("80", period_label=""), *years[1:], at("2023-12-31", "9")) == []


def test_a_plan_does_not_repeat_the_result_of_the_year_before():
    result = year("2025-12-31", "54.15", source_id="news", metric_id="capex")
    plan: Cells = {"metric_id": "capex", "claim_status": "plan"}
    assert rows("C.repeated_number", result, year("2026-12-31", "54.15", **plan)) == ["p2"]
    assert rows("C.repeated_number", result, year("2026-12-31", "50", **plan)) == []
    assert rows("C.repeated_number", result, year("2027-12-31", "54.15", **plan)) == []


def test_rates_on_another_basis_tell_where_a_rate_has_too_few_of_its_own():
    others = quarters("30", "31", basis="constant_currency", **GROWTH)
    odd, right = (at("2024-09-30", value, **GROWTH) for value in ("75", "36"))
    assert rows("U.near_rates", *others, odd) == ["p3"]
    assert rows("U.near_rates", *others, right) == []
    assert rows("U.near_rates", others[0], odd) == []


@pytest.mark.parametrize(
    ("run_rate", "level", "named"), [("400", "400", True), ("400", "110", False), ("40", "400", True)]
)
def test_a_level_does_not_run_at_a_years_rate(run_rate: str, level: str, named: bool):
    rate = at("2025-09-30", run_rate, measure="annualised", source_id="news")
    found = World([rate, now(level)]).findings("U.pace")
    assert [finding.row_id for finding in found] == (["p2"] if named else [])
    assert all(f"{run_rate} cny-100m a year (quarter to 2025-09-30)" in finding.message for finding in found)


def test_revenue_does_not_fall_by_half_within_a_year():
    assert rows("U.pace", at("2024-12-31", "240"), now("100", source_id="news")) == ["p1", "p2"]
    assert rows("U.pace", at("2024-12-31", "100"), now("240", source_id="news")) == []
    assert rows("U.pace", at("2024-12-31", "190"), now("100", source_id="news")) == []


def test_a_line_of_which_all_else_has_a_word_of_bound_tells_of_any_number_without_one():
    bounded = [now("12.75", bound="gt", source_id=name, **BUSINESS) for name in SOURCES[:3]]
    plain = now("14.25", source_id=SOURCES[3], **BUSINESS)
    (found,) = World([*bounded, plain]).findings("V.usual_bound")
    assert (found.row_id, found.severity, found.expected) == ("p4", "notice", "perhaps gt")
    assert rows("V.usual_bound", *bounded, {**plain, "printed_text": "14.25 billion"}) == []
    assert rows("V.usual_bound", *bounded[1:], plain) == []


def test_a_recast_that_changed_the_other_numbers_of_an_entity_left_none_as_it_was():
    profit: Cells = {"metric_id": "operating-income", "entity_id": "acme-media"}
    stale = [at("2024-12-31", "51.23", entity_id="acme-media", source_id=name) for name in ("older-release", "release")]
    before = quarters("5.1", "5.2", "5.3", source_id="older-release", **profit)
    after = quarters("6.1", "6.2", "6.3", **profit)
    (found,) = World([*stale, *before, *after]).findings("C.stale_number")
    assert (found.row_id, found.found) == ("p2", "51.23 cny-100m")
    assert rows("C.stale_number", *stale, *before, *after[:2]) == []
    assert rows("C.stale_number", stale[0], {**stale[1], "printed_value": "52.34"}, *before, *after) == []


@pytest.mark.parametrize(("value", "text", "expected"), [("20", "", ["perhaps 40"]), ("20", "2 percentage points",
                         ["perhaps 40"]), ("20", "20%", []), ("27", "", []), ("30", "", [])])  # fmt: skip
def test_a_rate_below_all_others_that_leads_to_one_among_them_may_be_points(value: str, text: str, expected: list[str]):
    told = [at(end, rate, **GROWTH) for end, rate in (("2024-03-31", "55"), ("2024-06-30", "60"), ("2024-12-31", "28"))]
    found = World([at("2024-09-30", value, printed_text=text, **GROWTH), *told]).findings("U.near_rates")
    assert [finding.expected for finding in found] == expected
    assert {finding.severity for finding in found} <= {"notice"}


def test_where_such_documents_tell_a_rate_twice_one_without_a_text_may_be_either():
    bases = ("reported", "constant_currency")
    line = [cells for name in bases
            for cells in quarters("30", "31", "32", basis=name, source_id="older-release", **GROWTH)]  # fmt: skip
    rate, beside = now("36", **GROWTH), now("37", basis="constant_currency", **GROWTH)
    (found,) = World([rate, *line]).findings("V.usual_basis")
    assert (found.row_id, found.severity, found.expected) == ("p1", "notice", "perhaps constant_currency")
    assert rows("V.usual_basis", {**rate, "printed_text": "36%"}, *line) == []
    assert rows("V.usual_basis", {**rate, "source_id": "news"}, *line) == []
    assert rows("V.usual_basis", rate, beside, *line) == []
    assert rows("V.usual_basis", rate, *line[:5]) == []


def test_where_such_documents_tell_constant_currency_alone_one_rate_as_reported_lost_the_word():
    line = quarters("30", "31", "32", basis="constant_currency", source_id="older-release", **GROWTH)
    elsewhere = at("2024-12-31", "29", source_id="news", **GROWTH)
    (found,) = World([now("36", **GROWTH), *line, elsewhere]).findings("V.usual_basis")
    assert (found.row_id, found.severity, found.expected) == ("p1", "warning", "constant_currency")
    assert rows("V.usual_basis", now("36", **GROWTH), *line[:2], elsewhere) == []


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({}, ["p1"]),
        ({"published_precision": "quarter"}, []),
        ({"published_precision": "year"}, []),
        ({"published_precision": "unknown", "published_on": "", "retrieved_on": "2026-02-10"}, []),
    ],
)
def test_a_document_of_which_the_quarter_alone_is_known_may_be_as_late_as_any(cells: Cells, named: list[str]):
    prints = [at("2025-09-30", "3"), *[now("1")] * 12]
    world = World(prints, known={"sources": [{"source_id": "release", **cells}]})
    assert [finding.row_id for finding in world.findings("V.usual_lag")] == named


@pytest.mark.parametrize(("source", "named"), [("filing", []), ("release", ["p1"])])
def test_an_annual_filing_states_the_two_years_before_its_own(source: str, named: list[str]):
    own = [year("2025-12-31", "1", source_id=source)] * 12
    assert rows("V.usual_lag", year("2023-12-31", "3", source_id=source), *own) == named


def test_a_report_tells_a_balance_of_its_own_day_and_none_of_a_year_after():
    assert rows("V.document_period", backlog("2026-02-28", "5", source_id="report")) == []
    assert rows("V.document_period", backlog("2026-12-31", "5", source_id="report")) == ["p1"]


def test_a_document_that_came_out_with_a_year_tells_its_number_of_no_earlier_one():
    others, odd = now("52", **GROWTH), at("2024-12-31", "52", source_id="news", **GROWTH)
    assert rows("C.repeated_number", odd, others) == ["p1"]
    assert rows("C.repeated_number", odd, others, now("50", source_id="news", **GROWTH)) == []
    assert rows("C.repeated_number", {**odd, "source_id": "older-release"}, others) == []
    assert rows("C.repeated_number", odd, others, {**odd, "source_id": "wire"}) == []
    assert rows("C.repeated_number", {**odd, "printed_value": "5"}, {**others, "printed_value": "5"}) == []


def test_guidance_that_its_reporter_has_replaced_is_old_in_a_later_document():
    guided: Cells = {"claim_status": "guidance", "period_end": "2026-12-31", "period_type": "year"}
    first = now("75", source_id="older-release", **guided)
    second, news = now("85", **guided), now("75", source_id="news", **guided)
    (found,) = World([first, second, news]).findings("C.stale_number")
    assert (found.row_id, found.found) == ("p3", "75 cny-100m")
    assert rows("C.stale_number", first, {**second, "printed_value": "75"}, news) == []
    assert rows("C.stale_number", first, second, {**news, "printed_value": "90"}) == []
    assert rows("C.stale_number", first, second, {**news, "source_id": "report-of-last-year"}) == []
    assert rows("C.stale_number", second, news) == []


def test_a_rate_of_a_year_ago_apart_from_those_beside_it_is_perhaps_of_the_other_column():
    ends = {"2024-12-31": "older-release", "2025-09-30": "filing", "2026-03-31": "filing"}
    line = [at(end, rate, source_id=ends[end], **GROWTH) for end, rate in zip(ends, ("52", "40", "38"), strict=True)]
    (found,) = World([now("52", **GROWTH), *line]).findings("C.repeated_number")
    assert (found.row_id, found.severity, found.found) == ("p1", "notice", "52 percent")
    assert rows("C.repeated_number", now("52", source_id="older-release", **GROWTH), *line) == []
    assert rows("C.repeated_number", now("52", **GROWTH), now("52", source_id="news", **GROWTH), *line) == []
    assert rows("C.repeated_number", now("52", **GROWTH), now("51", basis="constant_currency", **GROWTH), *line) == []
    assert rows("C.repeated_number", now("40", **GROWTH), *line) == []
    assert rows("C.repeated_number", now("52", **GROWTH), line[0]) == []


@pytest.mark.parametrize(("before", "value", "named"), [("58.5", "58.5", ["p2"]), ("58.5", "58.6", []),
                                                        ("58", "58", [])])  # fmt: skip
def test_three_digits_of_the_quarter_before_are_asked_for_across_documents(before: str, value: str, named: list[str]):
    found = World([at("2025-09-30", before, source_id="filing"), now(value)]).findings("C.repeated_number")
    assert [(finding.row_id, finding.severity) for finding in found] == [(name, "notice") for name in named]


def test_a_profit_without_a_text_is_asked_for_beside_losses_of_its_size_alone():
    result: Cells = {"metric_id": "operating-income"}
    losses = [
        year("2025-03-31", "-90", source_id="news", **result),
        at("2025-06-30", "-30", source_id="news", **result),
    ]
    (found,) = World([now("25", **result), *losses]).findings("U.lost_minus")
    assert (found.row_id, found.severity, found.expected) == ("p1", "notice", "perhaps below zero")
    assert rows("U.lost_minus", now("25", printed_text="25", **result), *losses) == []
    assert rows("U.lost_minus", now("2.5", **result), *losses) == []
    assert rows("U.lost_minus", now("25", **result), *losses, at("2025-09-30", "3", source_id="news", **result)) == []
    assert rows("U.lost_minus", now("25", **result), year("2023-12-31", "-90", **result)) == []


def test_growth_of_a_part_is_odd_beside_growth_of_the_whole_over_other_lengths():
    told = [year("2024-12-31", "6", **GROWTH), at("2025-06-30", "7", period_type="half_year", **GROWTH)]
    assert rows("U.near_rates", now("62.3", **GROWTH), *told) == ["p1"]
    assert rows("U.near_rates", now("18", **GROWTH), *told) == []
    assert rows("U.near_rates", now("62.3", **GROWTH), told[0]) == []


@pytest.mark.parametrize(("rate", "found"), [("4", ["p2"]), ("55", []), ("130", ["p2"]), ("5", [])])
def test_growth_is_odd_that_is_a_fifth_of_the_only_rate_near_it_or_five_times_that(rate: str, found: list[str]):
    assert rows("U.near_rates", at("2025-09-30", "24", **GROWTH), now(rate, **GROWTH)) == found


def test_a_margin_of_a_calm_line_does_not_fall_to_a_fifth():
    margin: Cells = {"metric_id": "ebita-margin", "printed_unit_id": "percent"}
    assert rows("U.near_rates", *quarters("30", "29", "30", "5", **margin)) == ["p4"]
    assert rows("U.near_rates", *quarters("30", "29", "30", "26", **margin)) == []


def test_a_rise_of_the_size_of_the_falls_near_it_lost_its_minus():
    falls = quarters("-11", "-10", "-12", **GROWTH)
    assert rows("U.lost_minus", *falls, at("2024-12-31", "11", **GROWTH)) == ["p4"]
    assert rows("U.lost_minus", *falls, at("2024-12-31", "11", printed_text="up 11%", **GROWTH)) == []
    assert rows("U.lost_minus", *falls, at("2024-12-31", "3", **GROWTH)) == []
    assert rows("U.lost_minus", *falls[:2], at("2024-12-31", "11", **GROWTH)) == []


def test_spending_that_comes_in_lumps_is_odd_at_four_times_its_largest_quarter():
    spent = quarters("19", "40", "82", metric_id="capex")
    assert rows("U.pace", *spent, at("2024-12-31", "680", metric_id="capex")) == ["p4"]
    assert rows("U.pace", *spent, at("2024-12-31", "300", metric_id="capex")) == []
    assert rows("U.pace", *spent, at("2024-12-31", "3", metric_id="capex")) == ["p4"]


def test_a_house_that_estimates_reports_no_result_of_its_own():
    estimated = [now(str(n), source_id=name, claim_status="estimate") for n, name in enumerate(("report-q3", "wire"))]
    more = now("5", source_id="wire", entity_id="rival", claim_status="estimate")
    odd = now("7", source_id="report-of-last-year")
    assert rows("V.usual_status", odd, *estimated, more) == ["p1"]
    assert rows("V.usual_status", odd, *estimated) == []
    assert rows("V.usual_status", odd, {**odd, "metric_id": "ebita"}, *estimated, more) == []
    assert rows("V.usual_status", {**odd, "source_id": "news"}, *estimated, more) == []


@pytest.mark.parametrize("label", ["résultat net négatif", "Perte nette", "Verlust", "経常赤字"])
def test_a_loss_is_called_so_in_other_languages(label: str):
    loss: Cells = {"metric_id": "operating-income", "printed_label": label, "printed_text": "26"}
    assert rows("U.text_sign", now("26", **loss)) == ["p1"]
    assert rows("U.text_sign", now("-26", **loss)) == []


@pytest.mark.parametrize(("value", "text", "found"), [("0.36", "", True), ("0.36", "up 0.36%", False),
                                                      ("-0.05", "(0.05)", True), ("0.4", "", False)])  # fmt: skip
def test_a_fraction_without_a_percent_sign_is_no_rate_in_percent(value: str, text: str, found: bool):
    assert bool(rows("U.ratio_as_rate", now(value, printed_text=text, **GROWTH))) == found


def test_an_amount_in_the_currency_of_its_entity_or_of_others_is_none_of_another():
    assert rows("V.own_currency", now("60"), now("60", source_id="news", printed_unit_id="usd-m")) == []
    assert rows("V.own_currency", now("60", printed_unit_id="usd-bn", printed_label="in US dollars")) == []


def test_what_a_year_leaves_may_be_a_few_times_the_pace_of_its_first_quarter():
    first: Cells = at("2025-06-30", "100", source_id="news")
    assert rows("U.nested_pace", first, year("2026-03-31", "1000", source_id="wire")) == []
    assert rows("U.nested_pace", first, year("2026-03-31", "1200", source_id="wire")) == ["p2"]
    assert rows("U.nested_pace", first, year("2026-03-31", "150", source_id="wire")) == ["p2"]
    borne_out = (year("2026-03-31", "1200", source_id=name) for name in ("wire", "release"))
    assert rows("U.nested_pace", first, *borne_out) == ["p1"]


def test_a_result_among_estimates_of_its_metric_by_any_measure_is_one_too():
    estimates = [now(str(n), source_id="news", entity_id=name, claim_status="estimate", **cells)
                 for n, name, cells in ((36, "rival", GROWTH), (41, "acme", GROWTH), (7, "rival", {}))]  # fmt: skip
    assert rows("V.usual_status", now("8", source_id="news"), *estimates) == ["p1"]
    assert rows("V.usual_status", now("8", source_id="news", metric_id="ebita"), *estimates) == []
    assert rows("V.usual_status", now("8", source_id="news"), *estimates[1:]) == []
