"""A number that was typed once without a bound, where another document prints the same digits with one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import contains
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.quantities import is_plain
from validation.relations.relation import MOST_OPTIONS, Remark, relation, remark_on

__all__ = ["RELATIONS"]


@relation(
    "U.bound_elsewhere",
    "notice",
    says="digits that another document prints with a word of bound are typed with their text",
    rationale="Where one document says over 113, another's 113 has perhaps lost the word: its text tells.",
    fix="type printed_text as the page prints it, and the bound that its words say",
    beside="observations.printed_text",
)
def bound_elsewhere(facts: Facts) -> Iterator[Remark]:
    """Each print without a text and without a bound whose digits another print of the fact has with one.

    One that a finer plain print of the fact is rounded to needs no word: $104 billion is right for 104.2, whoever
    else says about 104. What is foreseen is one fact, whoever tells of it.
    """
    for prints in (*facts.told_again, *_foreseen(facts)):
        bounded = [o for o in prints if not is_plain(o)]
        alike: dict[Decimal | None, list[Observation]] = defaultdict(list)
        for other in bounded:
            alike[other.interval.value].append(other)
        for o in (o for o in prints if bounded and is_plain(o) and not o.row["printed_text"]):
            same = alike.get(o.interval.value, [])[:MOST_OPTIONS] if o.interval.value is not None else []
            if same and not any(_is_finer(other, o) for other in prints):
                said = ", ".join(
                    f"{other.row['printed_text'] or other.row['bound']} ({other.row_id})" for other in same
                )
                bound = f"perhaps {same[0].row['bound']} {same[0].row['precision_word']}"
                yield remark_on(o, "bound", False, bound, f"the same digits stand elsewhere as {said}", *same)


def _foreseen(facts: Facts) -> Iterator[list[Observation]]:
    """The prints of what is foreseen by their fact and kind of claim, where several tell of it."""
    told: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for (series, period), prints in facts.by_fact.items():
        if series.standing != ACTUAL:
            for o in prints:
                told[series._replace(standing=o.row["claim_status"]), period].append(o)
    for prints in told.values():
        if len({o.series.standing for o in prints}) > 1:
            yield prints


def _is_finer(other: Observation, o: Observation) -> bool:
    """Whether another print is plain, and rounded to fewer digits is what this one prints."""
    return is_plain(other) and other.interval != o.interval and contains(o.interval, other.interval)


RELATIONS = (bound_elsewhere,)
