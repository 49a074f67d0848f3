"""What exchange rates do to growth: a vendor's lines in one period they raise or lower by about one share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.foreseen import growths
from validation.relations.outliers import SMOOTH
from validation.relations.reach import family_of
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unmet

__all__ = ["RELATIONS"]

CALM = (*SMOOTH, "rpo", "deferred-revenue")
"""Metrics whose share tells that of others; bookings come in lumps of other countries each time."""
RESULTS = ("operating-income", "operating-income-adjusted", "operating-expenses", "net-income", "ebitda")
SLACK, OF_TWO, OF_RESULTS = 1.7, 3.0, 7.0
"""So many percent may lie outside the span of others, as both rates are rounded; where two lines alone tell it; and
where a result goes farther in the direction of the others, as costs at home do not move with its sales abroad."""
ENOUGH = 2
"""So many other lines of the vendor tell its share of a period."""
ALL = Decimal(100)
"""The sales of the year before, in percent."""
Line = tuple[str, str, str]


class Effect(NamedTuple):
    """A rate in constant currency, the prints of its growth as reported, and by how many percent that is more sales.

    Growth of 116 % in place of 121 % is 5 points and 2.3 % of the sales: rates are compared by what they make of these.
    """

    rate: Observation
    reported: tuple[Observation, ...]
    percent: float

    @property
    def line(self) -> Line:
        """The entity, metric and part that it is of."""
        return self.rate.series[:3]

    @property
    def prints(self) -> tuple[Observation, ...]:
        """The rate and what it is held against."""
        return (self.rate, *self.reported)


@relation(
    "C.currency_effect",
    "warning",
    says="exchange rates move a vendor's lines in one period by about as many percent",
    rationale="A dollar that takes four percent from every line of a report adds to none: one rate is another's.",
    fix="check both rates in the source, in constant currency and as reported, and the line that they are of",
)
def currency_effect(facts: Facts) -> Iterator[Remark]:
    """Each rate in constant currency with growth as reported, against two or more other lines of vendor and period."""
    alone = unmet(facts)
    for effects in _effects(facts).values():
        calm: dict[Line, Effect] = {}
        for effect in effects:
            if effect.rate.series.metric_id in CALM:
                calm.setdefault(effect.line, effect)
        ordered = sorted(calm.values(), key=lambda effect: effect.percent)
        middle = ordered[len(ordered) // 2].percent if ordered else 0.0
        ends = list(dict.fromkeys((*ordered[:3], *ordered[-3:])))
        for one in effects if len(ordered) >= ENOUGH else ():
            others = [other for other in ends if other.line != one.line]
            is_asked = len(others) >= ENOUGH and any(o.row_id in alone for o in one.prints)
            if is_asked and _is_odd(one, others, middle > 0):
                yield _remark(one, list(dict.fromkeys((*others[:2], *others[-2:]))))


def _is_odd(one: Effect, others: list[Effect], is_up: bool) -> bool:
    """Whether an effect lies outside the span of others, which are in order and go up or down in the middle."""
    back = SLACK if len(others) > ENOUGH else OF_TWO
    onward = back if one.rate.series.metric_id in CALM else OF_RESULTS
    low, high = others[0].percent, others[-1].percent
    return not low - (back if is_up else onward) <= one.percent <= high + (onward if is_up else back)


def _effects(facts: Facts) -> dict[tuple[str, Period], list[Effect]]:
    """The effect on each line by family and period, where growth as reported is printed or follows from levels."""
    found: dict[tuple[str, Period], list[Effect]] = defaultdict(list)
    for o in facts.by_measure.get("growth_yoy", []):
        is_asked = o.series.basis == "constant_currency" and o.series.standing == ACTUAL
        if is_asked and o.period is not None and o.series.metric_id in (*CALM, *RESULTS):
            effect = _effect(o, o.period, facts)
            if effect is not None:
                found[family_of(o.series.entity_id, facts.parents), o.period].append(effect)
    return found


def _effect(o: Observation, period: Period, facts: Facts) -> Effect | None:
    reported, rate = o.series._replace(basis="reported"), o.interval.value
    if rate is None:
        return None
    for print_ in facts.readings(reported, period, o.source_id)[:1]:
        return _of_growth(o, print_.interval.value, print_)
    for option in islice(growths(reported, o, facts), 1):
        low, high = option.implied.low, option.implied.high
        return None if low is None or high is None else _of_growth(o, (low + high) / 2, *option.inputs)
    return None


def _of_growth(rate: Observation, growth: Decimal | None, *prints: Observation) -> Effect | None:
    """The effect that leads from a rate to growth in percent; None where a rate leaves nothing of the sales."""
    constant = rate.interval.value
    if growth is None or constant is None or constant <= -ALL or growth <= -ALL:
        return None
    return Effect(rate, prints, float((ALL + growth) / (ALL + constant) - 1) * float(ALL))


def _remark(one: Effect, others: list[Effect]) -> Remark:
    effects, rate = [other.percent for other in others], float(one.rate.interval.value or 0)
    reported = (float(ALL) + rate) * (1 + one.percent / float(ALL))
    low, high = (reported / (1 + percent / float(ALL)) - float(ALL) for percent in (max(effects), min(effects)))
    told = ", ".join(f"{other.percent:+.2g} % of {' '.join(other.line[:2])}" for other in others)
    return remark_on(
        one.rate, "printed_value", False, f"about {low:.3g} to {high:.3g}, or another growth as reported",
        f"growth as reported is {one.percent:+.2g} % of the sales from it; exchange rates make {told} in the period",
        *one.reported, *(other.rate for other in others),
    )  # fmt: skip


RELATIONS = (currency_effect,)
