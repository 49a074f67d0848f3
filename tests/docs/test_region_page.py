"""The page about region counts prints numbers of the tables: each of them still stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from canonical.table_schema import ROOT
from canonical.text_tables import read_rows

PAGES = ROOT / "docs" / "findings"


def cells_of(page: Path) -> list[list[str]]:
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("page", ["region-counts.md", "region-counts.zh.md"])
def test_each_count_is_that_of_the_tables(page: str) -> None:
    regions = read_rows(ROOT / "data" / "regions.csv")
    observations = {row["observation_id"]: row for row in read_rows(ROOT / "data" / "observations.csv")}
    rows = cells_of(PAGES / page)
    assert len(rows) == 11
    for vendor, day, printed, listed, partitions, observation_id in rows:
        counted = [
            row
            for row in regions
            if row["vendor_id"] == vendor
            and row["first_seen_on"] <= day <= row["last_seen_on"]
            and (partitions == "all" or row["partition"] in partitions.split())
        ]
        observation = observations[observation_id]
        assert (observation["printed_value"], observation["period_end"]) == (printed, day)
        assert len(counted) == int(listed), (vendor, day)
