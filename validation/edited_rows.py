"""Which rows of a table differ from those of the last build, and whether rules over prices read what differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from canonical.reading.parquet_files import parquet_frame
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import DATA, Row, csv_path, text_cells, text_rows
from validation.changed import is_of_last_build
from validation.prices.checks import PRICE_TABLES

__all__ = ["Edit", "edited_prices", "edits_of"]

BESIDE_PRICES = {
    "sources": frozenset(("title", "published_precision", "language", "kind", "cited_by", "licence", "attribution")),
    "units": frozenset(("symbol", "printed_forms", "quantity", "currency", "factor")),
    "price_bounds": frozenset[str](),
    "machine_accelerators": frozenset(("accelerator_maker", "memory_gb", "source_id")),
}
"""The tables that rules over prices look things up in, with the columns that none reads."""


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
    path, key = csv_path(table).with_suffix(".parquet"), load_schema(table).primary_key
    if not rows or not is_of_last_build(path):
        return None
    built = parquet_frame(path, str(path))
    if set(built.columns) != rows[0].keys() or not set(key) <= rows[0].keys():
        return None
    read = (*key, *(name for name in built.columns if name not in unread and name not in key))
    were = list(text_cells(built.select(read)))
    are = [tuple(row[name] for name in read) for row in rows]
    before, after = ({cells[: len(key)]: at for at, cells in enumerate(side)} for side in (were, are))
    if len(after) != len(rows) or [k for k in after if k in before] != [k for k in before if k in after]:
        return None
    gone_or_changed = [k for k, at in before.items() if k not in after or were[at] != are[after[k]]]
    came = [k for k in after if k not in before]
    of_build = dict(zip(gone_or_changed, text_rows(built[[before[k] for k in gone_or_changed]]), strict=True))
    return [Edit(of_build.get(k), rows[after[k]] if k in after else None) for k in (*gone_or_changed, *came)]


def edited_prices(edited: Collection[str], reference: Reference) -> set[str]:
    """The tables of prices in which rules may find something else after edits of some tables.

    Each table has rules of its own, so that an edit of one leaves the findings on the other as they were.
    """
    for table, unread in BESIDE_PRICES.items():
        if table in edited and (reference.folder != DATA or edits_of(table, reference.rows(table), unread) != []):
            return set(PRICE_TABLES)
    return {table for table in PRICE_TABLES if table in edited}
