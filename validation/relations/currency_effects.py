"""What exchange rates do to growth: of a vendor's lines in one period they take or add about as many points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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
"""Metrics whose points tell those of others; bookings come in lumps of other countries each time."""
RESULTS = ("operating-income", "operating-income-adjusted", "operating-expenses", "net-income", "ebitda")
SLACK, OF_RESULTS = 3.5, 8.0
"""So many points may lie outside the span of others: both rates are rounded, and results have other costs abroad."""
ENOUGH = 2
"""So many other lines of the vendor tell its points of a period."""
Line = tuple[str, str, str]


class Effect(NamedTuple):
    """A rate in constant currency, the prints of its growth as reported, and how many points that is above it."""

    rate: Observation
    reported: tuple[Observation, ...]
    points: float

    @property
    def line(self) -> Line:
        """The entity, metric and part that it is of."""
        return self.rate.series[:3]


@relation(
    "C.currency_effect",
    "warning",
    says="exchange rates move the growth of a vendor's lines in one period by about as many points",
    rationale="A dollar that takes four points from every line of a report adds none to one: a rate is another's.",
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
        ordered = sorted(calm.values(), key=lambda effect: effect.points)
        for one in effects if len(ordered) >= ENOUGH else ():
            others = [other for other in (*ordered[:2], *ordered[-2:]) if other.line != one.line]
            slack = SLACK if one.rate.series.metric_id in CALM else OF_RESULTS
            is_odd = not others[0].points - slack <= one.points <= others[-1].points + slack
            is_told = len(ordered) - (one.line in calm) >= ENOUGH
            if is_odd and is_told and any(o.row_id in alone for o in (one.rate, *one.reported)):
                yield _remark(one, list(dict.fromkeys(others)))


def _effects(facts: Facts) -> dict[tuple[str, Period], list[Effect]]:
    """The points of each line by family and period, where growth as reported is printed or follows from levels."""
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
        growth = print_.interval.value
        return None if growth is None else Effect(o, (print_,), float(growth - rate))
    for option in islice(growths(reported, o, facts), 1):
        low, high = option.implied.low, option.implied.high
        return None if low is None or high is None else Effect(o, option.inputs, float((low + high) / 2 - rate))
    return None


def _remark(one: Effect, others: list[Effect]) -> Remark:
    points, rate = [other.points for other in others], float(one.rate.interval.value or 0)
    low, high = rate + one.points - max(points), rate + one.points - min(points)
    told = ", ".join(f"{other.points:+.3g} of {' '.join(other.line[:2])}" for other in others)
    return remark_on(
        one.rate, "printed_value", False, f"about {low:.3g} to {high:.3g}, or another growth as reported",
        f"growth as reported is {one.points:+.3g} points from it; exchange rates make {told} in the period",
        *one.reported, *(other.rate for other in others),
    )  # fmt: skip


RELATIONS = (currency_effect,)
