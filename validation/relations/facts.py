"""The facts that layer C reads: every dated print with its interval, found by series, period and source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from canonical.observation import (
    ACTUAL,
    TRUST,
    Observation,
    RowReader,
    Series,
    is_fine,
    is_same_number,
    observation_of,
)
from canonical.reference import Reference
from canonical.spans import Period
from canonical.text_tables import Row
from canonical.walks import above
from validation.relations.cells import Cells
from validation.relations.columns import Columns
from validation.relations.crowds import narrowest
from validation.relations.numbers import Numbers
from validation.relations.twins import twins_of

__all__ = ["ACTUAL", "TRUST", "Facts", "Observation", "Series", "is_fine", "is_same_number", "observation_of"]


@dataclass(frozen=True, eq=False)
class Facts:
    """Observations with the lookups that relations share; `tables` holds the rows of other tables."""

    observations: tuple[Observation, ...]
    reference: Reference
    tables: Mapping[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    like: Facts | None = None
    """Facts of as many observations, most of them the same: their cells are not read again."""

    @classmethod
    def of(cls, rows: Iterable[Row], reference: Reference, tables: Mapping[str, list[Row]] | None = None) -> Facts:
        """The facts of filled rows, numbered in their order from 1."""
        read = RowReader(reference).observation
        found = (read(row, number) for number, row in enumerate(rows, start=1))
        return cls(tuple(observation for observation in found if observation is not None), reference, tables or {})

    def with_rows(self, rows: Iterable[Row]) -> Facts:
        """The facts of other rows in the same order; a row that is as it was keeps its observation."""
        known, read = self.by_row_id, RowReader(self.reference).observation
        found = (
            o if (o := known.get(row["observation_id"])) and o.number == number and o.row == row else read(row, number)
            for number, row in enumerate(rows, start=1)
        )
        return Facts(tuple(o for o in found if o is not None), self.reference, self.tables, self)

    def only(self, observations: Iterable[Observation]) -> Facts:
        """The facts of some of the observations."""
        return Facts(tuple(observations), self.reference, self.tables)

    @cached_property
    def answers(self) -> dict[tuple[object, ...], Any]:
        """What was asked of these facts and is kept as long as they are, by question (`kept`)."""
        return {}

    @cached_property
    def by_row_id(self) -> dict[str, Observation]:
        """Observations by their id."""
        return {observation.row_id: observation for observation in self.observations}

    @cached_property
    def by_subject(self) -> dict[tuple[str, str], list[Observation]]:
        """All observations by entity and metric, in row order."""
        found: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for observation in self.observations:
            found[observation.series.entity_id, observation.series.metric_id].append(observation)
        return dict(found)

    @cached_property
    def comparable(self) -> tuple[Observation, ...]:
        """Dated observations of one quantity: a spread over many items is none."""
        return tuple(self.observations[place] for place in self.comparable_places.tolist())

    @cached_property
    def comparable_places(self) -> NDArray[np.int64]:
        """Their places among all observations."""
        return np.flatnonzero([o.period is not None and o.row["bound"] != "spread" for o in self.observations])

    @cached_property
    def by_fact(self) -> dict[tuple[Series, Period], list[Observation]]:
        """Comparable observations by series and period, the most trusted first."""
        found: dict[tuple[Series, Period], list[Observation]] = defaultdict(list)
        for observation in sorted(sorted(self.comparable, key=lambda o: o.row_id), key=lambda o: o.trust):
            assert observation.period is not None
            found[observation.series, observation.period].append(observation)
        return dict(found)

    @cached_property
    def told_again(self) -> list[list[Observation]]:
        """The observations of each fact that has several, as `by_fact` has them."""
        return [prints for prints in self.by_fact.values() if len(prints) > 1]

    @cached_property
    def by_series(self) -> dict[Series, dict[Period, list[Observation]]]:
        """The periods of each series in order of time, each with its observations."""
        found: dict[Series, dict[Period, list[Observation]]] = defaultdict(dict)
        for series, period in sorted(sorted(self.by_fact, key=lambda of: of[1].type), key=lambda of: of[1].end):
            found[series][period] = self.by_fact[series, period]
        return dict(found)

    @cached_property
    def by_measure(self) -> dict[str, list[Observation]]:
        """Comparable observations by measure, in row order."""
        found: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.comparable:
            found[observation.series.measure].append(observation)
        return dict(found)

    @cached_property
    def by_digits(self) -> dict[tuple[str, str], list[Observation]]:
        """Comparable observations by printed digits and unit, to find where a number stands once more."""
        found: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for observation in self.comparable:
            found[observation.row["printed_value"], observation.row["printed_unit_id"]].append(observation)
        return dict(found)

    @cached_property
    def cells(self) -> Cells:
        """The cells of all observations by column."""
        return Cells(self.observations, self.reference, self.like.cells if self.like else None)

    @cached_property
    def columns(self) -> Columns:
        """The comparable observations in columns."""
        return Columns(self)

    @cached_property
    def numbers(self) -> Numbers:
        """The comparable observations in columns of doubles."""
        return Numbers(self.columns, self.cells.values[self.comparable_places])

    @cached_property
    def _units(self) -> dict[Series, list[str]]:
        found: dict[Series, list[str]] = defaultdict(list)
        for series in self.by_series:
            found[series.in_unit("", series.standing)].append(series.unit_id)
        return dict(found)

    def units_of(self, series: Series) -> list[str]:
        """The units in which prints of a series stand, whatever unit `series` names.

        Money is compared in the entity's own currency where there are prints in it: growth speaks of that.
        """
        units = sorted(self._units.get(series.in_unit("", series.standing), []))
        own = self.reference.entities.get(series.entity_id, {}).get("reporting_currency", "")
        in_own = [unit for unit in units if self._currency(unit) == own]
        return in_own if own and in_own else units

    def _currency(self, unit_id: str) -> str:
        unit = self.reference.units.get(unit_id)
        return unit.currency if unit else ""

    def readings(self, series: Series, period: Period, source_id: str = "") -> list[Observation]:
        """The prints of a fact one may calculate with, the most trusted first.

        Those of `source_id` alone where that document prints the fact itself. A print that is wider than another
        and holds it says nothing more and is left out.
        """
        prints = self.by_fact.get((series, period), [])
        if len(prints) < 2:
            return prints
        return self._narrowest(series, period, self._by_source(series, period, prints).get(source_id, prints))

    def _by_source(
        self, series: Series, period: Period, prints: list[Observation]
    ) -> dict[str, list[Observation]]:  # fmt: skip
        """The prints of a fact by the document that states them."""
        fact = (series, period)
        if fact not in self._sources:
            found: dict[str, list[Observation]] = defaultdict(list)
            for print_ in prints:
                found[print_.source_id].append(print_)
            self._sources[fact] = dict(found)
        return self._sources[fact]

    @cached_property
    def _sources(self) -> dict[tuple[Series, Period], dict[str, list[Observation]]]:
        return {}

    def _narrowest(self, series: Series, period: Period, prints: list[Observation]) -> list[Observation]:
        """Those of `prints`, of a fact or of one document that prints it, that hold no narrower one."""
        if len(prints) < 2:
            return prints
        # Of a fact the same prints are asked for again and again: those of its first document, or all.
        key = (series, period, prints[0].row_id, len(prints))
        if key not in self._narrow:
            self._narrow[key] = [prints[place] for place in narrowest([o.interval for o in prints])]
        return self._narrow[key]

    @cached_property
    def _narrow(self) -> dict[tuple[Series, Period, str, int], list[Observation]]:
        return {}

    def year_end_month(self, entity_id: str) -> int | None:
        """The month in which the fiscal year of an entity ends, None where it is not given or is no month."""
        calendar = self.reference.calendar(entity_id)
        return calendar.month if calendar else None

    def entities_above(self, entity_id: str) -> tuple[str, ...]:
        """The entities that one is a part of, the nearest first."""
        return above(entity_id, self.parents)

    @cached_property
    def parents(self) -> dict[str, str]:
        """The entity that each entity is a part of."""
        return {name: row["parent_entity_id"] for name, row in self.reference.entities.items()}

    @cached_property
    def on_any_perimeter(self) -> dict[Series, list[Series]]:
        """The series that differ in their perimeter alone, by what they have in common."""
        found: dict[Series, list[Series]] = defaultdict(list)
        for series in self.by_series:
            found[series._replace(perimeter_id="")].append(series)
        return dict(found)

    @cached_property
    def twins(self) -> dict[Series, list[Series]]:
        """Level series of a part and of a group above it that print the same number for some period, both ways.

        Whose number it is stays open: the other periods of either may belong to both.
        """
        return twins_of(self)

    def printed_row(self, row_id: str) -> Row | None:
        """A row of observations as printed, None where there is none."""
        return self._printed_rows.get(row_id)

    @cached_property
    def _printed_rows(self) -> dict[str, Row]:
        return {row["observation_id"]: row for row in self.rows("observations")}

    def rows(self, table: str) -> list[Row]:
        """The rows of another table, none where it was not given."""
        return self.tables.get(table, [])
