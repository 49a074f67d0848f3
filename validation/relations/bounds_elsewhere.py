"""A number that was typed once without a bound, where another document prints the same digits with one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from canonical.arithmetic import contains
from validation.relations.facts import Facts, Observation
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
    else says about 104.
    """
    for prints in facts.told_again:
        bounded = [o for o in prints if not is_plain(o)]
        alike: dict[tuple[str, str], list[Observation]] = defaultdict(list)
        for other in bounded:
            alike[_digits(other)].append(other)
        for o in (o for o in prints if bounded and is_plain(o) and not o.row["printed_text"]):
            same = alike.get(_digits(o), [])[:MOST_OPTIONS]
            if same and not any(_is_finer(other, o) for other in prints):
                said = ", ".join(
                    f"{other.row['printed_text'] or other.row['bound']} ({other.row_id})" for other in same
                )
                bound = f"perhaps {same[0].row['bound']} {same[0].row['precision_word']}"
                yield remark_on(o, "bound", False, bound, f"the same digits stand elsewhere as {said}", *same)


def _is_finer(other: Observation, o: Observation) -> bool:
    """Whether another print is plain, and rounded to fewer digits is what this one prints."""
    return is_plain(other) and other.interval != o.interval and contains(o.interval, other.interval)


def _digits(o: Observation) -> tuple[str, str]:
    return o.row["printed_value"], o.row["printed_unit_id"]


RELATIONS = (bound_elsewhere,)
