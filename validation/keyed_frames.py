"""Tables as other layers read them: with the types of their schema, those that keys refer to with their key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from canonical.cells import typed_frame
from canonical.findings import Finding, one_line
from canonical.reading.reader import Table, UnreadableError, read_table
from canonical.table_schema import TableSchema
from validation.structure.checks import restrict
from validation.structure.parquet_types import conformed
from validation.structure.table_files import shown_path

__all__ = ["as_read", "keyed_frame"]


def keyed_frame(path: Path, schema: TableSchema) -> pl.DataFrame:
    """The typed frame of a file that foreign keys refer to; `UnreadableError` where it is none or lacks its key."""
    table, findings = read_table(path, schema, shown_path(path))
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


def as_read(table: Table, typed: pl.DataFrame, found: Sequence[Finding]) -> Table:
    """The table as layer U reads it: text digit by digit, Parquet with the types of its schema.

    A cell that is no value of its type stands for none, whichever way it came.
    """
    if not table.is_text:
        return replace(table, frame=typed)
    odd = {f.column for f in found if f.rule == "S.type"}
    return replace(
        table, frame=table.frame.with_columns(pl.when(typed.get_column(c).is_not_null()).then(c) for c in odd)
    )
