"""What holds a number: prints that meet it, relations that hold, and what is missing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from canonical.reference import Reference
from tests.builders import an_observation, write_csv
from validation.consistency import Folder
from validation.corroboration import ADVICE, Held, corroboration, held_frame, main, shares_of


def held(folder: Path, *rows: dict[str, str]) -> dict[str, Held]:
    """What holds each of some rows, by its number in the source."""
    write_csv(folder / "observations.csv", list(rows))
    return {each.observation_id: each for each in corroboration(Folder(folder).corrected)}


def test_prints_of_other_documents_that_meet_a_number_hold_it(reference: Reference, tmp_path: Path) -> None:
    row = an_observation(reference)
    meeting = row | {"observation_id": "daily-2025.001", "source_id": "daily-2025"}
    apart = an_observation(reference, observation_id="daily-2025.002", source_id="daily-2025", printed_value="512.5")
    alone = held(tmp_path, row)[row["observation_id"]]
    assert alone.is_unheld and alone.lacks == ("no_second_print", "no_neighbour", "no_whole")
    borne_out = held(tmp_path, row, meeting)[row["observation_id"]]
    assert (borne_out.prints, borne_out.documents, borne_out.is_unheld) == (1, 1, False)
    assert "no_second_print" not in borne_out.lacks
    assert held(tmp_path, row, apart)[row["observation_id"]].documents == 0


def test_a_relation_that_holds_on_a_number_holds_it(reference: Reference, tmp_path: Path) -> None:
    quarters = [
        an_observation(reference, observation_id=f"acme-results-2025.00{n}", period_end=end, printed_value=value)
        for n, (end, value) in enumerate(
            (("2024-03-31", "100"), ("2024-06-30", "110"), ("2024-09-30", "121"), ("2024-12-31", "130")), start=1
        )
    ]
    year = an_observation(
        reference, observation_id="acme-results-2025.005", period_type="year", period_end="2024-12-31",
        printed_value="461",
    )  # fmt: skip
    found = held(tmp_path, *quarters, year)
    assert all("C.sum_of_periods" in each.holding and not each.is_unheld for each in found.values())
    assert all("no_whole" not in each.lacks for each in found.values())
    wrong = held(tmp_path, *quarters, year | {"printed_value": "641", "value": "64100", "value_low": "64050",
                                              "value_high": "64150"})  # fmt: skip
    assert wrong["acme-results-2025.005"].broken


def test_shares_count_what_nothing_holds(reference: Reference, tmp_path: Path) -> None:
    write_csv(tmp_path / "observations.csv", [an_observation(reference)])
    counted = shares_of(held_frame(Folder(tmp_path).corrected))
    assert counted.rows() == [("acme-cloud", "revenue", 1, 1)]


def test_the_command_lists_what_nothing_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--unheld"]) == 0
    rows = pl.read_csv(capsys.readouterr().out.encode())
    assert rows.height and not rows.filter((pl.col("documents") > 0) | (pl.col("cases") > 0)).height
    assert set(rows["lacks"].str.split(" ").explode()) <= set(ADVICE)
