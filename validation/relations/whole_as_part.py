"""The whole with the number of a part: one was typed for the other, where the two differ in other periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from canonical.arithmetic import meets
from canonical.spans import Period
from validation.relations.facts import Facts, Observation, Series
from validation.relations.quantities import is_extensive, significant_digits
from validation.relations.relation import Remark, mixed_up, relation
from validation.relations.unheld import unmet

__all__ = ["RELATIONS"]

WHOLE, DIGITS = "total", 3
"""So many digits of a whole are seldom those of its part by chance."""
Line = dict[Period, list[Observation]]


@relation(
    "C.whole_as_part",
    "warning",
    says="a whole that one document alone tells has not the number of a part that differs from it elsewhere",
    rationale="Commercial obligations of 627 billion, typed as all obligations, lost the word commercial.",
    fix="check in the source which part the number is of, and type it in breakdown_id",
)
def whole_as_part(facts: Facts) -> Iterator[Remark]:
    """Each whole that no other document tells, against prints of a part of the same period with the same number."""
    alone = unmet(facts)
    parts: dict[Series, list[Line]] = defaultdict(list)
    for series, line in facts.by_series.items():
        if series.breakdown_id != WHOLE and is_extensive(series, facts.reference):
            parts[series._replace(breakdown_id=WHOLE)].append(line)
    for series, of_part in parts.items():
        whole = facts.by_series.get(series, {})
        for period, prints in whole.items():
            for o in prints if len(prints) == 1 and prints[0].row_id in alone else ():
                same = next((line[period][0] for line in of_part if _is_mixed(o, period, line, whole)), None)
                if same is not None:
                    part = same.series.breakdown_id
                    yield mixed_up(o, same, f"it is the number of {part}, from which the whole differs elsewhere")


def _is_mixed(o: Observation, period: Period, part: Line, whole: Line) -> bool:
    """Whether a part has the number of the whole in this period, and another one in some other."""
    if not any(_is_same(o, other) for other in part.get(period, ())):
        return False
    return any(p in part and not meets(whole[p][0].interval, part[p][0].interval) for p in whole if p != period)


def _is_same(one: Observation, other: Observation) -> bool:
    is_apart = one.source_id != other.source_id and len(significant_digits(one)) >= DIGITS
    return is_apart and one.interval.value == other.interval.value


RELATIONS = (whole_as_part,)
