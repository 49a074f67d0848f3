"""A report on a table that a cluster has checked: what was run there, what was not, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

from canonical.table_schema import load_schema
from validation.cluster.check import check_on_cluster
from validation.engines.spark.session import session_on
from validation.own_fixes import for_own
from validation.package import Checker
from validation.prices.checks import PRICE_TABLES
from validation.report import ReadFile, Report, counted
from validation.row_keys import key_columns
from validation.steps import price_step, relation_step, table_steps

__all__ = ["check_by_spark"]

ALONE = "relations and price rules are not run on a cluster; fix: check the file on one machine as well"


def check_by_spark(paths: Sequence[str], table: str, master: str) -> Report:
    """Layers S and U of a table in files on the cluster of an address; the rows of all files are one table."""
    checker = Checker()
    with session_on(master) as spark:
        keys = key_columns(load_schema(table))
        files = check_on_cluster(spark, paths, table, checker.reference, checker.references, keys)
    findings = [for_own(finding) for file in files for finding in file.findings]
    rows = sum(file.rows for file in files)
    steps = [
        *table_steps({table: rows}, {table: files[0].columns}),
        relation_step(not_run=ALONE),
        *(price_step(name, not_run=ALONE) for name in PRICE_TABLES),
    ]
    return Report(
        checked=f"{rows:,} rows in {len(files)} files",
        findings=findings,
        unreadable=[],
        steps=counted(steps, findings),
        files=tuple(ReadFile(file.name, table, file.rows) for file in files),
    )
