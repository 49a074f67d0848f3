"""Columns of Arrow as columns by their different values, without a copy where there need be none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl
import pyarrow as pa

from canonical.reading.coded import Coded

__all__ = ["Dictionaries", "coded_of_arrow", "series_of_arrow", "whole_array"]


def whole_array(column: Any) -> Any:
    """A chunked array as one, its codes those of one list of values."""
    chunk = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return chunk.combine_chunks() if isinstance(chunk, pa.ChunkedArray) else chunk


def coded_of_arrow(column: Any) -> Coded:
    """A column of Arrow by its different values."""
    return Coded(series_of_arrow(column.dictionary), _codes_of_arrow(column))


class Dictionaries:
    """Columns of Arrow, batch after batch, by their different values: those of one dictionary share their memory."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Any, Coded]] = {}

    def coded(self, name: str, column: Any) -> Coded:
        """The next batch of a column; to be called from one thread."""
        last = self._last.get(name)
        if last is None or not last[0].equals(column.dictionary):
            last = self._last[name] = (column.dictionary, Coded(series_of_arrow(column.dictionary)))
        return Coded(last[1].values, _codes_of_arrow(column), last[1].memory)


def _codes_of_arrow(column: Any) -> pl.Series:
    """The codes of a column as polars looks values up by them: it would cast others each time."""
    return series_of_arrow(column.indices).cast(pl.UInt32)


def series_of_arrow(array: Any) -> pl.Series:
    """An array of Arrow as a series of polars, by the interface both have; polars' own way imports far more."""
    return pl.Series(_Exported(array))


@dataclass(frozen=True)
class _Exported:
    array: Any

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        return self.array.__arrow_c_array__(requested_schema)
