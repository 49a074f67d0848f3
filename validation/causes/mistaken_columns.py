"""Explanations by another column or line of the page: another currency, points of acceleration, a part as the whole."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import meets, negated, sum_of
from canonical.intervals import Interval
from canonical.spans import preceding
from validation.causes.recalculation import slip_of_currency
from validation.causes.slips import in_other_currency
from validation.relations.facts import Facts, Observation
from validation.relations.kept import kept
from validation.relations.relation import Case, Relation

__all__ = ["acceleration", "foreign", "part_as_whole"]

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
    """Points by which growth changed from the period before, typed as the growth."""
    printed, before = case.printed, None
    if printed.series.measure == "growth_yoy" and printed.period is not None and printed.interval.low is not None:
        earlier = preceding(printed.period)
        prints = facts.by_fact.get((printed.series, earlier), []) if earlier is not None else []
        before = prints[0] if prints else None
    if before is not None and _is_known(case.best.implied):
        for points in (printed.interval, negated(printed.interval)):
            if meets(sum_of([before.interval, points]), case.best.implied):
                yield (
                    f"{printed.row['printed_value']} would fit as the points by which growth changed from "
                    f"{before.row['printed_value']} of {before.row_id}"
                )
                return


def _is_known(interval: Interval) -> bool:
    """Whether an interval of a rate lies within a few points: a wider one says little."""
    return interval.low is not None and interval.high is not None and interval.high - interval.low <= NARROW


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
