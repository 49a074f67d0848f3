"""Price rules over files on a cluster: each row is held against all others, so the files come to this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from canonical.findings import Finding
from canonical.reading.encodings import UnreadableError
from validation.checked import Checked
from validation.cluster.families import NamedFile
from validation.engines.spark.session import cause_of, failures
from validation.engines.spark.tables import is_text
from validation.engines.spark.whole_files import content_of, files_on, laid_down
from validation.feed_prices import check_price_feed
from validation.feed_rows import FeedFile
from validation.package import Checker
from validation.row_keys import keyed_by

__all__ = ["MOST_PRICES", "prices_on_cluster"]

MOST_PRICES = 1_000_000
"""Rows of prices that are held against one another on the machine that runs the command."""


def prices_on_cluster(
    spark: Any, paths: Sequence[str], table: str, files: Sequence[NamedFile], checker: Checker
) -> tuple[list[Finding], int]:  # fmt: skip
    """What price rules find in files of a table of prices, and how many of their rows they read.

    The files come to this machine one after another and are asked as `check_price_feed` asks them. Raises
    `UnreadableError` where Spark does not give them.
    """
    try:
        feed = list(_feed(spark, paths, table, files))
    except failures() as error:
        raise UnreadableError(f"prices: Spark gave up ({cause_of(error)})") from None
    found, read = check_price_feed(feed, checker.reference, checker.references) if feed else ([], 0)
    named = {file.table.name: file for file in feed}
    return [_with_key(finding, named[finding.file]) for finding in found], read


def _feed(spark: Any, paths: Sequence[str], table: str, files: Sequence[NamedFile]) -> Iterator[FeedFile]:
    """The files as price rules read them, in their order."""
    every, suffix = files_on(spark, paths), ".csv" if is_text(paths) else ".parquet"
    for file in files:
        with laid_down(content_of(every, file.address), suffix) as path:
            whole = Checked(path, table, [], columns=file.columns).table
            if whole is not None:
                yield FeedFile(file.label, Path(file.shown), replace(whole, name=file.shown), file.findings)


def _with_key(finding: Finding, file: FeedFile) -> Finding:
    """A finding with the cells that tell its row from others."""
    if finding.key or finding.row_number is None:
        return finding
    return keyed_by(finding, file.table.schema, file.table.frame.row(finding.row_number - 1, named=True))
