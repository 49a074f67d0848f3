"""The headline rule, stated once: which print stands for a fact on a day.

1. *Candidates* are prints of a level, actual or preliminary, with bound eq, in the reporting currency and with
   no assumed entity, metric or period. Estimates serve where a fact has no such print; prints that a condition
   excludes come in after them, flagged. Weak witnesses (machines' digests, notes in repositories and packages,
   quotations that name no copy) come in last: they stand for a fact only where nobody else prints it.
2. *The anchor* is the latest dated print by the reporter itself (filing, release, call, page) in the newest perimeter
   in which it prints the fact; else the latest dated print, in the newest perimeter, of the most trusted kind of
   source; an undated source never displaces a dated one.
3. *The headline* is the narrowest of all candidates of the anchor's perimeter whose interval meets the anchor's;
   then the order of trust decides, then the observation's id.

A fact is *disputed* on a day when a candidate or a weak witness of the same perimeter does not meet the headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from canonical.observation import REPORTER, TRUST

__all__ = ["WEAK", "Candidate", "Growing", "Headline", "headline", "tier_of"]

RANK = {kind: rank for rank, kind in enumerate(TRUST)}
UNTRUSTED = len(TRUST)
WEAK = "weak"
"""The flag of a weak witness."""


@dataclass(frozen=True)
class Candidate:
    """One print of a fact: its interval in the canonical unit, where it stands and since when it is known.

    `flags` name the conditions that exclude it from the first choice; `dated` is false where the source's date
    is unknown and `known_on` is the day of retrieval. `place` is that of its perimeter among those of the entity, 0
    the oldest.
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
    place: int = 0
    open_low: bool = False
    open_high: bool = False

    @property
    def tier(self) -> int:
        """As `tier_of` its flags."""
        return tier_of(self.flags)

    @property
    def is_by_reporter(self) -> bool:
        """Whether the reporter itself says it, on a known day."""
        return self.dated and self.kind in REPORTER

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
    """The print that stands for a fact, and what else was printed of it in the same perimeter.

    `is_own_word` says whether the anchor, which the chosen print meets, is the reporter's own.
    """

    chosen: Candidate
    prints: int
    publishers: int
    disputed: bool
    is_own_word: bool


def headline(candidates: Sequence[Candidate]) -> Headline | None:
    """The headline of one fact among the prints known on a day; None where there are none."""
    return Growing().with_prints(candidates) if candidates else None


class Growing:
    """The headline of one fact while prints of it become known: an anchor that stays is not looked for again."""

    def __init__(self) -> None:
        """Begin with no print."""
        self._known: list[Candidate] = []
        self._anchor: Candidate | None = None
        self._peers: list[Candidate] = []
        self._publishers: set[str] = set()
        self._chosen: Candidate | None = None
        self._disputed = False

    def with_prints(self, new: Sequence[Candidate]) -> Headline:
        """The headline with some prints more, which come on the last day so far or later; ValueError for none at all.

        The anchor is the first of all prints in an order, so that it is sought among the last one and the new ones.
        """
        self._known += new
        pool = [*new, self._anchor] if self._anchor else new
        tier = min(candidate.tier for candidate in pool)
        anchor = _anchor([candidate for candidate in pool if candidate.tier == tier])
        if anchor is not self._anchor:
            self._anchor, self._chosen, self._disputed = anchor, None, False
            self._peers, self._publishers, new = [], set(), self._known
        peers = [c for c in new if c.perimeter_id == anchor.perimeter_id and _is_beside(c, anchor)]
        self._peers += peers
        self._publishers.update(candidate.publisher for candidate in peers)
        meeting = [candidate for candidate in peers if candidate.tier == tier and candidate.meets(anchor)]
        before = [self._chosen] if self._chosen else []
        chosen = min((*before, *meeting), key=lambda c: (c.width, c.rank, c.observation_id))
        if chosen is not self._chosen:
            self._chosen, self._disputed, peers = chosen, False, self._peers
        self._disputed |= any(not candidate.meets(chosen) for candidate in peers)
        return Headline(chosen, len(self._peers), len(self._publishers), self._disputed, anchor.is_by_reporter)


def tier_of(flags: Sequence[str]) -> int:
    """0 for a full candidate, 1 for a clean estimate, 2 for a print that a condition excludes, 3 for a weak witness."""
    if WEAK in flags:
        return 3
    return 2 if any(flag != "estimate" for flag in flags) else len(flags)


def _is_beside(candidate: Candidate, anchor: Candidate) -> bool:
    """Whether a print stands beside the anchor: under the same conditions, be its witness weak or not."""
    return tier_of([flag for flag in candidate.flags if flag != WEAK]) == tier_of(
        [flag for flag in anchor.flags if flag != WEAK]
    )


def _anchor(pool: Sequence[Candidate]) -> Candidate:
    by_reporter = _of_newest_perimeter([c for c in pool if c.is_by_reporter])
    if by_reporter:
        latest = max(c.known_on for c in by_reporter)
        return min((c for c in by_reporter if c.known_on == latest), key=lambda c: (c.rank, c.width, c.observation_id))
    dated = [c for c in pool if c.dated] or list(pool)
    trusted = min(c.rank for c in dated)
    ranked = _of_newest_perimeter([c for c in dated if c.rank == trusted])
    latest = max(c.known_on for c in ranked)
    return min((c for c in ranked if c.known_on == latest), key=lambda c: (c.width, c.observation_id))


def _of_newest_perimeter(pool: Sequence[Candidate]) -> list[Candidate]:
    newest = max((candidate.place for candidate in pool), default=0)
    return [candidate for candidate in pool if candidate.place == newest]
