"""Explanations by another column or line of the page: another currency, points of acceleration, a part as the whole."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from canonical.arithmetic import hull, meets, negated, sum_of
from canonical.intervals import Interval
from canonical.spans import Period, preceding, year_before
from validation.causes.constant_currency import CONSTANT
from validation.causes.elsewhere import on_any_perimeter
from validation.causes.recalculation import slip_of_currency
from validation.causes.slips import in_other_currency
from validation.relations.facts import Facts, Observation, Series, is_fine
from validation.relations.kept import kept
from validation.relations.relation import Case, Relation

__all__ = [
    "acceleration",
    "change_of_level",
    "foreign",
    "part_as_whole",
    "points_of_change",
    "share_of_whole",
]

WHOLE = "total"
OF_PART, DAYS = Decimal("1.35"), 400
"""A number is of the size of a part that ends within so many days where one is at most so many times the other."""
TRIED = 64
"""So many parts of that size are tried."""
NARROW = Decimal(4)
"""A rate that is known within so many points tells which number would meet it."""


def foreign(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The print, or one input, typed in another currency that its report prints too."""
    reference = facts.reference
    if case.printed.row["bound"] not in ("", "eq"):
        return  # a bound is met by far too many numbers
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
    for before in (o for p in earlier if p for o in _rates_of(printed.series, p, facts)):
        for points in (printed.interval, negated(printed.interval)):
            if meets(sum_of([before.interval, points]), around):
                told = f"{before.row['printed_value']} of {before.row_id}"
                yield f"{printed.row['printed_value']} would fit as the points by which {what} changed from {told}"
                return


def _rates_of(series: Series, period: Period, facts: Facts) -> Iterator[Observation]:
    """The first known rate of a period on each basis, on whatever perimeter."""
    for basis in dict.fromkeys((series.basis, "reported", CONSTANT)):
        prints = on_any_perimeter(series._replace(basis=basis), period, facts)
        yield from [o for o in prints if _is_known(o.interval)][:1]


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
"""A level is known where its ends lie within a hundredth of it; two shares are one where they are as near."""


def part_as_whole(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A total too small for what it is held against that is of the size of one of its parts near it."""
    printed, implied = case.printed, case.best.implied
    value, low = printed.interval.value, implied.low
    is_plain = printed.series.breakdown_id == WHOLE and printed.series.measure == "level"
    if not is_plain or not value or low is None:
        return
    parts = _parts_by_size(facts).get((printed.series.entity_id, printed.series.metric_id), [])
    if not 0 < value * OF_PART < low:
        return
    least = bisect_left(parts, value / OF_PART, key=lambda part: part[0])
    for _, other in parts[least : least + TRIED]:
        if _is_alike(printed, other):
            told = f"{other.row['printed_value']} {other.row['printed_unit_id']} of {other.row_id}"
            yield f"it is of the size of {other.series.breakdown_id}, as {told} is"
            return


def share_of_whole(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A total that has the share in what it is held against that a part has in the whole, in a period near it."""
    printed, period, value = case.printed, case.printed.period, case.printed.interval.value
    low, high = case.best.implied.low, case.best.implied.high
    is_plain = printed.series.breakdown_id == WHOLE and printed.series.measure == "level" and period is not None
    if not is_plain or not value or low is None or high is None or not (high - low) * SHARE <= low:
        return
    parts = _parts_by_size(facts).get((printed.series.entity_id, printed.series.metric_id), [])
    near = [o for _, o in parts if _are_of_one_kind(printed, o) and _are_near(printed, o)]
    for other in sorted(near, key=lambda o: abs(o.period.end - period.end) if o.period and period else timedelta(DAYS)):
        share = _share(other, facts)
        if share is not None and abs(value / low - share) * SHARE <= share <= MOST_OF_WHOLE:
            told = f"which is {share:.1%} of the whole in {other.row_id}"
            yield f"it is of the size of {other.series.breakdown_id}, {told}"
            return


MOST_OF_WHOLE = Decimal("0.95")
"""A part that is nearly all of the whole has the size of any number near it."""


def _share(part: Observation, facts: Facts) -> Decimal | None:
    """How much of the whole of its period a part is; None where no whole is told."""
    whole = part.period and facts.by_fact.get((part.series._replace(breakdown_id=WHOLE), part.period))
    value = whole[0].interval.value if whole else None
    return part.interval.value / value if value and part.interval.value is not None else None


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
    if not _are_of_one_kind(whole, part) or not one or not other:
        return False
    return _are_near(whole, part) and max(one, other) <= OF_PART * min(one, other)


def _are_of_one_kind(whole: Observation, part: Observation) -> bool:
    """Whether a print of a part is in the unit of another one, and by the same measure."""
    return (part.series.unit_id, part.series.measure) == (whole.series.unit_id, whole.series.measure)


def _are_near(one: Observation, other: Observation) -> bool:
    if one.period is None or other.period is None:
        return False
    return abs((one.period.end - other.period.end).days) <= DAYS
