"""What a check found reaches the number: the ids of open findings, and whether they make it disputed."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.reference import Reference
from release.series.facts import Facts
from release.series.open_findings import OpenFindings
from tests.builders import REFERENCE, a_typed_frame, an_observation, write_csv, write_reference
from tests.release.series.test_vintage import a_vintage

SOURCES = [*REFERENCE["sources"], {**REFERENCE["sources"][0], "source_id": "note", "kind": "repository_data"}]
FINDING = {"finding_id": "c.one", "rule": "C.growth_yoy", "severity": "warning", "status": "open",
           "table_name": "observations"}  # fmt: skip
ROW = {"finding_id": "c.one", "table_name": "observations"}


def found(folder: Path, **cells: str) -> OpenFindings:
    """The open findings of a build with one, over an observation of a release and one of a note."""
    reference = Reference(write_reference(folder, sources=SOURCES))
    rows = [an_observation(reference, observation_id=f"{source}.001", source_id=source)
            for source in ("acme-results-2025", "note")]  # fmt: skip
    write_csv(folder / "observations.csv", rows)
    roles = {"subject": cells.pop("row_id"), "held_against": cells.pop("related", "")}
    named = [{**ROW, "row_id": row, "role": role} for role, row in roles.items() if row]
    if cells.get("table_name", "observations") != "observations":
        named = [row | {"table_name": cells["table_name"]} for row in named]
    frames = a_typed_frame("findings", [{**FINDING, **cells}]), a_typed_frame("finding_rows", named)
    return OpenFindings.of(*frames, Facts(Reference(folder)))


RELEASE, NOTE = ["acme-results-2025.001"], ["note.001"]


def test_a_finding_touches_its_row_and_those_it_holds_against_it(tmp_path: Path) -> None:
    findings = found(tmp_path, row_id=RELEASE[0], related=NOTE[0])
    assert findings.of_rows(RELEASE) == findings.of_rows(NOTE) == findings.of_rows([*RELEASE, *NOTE]) == ("c.one",)
    assert findings.of_rows(["other.001"]) == ()


def test_a_trusted_print_disputes_a_note_and_a_note_disputes_no_trusted_print(tmp_path: Path) -> None:
    by_release = found(tmp_path, row_id=RELEASE[0], related=NOTE[0])
    assert by_release.dispute(RELEASE) and by_release.dispute(NOTE)


def test_what_a_note_says_disputes_the_note_alone(tmp_path: Path) -> None:
    by_note = found(tmp_path, row_id=NOTE[0], related=RELEASE[0])
    assert by_note.dispute(NOTE) and not by_note.dispute(RELEASE)


@pytest.mark.parametrize("cells", [{"severity": "notice"}, {"status": "accepted"}, {"table_name": "model_prices"}])
def test_notices_accepted_findings_and_those_of_prices_dispute_nothing(tmp_path: Path, cells: dict[str, str]) -> None:
    assert not found(tmp_path, row_id=RELEASE[0], **cells).dispute(RELEASE)


def test_a_vintage_tells_its_findings_and_two_that_then_differ_in_nothing_are_one(tmp_path: Path) -> None:
    findings, rows = found(tmp_path, row_id=RELEASE[0]), tuple(RELEASE)
    later = a_vintage("100", "2025-06-01", observation_ids=rows, disputed=True)
    (told,) = findings.told([a_vintage("100", observation_ids=rows), later])
    assert (told.finding_ids, told.disputed) == (("c.one",), True)
