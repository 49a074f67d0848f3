"""Which rows of a table differ from those of the last build."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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


def edits_of(table: str, are: pl.DataFrame, unread: Collection[str] = ()) -> list[Edit] | None:
    """The rows that came, went or changed since the last build in other columns than those `unread`.

    Parameters: `are` is the table as it is, as texts or with types. None where that cannot be told: the build's Parquet
    is not at hand or has other columns, a key stands twice, or rows changed places, because rules may name the first of
    several.
    """
    key = load_schema(table).primary_key
    were = last_build(table) if len(are) else None
    if were is None or set(were.columns) != set(are.columns) or not set(key) <= set(are.columns):
        return None
    keys = [list(text_cells(side.select(key))) for side in (were, are)]
    before, after = ({cells: at for at, cells in enumerate(side)} for side in keys)
    held = [k for k in keys[1] if k in before]
    if len(after) != len(are) or held != [k for k in keys[0] if k in after]:
        return None
    places = [pl.Series([side[k] for k in held], dtype=pl.UInt32) for side in (before, after)]
    changed: set[tuple[str, ...]] = set()
    for name in (name for name in were.columns if name not in unread and name not in key):
        was, now = (_texts(side.get_column(name), at) for side, at in zip((were, are), places, strict=True))
        changed.update(held[place] for place in (was != now).arg_true().to_list())
    gone_or_changed = [k for k in keys[0] if k not in after or k in changed]
    came = [k for k in keys[1] if k not in before]
    sides = ((were, [before[k] for k in gone_or_changed]), (are, [after[k] for k in (*changed, *came)]))
    rows = [{tuple(row[name] for name in key): row for row in text_rows(side[at])} for side, at in sides]
    return [Edit(rows[0].get(k), rows[1].get(k)) for k in (*gone_or_changed, *came)]


def _texts(column: pl.Series, places: pl.Series) -> pl.Series:
    """The cells of a column at some places, as texts."""
    if column.dtype != pl.String:
        column = pl.Series(column_texts(column), dtype=pl.String)
    return column.gather(places).fill_null("")
