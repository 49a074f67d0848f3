"""Tables that keys refer to: with the types of their schema and their key."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from canonical.cells import typed_frame
from canonical.findings import one_line
from canonical.reading.folder_cells import FolderCells
from canonical.reading.reader import Table, UnreadableError, read_table
from canonical.table_schema import TableSchema
from validation.engines.polars.parquet_types import conformed
from validation.structure.checks import restrict
from validation.structure.table_files import shown_path

__all__ = ["keyed_frame"]


def keyed_frame(path: Path, schema: TableSchema, cells: FolderCells | None = None) -> pl.DataFrame:
    """The typed frame of a file that foreign keys refer to; `UnreadableError` where it is none or lacks its key.

    Parameters: `cells` are those that the folders above it tell.
    """
    table, findings = read_table(path, schema, shown_path(path), cells)
    if table is None:
        raise UnreadableError(one_line(findings[0]))
    for column in schema.primary_key:
        if column not in table.frame.columns:
            raise UnreadableError(f"{shown_path(path)}: found no column {column}, which other tables refer to")
    return _typed(table)


def _typed(table: Table) -> pl.DataFrame:
    """The frame of a table that foreign keys refer to, with the types of its schema."""
    if table.is_text:
        return typed_frame(table.schema, table.frame)
    return conformed(table, restrict(table.schema, table.frame.columns))[0]
