"""Money in another currency than the entity reports in, against its own prints at the year's mean rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import hull, product
from canonical.intervals import Interval
from canonical.spans import Period, preceding, year_before
from validation.relations.facts import Facts, Observation, Series
from validation.relations.quantities import is_extensive
from validation.relations.rates import rate_of_year
from validation.relations.relation import Case, Option, far_reaching, relation

__all__ = ["RELATIONS"]

SAME = Interval(None, Decimal("0.88"), Decimal("1.12"))
"""The rate of a reporter's day lies within 12 % of the year's mean."""
BETWEEN = Interval(None, Decimal("0.33"), Decimal(3))
"""Between earlier and later periods a level is at most three times as large or small as they."""
BEYOND = Interval(None, Decimal("0.2"), Decimal(5))
"""From periods on one side alone it may have grown fivefold; yuan taken for dollars are seven times as much."""


@relation(
    "C.conversion",
    "warning",
    says="money in another currency is the entity's own money at the rate of the year",
    rationale="Dollars for yuan are seven times too much: the entity's own prints, converted, tell.",
    fix="check the currency of the print",
)
def conversion(facts: Facts) -> Iterator[Case]:
    """Each level in a foreign currency against own prints of the fact, else of periods near it."""
    own_units = {u.currency: u.unit_id for u in facts.reference.units.values() if u.unit_id == u.canonical_unit_id}
    for printed in facts.by_measure.get("level", []):
        currency = facts.reference.units[printed.row["printed_unit_id"]].currency
        own = facts.reference.entities.get(printed.series.entity_id, {}).get("reporting_currency", "")
        if currency and own and currency != own and is_extensive(printed.series, facts.reference):
            options = tuple(_options(printed, currency, own, own_units.get(own, ""), facts))
            if options:
                yield Case(printed, options)


def _options(printed: Observation, currency: str, own: str, unit_id: str, facts: Facts) -> Iterator[Option]:
    assert printed.period is not None
    rate = rate_of_year(own, currency, printed.period.end.year, facts.reference.folder)
    if rate is None:
        return
    series = printed.series._replace(unit_id=unit_id)
    same = far_reaching(facts.readings(series, printed.period))
    for o in same:
        yield Option((o,), _converted(o.interval, rate, SAME))
    near = [] if same else _near(series, printed.period, facts)
    if near:
        sides = {o.period.end > printed.period.end for o in near if o.period is not None}
        yield Option(
            tuple(near), _converted(hull(o.interval for o in near), rate, BETWEEN if len(sides) == 2 else BEYOND)
        )


def _near(series: Series, period: Period, facts: Facts) -> list[Observation]:
    periods = facts.by_series.get(series, {})
    around = [
        other
        for other in periods
        if period in (preceding(other), year_before(other)) or other in (preceding(period), year_before(period))
    ]
    return [periods[other][0] for other in around]


def _converted(interval: Interval, rate: Decimal, allowance: Interval) -> Interval:
    return product(product(interval, Interval(None, rate, rate)), allowance)


RELATIONS = (conversion,)
