"""How far a number that swings may swing: profits, growth rates and balances against the largest of their series."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from canonical.spans import Period
from validation.relations.facts import Facts, Observation, Series
from validation.relations.nearby import Nearby
from validation.relations.quantities import is_extensive, is_past
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld_by_series

__all__ = ["RELATIONS"]

NEAR, YEARS, YEAR = timedelta(days=800), timedelta(days=1500), timedelta(days=400)
"""So near in time others must end: quarters, years, and the reports beside a balance."""
PROFITS, RATES = (4, 3.5, 7.0), (2, 5.0, 6.0)
"""How many others tell a size, and so many times beyond the largest of them a number is odd, between them and at an end
of the series."""
LEAST_RATE = 20.0
"""A rate below this many percent is no slip of its order, however small the others are."""
BALANCE, FEW = 8.0, 2
"""So many times above or below the one or two others near it a balance is odd; three or more are judged elsewhere."""


@relation(
    "U.swing",
    "warning",
    says="a profit, growth rate or balance that nothing else bears out is of the order of those near it",
    rationale="Profits swing, but ten times the largest of two years is a digit, a unit or the line of another.",
    fix="check digits, unit and entity in the source; where they are right, add another print of the number",
)
def swing(facts: Facts) -> Iterator[Remark]:
    """Each level that may be negative and each rate on the year against the largest of its series near it.

    Each balance with one or two others near it, of which no span can be told, against these.
    """
    for series, alone in unheld_by_series(facts).items():
        judged, periods = _judge(series, facts), facts.by_series[series]
        line = Nearby(periods)
        for period, prints in alone.items() if judged and len(periods) > 1 else ():
            asked = [o for o in prints if o.interval.value]
            near = _near(period, periods, line, is_balance=judged == "balance") if asked else []
            for o in asked:
                expected = _expected(o, near, judged)
                if expected:
                    told = ", ".join(f"{x.row['printed_value']} {x.row['printed_unit_id']}" for x in near[:4])
                    message = f"no other print and no equation bears it out, and near it stand {told}"
                    yield remark_on(o, "printed_value", False, expected, message, *near)


def _judge(series: Series, facts: Facts) -> str:
    """As what the numbers of a series are judged; empty where they are not."""
    metric = facts.reference.metrics.get(series.metric_id, {})
    if not is_past(series):
        return ""
    if series.measure == "growth_yoy":
        return "rate"
    if series.measure != "level" or metric.get("quantity") not in ("money", "count"):
        return ""
    if metric.get("sign") == "any":
        return "profit" if metric.get("quantity") == "money" else ""
    return "balance" if metric.get("aggregation") == "last" and is_extensive(series, facts.reference) else ""


def _near(
    period: Period, periods: dict[Period, list[Observation]], line: Nearby, is_balance: bool
) -> list[Observation]:
    """The first print of each other period of the same length near one."""
    reach = YEAR if is_balance else YEARS if period.type == "year" else NEAR
    near = (periods[p][0] for p in line.around(period.end, reach) if p.type == period.type and p != period)
    return [o for o in near if o.interval.value]


def _expected(o: Observation, near: list[Observation], judged: str) -> str:
    """What a number that is odd among those near it should be; empty for one that is not."""
    sizes, size = [_size(other) for other in near], _size(o)
    if judged == "balance":
        is_odd = 1 <= len(sizes) <= FEW and not min(sizes) / BALANCE <= size <= max(sizes) * BALANCE
        return f"a number from {min(sizes):.4g} to {max(sizes):.4g} or near" if is_odd else ""
    enough, between, beyond = PROFITS if judged == "profit" else RATES
    if len(sizes) < enough or o.period is None or (judged == "rate" and size < LEAST_RATE):
        return ""
    sides = {other.period.end > o.period.end for other in near if other.period is not None}
    times = between if len(sides) > 1 else beyond
    return f"a number up to {max(sizes):.4g} or some times that" if size > times * max(sizes) else ""


def _size(o: Observation) -> float:
    return abs(float(o.interval.value or 0))


RELATIONS = (swing,)
