"""Relations that are formulas: a print of one kind follows from prints in fixed roles, such as level and base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from canonical.arithmetic import sum_of
from canonical.intervals import Interval
from canonical.reference import Reference
from canonical.spans import TILINGS, Period, tiles
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.quantities import adds_up_over_time
from validation.relations.relation import Case, Option

__all__ = ["IN_FORCE", "Formula", "Role", "level", "same_period"]

IN_FORCE = ""
"""As perimeter of another entity's series: the one in force when the source of the print was published."""

MOST_OPTIONS = 64
"""At most this many combinations of conflicting prints are tried for one case."""

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
    implied: Callable[..., Interval]
    applies: Callable[[Observation, Reference], bool] = lambda observation, reference: True
    adds_up: bool = True
    """Whether an input nobody prints may be added up from shorter periods."""

    def cases(self, facts: Facts) -> Iterator[Case]:
        """A case for each print whose roles all have prints."""
        for printed in facts.by_measure.get(self.measure, []):
            if self.applies(printed, facts.reference):
                options = tuple(islice(self._options(printed, facts), MOST_OPTIONS))
                if options:
                    yield Case(printed, options)

    def _options(self, printed: Observation, facts: Facts) -> Iterator[Option]:
        assert printed.period is not None
        places: list[tuple[Series, Period]] = []
        for role in self.roles:
            series, period = role.of(printed.series, facts.reference), role.at(printed.period)
            if series is None or period is None:
                return
            if series.perimeter_id == IN_FORCE:
                in_force = facts.reference.perimeter(series.entity_id, series.metric_id, printed.source_id)
                series = series._replace(perimeter_id=in_force)
            places.append((series, period))
        for unit in facts.units_of(places[0][0]):
            readings = [self._readings(s._replace(unit_id=unit), p, printed.source_id, facts) for s, p in places]
            for chosen in product(*readings):
                inputs = tuple(observation for option in chosen for observation in option.inputs)
                yield Option(inputs, self.implied(*(option.implied for option in chosen)))

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
