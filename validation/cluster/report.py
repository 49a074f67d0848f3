"""A report on a table that a cluster has checked: what was run there, what was not, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.cluster.check import ClusterFile, check_on_cluster
from validation.cluster.families import NamedFile
from validation.cluster.relations import relations_on_cluster
from validation.engines.spark.session import session_on
from validation.engines.spark.tables import is_text, read_table_on
from validation.feed_rows import label_of
from validation.feed_steps import steps_in_parts
from validation.own_fixes import for_own
from validation.package import Checker
from validation.prices.checks import PRICE_TABLES
from validation.report import ReadFile, Report, Step, counted
from validation.row_keys import key_columns
from validation.steps import price_step, relation_step, table_steps
from validation.structure.checks import unread_columns

__all__ = ["check_by_spark", "named_files"]

OF_TEXT = "Spark counts no rows of CSV; fix: write the table as Parquet, or check the file on one machine as well"
OF_OTHER = "the file is of another table"
ALONE = "price rules are not run on a cluster; fix: check the file on one machine as well"


def check_by_spark(paths: Sequence[str], table: str, master: str) -> Report:
    """Every layer but the price rules over a table in files on the cluster of an address; all files are one table."""
    checker = Checker()
    with session_on(master) as spark:
        keys = key_columns(load_schema(table))
        files = check_on_cluster(spark, paths, table, checker.reference, checker.references, keys)
        found, related = _related(spark, paths, table, files, checker.reference)
    findings = [for_own(finding) for file in files for finding in file.findings] + found
    rows = sum(file.rows for file in files)
    steps = [
        *table_steps({table: rows}, {table: files[0].columns}),
        *related,
        *(price_step(name, not_run=ALONE) for name in PRICE_TABLES),
    ]
    return Report(
        checked=f"{rows:,} rows in {len(files)} files",
        findings=findings,
        unreadable=[],
        steps=counted(steps, findings),
        files=tuple(ReadFile(file.name, table, file.rows) for file in files),
    )


def _related(
    spark: Any, paths: Sequence[str], table: str, files: Sequence[ClusterFile], reference: Reference
) -> tuple[list[Finding], list[Step]]:  # fmt: skip
    """What relations find in observations, and what of them was run."""
    if table != "observations":
        return [], [relation_step(not_run=OF_OTHER)]
    if is_text(paths):
        return [], [relation_step(not_run=OF_TEXT)]
    named = named_files(files)
    done = relations_on_cluster(spark, read_table_on(spark, paths), table, named, reference)
    return done.findings, list(steps_in_parts(done.read, sum(file.rows for file in files), done.too_many))


def named_files(files: Sequence[ClusterFile]) -> list[NamedFile]:
    """The files whose rows relations can read, each with what names it in ids of rows."""
    labels: list[str] = []
    named: list[NamedFile] = []
    for file in files:
        labels.append(label_of(Path(file.name), labels))
        if not unread_columns(file.findings):
            named.append(NamedFile(file.address, file.name, labels[-1], tuple(file.findings)))
    return named
