"""Prices of somebody's own as price rules read them: completed, named, known again where the package has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from canonical.cells import typed_frame
from canonical.clock import today
from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import TableSchema
from canonical.text_tables import Row, text_rows
from validation.feed_rows import FeedFile, Place, faulty_columns, without_faults

__all__ = ["OwnPrices", "own_prices", "sources_today"]

LIVING = ("vendor_page", "data_aggregator", "repository_data", "package_data")
"""Kinds of sources that go on: a feed may hold what they say today."""
GENERATED = ("amount", "amount_low", "amount_high")
NOISE = 1e-9
"""Relative distance within which two amounts are one."""


@dataclass(frozen=True)
class OwnPrices:
    """Rows of one's own, typed, numbered in `_own`, and by that number where each stands and which row it is called.

    `known` are the numbers of the rows that the package has; in `frame` they are as there.
    """

    frame: pl.DataFrame
    places: Sequence[Place]
    names: Sequence[str]
    known: frozenset[int]


def own_prices(files: Sequence[FeedFile], reference: Reference, others: pl.DataFrame | None) -> OwnPrices:
    schema = files[0].table.schema
    rows: list[Row] = []
    places: list[Place] = []
    for file in files:
        faults = faulty_columns(file, but="S.unique")  # each cell of a key that stands twice can be read by itself
        for number, cells in enumerate(text_rows(file.table.frame), start=1):
            plain = {column: cell.strip() for column, cell in cells.items()}
            # An unknown source is as good a name of a list as a known one.
            row = without_faults(
                plain, {c for c in faults.get(number, ()) if plain[c] == cells[c]} - {"source_id"}, schema.name
            )
            if row is not None:
                named = row | {"source_id": row.get("source_id") or file.label}
                rows.append(_completed(named, schema, reference, f"{file.label}#{number}"))
                places.append(Place(file, number, file.table.line(number - 1)))
    text = pl.DataFrame(
        [[row[column] or None for column in schema.columns] for row in rows],
        schema=dict.fromkeys(schema.columns, pl.String), orient="row",
    )  # fmt: skip
    frame = typed_frame(schema, text).with_row_index("_own").with_columns(pl.col("_own").cast(pl.Int64))
    given = [column for column in schema.columns if all(column in file.table.frame.columns for file in files)]
    return _named(frame, places, schema, given, others)


def _completed(row: Row, schema: TableSchema, reference: Reference, row_id: str) -> Row:
    """A row as filling would complete it; a machine's amount is the one printed where the row gives none."""
    done = complete_row(schema, row, reference)
    if schema.name == "compute_prices":
        return done | {"amount": row.get("amount") or done["printed_amount"]}
    return done | {schema.primary_key[0]: row.get(schema.primary_key[0]) or row_id}


def _named(
    frame: pl.DataFrame, places: Sequence[Place], schema: TableSchema, given: Sequence[str], others: pl.DataFrame | None
) -> OwnPrices:
    """The rows with an id each; one that says what a row at hand says, in every column of the files, is that row."""
    key = schema.primary_key[0] if len(schema.primary_key) == 1 else ""
    known = _same_rows(frame, others, [c for c in given if c not in (key, *GENERATED)])
    if known is not None:
        frame = pl.concat([known, frame.filter(~pl.col("_own").is_in(known["_own"].implode()))]).sort("_own")
    again = frozenset[int]() if known is None else frozenset(known["_own"].to_list())
    ids = [f"{place.file.label}#{place.number}" for place in places]
    if not key:
        return OwnPrices(frame, places, ids, again)
    seen: set[str] = set()
    given_ids: list[str] = frame.get_column(key).to_list()
    names = [name if name not in seen and not seen.add(name) else ids[n] for n, name in enumerate(given_ids)]
    return OwnPrices(frame.with_columns(pl.Series(key, names, pl.String)), places, names, again)


def _same_rows(frame: pl.DataFrame, others: pl.DataFrame | None, columns: Sequence[str]) -> pl.DataFrame | None:
    """The rows at hand that say the same as one's own, each with the number of one of these; None without any."""
    if others is None or not columns or frame.is_empty():
        return None
    again = pl.int_range(pl.len()).over(columns).alias("_again")
    theirs = others.join(frame.select(columns), on=columns, how="semi", nulls_equal=True).with_columns(again)
    mine = frame.select("_own", *columns, _amount="amount").with_columns(again)
    pairs = theirs.join(mine, on=(*columns, "_again"), nulls_equal=True)
    far = ((pl.col("amount") - pl.col("_amount")).abs() > pl.col("amount").abs() * NOISE).fill_null(False)
    return pairs.filter(~far).select(frame.columns)


def sources_today(own: OwnPrices, sources: pl.DataFrame | None) -> pl.DataFrame | None:
    """The sources, those that one's own rows name and that go on known today."""
    if sources is None:
        return None
    named = own.frame.get_column("source_id").unique().implode()
    is_read_today = pl.col("source_id").is_in(named) & pl.col("kind").is_in(LIVING)
    known = pl.when(is_read_today).then(pl.max_horizontal("retrieved_on", pl.lit(today())))
    return sources.with_columns(known.otherwise("retrieved_on").alias("retrieved_on"))
