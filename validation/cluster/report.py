"""A report on a table that a cluster has checked: what was run there, what was not, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from canonical.findings import Finding
from canonical.table_schema import load_schema
from validation.cluster.check import ClusterFile, asking_of, check_on_cluster
from validation.cluster.families import NamedFile
from validation.cluster.prices import MOST_PRICES, prices_on_cluster
from validation.cluster.relations import relations_on_cluster
from validation.cluster.sources import rows_on
from validation.engines.spark.session import session_on
from validation.engines.spark.whole_files import WHOLE
from validation.feed_rows import label_of
from validation.feed_steps import steps_in_parts
from validation.own_fixes import for_own
from validation.package import Checker
from validation.prices.checks import PRICE_TABLES
from validation.report import ReadFile, Report, Step, counted
from validation.row_keys import key_columns
from validation.steps import price_step, relation_step, table_steps
from validation.structure.checks import unread_columns

__all__ = ["check_by_spark", "named_files", "priced_on", "related_rows"]

OF_TEXT = (
    f"of a CSV file of more than {WHOLE >> 20} MiB Spark reads the rows and counts none; "
    "fix: write the table as Parquet, or cut the file"
)
OF_OTHER = "the file is of another table"
TOO_MANY = (
    f"the files have more than {MOST_PRICES:,} rows, each of which is held against all others; "
    "fix: check the price lists of some sellers at a time"
)


def check_by_spark(paths: Sequence[str], table: str, master: str) -> Report:
    """Every layer over a table in files on the cluster of an address; all files are one table."""
    checker = Checker()
    with session_on(master) as spark:
        keys = key_columns(load_schema(table))
        files = check_on_cluster(spark, paths, table, checker.reference, checker.references, keys)
        found, related = _related(spark, paths, table, files, checker)
        prices, priced = priced_on(spark, paths, table, files, checker)
    findings = [for_own(finding) for file in files for finding in file.findings] + found + prices
    rows = sum(file.rows for file in files)
    return Report(
        checked=f"{rows:,} rows in {len(files)} files",
        findings=findings,
        unreadable=[],
        steps=counted([*table_steps({table: rows}, {table: _columns_of_all(files)}), *related, *priced], findings),
        files=tuple(ReadFile(file.name, table, file.rows) for file in files),
    )


def _columns_of_all(files: Sequence[ClusterFile]) -> list[str]:
    """The columns that every file has: what rules over other columns were run on is not the table."""
    return [name for name in files[0].columns if all(name in file.columns for file in files)]


def _related(
    spark: Any, paths: Sequence[str], table: str, files: Sequence[ClusterFile], checker: Checker
) -> tuple[list[Finding], list[Step]]:  # fmt: skip
    """What relations find in observations, and what of them was run."""
    if table != "observations":
        return [], [relation_step(not_run=OF_OTHER)]
    rows = related_rows(spark, paths, files, checker)
    if rows is None:
        return [], [relation_step(not_run=OF_TEXT)]
    done = relations_on_cluster(spark, rows, table, named_files(files), checker.reference)
    return done.findings, list(steps_in_parts(done.read, sum(file.rows for file in files), done.too_many))


def related_rows(spark: Any, paths: Sequence[str], files: Sequence[ClusterFile], checker: Checker) -> Any | None:
    """The rows of observations as relations read them, None where Spark does not count them."""
    columns = list(dict.fromkeys(name for file in files for name in file.columns))
    asking = asking_of("observations", checker.reference, checker.references, ())
    return rows_on(spark, paths, asking, columns)


def priced_on(
    spark: Any, paths: Sequence[str], table: str, files: Sequence[ClusterFile], checker: Checker
) -> tuple[list[Finding], list[Step]]:  # fmt: skip
    """What price rules find in tables of prices, and what of them was run."""
    steps = {name: price_step(name, not_run=OF_OTHER) for name in PRICE_TABLES}
    rows, found = sum(file.rows for file in files), list[Finding]()
    if table in PRICE_TABLES and rows > MOST_PRICES:
        steps[table] = price_step(table, not_run=TOO_MANY)
    elif table in PRICE_TABLES:
        found, read = prices_on_cluster(spark, paths, table, named_files(files), checker)
        steps[table] = price_step(table, read, rows - read)
    return found, list(steps.values())


def named_files(files: Sequence[ClusterFile]) -> list[NamedFile]:
    """The files whose rows relations and price rules can read, each with what names it in ids of rows."""
    labels: list[str] = []
    named: list[NamedFile] = []
    for file in files:
        labels.append(label_of(Path(file.name), labels))
        if file.columns and not unread_columns(file.findings):
            named.append(NamedFile(file.address, file.name, labels[-1], tuple(file.findings), file.columns))
    return named
