"""The files of the benchmark of Spark are one table, and its hash of findings tells them apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from benchmarks.scale_tables import varied_rows
from benchmarks.spark_sides import hash_of
from benchmarks.spark_speed import written
from canonical.findings import Finding


def test_a_table_cut_into_files_has_every_row_and_each_id_once(tmp_path: Path) -> None:
    paths = written(tmp_path, varied_rows(300), 1000, "clean", "parquet", 3)
    rows = [pl.read_parquet(path) for path in paths]
    assert [frame.height for frame in rows] == [334, 334, 332]
    assert pl.concat(rows)["observation_id"].n_unique() == 1000


def test_the_hash_is_of_what_is_found_in_whatever_order() -> None:
    one = Finding("S.type", "error", "units", row_number=1)
    other = replace(one, row_number=2)
    assert hash_of([one, other]) == hash_of([other, one]) != hash_of([one, one])
