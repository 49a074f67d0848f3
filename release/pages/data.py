"""What the pages read: rows of the tables as texts, files and row counts of the last build, and who uses a row."""

from __future__ import annotations

from collections import Counter
from functools import cache

from canonical.descriptor import Resource, described
from canonical.reading.parquet_files import parquet_frame
from canonical.text_tables import Row, csv_path, read_rows, text_rows

__all__ = ["files_of", "row_counts", "rows_of", "uses"]


@cache
def rows_of(table: str) -> tuple[Row, ...]:
    """The rows of a table as texts, from its Parquet file where the package keeps no text; none without either."""
    path = csv_path(table)
    kept = path.with_suffix(".parquet")
    if not path.exists() and kept.exists():
        return tuple(text_rows(parquet_frame(kept, kept.name)))
    return tuple(read_rows(path))


@cache
def row_counts() -> dict[str, int]:
    """Rows of each table of the last build, by name, from `datapackage.json`.

    Raises `UnreadableError` where nothing was built yet.
    """
    counts: Counter[str] = Counter()
    for resource in _resources():
        if resource.form == "parquet":
            counts[resource.table] += resource.rows
    return dict(counts)


def files_of(table: str) -> list[str]:
    """Paths of a table's files in the last build; none where the package has no row of it yet."""
    return [resource.path for resource in _resources() if resource.table == table]


@cache
def _resources() -> tuple[Resource, ...]:
    return described()


@cache
def uses(column: str) -> Counter[str]:
    """How many printed numbers, as corrected, and rows of `model_prices` name each value of a column: `source_id`."""
    tables = ("observations_flat", "model_prices")
    return Counter(row[column] for table in tables for row in rows_of(table) if column in row)
