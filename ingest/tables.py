"""Put an adapter's rows into the tables of `data/`: its own sources' rows are replaced, others stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from validation.fill import complete_row
from validation.reference import Reference
from validation.table_schema import load_schema
from validation.text_tables import DATA, Row, read_rows, write_rows

__all__ = ["add_sources", "replace_rows"]

SortKey = Callable[[Row], tuple[str, ...]]


def replace_rows(table: str, rows: Sequence[Row], sources: Collection[str], key: SortKey, folder: Path = DATA) -> int:
    """Replace the rows of `sources` in a CSV table by `rows`, sort the table by `key`, give its row count."""
    schema = load_schema(table)
    path = folder / f"{table}.csv"
    kept = [row for row in read_rows(path) if row["source_id"] not in sources]
    merged = sorted([*kept, *rows], key=key)
    write_rows(path, schema, merged)
    return len(merged)


def add_sources(rows: Sequence[Row], folder: Path = DATA) -> None:
    """Add or overwrite rows of `sources` by their id, completed, in the order of ids."""
    schema = load_schema("sources")
    path = folder / "sources.csv"
    known = {row["source_id"]: row for row in read_rows(path)}
    reference = Reference(folder)
    for row in rows:
        known[row["source_id"]] = complete_row(schema, row, reference)
    write_rows(path, schema, [known[source_id] for source_id in sorted(known)])
