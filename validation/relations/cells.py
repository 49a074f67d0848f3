"""Which rows fill some columns alike, so that what looks at one row alone is asked once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property, reduce
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from canonical.observation import Observation, Series
from canonical.reference import Reference
from canonical.text_tables import Row
from validation.relations.inner import Ends, ends_of
from validation.relations.numbers import doubles
from validation.relations.views import VIEWS, View

__all__ = ["Cells", "Kinds", "all_but_one", "are_mixed", "codes_of", "kinds_of"]

Codes = NDArray[np.int64]
FULL = 1 << 62
"""Codes of several columns make one number up to this."""


class Kinds(NamedTuple):
    """The kind of each row, and the place of the first row of each kind."""

    of_row: Codes
    first: Codes


class Cells:
    """The cells of observations by column, as codes: equal texts have equal codes."""

    def __init__(
        self, observations: Sequence[Observation], reference: Reference, like: Cells | None = None
    ) -> None:  # fmt: skip
        """Read no column yet; of observations that are those of cells `like` these, as many, it is read there."""
        self._observations, self._reference = observations, reference
        self._codes: dict[str, tuple[Codes, list[str]]] = {}
        self._like = like if like is not None and len(like._observations) == len(observations) else None

    @cached_property
    def ends(self) -> Ends:
        """The ends of the interval of each row."""
        if self._like is None:
            return ends_of(o.interval for o in self._observations)
        low, high = (end.copy() for end in self._like.ends)
        low[self._others], high[self._others] = ends_of(self._observations[place].interval for place in self._others)
        return Ends(low, high)

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The printed number of each row, in its canonical unit, as a double; NaN where it names none."""
        if self._like is None:
            return doubles(o.interval.value for o in self._observations)
        values = self._like.values.copy()
        values[self._others] = doubles(self._observations[place].interval.value for place in self._others)
        return values

    def codes(self, name: str) -> tuple[Codes, list[str]]:
        """The code of each row in a column or view, and the different texts by their codes.

        A text may be one that no row says.
        """
        if name not in self._codes:
            if self._like is None:
                self._codes[name] = self._of_view(VIEWS[name]) if name in VIEWS else codes_of(self._texts(name))
            else:
                self._codes[name] = self._as_in(*self._like.codes(name), name)
        return self._codes[name]

    def _as_in(self, codes: Codes, texts: list[str], name: str) -> tuple[Codes, list[str]]:
        """The codes of a column or view in like cells, with those of the other rows."""
        codes, numbers = codes.copy(), {text: number for number, text in enumerate(texts)}
        for place in self._others:
            row = self._observations[place].row
            text = VIEWS[name].text(row, self._reference) if name in VIEWS else row[name]
            codes[place] = numbers.setdefault(text, len(numbers))
        return codes, list(numbers)

    @cached_property
    def _others(self) -> list[int]:
        """The places of the rows that are others in like cells."""
        both = zip(self._observations, self._like._observations if self._like else (), strict=True)
        return [place for place, (o, other) in enumerate(both) if o is not other]

    def _texts(self, name: str) -> list[str]:
        return list(map(itemgetter(name), self._rows))

    @cached_property
    def _rows(self) -> list[Row]:
        return [o.row for o in self._observations]

    def _of_view(self, view: View) -> tuple[Codes, list[str]]:
        """What a view sees of each row, asked once of each text where it looks at one column."""
        *others, name = view.columns
        if others:
            return codes_of([view.text(row, self._reference) for row in self._rows])
        of_text, texts = self.codes(name)
        of_view, seen = codes_of([view.text({name: text}, self._reference) for text in texts])
        return of_view[of_text], seen

    def each(self, name: str, of: Callable[[str], float]) -> NDArray[np.float64]:
        """What is told of each row by its text in a column or view, asked once of each different text."""
        codes, texts = self.codes(name)
        return np.array(list(map(of, texts)), np.float64)[codes]

    def are(self, name: str, text: str) -> NDArray[np.bool_]:
        """Of which rows a column or view says just this text."""
        codes, texts = self.codes(name)
        return codes == (texts.index(text) if text in texts else -1)

    @cached_property
    def series(self) -> tuple[Codes, list[Series]]:
        """A number for the series of each row, and the series by these numbers; one may have several of them."""
        if self._like is not None:
            codes, told = self._like.series
            others = [self._observations[place].series for place in self._others]
            codes = codes.copy()
            codes[self._others] = range(len(told), len(told) + len(others))
            return codes, told + others
        numbers: dict[int, int] = {}
        # Series that are read together are one object each.
        codes = [numbers.setdefault(id(o.series), len(numbers)) for o in self._observations]
        different = {number: o.series for number, o in zip(codes, self._observations, strict=True)}
        return np.array(codes, np.int64), [different[number] for number in range(len(numbers))]

    def rows(self, are_asked: NDArray[np.bool_], kept: Collection[str] = ()) -> list[Observation]:
        """The observations that are asked, told of each, and those of the rows `kept`, by their ids, in row order."""
        if kept:
            are_asked = are_asked | np.array([o.row_id in kept for o in self._observations], np.bool_)
        return [self._observations[place] for place in np.flatnonzero(are_asked).tolist()]

    def kinds(self, names: Sequence[str]) -> Kinds:
        """Rows that are alike in all of some columns and views are of one kind."""
        return kinds_of([(codes, len(texts)) for codes, texts in map(self.codes, names)])


def are_mixed(groups: Codes, told: Codes, counted: NDArray[np.bool_] | bool = True) -> NDArray[np.bool_]:
    """For each row whether different things are told of the rows of its group, of those that are counted.

    Groups and what is told are codes from 0.
    """
    counted = np.broadcast_to(counted, len(groups))
    some = np.zeros(groups.max(initial=-1) + 1, np.int64)
    some[groups[counted]] = told[counted]
    has_other = np.zeros(len(some), np.bool_)
    has_other[groups[counted & (some[groups] != told)]] = True
    return has_other[groups]


def codes_of(texts: Sequence[str]) -> tuple[Codes, list[str]]:
    """The code of each text, and the different texts by their codes."""
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return np.fromiter(map(numbers.__getitem__, texts), np.int64, len(texts)), list(numbers)


def kinds_of(told: Sequence[tuple[Codes, int]]) -> Kinds:
    """Rows of which codes from 0 say the same are of one kind; beside each codes how many there may be."""
    _, first, of_row = np.unique(reduce(_both, told)[0], return_index=True, return_inverse=True)
    return Kinds(of_row, first)


def all_but_one(groups: Codes, told: Codes, fewest: int) -> NDArray[np.bool_]:
    """For each row whether the same is told of so many rows of its group or more, and something else of just one.

    Groups and what is told are codes from 0.
    """
    of_row, first = kinds_of([(groups, groups.max(initial=0) + 1), (told, told.max(initial=0) + 1)])
    counts, sizes = np.bincount(of_row, minlength=len(first)), np.bincount(groups)
    most = np.zeros(len(sizes), np.int64)
    np.maximum.at(most, groups[first], counts)
    return ((sizes - most == 1) & (most >= fewest))[groups]


def _both(one: tuple[Codes, int], other: tuple[Codes, int]) -> tuple[Codes, int]:
    """The codes of two columns as those of one, and how many there may be."""
    (codes, count), (others, more) = one, other
    if count * more > FULL:
        different, codes = np.unique(codes, return_inverse=True)
        count = len(different)
    return codes * more + others, count * more
