"""On the two seed documents alone the relations find what is wrong in them, and are silent on what only looks odd."""

from __future__ import annotations

import pytest

from canonical.findings import Finding
from validation.consistency import Folder, check_facts
from validation.relations.facts import Facts

SEEDS = ("guosen-2026-alibaba-cloud-note", "industry-research-2025-11-26")
NOTE, SUMMARY = SEEDS


@pytest.fixture(scope="module")
def facts() -> Facts:
    """The facts of the seeds, with their statements and links, and nothing else."""
    folder = Folder()
    tables = {
        name: rows if name == "supply_chain_stages" else [row for row in rows if row.get("source_id") in SEEDS]
        for name, rows in folder.rows.items()
    }
    return Facts.of(tables["observations"], folder.reference, tables)


@pytest.fixture(scope="module")
def findings(facts: Facts) -> list[Finding]:
    """What the relations find."""
    return check_facts(facts)


def printed(facts: Facts, value: str, metric: str, **cells: str) -> list[str]:
    """Ids of the rows that print a number for a metric, first to last."""
    return [
        o.row_id
        for o in facts.observations
        if (o.row["printed_value"], o.row["metric_id"]) == (value, metric)
        and all(o.row[column] == text for column, text in cells.items())
    ]


def about(findings: list[Finding], rule: str, row_ids: list[str]) -> list[Finding]:
    """The findings of a rule at one of some rows."""
    return [finding for finding in findings if finding.rule == rule and finding.row_id in row_ids]


def test_growth_on_the_quarter_of_8_80_does_not_follow_from_levels_that_give_8_69(facts, findings):
    (found,) = about(findings, "C.growth_prev", printed(facts, "8.80", "revenue"))
    assert found.severity == "error"
    assert found.expected.startswith("8.68")


def test_capex_of_minus_9_on_the_quarter_is_minus_7_9_and_fits_the_year(facts, findings):
    (found,) = about(findings, "C.growth_prev", printed(facts, "-9", "capex"))
    assert "-7.9" in found.expected
    assert "growth on the year" in found.message
    assert "rests on a reading" in found.message


def test_the_list_of_2024_does_not_bear_315_01_at_plus_80_10_and_fits_the_fiscal_year(facts, findings):
    found = about(findings, "C.growth_yoy", printed(facts, "80.10", "capex"))
    assert len(found) == 3
    assert all("175.0 cny-100m of the quarter to 2024-06-30" in finding.message for finding in found)
    assert all("fiscal year" in finding.message for finding in found)


def test_246_stands_under_two_quarters(facts, findings):
    (found,) = about(findings, "C.repeated_number", printed(facts, "246.0", "capex"))
    assert sorted([found.row_id, found.related]) == sorted(printed(facts, "246.0", "capex"))


def test_the_group_s_capex_stands_under_the_cloud(facts, findings):
    (found,) = about(findings, "C.scope_confusion", printed(facts, "315.0", "capex"))
    assert "alibaba-group" in found.message


@pytest.mark.parametrize(("said", "captioned"), [("ebitda", "ebita"), ("ebitda-margin", "ebita-margin"),
                                                ("alibaba-cloud", "alibaba-group")])  # fmt: skip
def test_the_text_and_the_caption_name_a_series_differently(findings, said: str, captioned: str):
    found = [finding for finding in findings if finding.rule == "C.caption" and finding.found == said]
    assert [finding.expected for finding in found] == [captioned]


@pytest.mark.parametrize("value", ["36.00", "34.50", "290.0", "1237.0", "386.0", "859.0", "121.0", "246.0"])
def test_padded_decimals_are_noticed(facts, findings, value: str):
    rows = {row for f in findings if f.rule == "U.padded_decimals" for row in (f.row_id, *f.related.split())}
    assert rows & {o.row_id for o in facts.observations if o.row["printed_value"] == value}


def test_a_margin_of_4_and_4_percent_does_not_rise_every_year(facts, findings):
    (found,) = [finding for finding in findings if finding.rule == "C.claim_shown"]
    assert found.related.split() == printed(facts, "4", "ebitda-margin")


def test_two_companies_stand_under_different_stages(findings):
    found = [finding for finding in findings if finding.rule == "C.stage"]
    assert len(found) == 2
    assert {finding.severity for finding in found} == {"notice"}


@pytest.mark.parametrize(
    ("values", "metric"),
    [
        (("34.50", "34"), "revenue"),
        (("63", "47", "16"), "revenue"),
        (("1237.0",), "capex"),
        (("859.0",), "capex"),
        (("10", "9"), "growth-streak-quarters"),
    ],
)
def test_what_only_looks_odd_raises_nothing(facts, findings, values: tuple[str, ...], metric: str):
    rows = {row_id for value in values for row_id in printed(facts, value, metric)}
    assert rows
    held_against = [f for f in findings if f.rule not in ("U.padded_decimals", "C.caption")]
    assert [f for f in held_against if f.row_id in rows] == []


def test_nothing_else_is_found(findings):
    assert sorted({finding.rule for finding in findings}) == [
        "C.caption", "C.claim_shown", "C.growth_prev", "C.growth_yoy", "C.repeated_number", "C.scope_confusion",
        "C.stage", "U.padded_decimals",
    ]  # fmt: skip
    assert len([finding for finding in findings if finding.severity == "error"]) == 1
