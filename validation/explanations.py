"""Why two prints may disagree: each explanation is tried on a broken case and named where it would mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from validation.arithmetic import growth, hull, meets, sum_of
from validation.facts import Facts, Observation, Series, is_fine
from validation.intervals import Interval
from validation.relations.relation import Case, Relation
from validation.slips import slips
from validation.spans import preceding, year_before

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


def _another_base(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """Growth that fits another period of the same series: q/q for y/y, a list one quarter late, a fiscal year."""
    if relation.id not in ("C.growth_yoy", "C.growth_prev") or len(case.best.inputs) != 2:
        return
    now, base = case.best.inputs
    assert case.printed.period is not None and base.period is not None
    fitting = [
        other
        for period, prints in facts.by_series.get(base.series, {}).items()
        for other in prints
        if period.type == base.period.type
        and period != base.period
        and meets(growth(_unpadded(now), _unpadded(other)), _unpadded(case.printed))
    ]
    told = [words for other in fitting if (words := _base_words(case.printed, base, other, facts))]
    yield from told
    if not told and len(fitting) == 1 and fitting[0].period is not None and is_fine(fitting[0]):
        yield f"it fits another base: {_print(fitting[0])} of the {fitting[0].period.label}"


def _base_words(printed: Observation, base: Observation, other: Observation, facts: Facts) -> str:
    """Why growth would be taken over another period, where there is a known reason."""
    assert printed.period is not None and base.period is not None and other.period is not None
    period, measure = other.period, printed.series.measure
    fits = f"it fits the base {_print(other)} of the {period.label}"
    months = (base.period.end.year - period.end.year) * 12 + base.period.end.month - period.end.month
    year_end = facts.year_end_month(printed.series.entity_id)
    if measure == "growth_prev" and period == year_before(printed.period):
        return f"{fits}: growth on the year printed as growth on the period before"
    if measure == "growth_yoy" and period == preceding(printed.period):
        return f"{fits}: growth on the period before printed as growth on the year"
    if year_end not in (None, 12) and months in (year_end, year_end - 12):
        return f"{fits}, {months} months off: the list of the year may follow the fiscal year"
    if measure == "growth_prev" and 9 < months <= 15:
        return f"{fits}: growth on the year, with that list {months - 9} months off"
    return ""


def _unpadded(observation: Observation) -> Interval:
    """The interval of a print if its trailing zeros behind the point claim nothing."""
    printed = observation.row["printed_value"]
    zeros = len(printed) - len(printed.rstrip("0")) if "." in printed else 0
    low, high, value = observation.interval.low, observation.interval.high, observation.interval.value
    if not zeros or low is None or high is None or value is None:
        return observation.interval
    return replace(observation.interval, low=value - (value - low) * 10**zeros, high=value + (high - value) * 10**zeros)


def _padded(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A print that would meet what is implied if the zeros behind its point claimed nothing."""
    if meets(_unpadded(case.printed), case.best.implied):
        yield f"{case.printed.row['printed_value']} would fit if its last zeros claim nothing"


def _other_four_quarters(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """A year that fits the same number of quarters ending one to three quarters apart."""
    if relation.id != "C.sum_of_periods" or len(case.best.inputs) != 4:
        return
    series = case.best.inputs[0].series
    quarters = [(p, prints[0]) for p, prints in facts.by_series[series].items() if p.type == "quarter"]
    for start in range(len(quarters) - 3):
        four = [observation for _, observation in quarters[start : start + 4]]
        last = quarters[start + 3][0]
        is_run = all(preceding(quarters[i + 1][0]) == quarters[i][0] for i in range(start, start + 3))
        if is_run and meets(sum_of(o.interval for o in four), case.printed.interval):
            yield f"it is the sum of the four quarters to {last.end}: another kind of year than its period says"


def _slip(relation: Relation, case: Case, facts: Facts) -> Iterator[str]:
    """The slip that would bring a print home; among neighbours, to half as much again as their own span."""
    implied, inputs = case.best.implied, case.best.inputs
    if relation.id in ("U.scale_slip", "U.rate_slip") and implied.low is not None and implied.high is not None:
        around = hull(o.interval for o in inputs)
        if around.low is not None and around.high is not None:
            implied = replace(implied, low=around.low / 3 * 2, high=around.high / 2 * 3)
    yield from slips(case.printed, implied, facts.reference)


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


def _print(observation: Observation) -> str:
    return f"{observation.row['printed_value']} {observation.row['printed_unit_id']}"


Explainer = Callable[[Relation, Case, Facts], Iterator[str]]
PARTICULAR: tuple[Explainer, ...] = (
    _another_base, _padded, _other_four_quarters, _constant_currency, _currency, _same_number_elsewhere,
)  # fmt: skip
GENERAL: tuple[Explainer, ...] = (_cut_off, _slip, _recast)
