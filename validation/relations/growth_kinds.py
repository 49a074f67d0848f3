"""Growth on the year and growth on the quarter: a rate against the rates of both kinds near it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from canonical.spans import Period
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

NEAR = timedelta(days=200)
STEADY, AMONG, APART = Decimal("1.6"), Decimal("1.25"), Decimal("1.8")
"""Rates near one another differ by at most the first factor; a rate is among them within the second, and far from
rates of its own kind beyond the third."""


@relation(
    "C.growth_kind",
    "warning",
    says="growth on the quarter does not stand among rates on the year of the periods near it",
    rationale="Growth of 40 % on the year, typed as growth on the quarter, stands among such rates of 38 and 42 %.",
    fix="check in the source whether the rate is on the year or on the period before",
)
def growth_kind(facts: Facts) -> Iterator[Remark]:
    """Each rate on the quarter that lies among the rates on the year near it, and far from rates of its own kind.

    Few print growth on the quarter, so that a rate on the year is taken for one on the quarter by slip alone.
    """
    for o in facts.by_measure.get("growth_prev", []):
        if o.period is not None and o.period.type in ("quarter", "instant"):
            own, theirs = (_near(o, kind, facts) for kind in ("growth_prev", "growth_yoy"))
            if _is_among(o, theirs, AMONG) and not _is_among(o, own, APART, steady=False):
                told = ", ".join(f"{near.row['printed_value']} of {near.row['period_end']}" for near in theirs[:3])
                yield remark_on(o, "measure", False, "growth_yoy", f"growth on the year near it is {told}", *theirs)


def _near(o: Observation, measure: str, facts: Facts) -> list[Observation]:
    """The rates of a kind of the same series, in other periods up to two quarters away."""
    assert o.period is not None
    periods = facts.by_series.get(o.series._replace(measure=measure), {})
    return [prints[0] for period, prints in periods.items() if _is_near(period, o.period)]


def _is_near(period: Period, other: Period) -> bool:
    return period.type == other.type and period.end != other.end and abs(period.end - other.end) <= NEAR


def _is_among(o: Observation, others: list[Observation], times: Decimal, *, steady: bool = True) -> bool:
    """Whether a rate is of the size of others; where asked, of two at least that are steady."""
    value = o.interval.value or Decimal(0)
    values = [rate for other in others if (rate := other.interval.value) is not None and rate > 0]
    if value <= 0 or not values or (steady and (len(values) < 2 or max(values) > STEADY * min(values))):
        return False
    return min(values) / times <= value <= max(values) * times


RELATIONS = (growth_kind,)
