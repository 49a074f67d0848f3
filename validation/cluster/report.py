"""A report on a table that a cluster has checked: what was run there, what was not, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from canonical.findings import Finding
from canonical.places import DATA
from canonical.reading.content import real_path
from canonical.reference import OwnTable
from canonical.table_schema import load_schema
from validation.cluster.check import ClusterFile, check_on_cluster
from validation.cluster.families import NamedFile
from validation.cluster.fetched import MOST_FETCHED, fetched, with_keys
from validation.cluster.relations import relations_on_cluster
from validation.cluster.sources import sources_on
from validation.engines.spark.session import session_on
from validation.engines.spark.whole_files import WHOLE
from validation.feed import check_feed
from validation.feed_findings import capped
from validation.feed_prices import check_price_feed
from validation.feed_rows import label_of
from validation.feed_steps import AT_ONCE, steps_in_parts
from validation.own_fixes import for_own
from validation.package import Checker
from validation.prices.checks import PRICE_TABLES
from validation.related import READ
from validation.report import ReadFile, Report, Step, counted
from validation.row_keys import key_columns
from validation.steps import columns_of_all, price_step, reason_unread, relation_step, table_steps
from validation.structure.checks import unread_columns

__all__ = ["check_by_spark", "named_files", "priced_on", "related_on", "report_on", "rows_of_named"]

TOO_MANY = (
    f"the files have more than {MOST_FETCHED:,} rows, each of which is held against all others; "
    "fix: check some of the files at a time"
)


def check_by_spark(paths: Sequence[str], table: str, master: str, added: Sequence[OwnTable] = ()) -> Report:
    """Every layer over a table in files on the cluster of an address; all files are one table.

    Parameters: `added` are tables on this machine whose rows stand before those of the package.
    """
    given = {real_path(Path(path)) for path in paths}
    others = tuple(own for own in added if real_path(own.path) not in given)
    with session_on(master, others) as spark:
        return report_on(spark, paths, table, Checker(DATA, others))


def report_on(spark: Any, paths: Sequence[str], table: str, checker: Checker, whole: int = WHOLE) -> Report:
    """Every layer over a table in files that Spark reads; one that cannot be read keeps no other from being checked.

    Parameters: `spark` a session of `session_on`; files of at most `whole` bytes are handed over as they lie.
    """
    every = check_on_cluster(
        spark, paths, table, checker.reference, checker.references, key_columns(load_schema(table)), whole
    )
    files = [file for file in every if not file.unreadable]
    found, related = related_on(spark, paths, table, files, checker, whole)
    prices, priced = priced_on(spark, paths, table, files, checker)
    findings = [for_own(finding) for file in files for finding in file.findings] + found + prices
    rows = sum(file.rows for file in files)
    steps = table_steps({table: rows}, {table: columns_of_all(file.columns for file in files)})
    return Report(
        checked=f"{rows:,} rows in {len(files)} files" if files else "",
        findings=findings,
        unreadable=[file.unreadable for file in every if file.unreadable],
        steps=counted([*steps, *related, *priced], findings),
        files=tuple(ReadFile(file.name, table, file.rows) for file in files),
    )


def related_on(
    spark: Any, paths: Sequence[str], table: str, files: Sequence[ClusterFile], checker: Checker, whole: int = WHOLE
) -> tuple[list[Finding], list[Step]]:  # fmt: skip
    """What relations find, and what of them was run: few rows come here, many are asked where they are, in parts."""
    named = [file for file in named_files(files) if table in READ and not unread_columns(file.findings)]
    rows = rows_of_named(files, named)
    if not named:
        return [], [relation_step(not_run=_reason(files, table, READ))]
    if table == "observations" and rows > AT_ONCE:
        sources, _ = sources_on(spark, paths, load_schema(table), whole)
        done = relations_on_cluster(spark, sources, table, named, rows, checker.reference)
        return done.findings, list(steps_in_parts(done.read, rows, done.too_many))
    if rows > MOST_FETCHED:
        return [], [relation_step(not_run=TOO_MANY)]
    feed = fetched(spark, paths, table, named)
    found, read = check_feed(feed, checker.reference)
    return with_keys(capped(found), feed), [relation_step(read, rows - read)]


def priced_on(
    spark: Any, paths: Sequence[str], table: str, files: Sequence[ClusterFile], checker: Checker
) -> tuple[list[Finding], list[Step]]:  # fmt: skip
    """What price rules find in tables of prices, and what of them was run."""
    named, found, steps = named_files(files), list[Finding](), list[Step]()
    for name in PRICE_TABLES:
        if table != name or not named:
            steps.append(price_step(name, not_run=_reason(files, table, (name,))))
        elif (rows := rows_of_named(files, named)) > MOST_FETCHED:
            steps.append(price_step(name, not_run=TOO_MANY))
        else:
            feed = fetched(spark, paths, table, named)
            prices, read = check_price_feed(feed, checker.reference, checker.references)
            found += with_keys(prices, feed)
            steps.append(price_step(name, read, rows - read))
    return found, steps


def _reason(files: Sequence[ClusterFile], table: str, tables: Sequence[str]) -> str:
    """Why rules over some tables had nothing to read."""
    return reason_unread(tables, [(file.columns, file.findings) for file in files if table in tables])


def rows_of_named(files: Sequence[ClusterFile], named: Sequence[NamedFile]) -> int:
    """How many rows the files have that are named."""
    addresses = {file.address for file in named}
    return sum(file.rows for file in files if file.address in addresses)


def named_files(files: Sequence[ClusterFile]) -> list[NamedFile]:
    """The files that hold rows of their table and are not the package's own, each with what names it in ids of rows."""
    named: list[NamedFile] = []
    for file in files:
        if file.columns and real_path(Path(file.name)).parent != real_path(DATA):
            label = label_of(Path(file.name), [one.label for one in named])
            named.append(NamedFile(file.address, file.name, label, tuple(file.findings), file.columns))
    return named
