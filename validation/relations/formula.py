"""Relations that are formulas: a print of one kind follows from prints in fixed roles, such as level and base."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from typing import Any

import numpy as np

from canonical import arithmetic
from canonical.arithmetic import sum_of
from canonical.findings import Severity
from canonical.reference import Reference
from canonical.spans import TILINGS, Period, tiles
from validation.relations.columns import MANY, NONE, Places
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.quantities import adds_up_over_time
from validation.relations.questions import InColumns, Question, answered, in_columns
from validation.relations.relation import MOST_OPTIONS, Case, Option, Reach

__all__ = ["IN_FORCE", "Formula", "Role", "level", "same_period"]

IN_FORCE = ""
"""As perimeter of another entity's series: the one in force when the source of the print was published."""

STANDINGS = 2
"""An input is looked for in the standing of the print first, then among what reporters say of the past."""

SeriesOf = Callable[[Series, Reference], Series | None]
PeriodOf = Callable[[Period], Period | None]


def same_period(period: Period) -> Period:
    """The period of the print itself."""
    return period


def level(series: Series, reference: Reference) -> Series:
    """The level that a growth rate, a run rate or a share speaks of."""
    return series._replace(measure="level", of_entity_id="")


@dataclass(frozen=True)
class Role:
    """One input of a formula: of which series, and at which period, seen from the print it is to explain."""

    name: str
    of: SeriesOf = level
    at: PeriodOf = same_period


@dataclass(frozen=True)
class Formula:
    """`implied` turns one interval per role into what prints of `measure` that `applies` accepts should meet."""

    measure: str
    roles: tuple[Role, ...]
    implied: Callable[..., Any]
    """Of an `inner.Arithmetic` and one interval for each role."""
    applies: Callable[[Series, Reference], bool] = lambda series, reference: True
    adds_up: bool = True
    """Whether an input nobody prints may be added up from shorter periods."""
    during: Callable[[Period], bool] = lambda period: True
    """Over which periods the print must be."""

    def cases(self, facts: Facts) -> Iterator[Case]:
        """A case for each print whose roles all have prints."""
        return answered(facts, self.questions)

    def questions(self, facts: Facts) -> list[Question]:
        """What is asked of all prints of which the formula speaks."""
        return [self.question(facts, self.asked(facts))]

    def relation(
        self,
        id_: str,
        severity: Severity,
        says: str,
        rationale: str,
        fix: str,
        reach: Reach = "family",
        among: Callable[[Facts], Facts] = lambda facts: facts,
    ) -> InColumns:
        """The relation whose cases are these; `among` as `in_columns` has it."""
        made = in_columns(id_, severity, says=says, rationale=rationale, fix=fix, reach=reach, among=among)
        return made(self.questions)

    def asked(self, facts: Facts) -> Places:
        """The prints of which the formula speaks, in row order."""
        columns = facts.columns
        prints = columns.by_period(columns.of_measure(self.measure), self.during)
        return columns.by_series(prints, lambda series: self.applies(series, facts.reference))

    def question(self, facts: Facts, prints: Places) -> Question:
        """What is asked of prints, with the one print of each role where there is no more than one."""
        columns, reference = facts.columns, facts.reference

        def of(series: Series, source_id: str) -> list[Series | None] | None:
            places = self._series(series, source_id, facts)
            units = facts.units_of(places[0]) if places else []
            if len(units) > 1:
                return None
            found: list[Series | None] = [
                s.in_unit(unit, standing) for unit in units for s in places for standing in (s.standing, ACTUAL)
            ]
            return found if found else [None for _ in self.roles for _ in range(STANDINGS)]

        def is_by_document(series: Series) -> bool:
            places = [role.of(series, reference) for role in self.roles]
            return any(s and s.perimeter_id == IN_FORCE and len(reference.perimeters(s.entity_id)) > 1 for s in places)

        series = columns.other_series(prints, of, len(self.roles) * STANDINGS, is_by_document)
        inputs: list[Places] = []
        for number, role in enumerate(self.roles):
            period = columns.other_period(prints, role.at)
            of_role = series[number * STANDINGS : (number + 1) * STANDINGS]
            inputs.append(self._in_columns(prints, of_role, period, facts))
        return Question(prints, inputs, self.implied, partial(self.case, facts=facts))

    def _in_columns(self, prints: Places, series: Sequence[Places], period: Places, facts: Facts) -> Places:
        """What `_readings` gives for one role of each print: `MANY` where it takes a closer look."""
        columns = facts.columns
        found = np.full(len(prints), NONE, np.int64)
        for there in series:
            direct = columns.readings(there, period, columns.document[prints])
            may_be = columns.has_twin(there)
            if self.adds_up:
                may_be |= columns.is_tiled(np.where(direct == NONE, there, NONE), period)
            found = np.where(found == NONE, np.where((direct == NONE) & may_be, MANY, direct), found)
        return found

    def case(self, printed: Observation, facts: Facts) -> Case | None:
        """The case of a print, with every combination of prints of its roles; None where a role has none."""
        options = tuple(islice(self._options(printed, facts), MOST_OPTIONS))
        return Case(printed, options) if options else None

    def _series(self, series: Series, source_id: str, facts: Facts) -> list[Series]:
        """The series of each role, in whatever unit; none where one of them has none."""
        found: list[Series] = []
        for role in self.roles:
            there = role.of(series, facts.reference)
            if there is None:
                return []
            if there.perimeter_id == IN_FORCE:
                in_force = facts.reference.perimeter(there.entity_id, there.metric_id, source_id)
                there = there._replace(perimeter_id=in_force)
            found.append(there)
        return found

    def _options(self, printed: Observation, facts: Facts) -> Iterator[Option]:
        assert printed.period is not None
        series = self._series(printed.series, printed.source_id, facts)
        periods = [role.at(printed.period) for role in self.roles]
        if not series or None in periods:
            return
        places = [(s, p) for s, p in zip(series, periods, strict=True) if p is not None]
        for unit in facts.units_of(series[0]):
            readings = [self._readings(s._replace(unit_id=unit), p, printed.source_id, facts) for s, p in places]
            for chosen in product(*readings):
                inputs = tuple(observation for option in chosen for observation in option.inputs)
                yield Option(inputs, self.implied(arithmetic, *(option.implied for option in chosen)))

    def _readings(self, series: Series, period: Period, source_id: str, facts: Facts) -> list[Option]:
        """What prints say of one input: direct prints, else the sum of those of shorter periods.

        Where there are neither, a series that prints the same number elsewhere lends its own (`Facts.twins`).
        """
        for standing in dict.fromkeys((series.standing, ACTUAL)):
            there = series._replace(standing=standing)
            direct = facts.readings(there, period, source_id)
            if direct:
                return [Option((o,), o.interval) for o in direct]
            if self.adds_up and adds_up_over_time(there, facts.reference):
                added = next(_added(there, period, source_id, facts), None)
                if added:
                    return [added]
            for twin in facts.twins.get(there, []):
                lent = facts.readings(twin, period, source_id)
                if lent:
                    return [Option((o,), o.interval) for o in lent]
        return []


def _added(series: Series, period: Period, source_id: str, facts: Facts) -> Iterator[Option]:
    for tiling in TILINGS.get(period.type, ()):
        parts = [facts.readings(series, tile, source_id) for tile in tiles(period, tiling)]
        if all(parts):
            inputs = tuple(readings[0] for readings in parts)
            yield Option(inputs, sum_of(o.interval for o in inputs))
