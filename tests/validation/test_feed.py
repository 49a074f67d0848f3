"""A user's own numbers are held against one another and against those of the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.findings import Finding
from canonical.reference import Reference
from canonical.text_tables import Row, csv_path, read_rows
from tests.builders import write_csv
from validation import feed
from validation.feed import check_feed

ALIBABA = {
    "entity_id": "alibaba-cloud", "metric_id": "revenue", "period_type": "quarter", "period_end": "2025-09-30",
    "measure": "level", "value": "39824", "unit_id": "cny-m",
}  # fmt: skip


def found(tmp_path: Path, *rows: Row, faulty: set[int] | None = None) -> list[Finding]:
    """What the relations find in a feed of rows."""
    return check_feed(write_csv(tmp_path / "feed.csv", rows), Reference(), faulty or set())


def test_what_the_package_prints_too_has_no_findings(tmp_path: Path) -> None:
    columns = ("entity_id", "metric_id", "breakdown_id", "basis", "period_type", "period_end", "value", "unit_id")
    plain = {"metric_id": "revenue", "derivation": "printed", "flags": "", "disputed": "false"}
    quarters = (row for row in read_rows(csv_path("quarterly_metrics")) if plain.items() <= row.items())
    headlines = [{name: row[name] for name in columns} for row in quarters]
    assert len(headlines) > 100
    assert [f for f in found(tmp_path, *headlines) if f.severity == "error"] == []


def test_a_number_ten_times_too_large_is_named_at_its_row_with_the_slip(tmp_path: Path) -> None:
    findings = found(tmp_path, ALIBABA, ALIBABA | {"value": "398240"})
    assert {f.row_number for f in findings} == {2} and {f.line_number for f in findings} == {3}
    assert {"U.scale_slip", "C.agreement"} <= {f.rule for f in findings}
    assert any("10 times too large" in f.message for f in findings)


def test_growth_is_held_against_the_levels_of_the_package(tmp_path: Path) -> None:
    growth = {"measure": "growth_yoy", "value": "43", "unit_id": "percent"}
    assert "C.growth_yoy" in {f.rule for f in found(tmp_path, ALIBABA | growth)}
    assert found(tmp_path, ALIBABA | growth | {"value": "34"}) == []


def test_a_value_is_known_to_its_last_digit_that_is_no_zero(tmp_path: Path) -> None:
    assert found(tmp_path, ALIBABA | {"value": "39800"}) == []
    assert found(tmp_path, ALIBABA | {"value": "39700"}) != []


def test_rows_of_the_package_itself_are_not_doubled(tmp_path: Path) -> None:
    row = next(r for r in read_rows(csv_path("observations")) if r["observation_id"] == "alibaba-results-2026-03.001")
    assert found(tmp_path, row) == []


def test_a_row_with_an_error_is_left_out(tmp_path: Path) -> None:
    assert found(tmp_path, ALIBABA | {"value": "398240"}, faulty={1}) == []


def test_a_large_feed_is_not_read_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_ROWS", 1)
    assert found(tmp_path, ALIBABA, ALIBABA | {"value": "398240"}) == []
