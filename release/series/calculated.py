"""Periods that follow from printed ones: quarters, halves and years by sum and difference, and which value stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from canonical.calendars import Calendar
from canonical.periods import parse_date
from release.series.facts import FactKey
from release.series.vintage import Vintage, as_of

__all__ = ["with_calculated"]

History = Mapping[FactKey, Sequence[Vintage]]
CALENDAR_YEARS = (Calendar(),)


def with_calculated(
    printed: History, summed: frozenset[str], calendars: Mapping[str, tuple[Calendar, ...]]
) -> dict[FactKey, list[Vintage]]:
    """Printed vintages, and those that follow from prints of other periods, for flows that add up over time.

    `printed` are histories within one perimeter each. `summed` names the metrics whose aggregation over time is a sum,
    `calendars` those by which years of an entity are counted; an entity that is not there has calendar years. Only the
    reporter's own prints are calculated with: a difference between two parties' numbers is nobody's number. On each
    day what stands is chosen by `_standing`.
    """
    flows = (key for key in printed if key[2] in summed and _is_flow(key))
    years = {year for key in flows for year in _years_of(key, calendars.get(key[0], CALENDAR_YEARS))}
    found: dict[FactKey, list[list[Vintage]]] = {}
    for year in sorted(years):
        for target, inputs, derivation in _recipes(year):
            histories = [printed[part] for part in inputs if part in printed]
            vintages = _combined(histories, len(inputs), derivation)
            if vintages:
                found.setdefault(target, []).append(vintages)
    merged = {target: _merged(printed.get(target, ()), ways) for target, ways in found.items()}
    return {key: list(vintages) for key, vintages in printed.items()} | merged


def _merged(printed: Sequence[Vintage], ways: Sequence[Sequence[Vintage]]) -> list[Vintage]:
    """The vintages of one fact that is printed, calculated in some ways, or both."""
    merged: list[Vintage] = []
    for day in sorted({vintage.known_on for history in (printed, *ways) for vintage in history}):
        calculated = [state for way in ways if (state := as_of(way, day))]
        standing = _standing(as_of(printed, day), calculated)
        if not merged or merged[-1].headline != standing.headline:
            merged.append(replace(standing, known_on=day))
    return merged


def _standing(printed: Vintage | None, calculated: Sequence[Vintage]) -> Vintage:
    """What stands for a fact on a day: its printed headline, or the narrowest calculation from the reporter's prints.

    Within one perimeter the narrower of two that meet stands, and of two that do not the reporter's own print. A
    print that a condition excludes, and one of others that does not meet the calculation, gives way to it.
    """
    if not calculated:
        if printed is None:
            raise ValueError("a fact that is neither printed nor calculated has no state")
        return printed
    best = min(calculated, key=lambda state: state.width)
    if printed is None or printed.flags:
        return best
    if (printed.perimeter_id, printed.unit_id) != (best.perimeter_id, best.unit_id):
        return printed if printed.by_reporter else best
    agree = _meet(printed, best)
    if printed.width <= best.width if agree else printed.by_reporter:
        return printed
    return replace(best, disputed=best.disputed or printed.disputed or not agree)


def _meet(one: Vintage, other: Vintage) -> bool:
    return one.unit_id == other.unit_id and all(
        low is None or high is None or low <= high for low, high in ((one.low, other.high), (other.low, one.high))
    )


def _is_flow(key: FactKey) -> bool:
    return key[3] == "level" and key[6] in ("quarter", "half_year", "nine_months", "year")


def _years_of(key: FactKey, calendars: Iterable[Calendar]) -> Iterable[_Year]:
    """The years of an entity that hold the first day of a period: its fiscal year and the calendar year."""
    start = parse_date(key[7])
    for calendar in calendars if start else ():
        assert start is not None
        year = calendar.year_of(start)
        ends = tuple(calendar.quarter_end(year, quarter) for quarter in (1, 2, 3, 4))
        yield _Year(key[:6], (calendar.quarter_end(year - 1, 4), *ends))


class _Year(NamedTuple):
    """A fact's key without its period, and the last days of the year before and of the four quarters."""

    fact: FactKey
    ends: tuple[date, ...]

    def part(self, period_type: str, first: int, last: int) -> FactKey:
        """The fact of the first to the last quarter, 1 to 4."""
        start = self.ends[first - 1] + timedelta(days=1)
        return (*self.fact, period_type, start.isoformat(), self.ends[last].isoformat())


def _recipes(of: _Year) -> Iterable[tuple[FactKey, tuple[FactKey, ...], str]]:
    year, nine = of.part("year", 1, 4), of.part("nine_months", 1, 3)
    q1, q2, q3, q4 = (of.part("quarter", n, n) for n in (1, 2, 3, 4))
    h1, h2 = of.part("half_year", 1, 2), of.part("half_year", 3, 4)
    yield q1, (h1, q2), "difference"
    yield q2, (h1, q1), "difference"
    yield q3, (nine, h1), "difference"
    yield q3, (nine, q1, q2), "difference"
    yield q3, (h2, q4), "difference"
    yield q4, (year, nine), "difference"
    for n, quarter in enumerate((q1, q2, q3, q4)):
        yield quarter, (year, *(other for m, other in enumerate((q1, q2, q3, q4)) if m != n)), "difference"
    yield h1, (year, h2), "difference"
    yield h2, (year, h1), "difference"
    yield q4, (h2, q3), "difference"
    yield h1, (q1, q2), "sum"
    yield h2, (q3, q4), "sum"
    yield year, (q1, q2, q3, q4), "sum"
    yield year, (h1, h2), "sum"
    yield year, (nine, q4), "sum"


def _combined(histories: list[Sequence[Vintage]], needed: int, derivation: str) -> list[Vintage]:
    """The vintages of a sum, or of the first less the others, on each day all inputs share one perimeter."""
    if len(histories) < needed:
        return []
    vintages: list[Vintage] = []
    for day in sorted({vintage.known_on for history in histories for vintage in history}):
        states = [as_of(history, day) for history in histories]
        vintage = _combine([state for state in states if state], needed, derivation, day)
        if vintage and (not vintages or vintages[-1].headline != vintage.headline):
            vintages.append(vintage)
    return vintages


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
    if len(set(ids)) < len(ids):
        return None
    return Vintage(
        day, value, low, high, first.unit_id, first.perimeter_id, "actual", (), derivation, ids,
        min(state.prints for state in states), min(state.publishers for state in states),
        any(state.disputed for state in states), True, first.place, True,
    )  # fmt: skip


def _plus(one: Decimal | None, other: Decimal | None, sign: int) -> Decimal | None:
    return None if one is None or other is None else one + sign * other
