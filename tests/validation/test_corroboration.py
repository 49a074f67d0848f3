"""What holds a number: prints that meet it, relations that hold, and what is missing."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from canonical.reference import Reference
from tests.builders import an_observation, write_csv
from validation.consistency import Folder
from validation.corroboration import EQUATIONS, LACKS, Held, corroboration, held_frame, main, shares_of
from validation.relations import RELATIONS


def held(folder: Path, *rows: dict[str, str], reference: Reference | None = None) -> dict[str, Held]:
    """What holds each of some rows, by its number in the source."""
    write_csv(folder / "observations.csv", list(rows))
    return {each.observation_id: each for each in corroboration(Folder(folder, reference).corrected)}


def test_prints_of_other_documents_that_meet_a_number_hold_it(reference: Reference, tmp_path: Path) -> None:
    row = an_observation(reference)
    meeting = row | {"observation_id": "daily-2025.001", "source_id": "daily-2025"}
    apart = an_observation(reference, observation_id="daily-2025.002", source_id="daily-2025", printed_value="512.5")
    alone = held(tmp_path, row)[row["observation_id"]]
    assert alone.is_unheld and alone.lacks == ("no_second_print", "no_neighbour", "no_whole")
    borne_out = held(tmp_path, row, meeting, reference=reference)[row["observation_id"]]
    assert (borne_out.prints, borne_out.publishers, borne_out.level) == (1, 1, "publisher")
    assert "no_second_print" not in borne_out.lacks and not borne_out.is_unheld
    assert held(tmp_path, row, apart)[row["observation_id"]].prints == 0
    own = held(tmp_path, row, row | {"observation_id": "acme-results-2025.009", "locator": "page:9"})
    assert own["acme-results-2025.009"].level == "print"


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
    assert all("C.sum_of_periods" in each.rules and each.level == "equation" for each in found.values())
    assert all(each.equations <= each.holding == each.evaluated for each in found.values())
    assert all("no_whole" not in each.lacks for each in found.values())
    wrong = held(tmp_path, *quarters, year | {"printed_value": "641", "value": "64100", "value_low": "64050",
                                              "value_high": "64150"})  # fmt: skip
    year_held = wrong["acme-results-2025.005"]
    assert (year_held.level, year_held.equations) == ("limit", 0) and year_held.holding < year_held.evaluated


def test_a_number_that_only_its_neighbours_bound_is_not_held(reference: Reference, tmp_path: Path) -> None:
    quarters = [
        an_observation(reference, observation_id=f"acme-results-2025.00{n}", period_end=end, printed_value=value)
        for n, (end, value) in enumerate((("2024-03-31", "100"), ("2024-06-30", "110"), ("2024-09-30", "121")), start=1)
    ]
    found = held(tmp_path, *quarters)
    assert {each.level for each in found.values()} == {"limit"} and all(each.is_unheld for each in found.values())


def test_equations_are_relations() -> None:
    assert {relation.id for relation in RELATIONS} >= EQUATIONS


def test_shares_count_what_nothing_holds(reference: Reference, tmp_path: Path) -> None:
    write_csv(tmp_path / "observations.csv", [an_observation(reference)])
    counted = shares_of(held_frame(Folder(tmp_path).corrected))
    assert counted.rows() == [("acme-cloud", "revenue", 1, 1)]


def test_the_command_lists_what_nothing_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--unheld"]) == 0
    rows = pl.read_csv(capsys.readouterr().out.encode())
    assert rows.height and not rows.filter((pl.col("prints") > 0) | (pl.col("equations") > 0)).height
    assert set(rows["lacks"].str.split(" ").explode()) <= set(LACKS)


def test_what_holds_some_rows_is_what_holds_them_among_all(reference: Reference, tmp_path: Path) -> None:
    """New rows are asked for alone, and only what they can meet is read."""
    quarters = [
        an_observation(reference, observation_id=f"acme-results-2025.00{n}", period_end=end, printed_value=value)
        for n, (end, value) in enumerate(
            (("2024-03-31", "100"), ("2024-06-30", "110"), ("2024-09-30", "121"), ("2024-12-31", "130")), start=1
        )
    ]
    year = {"observation_id": "acme-results-2025.005", "period_type": "year", "period_end": "2024-12-31"}
    meeting = {"observation_id": "daily-2025.001", "source_id": "daily-2025", "printed_value": "461"}
    others = [an_observation(reference, **year, printed_value="461"), an_observation(reference, **(year | meeting))]
    found = held(tmp_path, *quarters, *others, reference=reference)
    facts = Folder(tmp_path, reference).corrected
    assert {level for each in found.values() if (level := each.level)} >= {"publisher", "equation"}
    assert all([each] == list(corroboration(facts, {row_id})) for row_id, each in found.items())
    assert list(corroboration(facts, found.keys())) == list(found.values())
