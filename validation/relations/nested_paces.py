"""What a longer period leaves to the months after a shorter one: revenue goes on about as fast as it began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from canonical.periods import MONTHS_OF
from canonical.spans import Period
from validation.relations.facts import Facts, Observation
from validation.relations.outliers import SMOOTH
from validation.relations.quantities import adds_up_over_time, is_past
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld, unheld_by_series

__all__ = ["RELATIONS"]

LEAST, MOST, FAR = 0.6, 2.4, 3.4
"""What is left runs at so many times the pace of the shorter period at least and at most, and at most so many times
where it is longer than that."""


@relation(
    "U.nested_pace",
    "warning",
    says="a year that nothing else bears out leaves to its later months about the pace of the part that it begins with",
    rationale="Nine months of 469 after a half-year of 187 leave a quarter three times as fast: a digit is wrong.",
    fix="check digits, period, entity and unit in the source; where they are right, add another print of the number",
)
def nested_pace(facts: Facts) -> Iterator[Remark]:
    """Each level of revenue and its costs against the shorter period of its series that begins with it.

    The finding is on the number that nothing bears out, the longer one where nothing bears out both.
    """
    alone = unheld(facts)
    for series in unheld_by_series(facts):
        if series.metric_id in SMOOTH and is_past(series) and adds_up_over_time(series, facts.reference):
            for shorter, longer in _nested(facts.by_series[series]):
                if longer.row_id in alone or shorter.row_id in alone:
                    odd, other = (longer, shorter) if longer.row_id in alone else (shorter, longer)
                    yield from _remark(odd, other, shorter, longer)


def _nested(periods: dict[Period, list[Observation]]) -> Iterator[tuple[Observation, Observation]]:
    """The first prints of a shorter and a longer period that begin on one day."""
    starts: dict[date, list[Period]] = defaultdict(list)
    for period, prints in periods.items():
        if period.type in MONTHS_OF and period.start is not None and (prints[0].interval.value or 0) > 0:
            starts[period.start].append(period)
    for begun in starts.values():
        for one, other in combinations(sorted(begun, key=lambda period: MONTHS_OF[period.type]), 2):
            if MONTHS_OF[one.type] < MONTHS_OF[other.type]:
                yield periods[one][0], periods[other][0]


def _remark(odd: Observation, other: Observation, shorter: Observation, longer: Observation) -> Iterator[Remark]:
    """A remark on one of two such numbers, where what the longer leaves runs at another pace than the shorter."""
    months, whole = (MONTHS_OF[o.row["period_type"]] for o in (shorter, longer))
    told, left = float(shorter.interval.value or 0), whole - months
    times = (float(longer.interval.value or 0) - told) / left * months / told
    if not LEAST <= times <= (FAR if left > months else MOST):
        what = f"{other.row['printed_value']} {other.row['printed_unit_id']} of the {other.row['period_type']}"
        message = f"beside {what.replace('_', ' ')} it makes the months left {times:.2g} times as fast"
        yield remark_on(odd, "printed_value", False, "a number that leaves about the same pace", message, other)


RELATIONS = (nested_pace,)
