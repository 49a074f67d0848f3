"""The findings of a build as a table: ids that outlive a rewording, in one order, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from canonical.findings import Finding
from release.package import findings_table
from release.package.findings_table import finding_id, findings_frame
from release.package.metadata import version
from tests.builders import write_csv

FINDING = Finding(
    "C.cross_source",
    "warning",
    "observations",
    row_id="s.001",
    row_number=4,
    column="value",
    found="10",
    expected="11",
    message="two sources differ",
    fix="look again",
    related="t.001",
)


@pytest.fixture(autouse=True)
def no_earlier_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the findings of the last release would lie."""
    monkeypatch.setattr(findings_table, "csv_path", lambda table: tmp_path / f"{table}.csv")
    return tmp_path / "findings.csv"


@pytest.mark.parametrize(
    "change",
    [{"found": "12"}, {"message": "other words"}, {"row_number": 9}, {"status": "accepted"}, {"related": "t.002"}],
)
def test_an_id_outlives_what_may_be_reworded(change: dict[str, object]) -> None:
    assert finding_id(replace(FINDING, **change)) == finding_id(FINDING)


@pytest.mark.parametrize(
    "change",
    [{"rule": "C.sum"}, {"table": "statements"}, {"row_id": "s.002"}, {"column": "unit_id"}],
)
def test_an_id_tells_what_a_finding_is_about(change: dict[str, object]) -> None:
    assert finding_id(replace(FINDING, **change)) != finding_id(FINDING)


def test_two_findings_about_the_same_are_both_published_each_with_its_id() -> None:
    frame = findings_frame([FINDING, replace(FINDING, found="12"), FINDING])
    assert frame.get_column("found").to_list() == ["10", "12"]
    assert frame.get_column("finding_id").to_list() == [finding_id(FINDING), finding_id(FINDING, 1)]


def test_an_id_is_readable_and_pinned() -> None:
    # Pinned: published findings are cited by their ids.
    assert finding_id(FINDING) == "c.cross-source.60720799e7"


def test_findings_stand_in_order_of_table_row_and_column() -> None:
    others = [replace(FINDING, row_number=n, row_id=f"s.{n:03d}", table=t) for n, t in ((9, "a"), (10, "a"), (1, "b"))]
    frame = findings_frame(reversed(others))
    assert frame["row_id"].to_list() == ["s.009", "s.010", "s.001"]


def test_an_empty_cell_is_null_and_the_rest_is_kept() -> None:
    (row,) = findings_frame([replace(FINDING, expected="", reason="")]).to_dicts()
    assert row["expected"] is None and row["reason"] is None
    assert (row["found"], row["severity"], row["status"]) == ("10", "warning", "open")


def test_a_finding_keeps_the_release_it_was_first_seen_in(no_earlier_release: Path) -> None:
    write_csv(no_earlier_release, [{"finding_id": finding_id(FINDING), "first_seen_in": "0.0.1"}])
    frame = findings_frame([FINDING, replace(FINDING, row_id="s.002")])
    assert dict(frame.select("row_id", "first_seen_in").iter_rows()) == {"s.001": "0.0.1", "s.002": version()}


def test_a_finding_told_twice_is_one_row() -> None:
    assert findings_frame([FINDING, FINDING]).height == 1


def test_no_findings_are_a_table_without_rows() -> None:
    assert findings_frame([]).height == 0
