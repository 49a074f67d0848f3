"""What a row is held against where nothing else tells of its number: what other documents do as a rule."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import GROWTH, ON_QUARTER, OWN, TOLD_ABOUT, Cells, at, now, quarters, year

CASH: Cells = {"metric_id": "capex-cash"}
LEASED: Cells = {"metric_id": "capex-with-finance-leases"}
MANY = [f"release-{n}" for n in range(13)]
BY_ACME = [
    {"source_id": name, "publisher": "Acme", "kind": "company_release", "published_on": f"{2012 + n}-02-10"}
    for n, name in enumerate(MANY)
]


def rows(rule: str, *prints: Cells) -> list[str]:
    """The rows on which a relation finds something in a world of prints and of many releases by one publisher."""
    return [finding.row_id for finding in World(list(prints), known={"sources": BY_ACME}).findings(rule)]


@pytest.mark.parametrize(("plain", "named"), [(4, ["p1"]), (9, [])])
def test_a_word_is_asked_for_where_three_of_seven_round_numbers_have_one_not_three_of_twelve(
    plain: int, named: list[str]
):
    told = [at(f"20{10 + n}-12-31", f"{n + 1}00", printed_text=f"{n + 1}00 亿元") for n in range(plain)]
    assert rows("V.usual_bound", now("400"), *TOLD_ABOUT, *told) == named


def test_a_number_that_others_print_under_another_definition_alone_is_theirs():
    others = [now("375", **LEASED, source_id=name) for name in OWN]
    known = [*others, year("2024-12-31", "900", **CASH), year("2023-12-31", "800", **CASH)]
    odd = now("375", **CASH, source_id="news")
    assert rows("V.usual_definition", odd, *known) == ["p1"]
    assert rows("V.usual_definition", odd, now("374", **CASH, source_id="wire"), *known) == []
    assert rows("V.usual_definition", odd, now("375", **LEASED, source_id="news"), *known) == []
    assert rows("V.usual_definition", {**odd, "printed_label": "payments for property and equipment"}, *known) == []
    assert rows("V.usual_definition", {**odd, "printed_value": "380"}, *known) == []


def test_two_digits_are_the_same_in_one_document_by_chance():
    known = [year(f"20{y}-12-31", "900", **CASH) for y in (22, 23, 24)]
    leased = [now("37", **LEASED, source_id=name) for name in OWN[:2]]
    odd = now("37", **CASH, source_id="news")
    assert rows("V.usual_definition", odd, leased[0], *known) == []
    assert rows("V.usual_definition", odd, *leased, *known) == ["p1"]


def test_a_definition_that_no_quarter_is_told_by_is_odd_for_one():
    of_years = [year("2023-12-31", "90", **LEASED), year("2024-12-31", "95", **LEASED)]
    told = [now(f"{n + 20}", **CASH, source_id=name) for n, name in enumerate(MANY[:8])]
    odd = at("2024-12-31", "41", **LEASED, source_id="news")
    assert rows("V.usual_definition", odd, *told, *of_years) == ["p1"]
    assert rows("V.usual_definition", odd, *told[1:], *of_years) == []
    assert rows("V.usual_definition", {**odd, "printed_label": "capex including leases"}, *told, *of_years) == []
    assert rows("V.usual_definition", {**odd, "claim_status": "plan"}, *told, *of_years) == []


def test_growth_of_what_is_told_on_the_year_alone_is_not_on_the_quarter():
    told = [at(end, "40", **GROWTH, metric_id="capex", source_id=name)
            for end, name in (("2025-09-30", "older-release"), ("2025-06-30", "wire"))]  # fmt: skip
    odd = now("3", **ON_QUARTER, metric_id="capex", source_id="news")
    assert rows("C.growth_kind", odd, *told) == ["p1"]
    assert rows("C.growth_kind", odd, told[0]) == []
    assert rows("C.growth_kind", {**odd, "printed_text": "3% sequentially"}, *told) == []
    on_quarter = at("2025-03-31", "60", **ON_QUARTER, metric_id="capex", source_id="filing")
    assert "p1" not in rows("C.growth_kind", odd, *told, on_quarter)


def test_growth_has_no_column_of_the_year_before_in_a_vendors_documents():
    rates = [year(f"{2011 + n}-12-31", "30", source_id=name, **GROWTH) for n, name in enumerate(MANY)]
    level = year("2022-12-31", "900", source_id=MANY[-1])
    rate = year("2022-12-31", "31", source_id=MANY[-1], basis="constant_currency", **GROWTH)
    assert rows("V.usual_lag", rate, *rates) == ["p1"]
    assert rows("V.usual_lag", level, *rates) == []
    before = [year(f"{2010 + n}-12-31", "30", source_id=name, **GROWTH) for n, name in enumerate(MANY[:3])]
    assert rows("V.usual_lag", rate, *rates, *before) == []


def test_a_quarter_that_a_publishers_releases_tell_as_the_year_to_date_alone_is_that():
    to_date = [
        at(f"{2018 + n}-12-31", f"{n}0", period_type="nine_months", source_id=MANY[n], **CASH) for n in range(1, 4)
    ]
    other = at("2023-09-30", "7", source_id=MANY[5], **CASH)
    odd = at("2022-12-31", "80", period_label="", source_id=MANY[11], **CASH)
    assert rows("V.usual_length", odd, *to_date, other) == ["p1"]
    assert rows("V.usual_length", odd, *to_date[1:], other) == []
    assert rows("V.usual_length", odd, *to_date, {**other, "period_end": "2023-12-31"}) == []
    assert rows("V.usual_length", {**odd, "source_id": "news"}, *to_date, other) == []


def test_a_quarters_profit_in_dollars_is_odd_among_many_steady_ones():
    profit: Cells = {"metric_id": "operating-income"}
    told = quarters("70", "74", "", "72", "76", **profit)
    odd = at("2024-09-30", "10.2", **profit)
    assert rows("U.foreign_pace", odd, *told[:2], *told[3:]) == ["p1"]
    assert rows("U.foreign_pace", odd, *told[:2], told[3]) == []
    losses = [{**cells, "printed_value": f"-{cells['printed_value']}"} for cells in (odd, *told[:2], *told[3:])]
    assert rows("U.foreign_pace", *losses) == []


def test_a_first_half_beside_a_number_names_its_length():
    assert rows("C.label_words", now("81", printed_label="capital expenditure first-half")) == ["p1"]
    assert rows("C.label_words", now("81", printed_label="capital expenditure", period_type="half_year")) == []


def test_a_number_of_the_usual_size_in_a_unit_that_no_release_prints_it_in_is_named():
    place: Cells = {"locator": "table:1 row:Revenue"}
    told = [at(f"20{12 + n}-12-31", "12", source_id=MANY[n], **place) for n in range(4)]
    odd = now("12", printed_unit_id="cny-bn", source_id=MANY[9], **place)
    assert rows("V.usual_unit", odd, *told) == ["p1"]
    assert rows("V.usual_unit", {**odd, "printed_value": "1.2"}, *told) == []
    assert rows("V.usual_unit", {**odd, "printed_value": "1200", "printed_unit_id": "cny-m"}, *told) == []
    assert rows("V.usual_unit", {**odd, "printed_value": "1.7", "printed_unit_id": "usd-bn"}, *told) == ["p1"]
    grown = [{**cells, "printed_value": value} for cells, value in zip(told, ["20", "90", "130", "330"], strict=True)]
    years = [{**cells, "period_type": "year"} for cells in told]
    assert rows("V.usual_unit", {**odd, "printed_value": "49.5"}, *grown) == []
    assert rows("V.usual_unit", {**odd, "printed_value": "13"}, *years, *grown) == []
    assert rows("V.usual_unit", {**odd, "printed_value": "130"}, *years, *grown) == ["p1"]
    assert rows("V.usual_unit", odd, *told[1:]) == []
    assert rows("V.usual_unit", {**odd, "locator": "p:4"}, *told) == []
    assert rows("V.usual_unit", odd, *told, {**odd, "period_end": "2024-12-31"}) == []
    assert rows("V.usual_unit", odd, *told, {**odd, "source_id": MANY[8], "locator": "p:4"}) == []
    assert rows("V.usual_unit", odd, *told, {**told[0], "source_id": MANY[7], "printed_unit_id": "cny-m"}) == []
    calls = [{**source, "kind": "earnings_call"} for source in BY_ACME]
    assert World([odd, *told], known={"sources": calls}).findings("V.usual_unit") == []


def test_guidance_with_one_number_in_its_text_is_asked_for_where_six_others_are_ranges():
    guided: Cells = {"claim_status": "guidance"}
    ranges = [
        at(f"20{18 + n}-12-31", "70", printed_value_to="74", bound="range", source_id=MANY[n], **guided)
        for n in range(6)
    ]
    bare = at("2026-03-31", "80", printed_text="80 亿", **guided)
    (found,) = World([bare, *ranges]).findings("V.usual_range")
    assert (found.severity, found.column) == ("notice", "printed_value_to")
    assert World([bare, *ranges[1:]]).findings("V.usual_range") == []
    (found,) = World([{**bare, "printed_text": ""}, *ranges]).findings("V.usual_range")
    assert found.severity == "warning"


def test_a_backlog_that_alone_is_told_under_another_name_is_asked_for_where_its_period_lacks_the_usual_one():
    orders: Cells = {"period_type": "instant", "metric_id": "rpo"}
    told = [at(f"20{12 + n}-12-31", "50", source_id=MANY[n], **orders) for n in range(3)]
    odd = at("2025-12-31", "60", source_id=MANY[4], **{**orders, "metric_id": "backlog"})
    usual = at("2025-12-31", "61", source_id=MANY[5], **orders)
    known = {"sources": BY_ACME, "metrics": [{"metric_id": "rpo", "period_kind": "instant", "aggregation": "last"}]}
    assert [f.row_id for f in World([odd, *told], known=known).findings("V.usual_metric")] == ["p1"]
    assert World([odd, *told[1:]], known=known).findings("V.usual_metric") == []
    assert World([odd, usual, *told], known=known).findings("V.usual_metric") == []


def test_growth_of_an_amount_of_which_nothing_else_tells_is_asked_for_its_metric():
    told = [at(f"20{12 + n}-12-31", "20", source_id=MANY[n], **GROWTH) for n in range(8)]
    odd = now("9", metric_id="ebita", **GROWTH)
    assert rows("V.usual_metric", odd, *told) == ["p1"]
    assert rows("V.usual_metric", odd, *told[1:]) == []
    assert rows("V.usual_metric", {**odd, "printed_label": "EBITA"}, *told) == []
    assert rows("V.usual_metric", odd, now("4", metric_id="ebita", source_id="news"), *told) == []


@pytest.mark.parametrize(("value", "named"), [("300", ["p2", "p1"]), ("200", [])])
def test_what_comes_in_lumps_is_of_the_order_of_the_only_other_period_near_it(value: str, named: list[str]):
    assert rows("U.pace", now(value, **CASH), at("2024-12-31", "10", **CASH)) == named
