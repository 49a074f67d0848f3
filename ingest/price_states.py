"""Turn states of prices, version by version of a list, into spans of time: the rule of every price table.

A version of a list is one day; the last state of a day counts. An interval opens on the day of the version
that first shows a price and ends on the day before the version that shows another one or none; both days
belong to it. It stays open where the price still stood in the last version. A price that is taken out and
put back opens a new interval, though the amount be the same. An amount that differs by binary noise only is
no change; of the versions that show one amount without a break the clearest is named. An interval is
left-censored where the list, or this kind of price in it, begins with that version: its first day is then
not the price's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from ingest.upstream import UpstreamError

__all__ = ["Interval", "State", "intervals"]

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What one version of a list says of one price: its digits, and the amount without noise; None: gone.

    `kind` is the part of the key whose first appearance begins a record of its own (on demand, spot).
    `doubt` is 0 where the version says it plainly, more where its word is weaker; `also` is another number that it
    prints for the same price.
    """

    key: Key
    kind: str
    day: date
    version: str
    printed: str = ""
    amount: Decimal | None = None
    doubt: int = 0
    also: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """One price over the days it stood, first and last included; `valid_to` None: to the last version.

    `version` shows it first, `clearest` with the least doubt; one of its versions prints `also` another number.
    `changed_after` is the day of the version before, which did not show this price yet; None where left-censored.
    """

    key: Key
    version: str
    printed: str
    amount: Decimal
    valid_from: date
    valid_to: date | None
    changed_after: date | None
    left_censored: bool
    clearest: str
    doubt: int = 0
    also: str = ""


def intervals(states: Iterable[State], more_days: Collection[date] = ()) -> Iterator[Interval]:
    """The intervals of all prices of one list, ended ones first.

    `states` come in the order of days; `more_days` are days of versions in which no price changed.
    """
    before = _DaysBefore(more_days)
    began: dict[str, date] = {}
    standing: dict[Key, Interval] = {}
    last = date.min
    for day, together in groupby(states, key=lambda state: state.day):
        if day < last:
            raise UpstreamError(f"the version of {day} stands after that of {last}")
        previous = before(day, None if last == date.min else last)
        for state in {state.key: state for state in together}.values():
            began.setdefault(state.kind, day)
            old = standing.get(state.key)
            if old is not None and old.amount == state.amount:
                standing[state.key] = _clearer(old, state)
                continue
            if old is not None:
                yield _ended(standing.pop(state.key), day)
            if state.amount is not None:
                standing[state.key] = _opened(state, began[state.kind] == day, previous)
        last = day
    yield from standing.values()


def _opened(state: State, is_beginning: bool, previous: date | None) -> Interval:
    assert state.amount is not None
    return Interval(
        key=state.key,
        version=state.version,
        printed=state.printed,
        amount=state.amount,
        valid_from=state.day,
        valid_to=None,
        changed_after=None if is_beginning else previous,
        left_censored=is_beginning,
        clearest=state.version,
        doubt=state.doubt,
        also=state.also,
    )


def _clearer(interval: Interval, state: State) -> Interval:
    if state.doubt < interval.doubt:
        interval = replace(interval, clearest=state.version, doubt=state.doubt)
    return replace(interval, also=state.also) if state.also and not interval.also else interval


def _ended(interval: Interval, day: date) -> Interval:
    return replace(interval, valid_to=day - timedelta(days=1))


class _DaysBefore:
    """Looks up the version before a day among the days without a change."""

    def __init__(self, days: Collection[date]) -> None:
        self.days = sorted(days)
        self.at = 0

    def __call__(self, day: date, changed: date | None) -> date | None:
        while self.at < len(self.days) and self.days[self.at] < day:
            self.at += 1
        quiet = self.days[self.at - 1] if self.at else None
        return max((d for d in (quiet, changed) if d is not None), default=None)
