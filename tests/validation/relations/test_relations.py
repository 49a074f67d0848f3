"""Every relation finds what it is for, is silent on what only looks odd, and says how to put it right."""

from __future__ import annotations

import pytest

from tests.prints import World
from tests.validation.relations.worlds import BENT, EVEN, LAST_YEAR, THIS_YEAR, WORLDS, at, backlog, now, quarters, year
from validation.relations import RELATIONS, relation_of
from validation.relations.frame import case_frame, relation_schema
from validation.relations.relation import evaluated


def test_every_relation_has_its_worlds_and_its_own_id():
    assert sorted(WORLDS) == sorted(relation.id for relation in RELATIONS)


@pytest.mark.parametrize("rule", WORLDS)
def test_a_relation_finds_what_it_is_for(rule: str):
    found = WORLDS[rule].bad.findings(rule)
    assert WORLDS[rule].row in [finding.row_id for finding in found]
    assert {finding.rule for finding in found} == {rule}
    assert all(finding.message and finding.fix and "\n" not in finding.message for finding in found)


@pytest.mark.parametrize("rule", WORLDS)
def test_a_relation_is_silent_on_what_only_looks_odd(rule: str):
    assert WORLDS[rule].good.findings(rule) == []


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.id)
def test_a_relation_explains_itself_in_sentences(relation):
    assert relation.id[:2] in ("U.", "P.", "C.", "V.")
    assert relation.rationale.endswith(".") and relation.rationale[0].isupper()
    assert not relation.says.endswith(".") and not relation.fix.endswith(".")


@pytest.mark.parametrize("rule", ["C.growth_yoy", "C.stage", "U.sign", "C.agreement"])
def test_the_schema_of_a_relation_refuses_its_frame_where_the_relation_is_broken(rule: str):
    import pandera.errors

    relation = relation_of(rule)
    good = case_frame(evaluated(relation, WORLDS[rule].good.facts()))
    bad = case_frame(evaluated(relation, WORLDS[rule].bad.facts()))
    relation_schema(relation).validate(good, lazy=True)
    with pytest.raises(pandera.errors.SchemaErrors):
        relation_schema(relation).validate(bad, lazy=True)


@pytest.mark.parametrize(
    ("levels", "right"),
    [
        ([*EVEN[:4], "600.5", "612.5", "624.5", "636.5", "648.5"], {"p4", "p5"}),
        ([*EVEN[:7], "3705000", "380.5"], {"p7", "p9"}),
        ([*EVEN[:8], "38000000"], {"p8"}),
    ],
    ids=["a step up for good", "a slip", "a slip at the end"],
)
def test_a_level_beside_a_step_or_a_slip_does_not_bend_its_series(levels: list[str], right: set[str]):
    assert right.isdisjoint(finding.row_id for finding in World(quarters(*levels)).findings("U.bend"))


@pytest.mark.parametrize(("source", "found"), [("release", ["p10", "p4"]), ("filing", [])])
def test_a_level_that_bends_its_series_is_right_where_another_document_prints_it_too(source: str, found: list[str]):
    again = at("2024-12-31", BENT[3], source_id=source)
    assert [f.row_id for f in World([*quarters(*BENT), again]).findings("U.bend")] == found


def test_a_foreign_currency_may_stand_for_growth_from_a_neighbouring_year_alone():
    dollars, later = year("2023-12-31", "3400", printed_unit_id="usd-m", source_id="news"), year("2024-12-31", "767.6")
    assert World([dollars, later]).findings("C.conversion") == []
    assert World([dollars, later, year("2022-12-31", "760.6")]).findings("C.conversion")
    assert World([{**dollars, "printed_value": "60000"}, later]).findings("C.conversion")


@pytest.mark.parametrize("value", ["29627", "292.67"])
def test_a_reporters_number_with_exchanged_digits_or_its_point_moved_is_no_restatement(value: str):
    earlier = at("2024-12-31", "29267", source_id="older-release", printed_unit_id="cny-m")
    for print_, severity in ((value, "warning"), ("29817", "notice")):
        later = at("2024-12-31", print_, source_id="filing", printed_unit_id="cny-m")
        (found,) = World([earlier, later]).findings("C.restatement")
        assert found.severity == severity


def test_a_balance_repeats_the_number_of_a_quarter_up_to_a_year_before():
    balances = [backlog("2025-03-31", "523.3"), backlog("2025-06-30", "540.1"), backlog("2025-09-30", "561.7")]
    later = backlog("2025-12-31", "52330.0", printed_unit_id="cny-m", source_id="news")
    assert [f.row_id for f in World([*balances, later]).findings("C.repeated_number")] == ["p4"]
    assert World([*balances, {**later, "printed_value": "52340"}]).findings("C.repeated_number") == []
    assert World([*balances, backlog("2026-06-30", "523.3")]).findings("C.repeated_number") == []


def test_a_flow_repeats_a_number_whatever_its_unit():
    prints = [at("2025-09-30", "246.13"), now("24613.0", printed_unit_id="cny-m", source_id="news")]
    assert [f.row_id for f in World(prints).findings("C.repeated_number")] == ["p2"]


@pytest.mark.parametrize(("rate", "measure", "found"), [("36.8", "growth_yoy", True), ("36", "growth_yoy", False),
                                                        ("36.8", "share", True), ("36.8", "level", False)])  # fmt: skip
def test_a_rate_of_three_digits_stands_still_only_by_slip(rate: str, measure: str, found: bool):
    metric = "ebita-margin" if measure == "level" else "revenue"
    cells = {"measure": measure, "printed_unit_id": "percent", "metric_id": metric}
    prints = [at("2025-09-30", rate, **cells), now(rate, source_id="news", **cells)]
    assert [f.row_id for f in World(prints).findings("C.repeated_number")] == (["p2"] if found else [])


@pytest.mark.parametrize(("value", "word", "found"), [("9190", "none", True), ("9100", "none", False),
                                                      ("9190", "approximately", False)])  # fmt: skip
def test_a_zero_at_the_end_of_a_number_told_to_the_unit_is_a_digit_of_it(value: str, word: str, found: bool):
    cells = {"printed_unit_id": "cny-m", "precision_word": word}
    prints = [at("2025-09-30", value, **cells), now(value, source_id="news", **cells)]
    assert [f.row_id for f in World(prints).findings("C.repeated_number")] == (["p2"] if found else [])


def test_digits_that_another_print_of_the_fact_tells_finer_repeat_nothing():
    earlier, later = at("2025-09-30", "30.7", source_id="news"), now("30.70", source_id="news")
    assert World([earlier, later]).findings("C.repeated_number")
    assert World([earlier, at("2025-09-30", "30.66"), later]).findings("C.repeated_number") == []
    total, part = now("347.7"), now("347.7", breakdown_id="ai", source_id="news")
    assert World([total, part]).findings("C.twofold_number")
    assert World([total, now("347.74"), part]).findings("C.twofold_number") == []


def test_a_column_told_in_another_unit_to_the_same_step_is_of_its_line():
    ends = ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31")
    line = [
        at(end, "16378", printed_unit_id="cny-m", locator=f"table:1 row:Cloud col:{n}") for n, end in enumerate(ends)
    ]
    told = {**line[0], "printed_unit_id": "cny-bn", "printed_value": "16.4"}
    assert [f.row_id for f in World([told, *line[1:]]).findings("V.table_line")] == ["p1"]
    assert World([{**told, "printed_value": "16.378"}, *line[1:]]).findings("V.table_line") == []


def test_a_total_entered_as_a_part_is_found_in_any_unit():
    total, part = now("41626", printed_unit_id="cny-m"), now("41.626", printed_unit_id="cny-bn", breakdown_id="ai")
    assert World([total, {**part, "source_id": "news"}]).findings("C.twofold_number")
    share = now("100", measure="share", breakdown_id="ai")
    assert World([total, part, share]).findings("C.twofold_number") == []
    before = [at("2025-09-30", "398.24"), at("2025-09-30", "398.24", breakdown_id="ai")]
    assert World([total, part, *before]).findings("C.twofold_number") == []


def test_of_a_group_and_its_part_the_print_that_is_out_of_its_series_is_found():
    part, wrong = now("41.63", printed_unit_id="cny-bn", source_id="news"), now("416.26", entity_id="acme")
    assert [f.row_id for f in World([part, wrong]).findings("C.scope_confusion")] == ["p1"]
    right = now("2433.80", entity_id="acme", source_id="filing")
    assert [f.row_id for f in World([part, wrong, right]).findings("C.scope_confusion")] == ["p2"]
    moved = {**wrong, "perimeter_id": "acme-media.2025-06"}
    assert [f.row_id for f in World([part, moved, right]).findings("C.scope_confusion")] == ["p2"]
    series = quarters(*EVEN[:7], entity_id="acme", metric_id="capex")
    slipped = at("2024-06-30", "31.50", metric_id="capex", entity_id="acme")
    own = at("2024-06-30", "31.50", metric_id="capex", source_id="news")
    assert [f.row_id for f in World([own, slipped, series[0], *series[2:]]).findings("C.scope_confusion")] == ["p2"]


@pytest.mark.parametrize(("value", "holds"), [("100", True), ("50", True), ("400", False)])
def test_growth_between_days_without_a_reading_lies_within_the_readings_around_them(value: str, holds: bool):
    window = {"period_type": "window", "metric_id": "backlog", "period_start": "2025-05-15"}
    printed = now(value, measure="growth_over_period", **window)
    readings = [backlog("2025-03-31", "2"), backlog("2025-06-30", "3"), backlog("2025-12-31", "5")]
    found = World([printed, *readings]).findings("C.growth_over_period")
    assert [finding.severity for finding in found] == ([] if holds else ["warning"])
    assert World([printed, *readings[1:]]).findings("C.growth_over_period") == []
    up_and_down = [backlog("2025-03-31", "4"), *readings[1:]]
    assert World([printed, *up_and_down]).findings("C.growth_over_period") == []


@pytest.mark.parametrize(
    ("low", "high", "bound", "found"),
    [
        ("-34", "-5", "range", ["p1"]),
        ("-15", "-5", "range", []),
        ("0", "5", "range", []),
        ("-1", "5", "range", []),
        ("5", "34", "spread", []),
    ],
)
def test_the_width_of_a_range_is_asked_of_ends_of_one_sign(low: str, high: str, bound: str, found: list[str]):
    world = World([now(low, printed_value_to=high, bound=bound, **{"measure": "growth_yoy"})])
    assert [finding.row_id for finding in world.findings("U.range_width")] == found


def test_growth_and_money_are_not_asked_for_the_unit_of_the_metric():
    growth = now("5", metric_id="regions", measure="growth_yoy", printed_unit_id="percent")
    assert World([growth, now("5", printed_unit_id="usd-m")]).findings("U.metric_unit") == []


@pytest.mark.parametrize("column", ["locator", "printed_label"])
def test_a_row_that_does_not_say_where_it_stands_repeats_an_earlier_one(column: str):
    here, there, anywhere = (now("1", **{column: place}) for place in ("p:1", "p:2", ""))
    assert World([here, there]).findings("V.repeated_row") == []
    assert World([anywhere, here]).findings("V.repeated_row") == []
    assert [finding.row_id for finding in World([here, anywhere]).findings("V.repeated_row")] == ["p2"]
    assert [finding.row_id for finding in World([here, there, anywhere]).findings("V.repeated_row")] == ["p3"]


def test_each_complete_split_of_an_entity_adds_up_by_itself():
    whole, apps = now("63"), now("16", entity_id="acme-apps")
    compute, hosting = now("47", entity_id="acme-compute"), now("37", entity_id="acme-hosting")
    assert World([whole, apps]).findings("C.sum_of_entities") == []
    (found,) = World([whole, apps, compute, hosting]).findings("C.sum_of_entities")
    assert (found.row_id, found.severity, found.related) == ("p1", "error", "p4 p2")
    (found,) = World([whole, *({**part, "source_id": "news"} for part in (apps, hosting))]).findings(
        "C.sum_of_entities"
    )
    assert found.severity == "warning"


def test_parts_printed_after_a_recast_of_their_parent_do_not_add_up_to_what_was_printed_before():
    whole = at("2024-12-31", "63", entity_id="acme-media", source_id="older-release")
    parts = [at("2024-12-31", v, entity_id=e) for v, e in (("20", "acme-films"), ("33", "acme-games"))]
    assert World([whole, *parts]).findings("C.sum_of_entities") == []
    assert World([{**whole, "source_id": "filing"}, *parts]).findings("C.sum_of_entities")
    assert World([whole, *({**part, "source_id": "older-release"} for part in parts)]).findings("C.sum_of_entities")


@pytest.mark.parametrize("rule", ["U.near_rates", "U.swing", "U.pace"])
def test_an_estimate_is_held_by_the_estimates_beside_it_as_a_result_is_by_results(rule: str):
    bad, row, good = WORLDS[rule]
    estimated = [World([{**print_, "claim_status": "estimate"} for print_ in world.prints]) for world in (bad, good)]
    assert [[f.row_id for f in world.findings(rule)] for world in estimated] == [[row], []]
    planned = World([{**print_, "claim_status": "guidance"} for print_ in bad.prints])
    assert planned.findings(rule) == []


@pytest.mark.parametrize(
    ("place", "cells", "holds"),
    [
        ("section:us-gaap:Revenues item:2025-10-01/2025-12-31", {}, True),
        ("section:us-gaap:Revenues item:2025-04-01/2025-12-31", {}, False),
        ("section:us-gaap:Cash item:2025-09-30", {"metric_id": "backlog", "period_type": "instant"}, False),
        ("item:acme-2025q3-review:segmentRevenue:2025-12-31", {}, True),
        ("table:1 row:Revenue col:Q3 FY2026", {}, True),
        ("table:1 row:Revenue col:Q3 FY2025", {}, False),
        ("table:1 row:Revenue col:2026", {}, True),
        ("table:1 row:Revenue col:2024", {}, False),
        ("table:1 row:Revenue col:Three months 2025", {}, True),
        ("table:1 row:Revenue col:Nine months 2025", {}, False),
        ("table:1 row:Backlog col:Q4 2025", {"metric_id": "backlog", "period_type": "instant"}, True),
        ("table:1 row:Backlog col:Q2 2025", {"metric_id": "backlog", "period_type": "instant"}, False),
        ("table:1 row:Revenue col:As reported", {}, True),
        ("p:12", {}, True),
    ],
)
def test_a_place_names_the_period_that_is_read_there(place: str, cells: dict[str, str], holds: bool):
    assert bool(World([now("1", locator=place, **cells)]).findings("P.place")) is not holds


def test_a_part_that_alone_is_told_in_several_documents_may_have_grown():
    parts = [
        backlog(end, value, breakdown_id="ai", source_id=source)
        for end, value, source in (
            ("2025-03-31", "1", "news"),
            ("2025-06-30", "2", "wire"),
            ("2025-09-30", "3", "filing"),
        )
    ]
    (found,) = World([backlog("2025-12-31", "9"), *parts]).findings("V.usual_part")
    assert (found.row_id, found.expected) == ("p1", "ai")
    others = [*parts[:2], {**parts[2], "breakdown_id": "external"}]
    assert World([backlog("2025-12-31", "9"), *others]).findings("V.usual_part") == []
    assert World([backlog("2025-12-31", "9", printed_label="Total backlog"), *parts]).findings("V.usual_part") == []


def test_a_tag_of_a_filing_is_filed_under_one_metric():
    tag = "section:us-gaap:OperatingIncomeLoss item:{}"
    rows = [
        at(end, "80", metric_id="operating-income", locator=tag.format(end), source_id=source)
        for end, source in (
            (THIS_YEAR[0], "release"),
            (THIS_YEAR[1], "release"),
            *((e, "older-release") for e in LAST_YEAR),
        )
    ]
    odd = now("90", metric_id="ebitda", locator=tag.format("2025-12-31"))
    assert [(f.row_id, f.expected) for f in World([odd, *rows]).findings("V.same_place")] == [
        ("p1", "operating-income")
    ]


def test_a_part_that_is_printed_twice_is_no_further_part():
    day, held = "2025-12-31", [("700", "over-one-year", "news"), ("200.7", "current", "news")]
    parts = [backlog(day, value, breakdown_id=part, source_id=source) for value, part, source in held]
    coarser = backlog(day, "201", breakdown_id="current", source_id="wire")
    earlier = backlog("2025-06-30", "150", breakdown_id="current", source_id="wire")
    assert World([backlog(day, "811"), *parts, coarser]).findings("V.usual_part") == []
    assert World([backlog(day, "811"), *parts, earlier]).findings("V.usual_part") != []
