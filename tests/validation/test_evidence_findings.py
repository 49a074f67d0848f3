"""On the whole package the relations find the prints that are known to be wrong, and every error is accounted for."""

from __future__ import annotations

import time

import pytest

from canonical.findings import Finding
from canonical.text_tables import csv_path, read_rows
from validation.consistency import check_consistency
from validation.known_issues import accept


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    """What the relations find in the package."""
    return check_consistency()


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    """Observations by id."""
    return {row["observation_id"]: row for row in read_rows(csv_path("observations"))}


def found_at(findings: list[Finding], rows: dict[str, dict[str, str]], **cells: str) -> set[str]:
    """The rules that find something at rows with such cells, and not only hold them against another row."""
    return {
        finding.rule
        for finding in findings
        if finding.table == "observations"
        and all(rows[finding.row_id][column] == text for column, text in cells.items())
    }


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"entity_id": "alibaba-cloud", "period_end": "2024-06-30", "printed_value": "24.3"}, "C.agreement"),
        ({"entity_id": "alibaba-cloud", "metric_id": "revenue", "printed_value": "89.71"}, "C.agreement"),
        ({"entity_id": "google-cloud", "metric_id": "backlog", "printed_value": "310"}, "C.agreement"),
        ({"entity_id": "amazon", "period_end": "2025-12-31", "printed_value": "796.00"}, "U.scale_slip"),
        ({"entity_id": "amazon", "period_end": "2025-12-31", "printed_value": "796.00"}, "C.agreement"),
        ({"entity_id": "alibaba-group", "period_end": "2025-12-31", "printed_value": "1039"}, "C.sum_of_known_periods"),
        ({"entity_id": "coreweave", "metric_id": "revenue", "printed_value": "1851"}, "C.agreement"),
        ({"entity_id": "ovhcloud-private-cloud", "printed_value": "623.6"}, "C.segments_of_another_year"),
    ],
)
def test_prints_known_to_be_wrong_are_found(findings, rows, cells: dict[str, str], rule: str):
    assert rule in found_at(findings, rows, **cells)


def test_a_slip_of_ten_is_named(findings, rows):
    (found,) = [f for f in findings if f.rule == "C.agreement" and rows[f.row_id]["printed_value"] == "89.71"]
    assert "10 times too large" in found.message


def test_every_error_is_accepted_with_a_reason_or_corrected(findings):
    consistency = [finding for finding in accept(findings) if finding.rule != "V.stale_acceptance"]
    assert [f for f in consistency if f.severity == "error" and f.status == "open"] == []
    assert all(finding.reason for finding in consistency if finding.status == "accepted")


def test_recasts_that_are_no_errors_raise_no_error(findings, rows):
    recast = {"unicom-cloud", "microsoft-cloud", "microsoft-intelligent-cloud"}
    assert [
        finding.row_id
        for finding in findings
        if finding.severity == "error"
        and finding.table == "observations"
        and rows[finding.row_id]["entity_id"] in recast
    ] == []


def test_findings_of_severity_error_or_warning_stay_a_small_part_of_the_rows(findings, rows):
    """A flood of findings would hide the real ones: at most two in a hundred rows."""
    grave = {finding.row_id for finding in findings if finding.severity != "notice"}
    assert len(grave) <= 0.02 * len(rows)


def test_all_relations_run_in_seconds():
    start = time.process_time()
    check_consistency()
    assert time.process_time() - start < 12
