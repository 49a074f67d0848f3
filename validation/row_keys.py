"""The key of the row that a finding is on: the cells by which a reader finds the row again, whoever gave it an id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from canonical.findings import Finding
from canonical.table_schema import TableSchema, is_table, load_schema

__all__ = ["key_columns", "keyed", "keyed_by"]


def keyed(finding: Finding) -> Finding:
    """The finding with its key, read off the id of its row where it has none."""
    if finding.key or not finding.row_id or not is_table(finding.table):
        return finding
    columns = load_schema(finding.table).primary_key
    cells = finding.row_id.split("|")
    return replace(finding, key=tuple(zip(columns, cells, strict=True))) if len(cells) == len(columns) else finding


def keyed_by(finding: Finding, schema: TableSchema, cells: Mapping[str, object]) -> Finding:
    """The finding on a row of a table with those of its cells that tell it from others, as far as the row has them."""
    named = [(column, str(cells[column])) for column in key_columns(schema) if cells.get(column) is not None]
    return replace(finding, key=tuple(named))


def key_columns(schema: TableSchema) -> tuple[str, ...]:
    """The primary key of a table, then the columns by which its rows are known without one."""
    known = tuple(schema.descriptor.get("identifiedBy", ()))
    return (*schema.primary_key, *(column for column in known if column not in schema.primary_key))
