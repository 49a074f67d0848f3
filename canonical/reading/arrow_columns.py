"""Columns of Arrow as columns by their different values, without a copy where there need be none."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any, cast

import polars as pl
import pyarrow as pa

from canonical.memory import Memory
from canonical.reading.coded import Coded

__all__ = ["Dictionaries", "Listed", "coded_of_arrow", "series_of_arrow", "whole_array"]

MOST_LISTED = 1 << 13
"""So many values of a column are listed for a whole file; more are those of one dictionary."""


def whole_array(column: Any) -> Any:
    """A chunked array as one, its codes those of one list of values."""
    chunk = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    return chunk.combine_chunks() if isinstance(chunk, pa.ChunkedArray) else chunk


def coded_of_arrow(column: Any) -> Coded:
    """A column of Arrow by its different values."""
    return Coded(series_of_arrow(column.dictionary), _codes_of_arrow(column))


@dataclass(frozen=True)
class Listed:
    """Where the values of a dictionary stand among those of a column so far, `places` None where at the same places."""

    dictionary: Any
    values: pl.Series
    memory: Memory
    place_of: dict[str, int]
    places: pl.Series | None

    def coded(self, column: Any) -> Coded:
        """A batch of the column that holds codes of the dictionary. Raises IndexError where one is that of no value."""
        codes = _codes_of_arrow(column)
        most = cast(int | None, codes.max())
        if most is not None and most >= len(self.dictionary):
            raise IndexError
        return Coded(self.values, codes if self.places is None else self.places[codes], self.memory)


class Dictionaries:
    """Columns of Arrow, batch after batch, by their different values.

    Batches of one dictionary share its values and their memory, and so do those of all dictionaries of a column that
    have few values together: what is asked of a value is asked once in a file, in whatever order a dictionary lists it.
    """

    def __init__(self) -> None:
        self._last: dict[str, Listed] = {}
        self._lock = Lock()

    def of(self, name: str, dictionary: Any) -> Listed:
        """The dictionary of the next batch of a column. Raises `pa.ArrowInvalid` where it holds a text that is none."""
        with self._lock:
            last = self._last.get(name)
            if last is None or not last.dictionary.equals(dictionary):
                dictionary.validate(full=True)
                last = self._last[name] = _listed(dictionary, last)
            return last


def _listed(dictionary: Any, last: Listed | None) -> Listed:
    """A dictionary behind the last one of its column."""
    if len(dictionary) > MOST_LISTED or dictionary.null_count:
        return Listed(dictionary, series_of_arrow(dictionary), Memory(), {}, None)
    texts = dictionary.to_pylist()
    place_of = last.place_of if last else {}
    places = [place_of.get(text) for text in texts]
    is_known = bool(place_of) and None not in places
    if not is_known:
        place_of = dict.fromkeys([*place_of, *texts])
        place_of = place_of if len(place_of) <= MOST_LISTED else dict.fromkeys(texts)
        place_of = {text: place for place, text in enumerate(place_of)}
        places = [place_of[text] for text in texts]
    at = None if places == list(range(len(places))) else pl.Series(places, dtype=pl.UInt32)
    if last and is_known:
        return Listed(dictionary, last.values, last.memory, place_of, at)
    return Listed(dictionary, pl.Series(list(place_of), dtype=pl.String), Memory(), place_of, at)


def _codes_of_arrow(column: Any) -> pl.Series:
    """The codes of a column, seen as the whole numbers by which polars looks values up: it would cast others."""
    return series_of_arrow(column.indices.view(pa.uint32()))


def series_of_arrow(array: Any) -> pl.Series:
    """An array of Arrow as a series of polars, by the interface both have; polars' own way imports far more."""
    return pl.Series(_Exported(array))


@dataclass(frozen=True)
class _Exported:
    array: Any

    def __arrow_c_array__(self, requested_schema: object = None) -> Any:
        return self.array.__arrow_c_array__(requested_schema)
