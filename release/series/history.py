"""All facts with their vintages, made once for a build and shared by the derived tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from canonical.calendars import Calendar
from canonical.reference import Reference
from release.series.calculated import with_calculated
from release.series.facts import FactKey, Facts
from release.series.open_findings import OpenFindings
from release.series.perimeters import newest_known
from release.series.tables import Tables
from release.series.vintage import Vintage, printed_vintages

__all__ = ["History"]


@dataclass(frozen=True)
class History:
    """The vintages of every fact, printed or following from printed ones, by fact key."""

    facts: Facts
    findings: OpenFindings = field(default_factory=OpenFindings)

    @classmethod
    def of(cls, tables: Tables) -> History:
        """The history of the tables of a build, made when first asked for."""
        return tables.shared("history", lambda: cls._made(tables))

    @classmethod
    def _made(cls, tables: Tables) -> History:
        facts = Facts(Reference(tables.folder))
        return cls(facts, OpenFindings.of(tables["findings"], tables["finding_rows"], facts))

    @cached_property
    def printed(self) -> dict[FactKey, list[Vintage]]:
        """Vintages of the facts that sources print, whatever their measure."""
        return {key: printed_vintages(candidates) for key, candidates in self.facts.by_key.items()}

    @cached_property
    def levels(self) -> dict[FactKey, list[Vintage]]:
        """Vintages of all level facts, calculated ones included, each day in the newest perimeter that is known."""
        histories: dict[FactKey, list[Sequence[Vintage]]] = defaultdict(list)
        for levels in self.by_perimeter.values():
            for key, vintages in levels.items():
                histories[key].append(vintages)
        printed = {key: self.findings.told(self.printed.get(key, ())) for key in histories if len(histories[key]) > 1}
        return {key: newest_known(found, printed.get(key, ())) for key, found in histories.items()}

    @cached_property
    def by_perimeter(self) -> dict[str, dict[FactKey, list[Vintage]]]:
        """Vintages of all level facts within each perimeter, calculated ones included."""
        printed: dict[str, dict[FactKey, list[Vintage]]] = defaultdict(dict)
        for key, candidates in self.facts.by_key.items():
            if key[3] == "level":
                for perimeter in {candidate.perimeter_id for candidate in candidates}:
                    within = [candidate for candidate in candidates if candidate.perimeter_id == perimeter]
                    printed[perimeter][key] = printed_vintages(within)
        metrics = self.facts.reference.metrics
        summed = frozenset(name for name, metric in metrics.items() if metric["aggregation"] == "sum")
        return {
            perimeter: {
                key: self.findings.told(v) for key, v in with_calculated(levels, summed, self._calendars).items()
            }
            for perimeter, levels in sorted(printed.items())
        }

    @cached_property
    def _calendars(self) -> dict[str, tuple[Calendar, ...]]:
        """The calendars by which years of each entity are counted: its own, and that of the year."""
        reference = self.facts.reference
        own = {name: reference.calendar(name) or Calendar() for name in reference.entities}
        return {name: tuple(dict.fromkeys((calendar, Calendar()))) for name, calendar in own.items()}

    def within(self, key: FactKey, perimeter_id: str) -> Vintage | None:
        """The latest headline of a fact within one perimeter; None where there is none."""
        vintages = self.by_perimeter.get(perimeter_id, {}).get(key)
        return vintages[-1] if vintages else None
