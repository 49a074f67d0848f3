"""Why two prints may disagree: each explanation is tried on a broken case and named where it would mend it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from canonical.arithmetic import gap, hull, meets, negated, scaled
from canonical.intervals import decimal_text
from validation.causes.elsewhere import stands_elsewhere
from validation.causes.mistaken_columns import acceleration, change_of_level, foreign, part_as_whole
from validation.causes.mistaken_periods import accumulated, another_base, other_four_quarters, padded
from validation.causes.recalculation import other_print, slip_of_input, slip_of_odd_input
from validation.causes.slips import misread, slips
from validation.relations.facts import Facts, Observation
from validation.relations.kept import kept
from validation.relations.relation import Case, Option, Relation

__all__ = ["MOST", "explanations"]

MOST = 2
"""At most this many explanations stand in one message, the likeliest first."""
TRIED = 64
"""So many prints of one thing are tried."""
FROM_CURRENCY, FROM_RECAST = Decimal(12), Decimal(25)
"""So many points, at most, exchange rates and recasts move growth on the year."""


def explanations(relation: Relation, case: Case, facts: Facts) -> list[str]:
    """The likely causes of a broken case, in words; general ones only where no particular one fits."""
    other = _other_side(case)
    for tier in (OF_INPUTS, PARTICULAR, GENERAL, LAST):
        for side, whose, asked in ((case, "", tier), *other):
            found = dict.fromkeys(
                f"{whose}{words}" for explain in tier if explain in asked for words in explain(relation, side, facts)
            )
            if found:
                return list(found)[:MOST]
    return []


def _other_side(case: Case) -> list[tuple[Case, str, tuple[Explainer, ...]]]:
    """Of a print that is held against another one of its fact: the case of that other, words that say so, and what
    may explain it.

    None where the other is a bound. The reporter's own word is hardly ever a slip against another's, but may be a sum.
    """
    printed, (other, *more) = case.printed, case.best.inputs or (case.printed,)
    is_alike = (other.series, other.period) == (printed.series, printed.period)
    if not is_alike or more or other.row_id == printed.row_id or other.row["bound"] != "eq":
        return []
    is_own = other.is_own_word and not printed.is_own_word
    turned = Case(other, (Option((printed,), printed.interval),))
    return [(turned, f"follows from {other.row_id}: ", (accumulated,) if is_own else OF_OTHER)]


def _currency(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Money that would fit in the entity's own currency: yuan typed as dollars."""
    if relation.id != "C.conversion":
        return
    typed = facts.reference.units[case.printed.row["printed_unit_id"]]
    own = facts.reference.entities[case.printed.series.entity_id]["reporting_currency"]
    near = hull(o.interval for o in case.best.inputs)
    for unit in facts.reference.units.values():
        if unit.currency == own and unit.factor == typed.factor and near.low is not None and near.high is not None:
            around = replace(near, low=near.low / 3, high=near.high * 3)
            if meets(case.printed.interval, around):
                yield f"{case.printed.row['printed_value']} would fit as {unit.unit_id}"


def _slip(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The slip that would bring a print home; among neighbours, to half as much again as their own span."""
    implied, inputs = case.best.implied, case.best.inputs
    if relation.id in ("U.scale_slip", "U.rate_slip") and implied.low is not None and implied.high is not None:
        around = hull(o.interval for o in inputs)
        if around.low is not None and around.high is not None:
            implied = replace(implied, low=around.low / 3 * 2, high=around.high / 2 * 3)
    if relation.id == "U.plausible" and implied.low is not None and implied.low < 0:
        yield from _points_of_a_hundredth(case)
        return  # what a metric can be on both sides of zero says nothing of its sign
    yield from slips(case.printed, implied, facts.reference)


def _points_of_a_hundredth(case: Case) -> Iterator[str]:
    """A rate in hundredths of a percent, too large even for ten times a rate that can be."""
    printed, tenth = case.printed, scaled(case.printed.interval, Decimal("0.1"))
    value = Decimal(printed.row["printed_value"]) / 100
    is_so = meets(scaled(tenth, Decimal("0.1")), case.best.implied) and not meets(tenth, case.best.implied)
    if printed.series.unit_id == "percent" and is_so:
        yield f"{decimal_text(value)} percent would fit: the print is 100 times too large"


def _turned(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A minus before what is never below zero."""
    interval = case.printed.interval
    if relation.id == "U.sign" and interval.value is not None and meets(negated(interval), case.best.implied):
        yield f"{case.printed.row['printed_value'].removeprefix('-')} would fit: the sign may be lost"


def _same_number_elsewhere(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The printed number under another period, metric, measure or entity that would explain a mix-up.

    None of growth over a recast: levels of another perimeter say too little of it.
    """
    if relation.id == "C.growth_over_recast":
        return
    yield from stands_elsewhere(case.printed, facts, {o.row_id for o in case.observations})


def _cut_off(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Digits cut off instead of rounded, or a last digit off by one."""
    interval, row = case.printed.interval, case.printed.row
    if interval.low is None or interval.high is None or interval.value is None or row["bound"] != "eq":
        return
    width = interval.high - interval.low
    beyond = replace(interval, low=interval.value, high=interval.value + width, high_open=True)
    if meets(beyond, case.best.implied):
        yield "the digits would fit if they were cut off and not rounded"
        return
    around = replace(interval, low=interval.low - width, high=interval.high + width)
    if meets(around, case.best.implied):
        yield "the last digit is off by one, as when rounded figures are calculated with"


def _constant_currency(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A rate that equals the one printed for constant currency, where exchange rates may be all that is between."""
    printed = case.printed
    if not printed.series.measure.startswith("growth") or printed.period is None or printed.series.basis == CONSTANT:
        return
    if gap(case.best.implied, printed.interval) > FROM_CURRENCY or _is_reported(printed, facts):
        return
    if IN_CONSTANT.search(f"{printed.row['printed_label']} {printed.row['printed_text']}"):
        yield "its words say that it is in constant currency"
        return
    series = printed.series._replace(basis=CONSTANT)
    for other in facts.by_fact.get((series, printed.period), [])[:TRIED]:
        if meets(other.interval, printed.interval):
            yield f"it is the rate in constant currency of {other.row_id}"
            return
    yield from _perhaps_constant(printed, facts)


def _perhaps_constant(printed: Observation, facts: Facts) -> Iterator[str]:
    """A rate beside which its document reports another of the same fact, where it tells others in constant currency."""
    assert printed.period is not None
    others = facts.by_fact.get((printed.series, printed.period), [])[:TRIED]
    told = _in_constant_currency(facts).get(printed.source_id, [])
    if told and any(o.source_id == printed.source_id and not meets(o.interval, printed.interval) for o in others):
        yield f"it may be in constant currency, as {told[0]} of its document is"


@kept
def _in_constant_currency(facts: Facts) -> dict[str, list[str]]:
    """The rates in constant currency by their documents."""
    found: dict[str, list[str]] = defaultdict(list)
    for o in facts.by_measure.get("growth_yoy", []):
        if o.series.basis == CONSTANT:
            found[o.source_id].append(o.row_id)
    return found


def _is_reported(printed: Observation, facts: Facts) -> bool:
    """Whether another print, no coarser, has the rate as the reported one."""
    assert printed.period is not None
    return any(
        other is not printed and meets(other.interval, printed.interval) and _width(other) <= _width(printed)
        for other in facts.by_fact.get((printed.series._replace(basis="reported"), printed.period), [])[:TRIED]
    )


def _width(observation: Observation) -> Decimal:
    low, high = observation.interval.low, observation.interval.high
    return Decimal("Infinity") if low is None or high is None else high - low


def _recast(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A base that may have been recast between its own print and that of the growth."""
    if not relation.id.startswith("C.growth") or len(case.best.inputs) < 2:
        return
    if gap(case.best.implied, case.printed.interval) > FROM_RECAST:
        return
    base = case.best.inputs[-1]
    if case.printed.known_on and base.known_on and (case.printed.known_on - base.known_on).days > 180:
        yield f"the base was printed on {base.known_on} and may have been recast since"


def _digit(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """One digit that was misread or is too many."""
    yield from misread(case.printed, case.best.implied)


CONSTANT = "constant_currency"
IN_CONSTANT = re.compile(r"const(?:ant|\.)[- ]curr|currency[- ]neutral|固定汇率|不变汇率", re.IGNORECASE)
Explainer = Callable[[Relation, Case, Facts], Iterator[str]]
OF_INPUTS: tuple[Explainer, ...] = (slip_of_odd_input, other_print)
PARTICULAR: tuple[Explainer, ...] = (
    _constant_currency, another_base, other_four_quarters, _currency, _same_number_elsewhere, accumulated,
)  # fmt: skip
GENERAL: tuple[Explainer, ...] = (
    padded, _cut_off, acceleration, change_of_level, _slip, _turned, slip_of_input, part_as_whole,
)  # fmt: skip
LAST: tuple[Explainer, ...] = (foreign, _digit, _recast)
OF_OTHER: tuple[Explainer, ...] = (accumulated, *GENERAL, *LAST)
