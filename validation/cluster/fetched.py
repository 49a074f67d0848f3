"""Files of a cluster that come to the machine of the command, for rules that hold each row against all others."""

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
from validation.engines.spark.whole_files import brought, cells_of_address, files_on, laid_down, roots_of
from validation.feed_rows import FeedFile
from validation.row_keys import keyed_by

__all__ = ["MOST_FETCHED", "fetched", "with_keys"]

MOST_FETCHED = 1_000_000
"""Rows that are held against one another on the machine that runs the command."""


def fetched(spark: Any, paths: Sequence[str], table: str, files: Sequence[NamedFile]) -> list[FeedFile]:
    """Files of a table, one after another, in their order. Raises `UnreadableError` where Spark does not give them."""
    try:
        return list(_fetched(spark, paths, table, files))
    except failures() as error:
        raise UnreadableError(f"{' '.join(paths)}: Spark gave up ({cause_of(error)})") from None


def _fetched(spark: Any, paths: Sequence[str], table: str, files: Sequence[NamedFile]) -> Iterator[FeedFile]:
    addresses = [file.address for file in files]
    every, suffix = files_on(spark, paths), ".csv" if is_text(addresses) else ".parquet"
    roots = roots_of(spark, paths, addresses)
    for file in files:
        cells = cells_of_address(file.address, roots)
        with laid_down(brought(every, file.address).content, suffix) as path:
            whole = Checked(path, table, [], columns=file.columns, cells=cells).table
        if whole is not None:
            yield FeedFile(file.label, Path(file.shown), replace(whole, name=file.shown), file.findings)


def with_keys(findings: Sequence[Finding], files: Sequence[FeedFile]) -> list[Finding]:
    """Findings over rows of files together, each with the cells that tell its row from others."""
    named = {file.table.name: file for file in files}
    return [_with_key(finding, named.get(finding.file)) for finding in findings]


def _with_key(finding: Finding, file: FeedFile | None) -> Finding:
    if finding.key or finding.row_number is None or file is None:
        return finding
    return keyed_by(finding, file.table.schema, file.table.frame.row(finding.row_number - 1, named=True))
