"""In a file of somebody's own a remedy needs no `make fill`: it is carried out in the file, and the finding is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.findings import Finding
from canonical.reference import OwnTable, Reference
from tests.builders import Row, an_observation, write_csv
from validation import own_files
from validation.own_files import check_own


@pytest.fixture
def found(reference_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What is found in a file of one's own rows against a small package."""
    monkeypatch.setattr(own_files, "DATA", reference_folder)

    def run(*rows: Row) -> list[Finding]:
        return check_own([OwnTable("observations", write_csv(tmp_path / "mine.csv", rows))]).findings

    return run


@pytest.mark.parametrize(
    ("slip", "column", "fix"),
    [
        ({"value": "398240"}, "value", "write what is expected"),
        ({"unit_id": "usd-m"}, "unit_id", "write what is expected"),
        ({"period_start": "2025-08-01"}, "period_start", "write the day expected"),
    ],
)
def test_what_is_expected_is_written(found, reference: Reference, slip: Row, column: str, fix: str) -> None:
    row = an_observation(reference) | slip
    (finding,) = found(row)
    assert finding.column == column and finding.fix.startswith(fix)
    assert found(row | {column: finding.expected}) == []


def test_a_cell_that_is_not_filled_is_typed_or_its_column_left_out(found, reference: Reference) -> None:
    good = an_observation(reference)
    rows = [good | {"locator": "p:1"}, good | {"observation_id": "acme-results-2025.002", "decimals": ""}]
    (finding,) = found(*rows)
    assert (finding.rule, finding.column) == ("S.not_filled", "decimals")
    assert finding.fix == "type the value, or leave the column out of the file"
    assert found(rows[0], rows[1] | {"decimals": "2"}) == []
    assert found(*({name: cell for name, cell in row.items() if name != "decimals"} for row in rows)) == []


def test_zeros_lost_in_a_spreadsheet_are_restored_or_the_decimals_of_the_print_written(
    found, reference: Reference
) -> None:
    row = an_observation(reference) | {"decimals": "3"}
    (finding,) = found(row)
    assert finding.fix == "restore zeros lost in a spreadsheet, or write the decimals printed"
    assert found(row | {"decimals": "2"}) == []


def test_an_id_of_another_source_is_left_out_or_its_source_corrected(found, reference: Reference) -> None:
    row = an_observation(reference) | {"observation_id": "acme-results-2024.001"}
    (finding,) = found(row)
    assert finding.fix == "leave the column out of the file, or correct source_id"
    assert found({name: cell for name, cell in row.items() if name != "observation_id"}) == []
    assert [f.rule for f in found(row | {"source_id": "acme-results-2024"})] == ["V.usual_perimeter", "P.future"]


def test_no_remedy_speaks_of_what_completes_the_package(found, reference: Reference) -> None:
    row = an_observation(reference)
    slips = [
        {"decimals": ""},
        {"value": "1"},
        {"period_start": "2025-08-01"},
        {"observation_id": "acme-results-2024.001"},
    ]
    findings = found(*(row | {"locator": f"p:{n}"} | slip for n, slip in enumerate(slips)))
    assert findings and not [f for f in findings if "make fill" in f.fix]
