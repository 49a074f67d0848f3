"""Known problems of sources are accepted, stay visible, and have to go once they are gone."""

from __future__ import annotations

import csv

import pytest

from tests.builders import Row
from validation.findings import Finding
from validation.known_issues import COLUMNS, PATH, accept, mark_accepted

FINDING = Finding(
    "C.sum", "error", "observations", row_id="s.001", found="10", expected="11", message="parts do not sum"
)


def an_entry(**cells: str) -> Row:
    """An entry that accepts the finding above."""
    return {"rule": "C.sum", "row_id": "s.001", "expect": "11", "reason": "misprint", "status": "open"} | cells


def test_an_accepted_finding_stays_with_its_reason() -> None:
    (finding,) = accept([FINDING], [an_entry()])
    assert (finding.status, finding.reason, finding.message) == ("accepted", "misprint", "parts do not sum")


@pytest.mark.parametrize("cells", [{"rule": "C.other"}, {"row_id": "s.002"}, {"expect": "12"}, {"expect": ""}])
def test_an_entry_that_does_not_fit_accepts_nothing_and_is_an_error_itself(cells: Row) -> None:
    finding, stale = accept([FINDING], [an_entry(**cells)])
    assert finding.status == "open"
    assert (stale.rule, stale.severity, stale.line_number, stale.status) == ("V.stale_acceptance", "error", 2, "open")


def test_an_entry_may_accept_several_findings_of_one_row() -> None:
    assert [finding.status for finding in accept([FINDING, FINDING], [an_entry()])] == ["accepted", "accepted"]


def test_a_check_of_some_tables_leaves_other_entries_alone() -> None:
    assert mark_accepted([], [an_entry()]) == []
    assert mark_accepted([FINDING], [an_entry(), an_entry(row_id="s.002")])[0].status == "accepted"


def test_the_list_of_the_package_has_its_columns_and_a_reason_for_each_entry() -> None:
    with PATH.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert tuple(reader.fieldnames or ()) == COLUMNS
        assert all(row["reason"] and row["expect"] for row in reader)
