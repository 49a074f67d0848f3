"""Why two prints may disagree: each explanation is tried on a broken case and named where it would mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from validation.arithmetic import hull, meets
from validation.facts import Facts, Observation, Series
from validation.mistaken_periods import another_base, other_four_quarters, padded
from validation.relations.relation import Case, Relation
from validation.slips import slips

__all__ = ["MOST", "explanations"]

MOST = 2
"""At most this many explanations stand in one message, the likeliest first."""


def explanations(relation: Relation, case: Case, facts: Facts) -> list[str]:
    """The likely causes of a broken case, in words; general ones only where no particular one fits."""
    for tier in (PARTICULAR, GENERAL):
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
    yield from slips(case.printed, implied, facts.reference)


def _same_number_elsewhere(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The printed digits under another metric, measure, entity or period that would explain a mix-up."""
    printed = case.printed
    digits = printed.row["printed_value"].replace(".", "").strip("-0")
    if len(digits) < 3:
        return
    for other in facts.by_digits.get((printed.row["printed_value"], printed.row["printed_unit_id"]), []):
        difference = _one_difference(printed, other)
        if difference and other.row_id not in {o.row_id for o in case.observations}:
            yield f"the same number stands in {other.row_id} as {difference}"
            return


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
    """A rate that equals the one printed for constant currency."""
    if not case.printed.series.measure.startswith("growth") or case.printed.period is None:
        return
    series = case.printed.series._replace(basis="constant_currency")
    for other in facts.by_fact.get((series, case.printed.period), []):
        if meets(other.interval, case.printed.interval):
            yield f"it is the rate in constant currency of {other.row_id}"
            return


def _recast(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A base that may have been recast between its own print and that of the growth."""
    if not relation.id.startswith("C.growth") or len(case.best.inputs) < 2:
        return
    base = case.best.inputs[-1]
    if case.printed.known_on and base.known_on and (case.printed.known_on - base.known_on).days > 180:
        yield f"the base was printed on {base.known_on} and may have been recast since"


Explainer = Callable[[Relation, Case, Facts], Iterator[str]]
PARTICULAR: tuple[Explainer, ...] = (
    another_base, padded, other_four_quarters, _constant_currency, _currency, _same_number_elsewhere,
)  # fmt: skip
GENERAL: tuple[Explainer, ...] = (_cut_off, _slip, _recast)
