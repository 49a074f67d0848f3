"""Known problems of sources are accepted, stay visible, and have to go once they are gone."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from canonical.findings import Finding
from tests.builders import Row
from validation.known_issues import COLUMNS, PATH, accept, mark_accepted

FINDING = Finding(
    "C.sum", "error", "observations", row_id="s.001", found="10", expected="11", message="parts do not sum"
)


def an_entry(**cells: str) -> Row:
    """An entry that accepts the finding above."""
    guards = {"found": "10", "expect": "11"}
    return {"rule": "C.sum", "row_id": "s.001", **guards, "reason": "misprint", "status": "accepted"} | cells


def test_an_accepted_finding_stays_with_its_reason() -> None:
    (finding,) = accept([FINDING], [an_entry()])
    assert (finding.status, finding.reason, finding.message) == ("accepted", "misprint", "parts do not sum")


@pytest.mark.parametrize(
    "cells", [{"rule": "C.other"}, {"row_id": "s.002"}, {"expect": "12"}, {"expect": "1"}, {"found": "100"}]
)
def test_an_entry_that_does_not_fit_accepts_nothing_and_is_an_error_itself(cells: Row) -> None:
    finding, stale = accept([FINDING], [an_entry(**cells)])
    assert finding.status == "open"
    assert (stale.rule, stale.severity, stale.line_number, stale.status) == ("V.stale_acceptance", "error", 2, "open")


@pytest.mark.parametrize("guard", ["found", "expect"])
def test_an_entry_that_leaves_a_guard_open_accepts_nothing_and_is_an_error_itself(guard: str) -> None:
    finding, error = accept([FINDING], [an_entry(**{guard: ""})])
    assert finding.status == "open"
    assert (error.rule, error.severity, error.column) == ("V.stale_acceptance", "error", guard)


def test_an_entry_does_not_accept_another_print_on_its_row() -> None:
    """What the inputs imply stays the same whatever is printed: the print has to be guarded too."""
    finding, _ = accept([replace(FINDING, found="88")], [an_entry()])
    assert finding.status == "open"


def test_an_entry_may_accept_several_findings_of_one_row() -> None:
    assert [finding.status for finding in accept([FINDING, FINDING], [an_entry()])] == ["accepted", "accepted"]


def test_a_check_of_some_tables_leaves_other_entries_alone() -> None:
    assert mark_accepted([], [an_entry()]) == []
    assert mark_accepted([FINDING], [an_entry(), an_entry(row_id="s.002")])[0].status == "accepted"


def test_the_list_of_the_package_has_its_columns_and_a_reason_for_each_entry() -> None:
    with PATH.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert tuple(reader.fieldnames or ()) == COLUMNS
        assert all(row["reason"] and row["found"] and row["expect"] for row in reader)
