"""Layer V of tables written once: cells that no source revises, and rows that are gone since the last build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from canonical.findings import Finding
from validation.units.given import Given, Rule

__all__ = ["SETTLED", "settled_cells"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "exchange_rates": ("rate",),
    "regions": ("country", "first_seen_on", "first_version", "left_censored"),
    "model_prices": (
        "seller", "maker", "model", "meter", "mode", "service_tier", "commitment", "endpoint", "offer", "region",
        "tier_from_tokens", "tier_to_tokens", "printed_amount", "printed_amount_to", "currency", "printed_per_unit_id",
        "price_state", "valid_from", "valid_to",
    ),
}  # fmt: skip
"""By table, the columns that no source revises: rates of days that are over, what a list said of a region at first, and
what a list asked for a model, by the id that a price keeps."""
UNLESS: Mapping[str, pl.Expr] = {
    "valid_from": pl.col("locator").eq_missing(pl.col("locator_before")),
    "valid_to": pl.col("valid_to_before").is_not_null(),
}
"""By column, where alone it is not revised: the first day of a price moves where it is read in another version of its
list, and a price that held ends once."""

SETTLED = Rule(
    "V.settled_cell", "warning", "",
    "put the cell or row back, or run the adapter that writes the table; where the change is right, build the package",
)  # fmt: skip


def settled_cells(given: Given) -> Iterator[Finding]:
    """Cells of the package that differ from those of the last build though no source revises them, and rows gone."""
    columns, key = [c for c in COLUMNS.get(given.name, ()) if given.has((c,))], list(given.table.schema.primary_key)
    built = given.built(given.name) if given.is_whole else None
    read = [*key, *columns, *(("locator",) if "valid_from" in columns else ())]
    if built is None or not given.has(read) or not set(read) <= set(built.columns):
        return
    own, before = (frame.select(read).cast({pl.Categorical: pl.String}) for frame in (given.typed, built))
    own = own.with_row_index("_row")
    held = own.join(before, on=key, suffix="_before")
    for column in columns:
        is_settled = UNLESS.get(column, pl.lit(True))
        changed = held.filter(pl.col(column).ne_missing(pl.col(f"{column}_before")) & is_settled)
        for at, cell in changed.select("_row", f"{column}_before").iter_rows():
            yield given.finding(
                SETTLED, at, column, _text(cell), "the last build has another cell; no source revises it"
            )
    gone = before.with_row_index("_at").join(own, on=key, how="anti") if own.height else before.clear()
    for place, *names in gone.select("_at", *key).iter_rows() if gone.height else ():
        expected = f"the row {'|'.join(map(str, names))} beside it"
        yield given.finding(SETTLED, min(place, own.height - 1), key[0], expected, "a row of the last build is gone")


def _text(cell: object) -> str:
    """A cell as tables write it."""
    if isinstance(cell, bool):
        return str(cell).lower()
    return "an empty cell" if cell is None else f"{cell:.10g}" if isinstance(cell, float) else str(cell)
