"""Series in columns, each cut by the lengths of its periods: what stands before and after many prints at once.

A *line* is a series with its periods of one type, in order of time; what a line prints of one period is a fact.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from canonical.observation import Series
from canonical.spans import Period
from validation.relations.columns import Places
from validation.relations.facts import Facts
from validation.relations.numbers import Doubles, Truths

__all__ = ["Asked", "Lines", "asked_facts"]

Asked = dict[Series, set[Period]]
"""Facts that are asked one by one, by their series."""


class Lines:
    """Some prints of facts, by their lines; the first print of each fact stands for it."""

    def __init__(self, facts: Facts, accepts: Callable[[Series], bool], kept: Truths | bool = True) -> None:
        """Take the comparable prints that are `kept` of the series that one accepts, which is asked once of each."""
        columns, numbers = facts.columns, facts.numbers
        prints = columns.by_series(columns.in_order, accepts)
        prints = prints[np.broadcast_to(kept, len(numbers.values))[prints]]
        line = columns.series[prints] * max(len(numbers.types), 1) + numbers.type_of[prints]
        order = np.argsort(line, kind="stable")
        self.prints: Places = prints[order]
        line, period = line[order], columns.period[self.prints]
        is_first = np.ones(len(line), np.bool_)
        is_first[1:] = (line[1:] != line[:-1]) | (period[1:] != period[:-1])
        self.fact: Places = np.cumsum(is_first) - 1
        """The fact of each print."""
        self.first: Places = self.prints[is_first]
        """The first print of each fact."""
        self.line: Places = line[is_first]
        """The line of each fact, a number that grows from one to the next."""
        self.days: Doubles = numbers.days[self.first]
        """The day with which the period of each fact ends."""
        self._numbers = numbers

    def beside(self, told: Doubles, step: int) -> Doubles:
        """What is told of the fact so many steps later in the line of each, earlier for a negative step; else NaN."""
        found, size = np.full(len(told), np.nan), max(len(told) - abs(step), 0)
        here, there = slice(max(-step, 0), max(-step, 0) + size), slice(max(step, 0), max(step, 0) + size)
        found[here] = np.where(self.line[here] == self.line[there], told[there], np.nan)
        return found

    def near(self, told: Doubles, step: int, reach: Doubles) -> Doubles:
        """The same, of facts alone that end no farther away than so many days, told of each fact."""
        return np.where(np.abs(self.beside(self.days, step) - self.days) <= reach, self.beside(told, step), np.nan)

    def by_type(self, of: Callable[[str], float]) -> Doubles:
        """A number for each fact that is given by the type of its period."""
        given = np.array([of(type_) for type_ in self._numbers.types], np.float64)
        return given[self._numbers.type_of[self.first]]

    def doubtful(self, are_odd: Truths) -> Places:
        """The prints of which that is told, and all of lines that hold a number of which doubles do not tell."""
        lines = self.line[self.fact]
        return self.prints[are_odd | np.isin(lines, lines[self._numbers.are_rough[self.prints]])]


def asked_facts(facts: Facts, prints: Places, kept: Collection[str] = ()) -> Asked:
    """The facts of some prints, by their places, and of the rows `kept`, by their ids."""
    asked: Asked = {}
    told = [facts.columns.prints[place] for place in prints.tolist()]
    told += [facts.by_row_id[row_id] for row_id in kept if row_id in facts.by_row_id]
    for o in told:
        if o.period is not None:
            asked.setdefault(o.series, set()).add(o.period)
    return asked
