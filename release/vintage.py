"""The history of facts: the headline of each day it changed, and periods that follow from printed ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from release.facts import FactKey
from release.headline import REPORTER, Candidate, headline
from validation.periods import months_before, parse_date

__all__ = ["Vintage", "derive_missing", "printed_vintages"]


@dataclass(frozen=True)
class Vintage:
    """The state of one fact from the day `known_on` until the next: its headline and what stands beside it.

    Values are in the canonical unit. `observation_ids` stand in the order the derivation reads them.
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

    @property
    def headline(self) -> tuple[object, ...]:
        """What a reader would see change: everything but the counts beside it."""
        return (
            self.value, self.low, self.high, self.unit_id, self.perimeter_id, self.claim_status, self.flags,
            self.observation_ids, self.disputed,
        )  # fmt: skip


def printed_vintages(candidates: Sequence[Candidate]) -> list[Vintage]:
    """The vintages of a fact that sources print: one for each day on which its headline changed."""
    vintages: list[Vintage] = []
    for day in sorted({candidate.known_on for candidate in candidates}):
        vintage = _state([candidate for candidate in candidates if candidate.known_on <= day], day)
        if not vintages or vintages[-1].headline != vintage.headline:
            vintages.append(vintage)
    return vintages


def _state(known: Sequence[Candidate], day: str) -> Vintage:
    found = headline(known)
    if found is None:
        raise ValueError("a fact without prints has no vintage")
    chosen = found.chosen
    return Vintage(
        day, chosen.value, chosen.low, chosen.high, chosen.unit_id, chosen.perimeter_id, chosen.claim_status,
        chosen.flags, "printed", (chosen.observation_id,), found.prints, found.publishers, found.disputed,
        chosen.kind in REPORTER,
    )  # fmt: skip


History = Mapping[FactKey, Sequence[Vintage]]


def derive_missing(
    printed: History, summed: frozenset[str], first_months: Mapping[str, frozenset[int]]
) -> dict[FactKey, list[Vintage]]:
    """Vintages of periods that nobody prints and that follow from printed ones, for flows that add up over time.

    `summed` names the metrics whose aggregation over time is a sum, `first_months` the months in which years of an
    entity begin. Of each such year, what is missing is tried in turn: its last quarter (year less nine months, or
    less the other quarters), its second half (year less first half), each half and the year (from its parts). Only
    the reporter's own prints are calculated with: a difference between two parties' numbers is nobody's number.
    """
    derived: dict[FactKey, list[Vintage]] = {}
    flows = (key for key in printed if key[2] in summed and _is_flow(key))
    years = {year for key in flows for year in _years_of(key, first_months.get(key[0], frozenset((1,))))}
    for key in sorted(years):
        for target, inputs, derivation in _recipes(key):
            if target in printed or target in derived:
                continue
            histories = [printed.get(part) or derived.get(part) for part in inputs]
            vintages = _combined([history for history in histories if history], len(inputs), derivation)
            if vintages:
                derived[target] = vintages
    return derived


def _is_flow(key: FactKey) -> bool:
    return key[3] == "level" and key[6] in ("quarter", "half_year", "nine_months", "year")


def _spanned(key: FactKey, period_type: str, start: date, months: int) -> FactKey:
    end = months_before(start, -months) - timedelta(days=1)
    return (*key[:6], period_type, start.isoformat(), end.isoformat())


def _years_of(key: FactKey, first_months: frozenset[int]) -> Iterable[FactKey]:
    """The years of an entity that hold the first day of a period: its fiscal year and the calendar year."""
    start = parse_date(key[7])
    if start is None:
        return
    for month in first_months:
        year = start.year if start.month >= month else start.year - 1
        yield _spanned(key, "year", date(year, month, 1), 12)


def _recipes(year: FactKey) -> Iterable[tuple[FactKey, tuple[FactKey, ...], str]]:
    start = parse_date(year[7])
    if start is None:
        return
    starts = [months_before(start, -3 * i) for i in range(4)]
    q1, q2, q3, q4 = (_spanned(year, "quarter", day, 3) for day in starts)
    h1, h2 = _spanned(year, "half_year", starts[0], 6), _spanned(year, "half_year", starts[2], 6)
    nine = _spanned(year, "nine_months", start, 9)
    yield q2, (h1, q1), "difference"
    yield q3, (nine, h1), "difference"
    yield q4, (year, nine), "difference"
    yield q4, (year, q1, q2, q3), "difference"
    yield h2, (year, h1), "difference"
    yield q4, (h2, q3), "difference"
    yield h1, (q1, q2), "sum"
    yield h2, (q3, q4), "sum"
    yield year, (q1, q2, q3, q4), "sum"
    yield year, (h1, h2), "sum"


def _combined(histories: list[Sequence[Vintage]], needed: int, derivation: str) -> list[Vintage]:
    """The vintages of a sum, or of the first less the others, on each day all inputs share one perimeter."""
    if len(histories) < needed:
        return []
    vintages: list[Vintage] = []
    for day in sorted({vintage.known_on for history in histories for vintage in history}):
        states = [_as_of(history, day) for history in histories]
        vintage = _combine([state for state in states if state], needed, derivation, day)
        if vintage and (not vintages or vintages[-1].headline != vintage.headline):
            vintages.append(vintage)
    return vintages


def _as_of(history: Sequence[Vintage], day: str) -> Vintage | None:
    known = [vintage for vintage in history if vintage.known_on <= day]
    return known[-1] if known else None


def _combine(states: list[Vintage], needed: int, derivation: str, day: str) -> Vintage | None:
    same = len({(state.perimeter_id, state.unit_id) for state in states}) == 1
    if len(states) < needed or not same or any(state.flags or not state.by_reporter for state in states):
        return None
    sign = -1 if derivation == "difference" else 1
    first, others = states[0], states[1:]
    value, low, high = first.value, first.low, first.high
    for state in others:
        value = _plus(value, state.value, sign)
        low = _plus(low, state.high if sign < 0 else state.low, sign)
        high = _plus(high, state.low if sign < 0 else state.high, sign)
    ids = tuple(observation_id for state in states for observation_id in state.observation_ids)
    if len(set(ids)) < len(ids) or any(state.derivation != "printed" for state in states):
        return None
    return Vintage(
        day, value, low, high, first.unit_id, first.perimeter_id, "actual", (), derivation, ids,
        min(state.prints for state in states), min(state.publishers for state in states),
        any(state.disputed for state in states), True,
    )  # fmt: skip


def _plus(one: Decimal | None, other: Decimal | None, sign: int) -> Decimal | None:
    return None if one is None or other is None else one + sign * other
