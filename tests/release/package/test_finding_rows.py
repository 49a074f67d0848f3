"""The rows of findings: each that a finding names, in the table it stands in, complete where a finding shortens."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from canonical.findings import Finding, NamedRow
from canonical.text_tables import DATA
from release.package.finding_rows import finding_rows_frame
from release.package.findings_table import findings_frame, identified
from release.series.price_states import machine_row_id

FINDING = Finding("C.sum", "warning", "observations", row_id="s.001", related="s.002", found="10")


def test_every_row_stands_there_with_its_role() -> None:
    many = replace(FINDING, rows=tuple(NamedRow(f"s.{n:03}", "subject") for n in range(1, 30)))
    frame = finding_rows_frame([FINDING, many])
    assert frame.group_by("finding_id", "role").len().sort("len")["len"].to_list() == [1, 1, 29]
    assert frame.columns == ["finding_id", "table_name", "row_id", "role"]


def test_the_count_of_a_finding_is_that_of_its_rows() -> None:
    findings = [FINDING, replace(FINDING, row_id="")]
    counted = dict(findings_frame(findings).select("finding_id", "rows").iter_rows())
    rows = finding_rows_frame(findings)
    assert counted == {key: rows.filter(pl.col("finding_id") == key).height for key, _ in identified(findings)}


def test_a_row_of_another_table_is_placed_there() -> None:
    placed = finding_rows_frame([replace(FINDING, table="statements", related="usd-m")])
    assert dict(placed.select("row_id", "table_name").iter_rows()) == {
        "s.001": "statements", "usd-m": "units"
    }  # fmt: skip


def test_the_published_rows_are_complete_and_stand_in_their_tables() -> None:
    findings, rows = (pl.read_parquet(DATA / f"{name}.parquet") for name in ("findings", "finding_rows"))
    counted = rows.group_by("finding_id").agg(counted=pl.len().cast(pl.Int64))
    both = findings.select("finding_id", "rows").join(counted, on="finding_id", how="left")
    assert both.filter(pl.col("rows") != pl.col("counted").fill_null(0)).is_empty()
    assert rows.join(findings, on="finding_id", how="anti").is_empty()
    for table, key in (("model_prices", "model_price_id"), ("observations", "observation_id")):
        named = rows.filter(pl.col("table_name") == table)
        known = pl.read_parquet(DATA / f"{table}.parquet", columns=[key])
        assert named.join(known, left_on="row_id", right_on=key, how="anti").is_empty()
    machines = pl.scan_parquet(DATA / "compute_prices" / "**" / "*.parquet", hive_partitioning=False)
    named = rows.filter(pl.col("table_name") == "compute_prices").lazy()
    assert named.join(machines.select(machine_row_id()), on="row_id", how="anti").collect().is_empty()
