"""Prints in columns, and where prints of other series and periods stand: looked up for many prints at once.

A print, a series, a period and a source are numbers here, in the order in which the facts have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from canonical.observation import Observation, Series
from canonical.spans import TILINGS, Period, Tiling, tiles
from validation.relations.inner import Ends

if TYPE_CHECKING:
    from validation.relations.facts import Facts

__all__ = ["MANY", "NONE", "Columns", "Places", "different_numbers"]

Places = NDArray[np.int64]
NONE, MANY = -1, -2
"""In place of a print or series: there is none, or it takes a closer look which it is, or whether there is one."""
STRIDE = 1 << 21
"""More periods, and more documents, than facts ever have: a number below it and one above make one key."""


class Columns:
    """The comparable observations of facts as columns."""

    def __init__(self, facts: Facts) -> None:
        self._facts: Facts = proxy(facts)  # facts hold their columns: a circle would outlive them
        self.prints: Sequence[Observation] = facts.comparable
        self._place = {o: place for place, o in enumerate(self.prints)}
        self._series: dict[Series, int] = {series: number for number, series in enumerate(facts.by_series)}
        self._names = list(self._series)
        self._dates: list[Period] = []
        self._periods: dict[Period, int] = {}
        self._documents = list(dict.fromkeys(o.source_id for o in self.prints))
        documents = {name: number for number, name in enumerate(self._documents)}
        self.series = _column(self._series[o.series] for o in self.prints)
        self.period = _column(self._numbered(o.period) for o in self.prints if o.period is not None)
        self.document = _column(documents[o.source_id] for o in self.prints)
        self._fact_keys, self._of_fact = self._facts_in_columns()
        self._own_keys, self._of_document = self._documents_in_columns(documents)

    @cached_property
    def ends(self) -> Ends:
        """The ends of the interval of each print."""
        return self._facts.cells.ends.of(self._facts.comparable_places)

    @cached_property
    def in_order(self) -> Places:
        """The prints as the facts have them by series: their periods in order of time, the most trusted first."""
        told = (o for periods in self._facts.by_series.values() for prints in periods.values() for o in prints)
        return _column(map(self._place.__getitem__, told))

    def ends_in(self, prints: Sequence[Observation]) -> Ends:
        """The ends of some prints."""
        return self.ends.of(_column(self._place[o] for o in prints))

    def of_measure(self, measure: str) -> Places:
        """The prints of a measure, in row order."""
        has = np.array([series.measure == measure for series in self._names], np.bool_)
        return np.flatnonzero(has[self.series]) if self._names else _column(())

    def by_series(self, prints: Places, of: Callable[[Series], bool]) -> Places:
        """Those of the prints whose series something holds of, which is asked once of each series."""
        asked = np.zeros(len(self._names), np.bool_)
        for number in different_numbers(self.series[prints]):
            asked[number] = of(self._names[number])
        return prints[asked[self.series[prints]]]

    def by_period(self, prints: Places, of: Callable[[Period], bool]) -> Places:
        """Those of the prints whose period something holds of, which is asked once of each period."""
        asked = np.zeros(len(self._dates), np.bool_)
        for number in different_numbers(self.period[prints]):
            asked[number] = of(self._dates[number])
        return prints[asked[self.period[prints]]]

    def other_series(
        self,
        prints: Places,
        of: Callable[[Series, str], Sequence[Series | None] | None],
        count: int = 1,
        by_document: Callable[[Series], bool] = lambda series: False,
    ) -> list[Places]:
        """For each print the numbers of the `count` series that `of` makes of its own and of its document.

        `NONE` stands for a series that no print is of, `MANY` for all of a print where `of` gives no list. `of` is
        asked once of each series, and of each document that prints it where `by_document` says so.
        """
        own, document = self.series[prints], self.document[prints] + 1
        parted = np.zeros(len(self._names), np.int64)
        for number in different_numbers(own):
            parted[number] = by_document(self._names[number])
        keys = own * STRIDE + document * parted[own]
        _, first, place = np.unique(keys, return_index=True, return_inverse=True)
        table = np.full((len(first), count), MANY, np.int64)
        for row, print_ in enumerate(prints[first].tolist()):
            found = of(self._names[self.series[print_]], self._documents[self.document[print_]])
            if found is not None:
                table[row] = [NONE if s is None else self._series.get(s, NONE) for s in found]
        return [table[place, column] for column in range(count)]

    def with_each(self, prints: Places, of: Callable[[Series], Sequence[Series]]) -> tuple[Places, Places]:
        """Each print as often as there are series that `of` makes of its own, and the numbers of these beside it."""
        different, place = np.unique(self.series[prints], return_inverse=True)
        found = [[self._series.get(s, NONE) for s in of(self._names[number])] for number in different.tolist()]
        counts = _column(map(len, found))
        first = np.cumsum(counts) - counts
        times = counts[place]
        of_print = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        flat = _column(number for numbers in found for number in numbers)
        return np.repeat(prints, times), flat[np.repeat(first[place], times) + of_print]

    def series_at(self, number: int) -> Series:
        """The series with a number."""
        return self._names[number]

    def other_period(self, prints: Places, of: Callable[[Period], Period | None]) -> Places:
        """For each print the number of the period that `of` makes of its own, `NONE` where it makes none."""
        different, place = np.unique(self.period[prints], return_inverse=True)
        found = (of(self._dates[number]) for number in different.tolist())
        return _column(NONE if period is None else self._numbered(period) for period in found)[place]

    def readings(self, series: Places, period: Places, document: Places) -> Places:
        """The one print that `Facts.readings` gives for each; `NONE` where it gives none, `MANY` where several.

        A document that is `NONE` is any.
        """
        if not self.prints:
            return np.full(len(series), NONE, np.int64)
        fact = self._fact(series, period)
        found = np.where(fact >= 0, self._of_fact[fact], np.where(series == MANY, MANY, NONE))
        own = _looked_up(self._own_keys, np.where(fact >= 0, fact * STRIDE + document, NONE))
        return np.where(own >= 0, self._of_document[own], found) if len(self._own_keys) else found

    def beside(
        self,
        prints: Places,
        of: Callable[[Series, str], Series | None],
        by_document: Callable[[Series], bool] = lambda series: False,
    ) -> Places:
        """For each print the one that is read for another series, which `of` makes of its own, and the same period."""
        (series,) = self.other_series(prints, lambda own, source_id: [of(own, source_id)], 1, by_document)
        return self.readings(series, self.period[prints], self.document[prints])

    def has_twin(self, series: Places) -> NDArray[np.bool_]:
        """Whether each series, `NONE` among them, has twins."""
        table = np.zeros(len(self._names) + 1, np.bool_)
        table[[self._series[name] for name in self._facts.twins]] = True
        return table[np.maximum(series, NONE)]

    def is_tiled(self, series: Places, period: Places) -> NDArray[np.bool_]:
        """Whether all shorter periods of some tiling of a period have prints of a series."""
        found = np.zeros(len(series), np.bool_)
        places = np.flatnonzero((series >= 0) & (period >= 0))
        types = np.array([self._dates[number].type for number in period[places].tolist()])
        for type_, tilings in TILINGS.items():
            these = places[types == type_]
            for tiling in tilings if len(these) else ():
                parts = self._tiles(period[these], tiling)
                found[these] |= np.all([self._fact(series[these], part) >= 0 for part in parts], axis=0)
        return found

    def tiles(self, prints: Places, tiling: Tiling) -> list[Places]:
        """The numbers of the periods that make up the period of each print."""
        return self._tiles(self.period[prints], tiling)

    def _tiles(self, period: Places, tiling: Tiling) -> list[Places]:
        different, place = np.unique(period, return_inverse=True)
        found = [[self._numbered(tile) for tile in tiles(self._dates[n], tiling)] for n in different.tolist()]
        table = np.array(found, np.int64).reshape(len(different), len(tiling))
        return [table[place, column] for column in range(len(tiling))]

    def _fact(self, series: Places, period: Places) -> Places:
        """Where each fact stands among the keys of facts, `NONE` where it has no print."""
        return _looked_up(self._fact_keys, np.where((series >= 0) & (period >= 0), series * STRIDE + period, NONE))

    def _numbered(self, period: Period) -> int:
        """The number of a period, a new one where no print is of it."""
        if period not in self._periods:
            self._periods[period] = len(self._dates)
            self._dates.append(period)
        return self._periods[period]

    def _facts_in_columns(self) -> tuple[Places, Places]:
        """The keys of the facts in order, and the print that each is read from."""
        facts = self._facts
        keys = _column(self._series[series] * STRIDE + self._periods[period] for series, period in facts.by_fact)
        found = _column(
            self._place[prints[0]] if len(prints) == 1 else self._only(facts.readings(*fact))
            for fact, prints in facts.by_fact.items()
        )
        order = np.argsort(keys)
        return keys[order], found[order]

    def _documents_in_columns(self, documents: dict[str, int]) -> tuple[Places, Places]:
        """The documents of each fact that has several prints, in order, and the print that is read in each."""
        of_fact: list[int] = []
        of_document: list[int] = []
        found: list[int] = []
        for (series, period), prints in self._facts.by_fact.items():
            if len(prints) > 1:
                key = self._series[series] * STRIDE + self._periods[period]
                counts = Counter([o.source_id for o in prints])
                alone = {o.source_id: self._place[o] for o in prints if counts[o.source_id] == 1}
                of_fact += [key] * len(counts)
                of_document += [documents[source_id] for source_id in counts]
                found += [
                    alone[source_id]
                    if source_id in alone
                    else self._only(self._facts.readings(series, period, source_id))
                    for source_id in counts
                ]
        keys = np.searchsorted(self._fact_keys, _column(of_fact)) * STRIDE + _column(of_document)
        order = np.argsort(keys)
        return keys[order], _column(found)[order]

    def _only(self, readings: Sequence[Observation]) -> int:
        return self._place[readings[0]] if len(readings) == 1 else MANY


def _column(numbers: Iterable[int]) -> Places:
    return np.fromiter(numbers, np.int64)


def different_numbers(numbers: Places) -> list[int]:
    """The different ones of some numbers from 0, in order.

    Neither are they sorted for that, nor has numpy to import what it knows of masks, as it does to find them itself.
    """
    return np.flatnonzero(np.bincount(numbers)).tolist()


def _looked_up(keys: Places, wanted: Places) -> Places:
    """Where each wanted key stands among keys in order; -1 where it does not."""
    if not len(keys):
        return np.full(len(wanted), NONE, np.int64)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, place, NONE)
