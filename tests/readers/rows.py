"""Rows that a reader gave as text, with the types of the schema, so that they can be held against the client's."""

from __future__ import annotations

import io

import pandas as pd

from canonical.table_schema import TableSchema

__all__ = ["typed"]

TRUE = {"t": True, "f": False, "true": True, "false": False, "1": True, "0": False}
TYPES = {"integer": "Int64", "number": "float64"}


def typed(text: str, schema: TableSchema) -> pd.DataFrame:
    """The rows of a CSV in the types of a table; an empty cell that is not quoted is missing."""
    rows = pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False, na_values=[""])
    for field in schema.fields:
        if field.name not in rows:
            continue
        if field.type == "boolean":
            rows[field.name] = rows[field.name].map(TRUE).astype("boolean")
        elif field.type == "date":
            rows[field.name] = pd.to_datetime(rows[field.name], format="%Y-%m-%d").astype("datetime64[us]")
        elif field.type in TYPES:
            rows[field.name] = pd.to_numeric(rows[field.name]).astype(TYPES[field.type])
    return rows
