"""All facts with their vintages, made once for a build and shared by the derived tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from canonical.reference import Reference
from release.series.calculated import with_calculated
from release.series.facts import FactKey, Facts
from release.series.tables import Tables
from release.series.vintage import Vintage, printed_vintages

__all__ = ["History"]


@dataclass(frozen=True)
class History:
    """The vintages of every fact, printed or following from printed ones, by fact key."""

    facts: Facts

    @classmethod
    def of(cls, tables: Tables) -> History:
        """The history of the tables of a build, made when first asked for."""
        return tables.shared("history", lambda: cls(Facts(Reference(tables.folder))))

    @cached_property
    def printed(self) -> dict[FactKey, list[Vintage]]:
        """Vintages of the facts that sources print, whatever their measure."""
        return {key: printed_vintages(candidates) for key, candidates in self.facts.by_key.items()}

    @cached_property
    def levels(self) -> dict[FactKey, list[Vintage]]:
        """Vintages of all level facts, calculated ones included."""
        metrics = self.facts.reference.metrics
        summed = frozenset(name for name, metric in metrics.items() if metric["aggregation"] == "sum")
        levels = {key: vintages for key, vintages in self.printed.items() if key[3] == "level"}
        return with_calculated(levels, summed, self._first_months)

    @cached_property
    def _first_months(self) -> dict[str, frozenset[int]]:
        """The months in which fiscal and calendar years of each entity begin."""
        entities = self.facts.reference.entities.items()
        return {name: frozenset((1, int(entity["fiscal_year_end_month"] or 12) % 12 + 1)) for name, entity in entities}

    def within(self, key: FactKey, perimeter_id: str) -> Vintage | None:
        """The latest headline of a fact within one perimeter; None where there is none."""
        vintages = self.levels.get(key, [])
        if vintages and vintages[-1].perimeter_id == perimeter_id:
            return vintages[-1]
        candidates = [c for c in self.facts.by_key.get(key, []) if c.perimeter_id == perimeter_id]
        earlier = [v for v in vintages if v.perimeter_id == perimeter_id]
        return printed_vintages(candidates)[-1] if candidates else next(reversed(earlier), None)
