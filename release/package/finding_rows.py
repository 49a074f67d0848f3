"""Every row that a finding of a build names, as a table beside `findings`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import polars as pl

from canonical.findings import Finding, named_rows
from canonical.table_schema import load_schema, typed_tables
from canonical.text_tables import csv_path, read_rows
from release.package.findings_table import identified

__all__ = ["finding_rows_frame"]


def finding_rows_frame(findings: Iterable[Finding]) -> pl.DataFrame:
    """The rows of table `finding_rows`, in the order of its key."""
    columns = load_schema("finding_rows").columns
    rows = (row for finding_id, finding in identified(findings) for row in _rows(finding_id, finding))
    frame = pl.DataFrame(list(rows), schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.sort("finding_id", "table_name", "row_id")


def _rows(finding_id: str, finding: Finding) -> Iterator[tuple[str, str, str, str]]:
    for row_id, role in named_rows(finding):
        table = finding.table if row_id == finding.row_id or finding.rows else _table_of(row_id, finding.table)
        yield finding_id, table, row_id, role


def _table_of(row_id: str, likely: str) -> str:
    """The typed table that holds a row; the likely one where it does, or where none does."""
    return next((table for table in (likely, *typed_tables()) if row_id in _ids(table)), likely)


@cache
def _ids(table: str) -> frozenset[str]:
    """The keys of a table of one key column that is kept as text."""
    schema, path = load_schema(table), csv_path(table)
    if len(schema.primary_key) != 1 or not path.exists():
        return frozenset()
    return frozenset(row[schema.primary_key[0]] for row in read_rows(path))
