"""What a document and other documents say beside a number: another line, another end, a word, another currency."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import Cells, at, now, quarters, year

NEWS: Cells = {"source_id": "news"}
GUIDED: Cells = {"claim_status": "guidance", "metric_id": "capex"}
MEDIA: Cells = {"entity_id": "acme-media", "claim_status": "guidance"}
PLAN: Cells = {"claim_status": "plan", "metric_id": "capex"}
NEXT = "2027-12-31"


def rows(rule: str, *prints: Cells) -> list[str]:
    """The rows on which a relation finds something in a world of prints."""
    return [finding.row_id for finding in World(prints).findings(rule)]


def test_two_digits_of_another_line_of_the_document_are_odd_beside_their_own():
    cash = quarters("58", "57", "", "60", metric_id="ebita", source_id="filing")
    odd = at("2024-09-30", "13", metric_id="ebita", **NEWS)
    other = at("2024-09-30", "13", metric_id="capex", **NEWS)
    near = [cash[0], cash[1], cash[3]]
    assert rows("C.twofold_number", odd, other, *near) == ["p1"]
    assert rows("C.twofold_number", odd, {**other, "source_id": "wire"}, *near) == []
    assert rows("C.twofold_number", {**odd, "printed_value": "59"}, {**other, "printed_value": "59"}, *near) == []
    assert rows("C.twofold_number", {**odd, "bound": "gt"}, other, *near) == []
    assert rows("C.twofold_number", odd, other) == []
    assert rows("C.twofold_number", {**odd, "printed_value": "13.1"}, {**other, "printed_value": "13.1"}) == [
        "p1", "p2",
    ]  # fmt: skip


def test_a_rate_of_another_part_of_the_document_is_odd_beside_those_of_its_own():
    rate: Cells = {"measure": "growth_yoy", "printed_unit_id": "percent", **NEWS}
    ends = ("2025-03-31", "2025-06-30", "2025-09-30")
    near = [at(end, value, breakdown_id="ai", **rate) for end, value in zip(ends, ("52", "55", "54"), strict=True)]
    odd, total = now("42", breakdown_id="ai", **rate), now("42", **rate)
    assert rows("C.twofold_number", odd, total, *near) == ["p1"]
    assert rows("C.twofold_number", {**odd, "printed_value": "51"}, {**total, "printed_value": "51"}, *near) == []


def test_guidance_that_is_one_end_of_what_another_document_tells_lost_the_other():
    whole = now("70", printed_value_to="74", bound="range", **GUIDED)
    assert rows("V.usual_range", now("74", printed_text="74", **GUIDED, **NEWS), whole) == ["p1"]
    assert rows("V.usual_range", now("72", **GUIDED, **NEWS), whole) == []


def test_one_amount_among_ranges_of_its_document_is_asked_for():
    ranges = [at(end, "70", printed_value_to="74", bound="range", **MEDIA) for end in ("2026-03-31", "2026-06-30")]
    bare = now("80", printed_text="80", **GUIDED)
    (found,) = World([bare, *ranges]).findings("V.usual_range")
    assert (found.row_id, found.severity) == ("p1", "notice")
    assert rows("V.usual_range", bare, ranges[0]) == []
    assert rows("V.usual_range", bare, ranges[0], {**ranges[0], "locator": "p:9"}) == []
    assert rows("V.usual_range", {**bare, "bound": "gt"}, *ranges) == []
    assert rows("V.usual_range", {**bare, **NEWS}, *ranges) == []


def test_guidance_is_one_fact_to_whom_asks_for_a_lost_word():
    about = now("50", precision_word="approximately", printed_text="approximately 50", **GUIDED, **NEWS)
    bare = now("50", **GUIDED, source_id="wire")
    assert rows("U.bound_elsewhere", bare, about) == ["p1"]
    assert rows("U.bound_elsewhere", bare, {**about, "claim_status": "target"}) == []
    assert rows("U.bound_elsewhere", {**bare, "printed_unit_id": "cny-bn", "printed_value": "5"}, about) == ["p1"]


@pytest.mark.parametrize(("value", "unit", "found"), [
    ("28", "cny-bn", ["p1"]), ("160", "cny-bn", []), ("23", "usd-bn", []), ("160", "usd-bn", ["p1"]),
])  # fmt: skip
def test_a_plan_is_of_the_order_that_other_documents_tell_in_any_currency(value: str, unit: str, found: list[str]):
    odd = year(NEXT, value, printed_unit_id=unit, **PLAN, **NEWS)
    told = [year(NEXT, "160", printed_unit_id="cny-bn", source_id=name, **PLAN) for name in ("wire", "release")]
    assert rows("C.foreseen", odd, *told) == found


def test_guidance_in_a_currency_that_nobody_else_uses_is_named_and_an_estimate_is_not():
    told = [*quarters("10", "11", "12", "13"), now("14", source_id="older-release")]
    odd = at("2026-03-31", "15", printed_unit_id="usd-bn", claim_status="guidance")
    assert rows("V.usual_currency", odd, *told) == ["p1"]
    assert rows("V.usual_currency", {**odd, "printed_text": "$15 billion"}, *told) == []
    assert rows("V.usual_currency", {**odd, "claim_status": "estimate"}, *told) == []


def test_an_own_document_tells_results_and_of_its_rank_alone_what_others_estimate():
    assert rows("V.usual_status", now("36", claim_status="estimate")) == ["p1"]
    assert rows("V.usual_status", now("36", claim_status="estimate", **NEWS)) == []
    assert rows("V.usual_status", now("1", claim_status="estimate", measure="rank", printed_unit_id="count")) == []


def test_a_years_profit_in_dollars_is_odd_at_the_end_of_many_steady_quarters():
    told = quarters("70", "74", "72", "76", metric_id="operating-income")
    odd = year("2023-12-31", "39", metric_id="operating-income")
    assert rows("U.foreign_pace", odd, *told) == ["p1"]
    assert rows("U.foreign_pace", odd, *told[:3]) == []
    assert rows("U.foreign_pace", {**odd, "printed_value": "280"}, *told) == []


def test_a_gross_margin_lies_among_those_of_its_line():
    margin: Cells = {"metric_id": "ebita-margin", "printed_unit_id": "percent"}
    line = quarters("50", "52", "", "51", **margin)
    odd = at("2024-09-30", "19", **margin)
    known = {"metrics": [{"metric_id": "gross-margin", "quantity": "ratio", "unit_id": "percent"}]}
    prints = [{**cells, "metric_id": "gross-margin"} for cells in (odd, line[0], line[1], line[3])]
    assert [found.row_id for found in World(prints, known=known).findings("U.near_rates")] == ["p1"]
    assert World([{**prints[0], "printed_value": "49"}, *prints[1:]], known=known).findings("U.near_rates") == []


def test_a_label_that_stands_with_one_metric_in_many_documents_names_it():
    label: Cells = {"printed_label": "Net cash, 2025"}
    told = [
        at(f"202{n}-12-31", "12", source_id=name, **label)
        for n, name in enumerate(("news", "wire", "filing", "report"))
    ]
    odd = now("5", metric_id="ebita", printed_label="net cash 2024")
    assert rows("V.usual_label", odd, *told) == ["p1"]
    assert rows("V.usual_label", odd, *told[1:]) == []
    assert rows("V.usual_label", odd, {**odd, "metric_id": "capex"}, *told) == []
    assert rows("V.usual_label", {**odd, "measure": "growth_yoy"}, *told) == []
    assert (
        rows("V.usual_label", {**odd, "metric_id": "capex-cash"}, *({**row, "metric_id": "capex"} for row in told))
        == []
    )


def test_one_estimate_among_the_results_of_its_line_is_named():
    told = [
        at(end, "5", source_id=name) for end in ("2025-03-31", "2025-06-30") for name in ("wire", "filing", "report")
    ]
    odd = now("6", claim_status="estimate", **NEWS)
    assert rows("V.usual_status", odd, *told) == ["p1"]
    assert rows("V.usual_status", odd, *told[:3]) == []
    assert rows("V.usual_status", odd, at("2025-09-30", "6", claim_status="estimate", source_id="wire"), *told) == []
    assert rows("V.usual_status", odd, {**odd, "metric_id": "capex"}, *told) == []


SHARE: Cells = {"measure": "share", "printed_unit_id": "percent", "of_entity_id": "market"}


@pytest.mark.parametrize(("share", "expected"), [("42", ["at most 41.0"]), ("41", []), ("40", [])])
def test_vendors_have_at_most_the_whole_of_a_market_but_for_rounding(share: str, expected: list[str]):
    others = [now("31", entity_id="rival", **SHARE), now("29", entity_id="acme-media", **SHARE)]
    found = World([now(share, **SHARE), *others]).findings("C.shares_of_market")
    assert [finding.expected for finding in found] == expected


def test_a_share_is_counted_once_and_beside_no_aggregate_of_it_and_no_other_document():
    own = now("60", **SHARE)
    assert rows("C.shares_of_market", own, now("60", entity_id="acme-and-others", **SHARE)) == []
    assert rows("C.shares_of_market", own, now("62", entity_id="acme", **SHARE)) == []
    assert rows("C.shares_of_market", own, now("61", **SHARE)) == []
    assert rows("C.shares_of_market", own, now("60", entity_id="rival", **SHARE, **NEWS)) == []
    assert rows("C.shares_of_market", own, at("2024-12-31", "60", entity_id="rival", **SHARE)) == []


def test_a_currency_with_the_very_digits_of_the_own_one_is_no_conversion():
    own = [now("432.84"), *quarters("401", "402", "403", "404", source_id="filing")]
    dollars = now("432.84", printed_unit_id="usd-bn", printed_text="", **NEWS)
    assert rows("V.usual_currency", dollars, *own) == ["p1"]
    assert rows("V.usual_currency", {**dollars, "printed_value": "6.03"}, *own) == []
