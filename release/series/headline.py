"""The headline rule, stated once: which print stands for a fact on a day.

1. *Candidates* are prints of a level, actual or preliminary, with bound eq, in the reporting currency and with
   no assumed entity, metric or period. Estimates serve where a fact has no such print; prints that a condition
   excludes come in last, flagged.
2. *The anchor* is the latest dated print by the reporter itself (filing, release, call, page); else the latest
   dated print of the most trusted kind of source; an undated source never displaces a dated one.
3. *The headline* is the narrowest of all prints of the anchor's perimeter whose interval meets the anchor's; then
   the order of trust decides, then the observation's id.

A fact is *disputed* on a day when a candidate of the same perimeter does not meet the headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from canonical.observation import REPORTER, TRUST

__all__ = ["Candidate", "Headline", "headline"]

RANK = {kind: rank for rank, kind in enumerate(TRUST)}
UNTRUSTED = len(TRUST)


@dataclass(frozen=True)
class Candidate:
    """One print of a fact: its interval in the canonical unit, where it stands and since when it is known.

    `flags` name the conditions that exclude it from the first choice; `dated` is false where the source's date
    is unknown and `known_on` is the day of retrieval.
    """

    observation_id: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit_id: str
    perimeter_id: str
    claim_status: str
    known_on: str
    dated: bool
    kind: str
    publisher: str
    flags: tuple[str, ...] = ()
    open_low: bool = False
    open_high: bool = False

    @property
    def tier(self) -> int:
        """0 for a full candidate, 1 for a clean estimate, 2 for a print that a condition excludes."""
        if any(flag != "estimate" for flag in self.flags):
            return 2
        return int("estimate" in self.flags)

    @property
    def rank(self) -> int:
        """Place of its source in the order of trust, 0 the most trusted."""
        return RANK.get(self.kind, UNTRUSTED)

    @property
    def width(self) -> Decimal:
        """Width of the interval in the canonical unit, infinite where an end is unbounded."""
        return Decimal("Infinity") if self.low is None or self.high is None else self.high - self.low

    def meets(self, other: Candidate) -> bool:
        """Whether the two intervals have a value in common, in the same unit."""
        return self.unit_id == other.unit_id and _not_below(self, other) and _not_below(other, self)


def _not_below(one: Candidate, other: Candidate) -> bool:
    """Whether `one` does not lie wholly below `other`."""
    if one.high is None or other.low is None:
        return True
    touching = one.high == other.low and not (one.open_high or other.open_low)
    return one.high > other.low or touching


@dataclass(frozen=True)
class Headline:
    """The print that stands for a fact, and what else was printed of it in the same perimeter."""

    chosen: Candidate
    prints: int
    publishers: int
    disputed: bool


def headline(candidates: Sequence[Candidate]) -> Headline | None:
    """The headline of one fact among the prints known on a day; None where there are none."""
    if not candidates:
        return None
    tier = min(candidate.tier for candidate in candidates)
    pool = [candidate for candidate in candidates if candidate.tier == tier]
    anchor = _anchor(pool)
    peers = [candidate for candidate in pool if candidate.perimeter_id == anchor.perimeter_id]
    meeting = [candidate for candidate in peers if candidate.meets(anchor)]
    chosen = min(meeting, key=lambda c: (c.width, c.rank, c.observation_id))
    return Headline(
        chosen=chosen,
        prints=len(peers),
        publishers=len({candidate.publisher for candidate in peers}),
        disputed=any(not candidate.meets(chosen) for candidate in peers),
    )


def _anchor(pool: Sequence[Candidate]) -> Candidate:
    by_reporter = [c for c in pool if c.dated and c.kind in REPORTER]
    if by_reporter:
        latest = max(c.known_on for c in by_reporter)
        return min((c for c in by_reporter if c.known_on == latest), key=lambda c: (c.rank, c.width, c.observation_id))
    dated = [c for c in pool if c.dated] or list(pool)
    trusted = min(c.rank for c in dated)
    ranked = [c for c in dated if c.rank == trusted]
    latest = max(c.known_on for c in ranked)
    return min((c for c in ranked if c.known_on == latest), key=lambda c: (c.width, c.observation_id))
