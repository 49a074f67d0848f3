"""A stretch of a table in columns that repeat: each different value once, and for each row which of them it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["Block", "Coded", "coded", "combined"]

MOST_COMBINED = 1 << 16
"""Codes of several columns are joined to one number below it, if need be after counting the combinations so far."""
MOST_LISTED = 1 << 22
"""So many numbers are counted by a list of them all; more are sorted."""

Places = NDArray[np.int64]


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
    key: Places = np.zeros(height, dtype=np.int64)
    size = 1
    for column in columns:
        one = column if column.codes is not None else coded(column.rows)
        assert one.codes is not None
        count = len(one.values) + 1
        if size * count >= MOST_COMBINED:
            key, size = _dense(key, size)
        key = key * count + one.codes.fill_null(count - 1).to_numpy()
        size *= count
    key, size = _dense(key, size)
    firsts = np.empty(size, dtype=np.uint32)
    firsts[key[::-1]] = np.arange(height - 1, -1, -1, dtype=np.uint32)
    return Coded(pl.Series(firsts), pl.Series(key.astype(np.uint32)))


def _dense(key: Places, size: int) -> tuple[Places, int]:
    """Numbers below `size` as places among those that stand there, in order, and how many these are."""
    if size > max(MOST_LISTED, len(key)):
        different, places = np.unique(key, return_inverse=True)
        return places, len(different)
    is_there = np.zeros(size, dtype=np.bool_)
    is_there[key] = True
    places = np.cumsum(is_there, dtype=np.int64) - 1
    return places[key], int(is_there.sum())
