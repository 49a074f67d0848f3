"""One number on two lines that differ elsewhere: of two definitions, or of an entity before and after a recast."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from canonical.arithmetic import meets
from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.quantities import significant_digits
from validation.relations.relation import Remark, mixed_up, relation

__all__ = ["RELATIONS"]

DEFINED = frozenset((
    "capex-cash", "capex-cash-net", "capex-with-finance-leases", "capex-accrued", "capex-with-lease-principal",
))  # fmt: skip
"""Definitions of capital expenditure; capex itself is the reporter's own, and may be any of them."""
DIGITS, APART, TIMES = 4, 2, 3
"""So many digits are no chance, in so many other periods two lines must differ, and a recast changes so many numbers of
an entity for one that it leaves."""
Prints = list[Observation]
Line = Mapping[Period, Prints]
Told = dict[tuple[Series, Period], Prints]
"""The prints of an entity on one perimeter by series, without the perimeter, and period."""


@relation(
    "C.twofold_definition",
    "warning",
    says="one number does not stand under two definitions of capital expenditure that differ in other periods",
    rationale="Cash capital expenditure that is printed once more as that with leases was filed under a wrong one.",
    fix="check which definition the number follows in each source",
)
def twofold_definition(facts: Facts) -> Iterator[Remark]:
    """Prints of one period with the same number under two definitions, of an entity whose two differ elsewhere."""
    defined = {series: line for series, line in facts.by_series.items() if series.metric_id in DEFINED}
    for odd, other in _shared(defined):
        same = f"the same number stands under {other.series.metric_id}, from which it differs in other periods"
        yield mixed_up(odd, other, same)


@relation(
    "C.stale_number",
    "warning",
    says="a number that its reporter restated or replaced is not told as it was before",
    rationale="The number of an older report, typed for a newer one that restated it, is out of the recast line.",
    fix="take the number as the newer document prints it",
)
def stale_number(facts: Facts) -> Iterator[Remark]:
    """Prints of one period with the same number on two perimeters of an entity, which differ in its other numbers.

    Two other periods of its line tell that, or three times as many other numbers of the entity, whatever their metric.
    And what is foreseen as the reporter once told it, in a document that came out after it told another number.
    """
    yield from _superseded(facts)
    entities: dict[str, dict[str, list[Series]]] = defaultdict(lambda: defaultdict(list))
    for series in facts.by_series:
        if series.perimeter_id and series.measure == "level" and series.standing == ACTUAL:
            entities[series.entity_id][series.perimeter_id].append(series)
    for lines in (lines for lines in entities.values() if len(lines) > 1):
        told = [_told(recast, facts) for recast in lines.values()]
        for odd, old in (pair for both in combinations(told, 2) for pair in _kept(*both)):
            same = f"it is the number of {old.source_id}, before the recast that restated the other numbers"
            yield mixed_up(odd, old, same)


def _told(recast: Iterable[Series], facts: Facts) -> Told:
    """The prints of series of one perimeter, named without it."""
    return {
        (series._replace(perimeter_id=""), period): prints
        for series in recast
        for period, prints in facts.by_series[series].items()
    }


def _kept(one: Told, other: Told) -> Iterator[tuple[Observation, Observation]]:
    """The prints that two perimeters of an entity share where they differ in enough else, as `_in_order` has them."""
    both = {fact: (one[fact], other[fact]) for fact in one if fact in other}
    same = {fact: prints for fact, prints in both.items() if _is_same(prints[0][0], prints[1][0])}
    apart = [series for (series, _), prints in both.items() if same and _are_apart(*prints)]
    of_line, shared = Counter(apart), Counter(series for series, _ in same)
    is_recast = len(apart) >= TIMES * len(same)
    for (series, _), prints in same.items():
        if is_recast or (shared[series] == 1 and of_line[series] >= APART):
            yield _in_order(*prints)


def _superseded(facts: Facts) -> Iterator[Remark]:
    """Each number of what is foreseen that its reporter had told, and had replaced when the document came out."""
    told: dict[tuple[Series, Period], Prints] = defaultdict(list)
    for series, periods in facts.by_series.items():
        for period, prints in periods.items() if series.standing != ACTUAL else ():
            for o in (o for o in prints if _day(o, facts)):
                told[series._replace(standing=o.row["claim_status"]), period].append(o)
    for prints in (prints for prints in told.values() if len(prints) > APART):
        own = sorted((o for o in prints if o.is_own_word), key=lambda o: _day(o, facts))
        for o in prints if len(own) >= APART else ():
            before = [p for p in own if p.source_id != o.source_id and _day(p, facts) <= _day(o, facts)]
            newest = [p for p in before if _day(p, facts) == _day(before[-1], facts)]
            old = [p for p in before if p.interval == o.interval]
            if old and not any(meets(p.interval, o.interval) for p in newest):
                yield mixed_up(
                    o, old[-1], f"{newest[0].source_id} told another number since {old[-1].source_id}", *newest
                )


def _day(o: Observation, facts: Facts) -> str:
    """The day on which the document of a print was published; empty where it is not known."""
    return facts.reference.sources.get(o.source_id, {}).get("published_on", "")


def _shared(lines: Mapping[Series, Line]) -> Iterator[tuple[Observation, Observation]]:
    """The prints that two lines, apart in their metric, share in one period and differ in in two others or more."""
    alike: dict[Series, list[Line]] = defaultdict(list)
    for series, line in lines.items():
        if series.measure == "level" and series.standing == ACTUAL:
            alike[series._replace(metric_id="")].append(line)
    for one, other in (pair for group in alike.values() for pair in combinations(group, 2)):
        both = [(one[period], other[period]) for period in one if period in other]
        same = [pair for pair in both if _is_same(pair[0][0], pair[1][0])]
        if len(same) == 1 and sum(_are_apart(*pair) for pair in both) >= APART:
            yield _in_order(*same[0])


def _in_order(one: Prints, other: Prints) -> tuple[Observation, Observation]:
    """The first prints of two sides: that of the side which fewer bear out, or else of the younger document, first."""
    right, wrong = sorted((one, other), key=lambda prints: (-len(prints), str(prints[0].known_on)))
    return wrong[0], right[0]


def _are_apart(one: Prints, other: Prints) -> bool:
    return not meets(one[0].interval, other[0].interval)


def _is_same(one: Observation, other: Observation) -> bool:
    """Whether two prints show the same digits, too many for chance: a rounded print says nothing of a restatement."""
    return one.interval.value == other.interval.value and len(significant_digits(one)) >= DIGITS


RELATIONS = (twofold_definition, stale_number)
