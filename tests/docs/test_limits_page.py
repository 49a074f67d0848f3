"""The page of limits prints the first and last day of each list of machines: as the tables have them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from canonical.table_schema import ROOT
from canonical.text_tables import read_rows
from ingest.compute_prices.upstreams import SOURCES

USE = ROOT / "docs" / "use"


def cells_of(page: Path) -> list[list[str]]:
    """The cells of a page's only table, without its two rows of head."""
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize("page", ["limits.md", "limits.zh.md"])
def test_each_list_of_machines_stands_with_its_first_and_last_day(page: str) -> None:
    frames = [pl.read_parquet(path, columns=["source_id", "valid_from"], hive_partitioning=False) for path in PARTS]
    first = dict(pl.concat(frames).group_by("source_id").agg(pl.col("valid_from").min()).iter_rows())
    last = {row["source_id"]: row["published_on"] for row in read_rows(ROOT / "data" / "sources.csv")}
    wanted = [[source, first[source].isoformat(), last[source]] for source in sorted(SOURCES)]
    assert cells_of(USE / page) == wanted


PARTS = sorted((ROOT / "data" / "compute_prices").rglob("*.parquet"))
