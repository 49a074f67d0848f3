"""Explanations by another cell of the page: the number stands once more under another period, line or vendor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from canonical.arithmetic import meets
from canonical.spans import Period, preceding, year_before
from validation.relations.facts import Facts, Observation, Series, is_same_number
from validation.relations.kept import kept
from validation.relations.quantities import significant_digits
from validation.relations.relation import Case

__all__ = ["line_of_input", "on_any_perimeter", "stands_elsewhere", "stands_under_part"]

DIGITS, FEW = 3, 2
"""So many digits are alike by no chance, and so many where only one column or line is between two prints."""
TRIED = 64
"""So many prints of one thing are tried."""
STEPS_AWAY = 4
"""So many periods away a number may have been taken from the wrong column."""
OF_LINE = frozenset(("entity_id", "metric_id", "breakdown_id"))
"""What the lines of one table differ in."""
WITH_ENTITY = ("perimeter_id", "standing")
"""What may differ between the numbers of two entities beside these: estimates of a market stand beside results."""
FORESEEN = ("guidance", "forecast", "target", "plan")
"""Standings of what has not come yet, which is told of one metric beside its result."""
MOST_INPUTS, OF_OTHERS = 16, re.compile(r" as (?:that of the|entity) ")
"""So many inputs of a case are looked for elsewhere, and what tells that they are of another period or vendor."""
OTHER_RATE = {"growth_yoy": "growth_prev", "growth_prev": "growth_yoy"}


def stands_elsewhere(printed: Observation, facts: Facts, used: Collection[str]) -> Iterator[str]:
    """The first other print of the same number that would explain a mix-up, in words; none where there is none.

    Parameters: `used` are the ids of the rows that a finding tells of anyway.
    """
    yield from _first(
        (*_beside(printed, facts), *_periods_away(printed, facts), *_same_digits(printed, facts)), printed, used
    )


def stands_under_part(printed: Observation, facts: Facts, used: Collection[str]) -> Iterator[str]:
    """The first print of the very value for another part of the period, or as what was foreseen of it, in words.

    Two digits of a part are enough, and any of what was foreseen, as few can be meant. Parameters are those of
    `stands_elsewhere`.
    """
    yield from _first(_of_part(printed, facts), printed, used)


def _first(others: Iterable[Observation], printed: Observation, used: Collection[str]) -> Iterator[str]:
    for other in others:
        difference = _difference(printed, other)
        if difference and other.row_id not in used:
            yield f"the same number stands in {other.row_id} as {difference}"
            return


def _beside(printed: Observation, facts: Facts) -> Iterator[Observation]:
    """Prints of the very value for the other growth rate of the period, whatever the digits."""
    beside = OTHER_RATE.get(printed.series.measure)
    if beside and printed.period is not None:
        for other in facts.by_fact.get((printed.series._replace(measure=beside), printed.period), [])[:TRIED]:
            if other.interval.value == printed.interval.value:
                yield other


def _periods_away(printed: Observation, facts: Facts) -> Iterator[Observation]:
    """Prints of the same number, in any unit, for a period some steps before or after.

    Of the column before, and of one a year apart, two digits are enough where both are printed alike.
    """
    if printed.period is None:
        return
    near = {preceding(printed.period), year_before(printed.period)} if _shown(printed) >= FEW else set()
    lines = _lines(printed.series.entity_id, printed.series.metric_id, facts)
    for series in _on_any_perimeter(printed.series, lines):
        periods = lines.by_series[series]
        after = _followers(series, lines).get(printed.period, [])
        for period in (*(p for p in reversed(_before(printed.period)) if p in periods), *after):
            is_near = period in near or (bool(near) and year_before(period) == printed.period)
            for other in periods[period][:TRIED]:
                if is_same_number(printed, other) or (is_near and _is_printed_alike(printed, other)):
                    yield other


@kept
def _lines(entity_id: str, metric_id: str, facts: Facts) -> Facts:
    """The facts of one entity and metric: few cases are told of, and all facts need not be put in order for them."""
    return facts.only(facts.by_subject.get((entity_id, metric_id), ()))


def on_any_perimeter(series: Series, period: Period, facts: Facts) -> list[Observation]:
    """The prints of a series for a period, and then those on its entity's other perimeters."""
    return [o for one in _on_any_perimeter(series, facts) for o in facts.by_fact.get((one, period), ())]


def _on_any_perimeter(series: Series, facts: Facts) -> list[Series]:
    """The series of a print, and then those of its entity's other perimeters."""
    told = facts.on_any_perimeter.get(series._replace(perimeter_id=""), [])
    return sorted(told, key=lambda one: one != series)


def _same_digits(printed: Observation, facts: Facts) -> Iterator[Observation]:
    """Prints of the very digits, where these are too many for chance.

    Fewer are enough for numbers of one period that are no rates: those of a line of the document, or of a peer.
    """
    digits = _digits(printed)
    alike = facts.by_digits.get(_print(printed), [])
    if digits >= DIGITS:
        yield from alike[:TRIED]
    if printed.period is not None and digits >= FEW and printed.series.unit_id != "percent":
        for other in [o for o in alike if o.period == printed.period][:TRIED]:
            is_peer = printed.series.metric_id == other.series.metric_id
            if digits >= DIGITS or is_peer or other.source_id == printed.source_id:
                yield other


def _of_part(printed: Observation, facts: Facts) -> Iterator[Observation]:
    if printed.period is None:
        return
    for other in _lines(printed.series.entity_id, printed.series.metric_id, facts).comparable:
        is_part = other.series.breakdown_id != printed.series.breakdown_id and _digits(printed) >= FEW
        is_other = is_part or other.row["claim_status"] in FORESEEN
        if other.period == printed.period and other.interval.value == printed.interval.value and is_other:
            yield other


def line_of_input(case: Case, facts: Facts) -> Iterator[str]:
    """The one input of a case whose number stands under another entity or period too, and which nothing bears out."""
    found: list[tuple[str, str]] = []
    for used in case.best.inputs[:MOST_INPUTS]:
        prints = facts.by_fact.get((used.series, used.period), []) if used.period is not None else []
        if all(o.row_id == used.row_id or not meets(o.interval, used.interval) for o in prints):
            told = {o.row_id for o in case.observations}
            found += [(used.row_id, words) for words in stands_elsewhere(used, facts, told) if OF_OTHERS.search(words)]
    if len(found) == 1:
        yield from (f"follows from {row_id}: {words}" for row_id, words in found)


def _print(o: Observation) -> tuple[str, str]:
    return o.row["printed_value"], o.row["printed_unit_id"]


def _is_printed_alike(one: Observation, other: Observation) -> bool:
    return _print(one) == _print(other) and one.interval == other.interval


def _digits(o: Observation) -> int:
    return len(significant_digits(o))


def _shown(o: Observation) -> int:
    """How many digits a print shows: zeros behind its point, too."""
    typed = o.row["printed_value"].lstrip("-0.")
    return len(typed.replace(".", "")) if "." in typed else _digits(o)


@kept
def _followers(series: Series, facts: Facts) -> dict[Period | None, list[Period]]:
    found: dict[Period | None, list[Period]] = defaultdict(list)
    for period in facts.by_series.get(series, {}):
        for before in _before(period):
            found[before].append(period)
    return found


@lru_cache(maxsize=4096)
def _before(period: Period) -> tuple[Period, ...]:
    """The periods just before one, the nearest first."""
    found: list[Period] = []
    earlier = preceding(period)
    while earlier is not None and len(found) < STEPS_AWAY:
        found.append(earlier)
        earlier = preceding(earlier)
    return tuple(found)


def _difference(printed: Observation, other: Observation) -> str:
    """What tells two prints of one number apart, where that is one thing alone, or the line of one table."""
    one, another = printed.series, other.series
    is_one_series = one == another._replace(perimeter_id=one.perimeter_id)
    if printed.period != other.period and other.period is not None and is_one_series:
        return f"that of the {other.period.label}"
    changed = [name for name in Series._fields if getattr(one, name) != getattr(another, name)]
    if "entity_id" in changed:
        changed = [name for name in changed if name not in WITH_ENTITY]
    is_line = printed.source_id == other.source_id and _digits(printed) >= DIGITS and set(changed) <= OF_LINE
    if printed.period == other.period and (len(changed) == 1 or (is_line and changed)):
        return " and ".join(_told(name, other) for name in changed)
    return ""


def _told(name: str, o: Observation) -> str:
    """What a print is of, in words: `breakdown services`, `guidance of the period`."""
    if name == "standing":
        return f"{o.row['claim_status']} of the period"
    return f"{name.removesuffix('_id')} {getattr(o.series, name)}"
