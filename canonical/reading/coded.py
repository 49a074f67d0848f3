"""A stretch of a table in columns that repeat: each different value once, and for each row which of them it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

__all__ = ["Block", "Coded", "coded", "combined"]

MOST_COMBINED = 1 << 62
"""Codes of several columns are joined to one number below it."""


@dataclass(frozen=True)
class Coded:
    """A column: its different `values`, and for each row the place of its value, null where the cell is empty.

    Without `codes` the values are those of the rows, one for each.
    """

    values: pl.Series
    codes: pl.Series | None = None

    @cached_property
    def rows(self) -> pl.Series:
        """The cell of each row."""
        return self.values if self.codes is None else self.values.gather(self.codes)

    def at(self, positions: Sequence[int] | pl.Series) -> pl.Series:
        """The cells of some rows."""
        places = positions if isinstance(positions, pl.Series) else pl.Series(positions, dtype=pl.UInt32)
        return self.values.gather(places if self.codes is None else self.codes.gather(places))

    def of_rows(self, of_values: pl.Series) -> pl.Series:
        """What holds of each row where it holds of its value; false for empty cells."""
        found = of_values if self.codes is None else of_values.gather(self.codes)
        return found.fill_null(False)

    def with_values(self, values: pl.Series) -> Coded:
        """The same rows with another value in each place."""
        return Coded(values, self.codes)

    @cached_property
    def is_empty(self) -> pl.Series:
        """True for each row whose cell is empty."""
        return self.rows.is_null() if self.codes is None or self.values.null_count() else self.codes.is_null()

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.values if self.codes is None else self.codes)


@dataclass(frozen=True)
class Block:
    """Consecutive rows of a file: its columns by name, and the physical line of each row, None for Parquet.

    `is_text` says that all cells are texts, `missing` which texts have become empty cells already.
    """

    columns: Mapping[str, Coded]
    height: int
    is_text: bool = True
    lines: Sequence[int] | None = None
    missing: tuple[str, ...] = ()

    def frame(self, names: Sequence[str] | None = None) -> pl.DataFrame:
        """Some columns, or all, as a frame of their rows."""
        wanted = self.columns if names is None else names
        return pl.DataFrame({name: self.columns[name].rows for name in wanted})

    def line(self, position: int) -> int | None:
        """The physical line of the row at a position of the block, None for Parquet."""
        return None if self.lines is None else self.lines[position]

    def combined(self, names: Sequence[str]) -> Coded:
        """Several columns as one: in `values` the position of the first row of each combination of cells."""
        return combined([self.columns[name] for name in names], self.height)


def coded(column: pl.Series) -> Coded:
    """A column of rows by its different values; the values stand in the order of their first rows."""
    values = column.drop_nulls().unique(maintain_order=True)
    places = pl.int_range(len(values), dtype=pl.UInt32, eager=True)
    found = column.replace_strict(values, places, default=None, return_dtype=pl.UInt32) if len(values) else None
    return Coded(values, pl.Series([None] * len(column), dtype=pl.UInt32) if found is None else found)


def combined(columns: Sequence[Coded], height: int) -> Coded:
    """Columns of `height` rows as one: the values are the positions of the first row of each combination."""
    key, size = pl.zeros(height, dtype=pl.UInt64, eager=True), 1
    for column in columns:
        one = column if column.codes is not None else coded(column.rows)
        assert one.codes is not None
        count = len(one.values) + 1
        if size * count >= MOST_COMBINED:
            key, size = _dense(key)
        key = key * count + one.codes.cast(pl.UInt64).fill_null(count - 1)
        size *= count
    firsts = pl.DataFrame({"key": key, "row": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    kinds = firsts.group_by("key").agg(pl.col("row").first()).sort("key")
    return Coded(kinds.get_column("row"), kinds.get_column("key").search_sorted(key).cast(pl.UInt32))


def _dense(key: pl.Series) -> tuple[pl.Series, int]:
    """The numbers of a column as places among them, in order."""
    different = key.unique().sort()
    return different.search_sorted(key).cast(pl.UInt64), len(different)
