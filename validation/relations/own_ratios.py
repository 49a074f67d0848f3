"""A profit or a cost as a share of its period's revenue, against the shares of the periods near it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.quantities import adds_up_over_time
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld, unheld_by_series

__all__ = ["RELATIONS"]

LEAD, WHOLE = "revenue", "total"
NEAR, YEARS, ENOUGH = timedelta(days=800), timedelta(days=1200), 3
"""So near in time other periods must end, years farther, and so many of them tell what is usual."""
STEADY = (
    "gross-profit", "gross-profit-adjusted", "cost-of-revenue", "costs-and-expenses", "operating-income-adjusted",
    "research-development",
)  # fmt: skip
"""Metrics whose share of revenue hardly moves from one period to the next."""
CALM = frozenset((
    *STEADY, "operating-expenses", "ebitda", "ebita", "ebitda-unadjusted", "free-cash-flow", "depreciation",
    "depreciation-amortisation",
))  # fmt: skip
"""Those and others of which it moves little."""
RESULTS = ("operating-income", "net-income", "net-income-attributable", "net-income-adjusted", "pretax-income")
"""Results that write-offs lower, and that only a gain on what a company owns raises."""
BETWEEN, BEYOND, LEAST = 1.2, 1.6, 7.0
"""A share of a calm metric is odd that lies outside the span of others by more than the span is wide so many times,
between them and at an end, and by more than so many points of a percent."""
MANY, AMONG_MANY, BESIDE_MANY, LEAST_OF_MANY, OF_LOWER = 4, 0.6, 1.0, 4.0, 0.1
"""The same of a steady metric beside so many others, and such a part of the lower end of their span: of 390 shares of
the package none lies farther."""
RESULT, SPANS = 20.0, 3.0
"""The points, and times the span, by which the share of a result is odd above all others."""
WIDE, FAR = 3.0, 4.0
"""Shares in periods of any length, of which the largest is at most so many times the smallest, tell an order; so many
times outside of them a number is of another: dollars among yuan, another company, a year's number as a quarter's."""


class Ratio(NamedTuple):
    """A print with its percentage of the revenue of its entity and period."""

    observation: Observation
    percent: float
    lead: Observation


@relation(
    "U.own_ratio",
    "warning",
    says="a number that nothing else bears out is about the share of its period's revenue that it is in other periods",
    rationale="A gross profit of a fifth of revenue among two fifths is a wrong digit, line or company.",
    fix="check the number and the revenue of its period in the source",
)
def own_ratio(facts: Facts) -> Iterator[Remark]:
    """Each such flow against its shares of revenue in three or more periods of the same length near it.

    Operating and net results are odd above the others alone: write-offs happen. Spending comes in lumps, and is left
    alone.
    """
    for series, alone in unheld_by_series(facts).items():
        if _is_asked(series, facts):
            leads = facts.by_series.get(series._replace(metric_id=LEAD), {})
            ratios = dict(_ratios(facts.by_series[series], leads))
            for period, told in ratios.items() if len(ratios) > ENOUGH else ():
                asked = [one for one in told if one.observation in alone.get(period, ())]
                near = _near(period, ratios) if asked else []
                yield from (_remark(one, near) for one in asked if _is_odd(one, near))


def _is_asked(series: Series, facts: Facts) -> bool:
    is_flow = series.standing == ACTUAL and series.breakdown_id == WHOLE and adds_up_over_time(series, facts.reference)
    return is_flow and series.metric_id in (*CALM, *RESULTS) and not series.of_entity_id


def _ratios(
    periods: Mapping[Period, list[Observation]], leads: Mapping[Period, list[Observation]]
) -> Iterator[tuple[Period, list[Ratio]]]:
    """The percentages of revenue by period, where there is revenue."""
    for period, prints in periods.items():
        revenue = leads[period][0].interval.value if period in leads else None
        if revenue:
            told = [(o, o.interval.value) for o in prints]
            yield period, [Ratio(o, float(v / revenue) * 100, leads[period][0]) for o, v in told if v is not None]


def _near(period: Period, ratios: Mapping[Period, list[Ratio]]) -> list[Ratio]:
    """The first ratio of each other period of the same length near one."""
    reach = YEARS if period.type == "year" else NEAR
    return [
        told[0]
        for other, told in ratios.items()
        if told and other.type == period.type and other != period and abs(other.end - period.end) <= reach
    ]


def _is_odd(one: Ratio, near: list[Ratio]) -> bool:
    if len(near) < ENOUGH or one.observation.period is None:
        return False
    shares, end = [other.percent for other in near], one.observation.period.end
    low, high = min(shares), max(shares)
    metric_id = one.observation.series.metric_id
    if metric_id in CALM:
        is_between = len({o.period.end > end for o in (other.observation for other in near) if o.period}) > 1
        slack = max(LEAST, (BETWEEN if is_between else BEYOND) * (high - low))
        if metric_id in STEADY and len(near) >= MANY:
            span = (AMONG_MANY if is_between else BESIDE_MANY) * (high - low)
            slack = max(LEAST_OF_MANY, OF_LOWER * min(abs(low), abs(high)), span)
        return not low - slack <= one.percent <= high + slack
    return one.percent > high + max(RESULT, SPANS * (high - low))


def _remark(one: Ratio, near: list[Ratio]) -> Remark:
    shares = [other.percent for other in near]
    return remark_on(
        one.observation, "printed_value", False, f"from {min(shares):.3g} % to {max(shares):.3g} % of revenue or near",
        f"it is {one.percent:.3g} % of the revenue of its period, {one.lead.row['printed_value']} "
        f"{one.lead.row['printed_unit_id']}; {len(near)} periods near it have {min(shares):.3g} % to "
        f"{max(shares):.3g} %", one.lead, *(other.observation for other in near),
    )  # fmt: skip


@relation(
    "U.far_ratio",
    "warning",
    says="a flow that nothing else bears out is of the order of its share of revenue in periods of any length near it",
    rationale="A half-year's profit of 2 % of revenue among years of 15 % and 16 % is in dollars, or of another.",
    fix="check the number, its unit and currency, and the revenue of its period in the source",
)
def far_ratio(facts: Facts) -> Iterator[Remark]:
    """Each such flow, of the whole or of a part, against its shares of the revenue of three or more periods near it."""
    alone = unheld(facts)
    for line in {series._replace(perimeter_id="") for series in unheld_by_series(facts) if _is_flow(series, facts)}:
        alike = facts.on_any_perimeter.get(line, ())
        if sum(len(facts.by_series[series]) for series in alike) <= ENOUGH:
            continue
        leads = _on_any_perimeter(line._replace(metric_id=LEAD, breakdown_id=WHOLE), facts)
        told_of = _ratios(_on_any_perimeter(line, facts), leads) if leads else ()
        ratios = {period: told for period, told in told_of if told and told[0].percent}
        for period, told in ratios.items() if len(ratios) > ENOUGH else ():
            odd = [one for one in told if one.observation.row_id in alone]
            around = (p for p in ratios if p != period and abs(p.end - period.end) <= NEAR) if odd else ()
            near = [ratios[p][0] for p in around]
            yield from (_remark(one, near) for one in odd if len(near) >= ENOUGH and _is_far(one, near))


def _on_any_perimeter(line: Series, facts: Facts) -> dict[Period, list[Observation]]:
    """The prints by period of all series that differ from one in their perimeter alone."""
    found: dict[Period, list[Observation]] = {}
    for series in facts.on_any_perimeter.get(line, ()):
        for period, prints in facts.by_series[series].items():
            found[period] = [*found.get(period, ()), *prints]
    return found


def _is_flow(series: Series, facts: Facts) -> bool:
    is_money = facts.reference.metrics.get(series.metric_id, {}).get("quantity") == "money"
    is_lead = series.metric_id == LEAD and series.breakdown_id == WHOLE
    is_told = series.standing == ACTUAL and not series.of_entity_id and not is_lead
    return is_told and is_money and adds_up_over_time(series, facts.reference)


def _is_far(one: Ratio, near: list[Ratio]) -> bool:
    """Whether a share is far from others that are all of its sign and of one order."""
    shares = [abs(other.percent) for other in near]
    low, high = min(shares), max(shares)
    is_alike = all(other.percent * one.percent > 0 for other in near) and high <= WIDE * low
    return is_alike and not low / FAR <= abs(one.percent) <= high * FAR


RELATIONS = (own_ratio, far_ratio)
