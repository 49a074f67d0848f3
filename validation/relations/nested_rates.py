"""Growth of a long period against that of a part of it: what is left for the rest must be growth that happens."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from canonical.intervals import decimal_text
from canonical.periods import MONTHS_OF
from canonical.spans import Period
from validation.relations.facts import Facts, Observation, Series
from validation.relations.quantities import is_extensive, is_past
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld

__all__ = ["RELATIONS", "lost_signs"]

LEAST = 0.5
"""Such a share of the longer period the shorter one is at least."""
SHRINKS, GROWS, APART = 0.4, 2.5, 25.0
"""The rest of a period is at least so many and at most so many times what the known part foretells; rates fewer points
apart say nothing."""


@relation(
    "U.nested_rate",
    "warning",
    says="growth that nothing else bears out leaves to the rest of its period a growth that happens",
    rationale="Nine months of one percent and a year of 140 leave fivefold growth to a quarter: it is that of a part.",
    fix="check whose growth it is, of which part and period",
)
def nested_rate(facts: Facts) -> Iterator[Remark]:
    """Each rate on the year of what adds up, against that of a period which it holds, or that holds it.

    Last year's quarters are taken as equal; the bounds leave room for seasons.
    """
    alone = unheld(facts)
    for series, periods in facts.by_series.items():
        if series.measure == "growth_yoy" and is_past(series) and _adds_up(series, facts):
            spans = [(p, prints[0]) for p, prints in periods.items() if p.type in MONTHS_OF]
            for long, whole in spans:
                for short, part in spans:
                    if _holds_in(long, short) and _is_odd(long, whole, short, part):
                        for o, other in ((whole, part), (part, whole)):
                            if o.row_id in alone:
                                yield _remark(o, other)
                                break


def _adds_up(series: Series, facts: Facts) -> bool:
    return is_extensive(series._replace(measure="level"), facts.reference)


def _holds_in(long: Period, short: Period) -> bool:
    is_in = short.end == long.end or short.start == long.start
    return is_in and LEAST * MONTHS_OF[long.type] <= MONTHS_OF[short.type] < MONTHS_OF[long.type]


def _is_odd(long: Period, whole: Observation, short: Period, part: Observation) -> bool:
    return _are_odd(long, whole.interval.value, short, part.interval.value)


def _are_odd(long: Period, a: Decimal | None, short: Period, b: Decimal | None) -> bool:
    """Whether growth of `a` percent of a period does not go with `b` of a part of it."""
    if a is None or b is None or abs(float(a - b)) < APART:
        return False
    share = MONTHS_OF[short.type] / MONTHS_OF[long.type]
    rest = ((1 + float(a) / 100) - share * (1 + float(b) / 100)) / (1 - share)
    foretold = 1 + float(b) / 100
    return not SHRINKS * foretold <= rest <= GROWS * foretold


def lost_signs(o: Observation, other: Observation) -> Iterator[str]:
    """Which of two rates, one of a part of the other's period, would go with the other if its sign were turned."""
    for turned, kept, words in ((o, other, ""), (other, o, f"follows from {other.row_id}: ")):
        a, b = turned.interval.value, kept.interval.value
        if turned.period is not None and kept.period is not None and a and b is not None:
            sides = ((turned.period, -a), (kept.period, b))
            (short, part), (long, whole) = sorted(sides, key=lambda side: MONTHS_OF[side[0].type])
            if not _are_odd(long, whole, short, part):
                yield f"{words}{decimal_text(-Decimal(turned.row['printed_value']))} would fit: the sign may be lost"


def _remark(o: Observation, other: Observation) -> Remark:
    period = other.period.label if other.period is not None else ""
    message = f"{other.row['printed_value']} % of {period} ({other.row_id}) leaves to the rest what hardly happens"
    return remark_on(o, "printed_value", False, f"growth nearer to {other.row['printed_value']} %", message, other)


RELATIONS = (nested_rate,)
