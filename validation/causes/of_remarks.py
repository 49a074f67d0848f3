"""What would bring a number home that a prior calls odd: another unit, currency or length of period, or a lost sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import hull, meets, negated, scaled, sum_of
from canonical.intervals import Interval, decimal_text
from canonical.periods import MONTHS_OF
from canonical.reference import Reference
from validation.causes.constant_currency import in_constant_currency
from validation.causes.elsewhere import stands_elsewhere
from validation.causes.mistaken_columns import points_of_change
from validation.causes.slips import at_home, other_forms, put_right
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.nested_rates import lost_signs
from validation.relations.relation import Remark

__all__ = ["causes_of_remark"]

PACED, RATES = ("U.pace", "U.out_of_line"), "U.near_rates"
"""Priors that hold a flow against the numbers of other periods, and one that does so with rates; a remark of theirs
names these beside its own."""
PRIORS = (*PACED, RATES, "U.size", "U.own_ratio", "U.far_ratio", "U.other_ratio", "U.swing", "U.bend", "U.nested_rate",
          "U.foreign_pace", "U.foreign_balance", "U.implied_growth")  # fmt: skip
"""Those and others that call a number odd and do not tell how it came about."""
CURRENCY, ABOUT = "C.currency_effect", re.compile(r"about (-?[\d.]+) to (-?[\d.]+),")
"""The rule that tells what rate in constant currency other lines of its vendor expect, and how it says so."""
AROUND = Decimal("1.35")
"""A number is at home where it lies no farther beyond the others than by this factor."""
NEAR, FAR = Decimal(2), Decimal(1000)
"""A number that is off by so much or more is near the others where it lies within so many times their span."""
AHEAD, FORESEEN = ("P.future", "V.document_period"), ("guidance", "forecast", "target", "plan")
"""Rules that find a period too late for its document, and the standings of what has not come yet."""
BESIDE = Decimal(2)
"""So many points beside others a rate is at home."""
LENGTHS = ("quarter", "half_year", "nine_months", "year")
MOST = 2


def causes_of_remark(rule: str, remark: Remark, facts: Facts) -> list[str]:
    """The slips that would make an odd flow one of its line, in words, the likeliest first; at most two."""
    if rule in AHEAD:
        return list(_foreseen(remark.observations[0], facts)) if remark.observations else []
    if rule == "V.repeated_row":
        return list(_on_another_basis(remark, facts))
    if rule == CURRENCY:
        return list(_points_beside(remark, facts))
    if rule not in PRIORS or len(remark.observations) < 2:
        return []
    printed, *others = remark.observations
    found = [
        *_with_other_sign(printed, facts),
        *stands_elsewhere(printed, facts, {o.row_id for o in remark.observations}),
    ]
    span = _span(printed, others) if rule in PACED else None
    if span is not None:
        found += list(_fitting(printed, span, facts.reference)) or _far_off(printed, others, facts.reference)
    if rule == "U.nested_rate":
        found += lost_signs(printed, others[0])
    if rule == RATES:
        home = hull(o.interval for o in others)
        found += points_of_change(printed, home, facts, is_wide=True)
        around = sum_of([home, Interval(None, -BESIDE, BESIDE)])
        is_known = printed.interval.low is not None and printed.interval.high is not None
        found += (words for instead, words in other_forms(printed) if is_known and meets(instead, around))
    return list(dict.fromkeys(found))[:MOST]


def _points_beside(remark: Remark, facts: Facts) -> Iterator[str]:
    """What would make a rate in constant currency the points by which growth changed, beside what others tell of it."""
    home = ABOUT.match(remark.expected)
    if home is not None and remark.observations:
        low, high = sorted((Decimal(home[1]), Decimal(home[2])))
        yield from points_of_change(remark.observations[0], Interval(None, low, high), facts)


def _foreseen(printed: Observation, facts: Facts) -> Iterator[str]:
    """What is told as a result of a period, of which its document foresees something, or others foresee just this."""
    if printed.series.standing != ACTUAL or printed.period is None:
        return
    told = facts.by_subject[printed.series.entity_id, printed.series.metric_id]
    foreseen = [o for o in told if o.row["claim_status"] in FORESEEN and o.period == printed.period]
    told = [o for o in foreseen if o.series.measure == printed.series.measure]
    own = [o for o in told if o.source_id == printed.source_id]
    for o in (own or told)[:1]:
        yield f"it is {o.row['claim_status']}, as {o.row_id} is of the same period"


def _on_another_basis(remark: Remark, facts: Facts) -> Iterator[str]:
    """One of two rows with one rate, of which its document tells others in constant currency."""
    printed = facts.by_row_id.get(remark.row_id)
    if printed is not None and printed.series.measure == "growth_yoy" and printed.series.basis == "reported":
        told = in_constant_currency(facts).get(printed.source_id, [])
        yield from (f"it may be in constant currency, as {row_id} of its document is" for row_id in told[:1])


def _with_other_sign(printed: Observation, facts: Facts) -> Iterator[str]:
    """Another print of the fact that has the very number with the other sign."""
    prints = facts.by_fact.get((printed.series, printed.period), []) if printed.period is not None else []
    value = printed.interval.value
    if value and any(o.interval.value == -value for o in prints):
        yield f"{decimal_text(-Decimal(printed.row['printed_value']))} would fit: the sign may be lost"


def _far_off(printed: Observation, others: list[Observation], reference: Reference) -> list[str]:
    """The one unit or place of the point, a thousandfold off or more, that would bring a print near others at all."""
    span, value = _span(printed, others, NEAR), printed.interval.value
    if span is None or not value:
        return []
    found = [(instead, words) for instead, words in put_right(printed, reference) if meets(instead, span)]
    far = [words for instead, words in found if instead.value and not 1 / FAR < instead.value / value < FAR]
    return far[:1]


def _span(printed: Observation, others: list[Observation], around: Decimal = AROUND) -> Interval | None:
    """What the paces of other periods come to over the period of a print, and by a factor around them."""
    months = _months(printed)
    told = [scaled(o.interval, Decimal(months) / theirs) for o in others if months and (theirs := _months(o))]
    home = hull(told) if told else None
    if home is None or home.low is None or home.high is None or home.low * home.high <= 0:
        return None
    low, high = (home.low, home.high) if home.low > 0 else (home.high, home.low)
    near, far = sorted((low / around, high * around))
    return Interval(None, near, far)


def _months(o: Observation) -> int:
    return MONTHS_OF.get(o.period.type, 0) if o.period is not None else 0


def _fitting(printed: Observation, span: Interval, reference: Reference) -> Iterator[str]:
    typed, months = printed.row["printed_value"], _months(printed)
    if meets(printed.interval, span):
        return
    if meets(negated(printed.interval), span):
        yield f"{decimal_text(-Decimal(typed))} would fit: the sign may be lost"
    longer = [MONTHS_OF[length] for length in LENGTHS if MONTHS_OF[length] > months]
    if any(meets(scaled(printed.interval, Decimal(months) / other), span) for other in longer):
        yield f"{typed} would fit as the number of a longer period, such as the year to date, or as a yearly rate"
        return
    yield from at_home(printed, span, reference)
