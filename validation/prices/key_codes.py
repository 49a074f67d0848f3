"""Keys of many columns as whole numbers: rows sort and are told apart by one number in place of ten texts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

__all__ = ["key_codes"]

LARGEST = 2**62
"""Whole numbers below it fit 64 bits."""


def key_codes(rows: pl.DataFrame, key: Sequence[str]) -> pl.Series:
    """A whole number for each row: equal where all cells of the key are, ordered as the cells sort, empty ones first.

    Each column counts as a digit of the number, with as many values as it has different cells.

    >>> key_codes(pl.DataFrame({"list": ["b", "a", "b"], "tier": [1, 1, None]}), ["list", "tier"]).to_list()
    [5, 3, 4]
    """
    found, count = pl.Series([0] * rows.height, dtype=pl.Int64), 1
    for column in key:
        cells = rows.get_column(column)
        values = _different(cells)
        if count * (values.len() + 1) > LARGEST:
            found = found.rank("dense").cast(pl.Int64)
            count = rows.height + 1
        found, count = found * (values.len() + 1) + _digit(cells, values), count * (values.len() + 1)
    return found


def _different(cells: pl.Series) -> pl.Series:
    """The different values of a column in their order, of codes the texts they stand for."""
    values = cells.drop_nulls().unique()
    return (values.cast(pl.String) if cells.dtype == pl.Categorical else values).sort()


def _digit(cells: pl.Series, values: pl.Series) -> pl.Series:
    """The place of each cell among the sorted values, counted from 1; 0 for an empty one."""
    if cells.dtype == pl.Categorical:
        return _rank(cells, values)
    if cells.dtype == pl.String:
        places = cells.cast(pl.Enum(values)).to_physical()
    else:
        places = values.search_sorted(cells, "left")
    return (places.cast(pl.Int64) + 1).zip_with(cells.is_not_null(), pl.Series([0], dtype=pl.Int64)).fill_null(0)


def _rank(cells: pl.Series, texts: pl.Series) -> pl.Series:
    """The place of each code among the sorted texts, counted from 1; 0 for an empty one."""
    codes = texts.cast(pl.Categorical).to_physical()
    highest = max((int(code) for code in codes), default=0)
    places = pl.zeros(highest + 1, pl.Int64, eager=True)
    places = places.scatter(codes, pl.int_range(1, codes.len() + 1, eager=True))
    return places.gather(cells.to_physical()).fill_null(0)
