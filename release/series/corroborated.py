"""What holds each number of a build, as the cells that the tables of numbers share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from release.series.history import History
from release.series.tables import Tables
from validation.consistency import Folder
from validation.corroboration import LEVELS, Held, corroboration

__all__ = ["Corroborated"]


@dataclass(frozen=True)
class Corroborated:
    """What holds each observation, by its id."""

    held: Mapping[str, Held]

    @classmethod
    def of(cls, tables: Tables) -> Corroborated:
        """What holds the observations of a build, asked once."""
        return tables.shared("corroborated", lambda: cls._made(tables))

    @classmethod
    def _made(cls, tables: Tables) -> Corroborated:
        folder = Folder(tables.folder, History.of(tables).facts.reference)
        return cls({held.observation_id: held for held in corroboration(folder.corrected)})

    def level(self, observation_ids: Iterable[str]) -> str:
        """The level of the observation that is held least; KeyError for one that there is not."""
        return max((self.held[row_id].level for row_id in observation_ids), key=LEVELS.index)

    def cells(self, observation_ids: Iterable[str]) -> dict[str, object]:
        """The cells of a value that follows from some observations: those of the one that is held least.

        Of several that are held at one level it is the one with the fewest prints, equations and relations, then the
        first.
        """
        rows = [self.held[row_id] for row_id in observation_ids]
        least = min(rows, key=lambda h: (-LEVELS.index(h.level), h.publishers, h.prints, h.equations, h.holding))
        return {
            "corroboration": least.level,
            "corroborating_prints": least.prints,
            "corroborating_publishers": least.publishers,
            "relations_evaluated": least.evaluated,
            "relations_holding": least.holding,
            "equations_holding": least.equations,
            "relation_ids": " ".join(least.rules) or None,
            "corroboration_lacks": " ".join(least.lacks) or None,
        }
