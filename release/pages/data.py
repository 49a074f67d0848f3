"""What the pages read: rows of the tables as texts, row counts of the last build, and who uses a row."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

from validation.reader import UnreadableError
from validation.table_schema import ROOT
from validation.text_tables import Row, csv_path, read_rows

__all__ = ["row_counts", "rows_of", "uses"]


@cache
def rows_of(table: str) -> tuple[Row, ...]:
    """The rows of a table as texts; none where the package has no text of it."""
    return tuple(read_rows(csv_path(table)))


@cache
def row_counts() -> dict[str, int]:
    """Rows of each table of the last build, by name, from `datapackage.json`.

    Raises `UnreadableError` where nothing was built yet.
    """
    path = ROOT / "datapackage.json"
    if not path.exists():
        raise UnreadableError("datapackage.json: no such file; run make dataset first")
    counts: Counter[str] = Counter()
    for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
        if resource["format"] == "parquet":
            counts[resource["table"]] += resource["row_count"]
    return dict(counts)


@cache
def uses(column: str) -> Counter[str]:
    """How many rows of `observations` and `model_prices` name each value of a column such as `source_id`."""
    return Counter(row[column] for table in ("observations", "model_prices") for row in rows_of(table) if column in row)
