"""How old a period may be: a slip of the year is found, and tables of many years are left alone."""

from __future__ import annotations

import pytest

from canonical.findings import Finding
from tests.prints import World
from tests.validation.relations.worlds import Cells, at, now


def past(*prints: Cells) -> list[Finding]:
    """What the rule finds in a release of February 2026."""
    return World(prints).findings("P.past")


@pytest.mark.parametrize("end", ["1926-12-31", "1950-12-31", "1999-12-31"])
def test_a_year_before_all_clouds_is_an_error_whatever_the_source_says(end: str):
    (found,) = past(at(end, "1"), now("1"))
    assert (found.row_id, found.column, found.severity) == ("p1", "period_end", "error")


def test_a_period_that_stands_alone_long_before_publication_is_worth_a_warning():
    (found,) = past(at("2016-12-31", "1"), at("2024-12-31", "1"), now("1"))
    assert (found.row_id, found.severity) == ("p1", "warning")


def test_the_same_slip_in_two_rows_does_not_hide_either():
    assert [f.row_id for f in past(at("2016-12-31", "1"), at("2016-12-31", "2"), now("1"))] == ["p1", "p2"]


@pytest.mark.parametrize("end", ["2024-12-31", "2024-03-31"])
def test_a_comparative_of_the_years_before_is_no_slip(end: str):
    assert past(at(end, "1"), now("1")) == []


def test_a_plan_is_left_to_the_rule_on_forecasts():
    assert past(at("2016-12-31", "1", claim_status="plan"), now("1")) == []


@pytest.mark.parametrize(("status", "holds"), [("actual", False), ("guidance", True)])
def test_a_document_without_a_day_is_no_older_than_its_results(status: str, holds: bool):
    undated = {"source_id": "report-of-last-year"}
    prints = [now("1", claim_status="guidance", **undated), now("2", metric_id="capex", claim_status=status, **undated)]
    found = World(prints).findings("P.past_forecast")
    assert [(f.row_id, f.column) for f in found] == ([] if holds else [("p1", "period_end")])
