"""The history of a fact that sources print: the headline of each day on which it changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from canonical.observation import REPORTER
from release.series.headline import Candidate, Growing, Headline

__all__ = ["Vintage", "as_of", "printed_vintages", "vintage_cells"]


@dataclass(frozen=True)
class Vintage:
    """The state of one fact from the day `known_on` until the next: its headline and what stands beside it.

    Values are in the canonical unit. `observation_ids` stand in the order the derivation reads them, `place` is that
    of the perimeter among those of the entity. `by_reporter` says whether the chosen print is the reporter's own,
    `is_own_word` whether the reporter's own print meets it or it follows from such prints. `finding_ids` are of open
    findings that touch an observation.
    """

    known_on: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit_id: str
    perimeter_id: str
    claim_status: str
    flags: tuple[str, ...]
    derivation: str
    observation_ids: tuple[str, ...]
    prints: int
    publishers: int
    disputed: bool
    by_reporter: bool
    place: int = 0
    is_own_word: bool = False
    finding_ids: tuple[str, ...] = ()

    @property
    def width(self) -> Decimal:
        """Width of the interval in the canonical unit, infinite where an end is unbounded."""
        return Decimal("Infinity") if self.low is None or self.high is None else self.high - self.low

    @property
    def headline(self) -> tuple[object, ...]:
        """What a reader would see change: everything but the counts beside it."""
        return (
            self.value, self.low, self.high, self.unit_id, self.perimeter_id, self.claim_status, self.flags,
            self.observation_ids, self.disputed,
        )  # fmt: skip


def printed_vintages(candidates: Sequence[Candidate]) -> list[Vintage]:
    """The vintages of a fact that sources print: one for each day on which its headline changed."""
    vintages, growing = list[Vintage](), Growing()
    for day, new in groupby(sorted(candidates, key=lambda c: c.known_on), key=lambda c: c.known_on):
        vintage = _state(growing.with_prints(list(new)), day)
        if not vintages or vintages[-1].headline != vintage.headline:
            vintages.append(vintage)
    return vintages


def as_of(history: Sequence[Vintage], day: str) -> Vintage | None:
    """The last vintage known on a day, None before the first."""
    known = bisect_right(history, day, key=lambda vintage: vintage.known_on)
    return history[known - 1] if known else None


def _state(found: Headline, day: str) -> Vintage:
    chosen = found.chosen
    return Vintage(
        day, chosen.value, chosen.low, chosen.high, chosen.unit_id, chosen.perimeter_id, chosen.claim_status,
        chosen.flags, "printed", (chosen.observation_id,), found.prints, found.publishers, found.disputed,
        chosen.kind in REPORTER, chosen.place, found.is_own_word,
    )  # fmt: skip


def vintage_cells(vintage: Vintage) -> dict[str, object]:
    """The cells that every table of headlines shares."""
    return {
        "known_on": vintage.known_on,
        "value": vintage.value,
        "value_low": vintage.low,
        "value_high": vintage.high,
        "unit_id": vintage.unit_id,
        "perimeter_id": vintage.perimeter_id,
        "claim_status": vintage.claim_status,
        "flags": " ".join(vintage.flags) or None,
        "derivation": vintage.derivation,
        "observation_ids": " ".join(vintage.observation_ids),
        "prints": vintage.prints,
        "publishers": vintage.publishers,
        "disputed": vintage.disputed,
        "finding_ids": " ".join(vintage.finding_ids) or None,
    }
