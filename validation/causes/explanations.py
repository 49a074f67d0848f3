"""Why two prints may disagree: each explanation is tried on a broken case and named where it would mend it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from canonical.arithmetic import gap, hull, meets, negated
from canonical.spans import Period, preceding
from validation.causes.mistaken_columns import acceleration, foreign, part_as_whole
from validation.causes.mistaken_periods import another_base, other_four_quarters, padded
from validation.causes.recalculation import other_print, slip_of_input, slip_of_odd_input
from validation.causes.slips import slips
from validation.relations.facts import Facts, Observation, Series, is_same_number
from validation.relations.kept import kept
from validation.relations.quantities import significant_digits
from validation.relations.relation import Case, Relation

__all__ = ["MOST", "explanations"]

MOST = 2
"""At most this many explanations stand in one message, the likeliest first."""
DIGITS = 3
"""Fewer digits are alike by chance."""
TRIED = 64
"""So many prints of one thing are tried."""
STEPS_AWAY = 4
"""So many periods away a number may have been taken from the wrong column."""
FROM_CURRENCY, FROM_RECAST = Decimal(12), Decimal(25)
"""So many points, at most, exchange rates and recasts move growth on the year."""


def explanations(relation: Relation, case: Case, facts: Facts) -> list[str]:
    """The likely causes of a broken case, in words; general ones only where no particular one fits."""
    for tier in (OF_INPUTS, PARTICULAR, GENERAL, LAST):
        found = list(dict.fromkeys(cause for explain in tier for cause in explain(relation, case, facts)))
        if found:
            return found[:MOST]
    return []


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
        return  # what a metric can be on both sides of zero says nothing of its sign
    yield from slips(case.printed, implied, facts.reference)


def _turned(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A minus before what is never below zero."""
    interval = case.printed.interval
    if relation.id == "U.sign" and interval.value is not None and meets(negated(interval), case.best.implied):
        yield f"{case.printed.row['printed_value'].removeprefix('-')} would fit: the sign may be lost"


def _same_number_elsewhere(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The printed number under another period, metric, measure or entity that would explain a mix-up."""
    printed, used = case.printed, {o.row_id for o in case.observations}
    for other in (*_beside(printed, facts), *_periods_away(printed, facts), *_same_digits(printed, facts)):
        difference = _one_difference(printed, other)
        if difference and other.row_id not in used:
            yield f"the same number stands in {other.row_id} as {difference}"
            return


def _same_digits(printed: Observation, facts: Facts) -> Iterator[Observation]:
    """Prints of the very digits, where these are too many for chance."""
    if len(significant_digits(printed)) >= DIGITS:
        yield from facts.by_digits.get((printed.row["printed_value"], printed.row["printed_unit_id"]), [])[:TRIED]


def _beside(printed: Observation, facts: Facts) -> Iterator[Observation]:
    """Prints of the very value for the other growth rate of the period, whatever the digits."""
    beside = {"growth_yoy": "growth_prev", "growth_prev": "growth_yoy"}.get(printed.series.measure)
    if beside and printed.period is not None:
        for other in facts.by_fact.get((printed.series._replace(measure=beside), printed.period), [])[:TRIED]:
            if other.interval.value == printed.interval.value:
                yield other


def _periods_away(printed: Observation, facts: Facts) -> Iterator[Observation]:
    """Prints of the same number, in any unit, for a period some steps before or after."""
    periods = facts.by_series.get(printed.series, {})
    if printed.period is not None:
        for period in (*(p for p in reversed(_before(printed.period)) if p in periods), *_after(printed, facts)):
            yield from (other for other in periods[period][:TRIED] if is_same_number(printed, other))


def _after(printed: Observation, facts: Facts) -> list[Period]:
    """The periods of the series of a print that its own is some steps before."""
    return _followers(printed.series, facts).get(printed.period, [])


@kept
def _followers(series: Series, facts: Facts) -> dict[Period | None, list[Period]]:
    found: dict[Period | None, list[Period]] = defaultdict(list)
    for period in facts.by_series.get(series, {}):
        for before in _before(period):
            found[before].append(period)
    return found


@lru_cache(maxsize=4096)
def _before(period: Period) -> tuple[Period, ...]:
    """The periods just before one, the nearest first."""
    found: list[Period] = []
    earlier = preceding(period)
    while earlier is not None and len(found) < STEPS_AWAY:
        found.append(earlier)
        earlier = preceding(earlier)
    return tuple(found)


def _one_difference(printed: Observation, other: Observation) -> str:
    """What tells two prints of one number apart, where that is one thing alone."""
    if printed.period != other.period and printed.series == other.series and other.period is not None:
        return f"that of the {other.period.label}"
    changed = [name for name in Series._fields if getattr(printed.series, name) != getattr(other.series, name)]
    if printed.period == other.period and len(changed) == 1:
        return f"{changed[0].removesuffix('_id')} {getattr(other.series, changed[0])}"
    return ""


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


CONSTANT = "constant_currency"
IN_CONSTANT = re.compile(r"const(?:ant|\.)[- ]curr|currency[- ]neutral|固定汇率|不变汇率", re.IGNORECASE)
Explainer = Callable[[Relation, Case, Facts], Iterator[str]]
OF_INPUTS: tuple[Explainer, ...] = (slip_of_odd_input, other_print)
PARTICULAR: tuple[Explainer, ...] = (
    _constant_currency, another_base, padded, other_four_quarters, _currency, _same_number_elsewhere,
)  # fmt: skip
GENERAL: tuple[Explainer, ...] = (_cut_off, acceleration, _slip, _turned, slip_of_input, part_as_whole)
LAST: tuple[Explainer, ...] = (foreign, _recast)
