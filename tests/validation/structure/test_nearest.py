"""A code that is none, and what it was meant to be; one line where one mistake breaks several rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import load_schema
from tests.builders import NINE_TYPED_CELLS, Row, an_observation, write_csv
from validation.package import Checker
from validation.structure.nearest import with_nearest

CODES = ["ovhcloud", "oracle", "revenue"]


@pytest.mark.parametrize(
    ("cell", "nearest"),
    [
        ("ovh-cloud", "ovhcloud"),
        ("ovhcloud ", "ovhcloud"),
        ("Revenue", "revenue"),
        ("oracle revnue", "revenue"),
        ("xx", ""),
    ],
)
def test_the_nearest_code_is_named(cell: str, nearest: str) -> None:
    (finding,) = with_nearest([Finding("S.enum", "error", "t", found=cell, expected="a code")], CODES)
    assert finding.expected == (f"a code; nearest is {nearest}" if nearest else "a code")


def test_without_codes_nothing_is_said() -> None:
    finding = Finding("S.unique", "error", "t", found="ovh-cloud", expected="one row per key")
    assert with_nearest([finding], []) == [finding]


@pytest.fixture
def check(reference_folder: Path, tmp_path: Path):
    """The findings on one row of observations."""

    def run(row: Row) -> list[Finding]:
        return Checker(reference_folder).check_file(write_csv(tmp_path / "observations.csv", [row]), "observations")

    return run


def test_a_mistyped_metric_is_one_line_with_the_metric_that_was_meant(check, reference: Reference) -> None:
    (finding,) = check(an_observation(reference) | {"metric_id": "Revenue"})
    assert (finding.rule, finding.column) == ("S.foreign_key", "metric_id")
    assert finding.expected.endswith("nearest is revenue")


@pytest.mark.parametrize("printed", ["1,281.5", "(281.5)", "6.5%", ""])
def test_a_row_that_cannot_be_filled_yet_is_not_said_to_need_filling(check, printed: str) -> None:
    typed = dict.fromkeys(load_schema("observations").columns, "") | NINE_TYPED_CELLS | {"printed_value": printed}
    findings = check(typed)
    assert findings and all("make fill" not in finding.fix for finding in findings)
