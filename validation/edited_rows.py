"""Which rows of a table differ from those of the last build."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from operator import itemgetter
from typing import NamedTuple

import polars as pl

from canonical.table_schema import load_schema
from canonical.text_tables import Row, column_texts, text_cells, text_rows
from validation.changed import last_build

__all__ = ["Edit", "edits_of"]


class Edit(NamedTuple):
    """A row as the last build had it and as it is; None where it was not or is not there."""

    before: Row | None
    after: Row | None

    @property
    def rows(self) -> Iterator[Row]:
        """The row as it was and as it is, where it is there."""
        return (row for row in self if row is not None)


def edits_of(table: str, rows: list[Row], unread: Collection[str] = ()) -> list[Edit] | None:
    """The rows that came, went or changed since the last build in other columns than those `unread`.

    None where that cannot be told: the build's Parquet is not at hand or has other columns, a key stands twice, or
    rows changed places, because rules may name the first of several.
    """
    key = load_schema(table).primary_key
    built = last_build(table) if rows else None
    if built is None or set(built.columns) != rows[0].keys() or not set(key) <= rows[0].keys():
        return None
    were, are = list(text_cells(built.select(key))), list(zip(*(_cells(rows, name) for name in key), strict=True))
    before, after = ({cells: at for at, cells in enumerate(side)} for side in (were, are))
    held = [k for k in are if k in before]
    if len(after) != len(rows) or held != [k for k in were if k in after]:
        return None
    changed: set[tuple[str, ...]] = set()
    places = [[side[k] for k in held] for side in (before, after)]
    for name in (name for name in built.columns if name not in unread and name not in key):
        sides = (_texts(built.get_column(name)), _cells(rows, name))
        was, now = (_at(at, cells) for at, cells in zip(places, sides, strict=True))
        if was != now:
            changed.update(k for k, one, other in zip(held, was, now, strict=True) if one != other)
    gone_or_changed = [k for k in were if k not in after or k in changed]
    came = [k for k in are if k not in before]
    of_build = dict(zip(gone_or_changed, text_rows(built[[before[k] for k in gone_or_changed]]), strict=True))
    return [Edit(of_build.get(k), rows[after[k]] if k in after else None) for k in (*gone_or_changed, *came)]


def _texts(column: pl.Series) -> list[str]:
    """The cells of a column as texts, which are compared once: those that repeat need not be one object."""
    if column.dtype != pl.String:
        return column_texts(column)
    cells = column.to_list()
    return ["" if cell is None else cell for cell in cells] if column.null_count() else cells


def _cells(rows: list[Row], name: str) -> list[str]:
    return list(map(itemgetter(name), rows))


def _at(places: list[int], cells: list[str]) -> list[str]:
    """The cells at some places, in ascending order."""
    return cells if len(places) == len(cells) else [cells[place] for place in places]
