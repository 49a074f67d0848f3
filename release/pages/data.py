"""What the pages read: rows of the tables as texts, files and row counts of the last build, and who uses a row."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import polars as pl

from canonical.reading.reader import UnreadableError
from canonical.table_schema import ROOT
from canonical.text_tables import Row, csv_path, read_rows, text_rows

__all__ = ["files_of", "row_counts", "rows_of", "uses"]


@cache
def rows_of(table: str) -> tuple[Row, ...]:
    """The rows of a table as texts, from its Parquet file where the package keeps no text; none without either."""
    path = csv_path(table)
    kept = path.with_suffix(".parquet")
    if not path.exists() and kept.exists():
        return tuple(text_rows(pl.read_parquet(kept)))
    return tuple(read_rows(path))


@cache
def row_counts() -> dict[str, int]:
    """Rows of each table of the last build, by name, from `datapackage.json`.

    Raises `UnreadableError` where nothing was built yet.
    """
    counts: Counter[str] = Counter()
    for resource in _resources():
        if resource["format"] == "parquet":
            counts[resource["table"]] += resource["row_count"]
    return dict(counts)


def files_of(table: str) -> list[str]:
    """Paths of a table's files in the last build; none where the package has no row of it yet."""
    return [resource["path"] for resource in _resources() if table in (resource["name"], resource.get("table"))]


@cache
def _resources() -> tuple[dict[str, Any], ...]:
    path = ROOT / "datapackage.json"
    if not path.exists():
        raise UnreadableError("datapackage.json: no such file; run make dataset first")
    return tuple(json.loads(path.read_text(encoding="utf-8"))["resources"])


@cache
def uses(column: str) -> Counter[str]:
    """How many rows of `observations` and `model_prices` name each value of a column such as `source_id`."""
    return Counter(row[column] for table in ("observations", "model_prices") for row in rows_of(table) if column in row)
