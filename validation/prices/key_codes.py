"""Keys of many columns as whole numbers: rows sort and are told apart by one number in place of ten texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["KeyCodes", "key_codes"]

LARGEST = 2**62
"""Whole numbers below it fit 64 bits."""

Places = NDArray[np.int32]
"""The place of each cell among the sorted values of its column, counted from 1; 0 for an empty one."""


class KeyCodes:
    """Numbers for the keys of the rows of one frame: each column is put in order once, each key counted once."""

    def __init__(self, rows: pl.DataFrame) -> None:
        """Nothing is counted before it is asked for."""
        self._rows = rows
        self._columns: dict[str, tuple[Places, int]] = {}
        self._keys: dict[tuple[str, ...], pl.Series] = {}

    def of(self, *key: str) -> pl.Series:
        """A whole number for each row: equal where all cells of the key are, ordered as they sort, empty ones first.

        Each column counts as a digit of the number, with as many values as it has different cells.

        >>> KeyCodes(pl.DataFrame({"list": ["b", "a", "b"], "tier": [1, 1, None]})).of("list", "tier").to_list()
        [5, 3, 4]
        """
        if key not in self._keys:
            self._keys[key] = self._numbers(key)
        return self._keys[key]

    def _numbers(self, key: Sequence[str]) -> pl.Series:
        found, count = np.zeros(self._rows.height, dtype=np.int64), 1
        for column in key:
            places, values = self._of_column(column)
            if count * (values + 1) > LARGEST:
                different, found = np.unique(found, return_inverse=True)
                count = len(different)
            found *= values + 1
            found += places
            count *= values + 1
        return pl.Series(found)

    def _of_column(self, column: str) -> tuple[Places, int]:
        """The places of a column, and how many values it has."""
        if column not in self._columns:
            cells = self._rows.get_column(column)
            codes = cells.cast(pl.Categorical) if cells.dtype == pl.String else cells
            if codes.dtype == pl.Categorical:
                self._columns[column] = _of_codes(codes.to_physical())
            else:
                places = cells.rank("dense").fill_null(0).cast(pl.Int32)
                self._columns[column] = places.to_numpy(), cells.drop_nulls().n_unique()
        return self._columns[column]


def key_codes(rows: pl.DataFrame, key: Sequence[str]) -> pl.Series:
    """The numbers of one key of a frame; see `KeyCodes.of`."""
    return KeyCodes(rows).of(*key)


def _of_codes(codes: pl.Series) -> tuple[Places, int]:
    """The places of codes of texts, by the order of the texts."""
    used = np.zeros(1 + (cast("int | None", codes.max()) or 0), dtype=bool)
    used[codes.drop_nulls().to_numpy()] = True
    known = np.flatnonzero(used)
    texts = pl.Series(known, dtype=pl.UInt32).cat.to(pl.Categorical).cast(pl.String)
    # Code n stands at n + 1, and an empty cell, which has none, at 0.
    table = np.zeros(known[-1] + 2 if len(known) else 1, dtype=np.int32)
    table[known[texts.arg_sort().to_numpy()] + 1] = np.arange(1, len(known) + 1)
    if codes.null_count():
        return table[(codes.cast(pl.Int64) + 1).fill_null(0).to_numpy()], len(known)
    return table[1:][codes.to_numpy()], len(known)
