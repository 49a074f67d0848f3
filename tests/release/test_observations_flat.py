"""The flat observations: what a reader needs beside a number stands in its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.reference import Reference
from canonical.table_schema import load_schema
from release.derived import observations_flat
from release.series.tables import Tables
from tests.builders import REFERENCE, an_observation, write_csv, write_reference

COPY = "https://example.org/copy"


def test_a_number_read_in_a_copy_names_the_page_of_the_copy(tmp_path: Path) -> None:
    stating, copy = REFERENCE["sources"][1], REFERENCE["sources"][0]
    folder = write_reference(tmp_path, sources=[stating, copy | {"url": COPY}])
    row = an_observation(Reference(folder), via_source_id=copy["source_id"])
    write_csv(folder / "observations.csv", [row], load_schema("observations").columns)
    (flat,) = observations_flat.build(Tables(folder)).iter_rows(named=True)
    assert (flat["source_url"], flat["via_source_url"]) == (None, COPY)
    assert (flat["via_kind"], flat["read_in"]) == (copy["kind"], "copy")


@pytest.mark.parametrize(
    ("cells", "read_in"),
    [({}, "document"), ({"evidence": "secondary", "via_source_id": "copy"}, "quotation")],
)
def test_the_way_a_number_was_read_stands_in_its_row(tmp_path: Path, cells: dict[str, str], read_in: str) -> None:
    stating, copy = REFERENCE["sources"][1], REFERENCE["sources"][0] | {"source_id": "copy"}
    folder = write_reference(tmp_path, sources=[stating, copy])
    row = an_observation(Reference(folder), **cells)
    write_csv(folder / "observations.csv", [row], load_schema("observations").columns)
    (flat,) = observations_flat.build(Tables(folder)).iter_rows(named=True)
    assert (flat["via_kind"], flat["read_in"]) == (copy["kind"] if cells else None, read_in)


def test_what_holds_a_number_stands_in_its_row(tmp_path: Path) -> None:
    folder = write_reference(tmp_path)
    row = an_observation(Reference(folder))
    again = row | {"observation_id": "daily-2025.001", "source_id": "daily-2025"}
    write_csv(folder / "observations.csv", [row, again], load_schema("observations").columns)
    flat, _ = observations_flat.build(Tables(folder)).iter_rows(named=True)
    assert (flat["corroboration"], flat["corroborating_prints"], flat["corroborating_publishers"]) == (
        "publisher",
        1,
        1,
    )
    assert (flat["relations_evaluated"], flat["relations_holding"], flat["relation_ids"]) == (0, 0, None)
    assert flat["corroboration_lacks"] == "no_neighbour no_whole"
