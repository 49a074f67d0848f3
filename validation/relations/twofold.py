"""One number on two lines that differ elsewhere: of two definitions, or of an entity before and after a recast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Literal

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
DIGITS, APART = 4, 2
"""So many digits are no chance, and in so many other periods two lines must differ."""
Line = dict[Period, list[Observation]]
Name = Literal["metric_id", "perimeter_id"]


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
    for odd, other in _shared(defined, "metric_id"):
        same = f"the same number stands under {other.series.metric_id}, from which it differs in other periods"
        yield mixed_up(odd, other, same)


@relation(
    "C.stale_number",
    "warning",
    says="a recast entity does not keep one number where it restated those of the other periods",
    rationale="The number of an older report, typed for a newer one that restated it, is out of the recast line.",
    fix="take the number as the newer document prints it",
)
def stale_number(facts: Facts) -> Iterator[Remark]:
    """Prints of one period with the same number on two perimeters of an entity that differ in other periods."""
    recast = {series: line for series, line in facts.by_series.items() if series.perimeter_id}
    for odd, other in _shared(recast, "perimeter_id"):
        same = f"it is the number of {other.source_id}, before the recast that restated the other periods"
        yield mixed_up(odd, other, same)


def _shared(lines: dict[Series, Line], name: Name) -> Iterator[tuple[Observation, Observation]]:
    """The prints that two lines, apart in a name, share in one period and differ in in two others or more.

    First stands the print of the side that fewer prints bear out, or else of the younger document.
    """
    alike: dict[Series, list[Line]] = defaultdict(list)
    for series, line in lines.items():
        if series.measure == "level" and series.standing == ACTUAL:
            alike[series._replace(**{name: ""})].append(line)
    for one, other in (pair for group in alike.values() for pair in combinations(group, 2)):
        both = [(one[period], other[period]) for period in one if period in other]
        same = [pair for pair in both if _is_same(pair[0][0], pair[1][0])]
        apart = [pair for pair in both if not meets(pair[0][0].interval, pair[1][0].interval)]
        if len(same) == 1 and len(apart) >= APART:
            right, wrong = sorted(same[0], key=lambda prints: (-len(prints), str(prints[0].known_on)))
            yield wrong[0], right[0]


def _is_same(one: Observation, other: Observation) -> bool:
    """Whether two prints show the same digits, too many for chance: a rounded print says nothing of a restatement."""
    return one.interval.value == other.interval.value and len(significant_digits(one)) >= DIGITS


RELATIONS = (twofold_definition, stale_number)
