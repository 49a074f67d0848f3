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

    # Rows that wait for those they name stand on a pile, so that a chain may be as long as the table.
    waiting = list(reversed(rows))
    begun: set[int] = set()
    while waiting:
        row = waiting[-1]
        above: list[Row] = []
        if id(row) not in begun:
            begun.add(id(row))
            parents = (
                row_of.get(tuple(row[name] for name in key.fields)) for key, row_of in zip(keys, named, strict=True)
            )
            above = [parent for parent in parents if parent is not None and id(parent) not in begun]
        if above:
            waiting += reversed(above)
        else:
            placed.setdefault(id(row), row)
            waiting.pop()
    return list(placed.values())
