"""Rules that hold a row with few others of its document beside it: a slip is named, a right row is not."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, Cells, at, now, quarters, year

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
