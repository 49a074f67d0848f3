"""Explanations by another column or line of the page: another currency, points of acceleration, a part as the whole."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from canonical.arithmetic import hull, meets, negated, sum_of
from canonical.intervals import Interval
from canonical.spans import preceding, year_before
from validation.causes.recalculation import slip_of_currency
from validation.causes.slips import in_other_currency
from validation.relations.facts import Facts, Observation, is_fine
from validation.relations.kept import kept
from validation.relations.relation import Case, Relation

__all__ = ["acceleration", "change_of_level", "foreign", "part_as_whole", "points_of_change"]

WHOLE = "total"
OF_PART, DAYS = Decimal("1.35"), 400
"""A number is of the size of a part that ends within so many days where one is at most so many times the other."""
TRIED = 64
"""So many parts of that size are tried."""
NARROW = Decimal(3)
"""A rate that is known within so many points tells which number would meet it."""


def foreign(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The print, or one input, typed in another currency that its report prints too."""
    reference = facts.reference
    if case.best.implied.low is not None and case.best.implied.high is not None:
        home = case.best.implied
        yield from (words for instead, words in in_other_currency(case.printed, reference) if meets(instead, home))
    yield from slip_of_currency(relation, case, facts)


def acceleration(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Points by which a rate changed from the period before, typed as the rate."""
    implied = case.best.implied
    if relation.id in BESIDE_OTHERS:
        implied = hull(o.interval for o in case.best.inputs)
    yield from points_of_change(case.printed, implied, facts, is_wide=relation.id in BESIDE_OTHERS)


def points_of_change(printed: Observation, home: Interval, facts: Facts, is_wide: bool = False) -> Iterator[str]:
    """What would make a rate the points by which it changed from the period before, or from the year before.

    Parameters: `home` is where the rate should lie, in points; where it `is_wide`, it spans rates of other periods, and
    only a number much smaller than all of them is taken for points.
    """
    value, low, high = printed.interval.value, home.low, home.high
    if printed.period is None or value is None or low is None or high is None or printed.series.unit_id != PERCENT:
        return
    if not (0 < 2 * abs(value) < low if is_wide else _is_known(home)):
        return
    around = replace(home, low=low - BESIDE, high=high + BESIDE) if is_wide else home
    is_growth = printed.series.measure == "growth_yoy"
    what = "growth" if is_growth else "it"
    earlier = (preceding(printed.period),) if is_growth else (year_before(printed.period), preceding(printed.period))
    for before in (facts.by_fact[printed.series, p][0] for p in earlier if p and (printed.series, p) in facts.by_fact):
        for points in (printed.interval, negated(printed.interval)):
            if meets(sum_of([before.interval, points]), around):
                told = f"{before.row['printed_value']} of {before.row_id}"
                yield f"{printed.row['printed_value']} would fit as the points by which {what} changed from {told}"
                return


BESIDE_OTHERS = ("C.constant_currency", "U.rate_slip")
"""Relations that hold a rate against others near it, and do not calculate it."""
PERCENT, BESIDE = "percent", Decimal(2)
"""So many points beside others a rate is at home."""


def _is_known(interval: Interval) -> bool:
    """Whether an interval of a rate lies within a few points: a wider one says little."""
    return interval.low is not None and interval.high is not None and interval.high - interval.low <= NARROW


def change_of_level(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """What a level changed by from the year before, typed as the level."""
    printed, implied = case.printed, case.best.implied
    if printed.period is None or printed.series.measure != "level" or printed.series.unit_id == PERCENT:
        return
    low, high, before = implied.low, implied.high, facts.by_fact.get((printed.series, year_before(printed.period)), [])
    if not before or low is None or high is None or not is_fine(before[0]) or (high - low) * SHARE > abs(low):
        return
    for change in (printed.interval, negated(printed.interval)):
        if printed.interval.value and meets(sum_of([before[0].interval, change]), implied):
            told = f"{before[0].row['printed_value']} of {before[0].row_id}"
            yield f"{printed.row['printed_value']} would fit as what changed from {told}"
            return


SHARE = 100
"""A level is known where its ends lie within a hundredth of it."""


def part_as_whole(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A total too small for what it is held against that is of the size of one of its parts near it."""
    printed, implied = case.printed, case.best.implied
    value, low = printed.interval.value, implied.low
    if printed.series.breakdown_id != WHOLE or printed.series.measure != "level" or not value or low is None:
        return
    parts = _parts_by_size(facts).get((printed.series.entity_id, printed.series.metric_id), [])
    if not 0 < value * OF_PART < low:
        return
    least = bisect_left(parts, value / OF_PART, key=lambda part: part[0])
    for _, other in parts[least : least + TRIED]:
        if not _is_alike(printed, other):
            continue
        told = f"{other.row['printed_value']} {other.row['printed_unit_id']} of {other.row_id}"
        yield f"it is of the size of {other.series.breakdown_id}, as {told} is"
        return


@kept
def _parts_by_size(facts: Facts) -> dict[tuple[str, str], list[tuple[Decimal, Observation]]]:
    """Numbers of parts by entity and metric, each with its value in the canonical unit, the smallest first."""
    found: dict[tuple[str, str], list[tuple[Decimal, Observation]]] = defaultdict(list)
    for o in facts.observations:
        if o.series.breakdown_id != WHOLE and o.interval.value is not None:
            found[o.series.entity_id, o.series.metric_id].append((o.interval.value, o))
    return {subject: sorted(parts, key=lambda part: part[0]) for subject, parts in found.items()}


def _is_alike(whole: Observation, part: Observation) -> bool:
    """Whether a print of a part near another one in time is of its size."""
    one, other = whole.interval.value, part.interval.value
    names = (whole.series.unit_id, whole.series.measure)
    if (part.series.unit_id, part.series.measure) != names or part.series.breakdown_id == WHOLE or not one or not other:
        return False
    return _are_near(whole, part) and max(one, other) <= OF_PART * min(one, other)


def _are_near(one: Observation, other: Observation) -> bool:
    if one.period is None or other.period is None:
        return False
    return abs((one.period.end - other.period.end).days) <= DAYS
