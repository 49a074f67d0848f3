"""Whether rules over prices read what differs from the last build."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from canonical.reference import Reference
from canonical.text_tables import DATA
from validation.changed import last_build
from validation.edited_rows import edits_of
from validation.prices.checks import PRICE_TABLES
from validation.prices.frames import UNREAD, UNREAD_OF_MODELS

__all__ = ["edited_prices"]

BESIDE_PRICES = {
    "sources": frozenset(("title", "published_precision", "language", "kind", "cited_by", "licence", "attribution")),
    "units": frozenset(("symbol", "printed_forms", "quantity", "currency", "factor")),
    "price_bounds": frozenset[str](),
    "machine_accelerators": frozenset(("accelerator_maker", "memory_gb", "source_id")),
}
"""The tables that rules over prices look things up in, with the columns that none reads."""
UNREAD_COLUMNS = {"model_prices": UNREAD_OF_MODELS, "compute_prices": UNREAD}
"""By table of prices the columns that no rule reads."""


def edited_prices(
    edited: Collection[str], reference: Reference, read: Mapping[str, pl.DataFrame | None]
) -> set[str]:  # fmt: skip
    """The tables of prices in which rules may find something else after edits of some tables.

    Each table has rules of its own, so that an edit of one leaves the findings on the other as they were. `read` are
    the tables of prices with the types of their schemas, as far as these were read.
    """
    for table in BESIDE_PRICES.keys() & edited:
        if reference.folder != DATA or edits_of(table, pl.DataFrame(reference.rows(table)), BESIDE_PRICES[table]) != []:
            return set(PRICE_TABLES)
    return {table for table in PRICE_TABLES if table in edited and not _is_as_built(table, read.get(table))}


def _is_as_built(table: str, now: pl.DataFrame | None) -> bool:
    """Whether the rows of a table of prices are those of the last build in all that rules read."""
    built = None if now is None else last_build(table)
    if now is None or built is None or now.columns != built.columns:
        return False
    read = pl.col(name for name in now.columns if name not in UNREAD_COLUMNS[table])
    one, other = (frame.select(read).cast({pl.Categorical: pl.String}) for frame in (now, built))
    return one.equals(other)
