"""Ids `SOURCE.NNN` of printed rows: one run of numbers for each source over all tables, so that an id names one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from canonical.reading.reader import read_columns
from canonical.table_schema import TableSchema, load_schema, typed_tables
from canonical.text_tables import Row

__all__ = ["ids_beside", "next_ids", "numbered_tables"]


def numbered_tables() -> tuple[str, ...]:
    """Names of the typed tables whose rows have such ids: those whose key is one column to be filled."""
    return tuple(name for name in typed_tables() if _is_numbered(load_schema(name)))


def _is_numbered(schema: TableSchema) -> bool:
    return len(schema.primary_key) == 1 and schema.field(schema.primary_key[0]).filled == "fill"


def ids_beside(table: str, folder: Path) -> Iterator[str]:
    """The ids that other tables of a folder have, read from their texts."""
    for name in numbered_tables():
        path = folder / f"{name}.csv"
        if name != table and path.is_file():
            yield from read_columns(path, load_schema(name).primary_key).to_series().drop_nulls()


def next_ids(schema: TableSchema, rows: list[Row], folder: Path) -> None:
    """Give each row without an id the next free number of its source, in row order.

    No other table of `folder` has that number. Tables with ids of another kind are left alone; an id once given
    never changes.
    """
    if not _is_numbered(schema):
        return
    key = schema.primary_key[0]
    waiting = [row for row in rows if not row[key] and row["source_id"]]
    if not waiting:
        return
    last = _last_numbers((*(row[key] for row in rows), *ids_beside(schema.name, folder)))
    for row in waiting:
        last[row["source_id"]] = last.get(row["source_id"], 0) + 1
        row[key] = f"{row['source_id']}.{last[row['source_id']]:03d}"


def _last_numbers(ids: Iterable[str]) -> dict[str, int]:
    """The highest number of each source."""
    last: dict[str, int] = {}
    for row_id in ids:
        source, _, number = row_id.rpartition(".")
        if number.isdecimal():
            last[source] = max(last.get(source, 0), int(number))
    return last
