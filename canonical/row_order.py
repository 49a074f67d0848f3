"""The order of rows in a table that refers to itself: what a row refers to stands above it, to be loaded first."""

from __future__ import annotations

from collections.abc import Sequence

from canonical.table_schema import TableSchema
from canonical.text_tables import Row

__all__ = ["parents_first"]


def parents_first(schema: TableSchema, rows: Sequence[Row]) -> list[Row]:
    """The rows in their order, but each behind the rows that its keys to the table itself name.

    Lists of keys are left out, as no database knows them; so is what stands in a circle, which the checks name.
    """
    keys = [key for key in schema.foreign_keys if key.resource == schema.name and not key.many]
    if not keys:
        return list(rows)
    placed: dict[int, Row] = {}
    named = [{tuple(row[name] for name in key.reference_fields): row for row in rows} for key in keys]

    def put(row: Row, above: frozenset[int]) -> None:
        if id(row) in placed or id(row) in above:
            return
        for key, row_of in zip(keys, named, strict=True):
            parent = row_of.get(tuple(row[name] for name in key.fields))
            if parent is not None:
                put(parent, above | {id(row)})
        placed[id(row)] = row

    for row in rows:
        put(row, frozenset())
    return list(placed.values())
