"""A stretch of a table in columns that repeat: each different value once, and for each row which of them it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from canonical.memory import Memory

__all__ = ["Block", "Coded", "coded", "combined", "marked", "of_pairs"]

MOST_COMBINED = 1 << 16
"""Codes of several columns are joined to one number below it, if need be after counting the combinations so far."""
MOST_LISTED = 1 << 22
"""So many numbers are counted by a list of them all; more are sorted."""

SHORT = 1 << 10
"""Of so many texts, or fewer, Python has found the different ones before a query has begun."""

Places = NDArray[np.int64]


@dataclass(frozen=True)
class Coded:
    """A column: its different `values`, and for each row the place of its value, null where the cell is empty.

    Without `codes`, which are `UInt32`, the values are those of the rows, one for each. `memory` is shared by blocks
    whose values are the same ones.
    """

    values: pl.Series
    codes: pl.Series | None = None
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)

    @cached_property
    def rows(self) -> pl.Series:
        """The cell of each row."""
        return self.values if self.codes is None else self.values[self.codes]

    def at(self, positions: Sequence[int] | pl.Series) -> pl.Series:
        """The cells of some rows."""
        places = positions if isinstance(positions, pl.Series) else pl.Series(positions, dtype=pl.UInt32)
        return self.values[places if self.codes is None else self.codes[places]]

    def of_rows(self, of_values: pl.Series) -> pl.Series:
        """What holds of each row where it holds of its value; false for empty cells."""
        found = of_values if self.codes is None else of_values[self.codes]
        return found.fill_null(False) if found.null_count() else found

    def with_values(self, values: pl.Series) -> Coded:
        """The same rows with another value in each place."""
        return Coded(values, self.codes)

    @cached_property
    def is_empty(self) -> pl.Series:
        """True for each row whose cell is empty."""
        return self.rows.is_null() if self.codes is None or self.values.null_count() else self.codes.is_null()

    @property
    def has_empty(self) -> bool:
        """Whether some cell is empty."""
        return bool(self.values.null_count() or (self.codes is not None and self.codes.null_count()))

    @cached_property
    def places(self) -> NDArray[np.uint32]:
        """For each row the place of its value, that behind all values where the cell is empty."""
        if self.codes is None:
            return np.arange(len(self.values), dtype=np.uint32)
        return (self.codes.fill_null(len(self.values)) if self.codes.null_count() else self.codes).to_numpy()

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.values if self.codes is None else self.codes)


@dataclass(frozen=True)
class Block:
    """Consecutive rows of a file: its columns by name, and the physical line of each row, None for Parquet.

    `is_text` says that all cells are texts, `missing` which texts have become empty cells already. `of_folders` are
    columns that the names of folders tell, texts also where others are typed.
    """

    columns: Mapping[str, Coded]
    height: int
    is_text: bool = True
    lines: Sequence[int] | None = None
    missing: tuple[str, ...] = ()
    of_folders: frozenset[str] = frozenset()

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
    if column.dtype == pl.String and len(column) <= SHORT:
        place_of: dict[str, int] = {}
        codes = [None if text is None else place_of.setdefault(text, len(place_of)) for text in column.to_list()]
        return Coded(pl.Series(column.name, list(place_of), pl.String), pl.Series(codes, dtype=pl.UInt32))
    values = column.drop_nulls().unique(maintain_order=True)
    places = pl.int_range(len(values), dtype=pl.UInt32, eager=True)
    found = column.replace_strict(values, places, default=None, return_dtype=pl.UInt32) if len(values) else None
    return Coded(values, pl.Series([None] * len(column), dtype=pl.UInt32) if found is None else found)


def combined(columns: Sequence[Coded], height: int) -> Coded:
    """Columns of `height` rows as one: the values are the positions of the first row of each combination."""
    key: Places = np.zeros(height, dtype=np.int64)
    size = 1
    for column in columns:
        codes, count = _codes(column)
        if size * count >= MOST_COMBINED:
            key, size = _dense(key, size)
        if size * count >= MOST_COMBINED:
            codes, count = _dense(codes, count)
        key = key * count + codes
        size *= count
    key, size = _dense(key, size)
    firsts = np.empty(size, dtype=np.uint32)
    firsts[key[::-1]] = np.arange(height - 1, -1, -1, dtype=np.uint32)
    return Coded(pl.Series(firsts), pl.Series(key.astype(np.uint32)))


def _codes(column: Coded) -> tuple[NDArray[Any], int]:
    """A number for each row that tells its value from others, that of empty cells among them, below a second one."""
    if column.codes is None and (column.values.dtype == pl.Int64 or column.values.dtype == pl.Date):
        # Whole numbers near one another, as days are, are codes by themselves.
        numbers = column.values.to_physical()
        least, most = cast(int | None, numbers.min()), cast(int | None, numbers.max())
        if least is not None and most is not None and most - least < MOST_COMBINED:
            filled = numbers.fill_null(least) if numbers.null_count() else numbers
            codes = filled.to_numpy() - least
            if numbers.null_count():
                codes[numbers.is_null().to_numpy()] = most - least + 1
            return codes, most - least + 2
    one = coded(column.rows) if column.codes is None else column
    return one.places, len(one.values) + 1


def _dense(key: Places, size: int) -> tuple[Places, int]:
    """Numbers below `size` as places among those that stand there, in order, and how many these are."""
    if size > max(MOST_LISTED, len(key)):
        different, places = np.unique(key, return_inverse=True)
        return places, len(different)
    is_there = np.zeros(size, dtype=np.bool_)
    is_there[key] = True
    there = np.flatnonzero(is_there)
    places = np.empty(size, dtype=np.int64)
    places[there] = np.arange(len(there))
    return places[key], len(there)


def of_pairs(marks: pl.Series, first: Coded, second: Coded) -> pl.Series:
    """What holds of each row where it holds of the pair of its values.

    The marks are those of all pairs, in order, with an empty cell behind the values of each column.
    """
    return pl.Series(marks.to_numpy()[first.places * np.uint32(len(second.values) + 1) + second.places])


def marked(positions: pl.Series, height: int) -> pl.Series:
    """Marks of `height` rows: true at some positions."""
    marks = np.zeros(height, dtype=np.bool_)
    marks[positions.to_numpy()] = True
    return pl.Series(marks)
