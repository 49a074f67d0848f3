"""Levels that nothing bears out against what their series and their entity make likely: priors, never errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

from canonical.reference import Reference
from canonical.spans import Period
from validation.relations.facts import Facts, Observation, Series
from validation.relations.nearby import Nearby
from validation.relations.quantities import is_extensive, is_past
from validation.relations.rates import rate_of_year
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld_by_series

__all__ = ["BESIDE", "RELATIONS", "SMOOTH"]

REACH, NEAR, YEARS, CLOSE = 2, timedelta(days=400), timedelta(days=800), timedelta(days=190)
STEADY = Decimal("1.35")
"""Neighbours that differ by more among themselves foretell no single level."""
BETWEEN, BEYOND = Decimal("1.35"), Decimal("1.8")
"""So many times outside the span of its neighbours a level is odd, between them and at an end of the series."""
BESIDE = {"CNY": ("USD", "HKD")}
"""Currencies in which reports print a number once more, by that they are told in; elsewhere it is dollars."""
SMOOTH = ("revenue", "cost-of-revenue", "gross-profit", "gross-profit-adjusted", "research-development")
"""Metrics that move little from one period to the next; spending and orders come in lumps."""
FITS, FOREIGN, APART = Decimal("1.3"), Decimal("1.6"), Decimal(3)
"""A level fits its neighbours within the first factor, and does not beyond the second; a profit, or what has one
neighbour alone, does not beyond the third."""


@relation(
    "U.out_of_line",
    "warning",
    says="a level that nothing else bears out lies near the periods before and after it",
    rationale="Where neighbours hardly move, a number half as large again is a wrong digit, line, run rate or company.",
    fix="check digits, period, entity and unit in the source; where they are right, add another print of the number",
)
def out_of_line(facts: Facts) -> Iterator[Remark]:
    """Each such level of a smooth metric against the span of two to four steady neighbours."""
    for o, near in (found for found in _alone(facts, is_extensive) if found[0].series.metric_id in SMOOTH):
        values = [_value(other) for side in near for other in side]
        if len(values) >= 2 and max(values) <= STEADY * min(values):
            times = BETWEEN if all(near) else BEYOND
            if not min(values) / times <= _value(o) <= max(values) * times:
                yield _remark(o, near, "printed_value", f"a number from {min(values):f} to {max(values):f} or near")


@relation(
    "U.currency_slip",
    "warning",
    says="a level that nothing else bears out fits its neighbours in the currency that is typed",
    rationale="A column of convenience dollars read as yuan is a seventh of the line; converted, it fits.",
    fix="check the currency of the column in the source",
)
def currency_slip(facts: Facts) -> Iterator[Remark]:
    """Each such level that only in another currency would fit the periods before and after it.

    Profits swing more than what is sold. One period near it is enough where a number is many times that one, but for
    dollars: convenience columns are in them.
    """
    for o, near in _alone(facts, _is_money):
        unit = facts.reference.units.get(o.row["printed_unit_id"])
        values = [_value(other) for side in near for other in side]
        is_flow = is_extensive(o.series, facts.reference)
        is_steady = is_flow and len(values) > 1
        times = FOREIGN if is_steady else APART
        if unit is not None and unit.currency and values and not _fits(_value(o), values, times):
            fitting = _fitting(o, unit.currency, values, facts)
            is_enough = len(values) > 1 or (is_flow and _is_close(o, near))
            if fitting and (is_steady or ("USD" in fitting and is_enough)):
                yield _remark(o, near, "printed_unit_id", f"perhaps the same number in {' or '.join(fitting)}")


def _is_close(o: Observation, near: tuple[list[Observation], ...]) -> bool:
    """Whether its only neighbour ends within two quarters."""
    (other,) = (other for side in near for other in side)
    return other.period is not None and o.period is not None and abs(other.period.end - o.period.end) <= CLOSE


def _fitting(o: Observation, own: str, values: list[Decimal], facts: Facts) -> list[str]:
    """The currencies in which a number typed in its own would fit its neighbours."""
    assert o.period is not None
    year, found = o.period.end.year, list[str]()
    reported = facts.reference.entities.get(o.series.entity_id, {}).get("reporting_currency", "")
    for currency in dict.fromkeys((*BESIDE.get(own, ("USD",)), *filter(None, [reported]))):
        rate = rate_of_year(currency, own, year, facts.reference.folder) if currency != own else None
        if rate is not None and _fits(_value(o) * rate, values, FITS):
            found.append(currency)
    return found


def _remark(o: Observation, near: tuple[list[Observation], ...], column: str, expected: str) -> Remark:
    others = [other for side in near for other in side]
    told = ", ".join(f"{other.row['printed_value']} {other.row['printed_unit_id']}" for other in others)
    message = f"no other print and no equation bears it out, and near it stand {told}"
    return remark_on(o, column, False, expected, message, *others)


def _is_money(series: Series, reference: Reference) -> bool:
    """Whether the level is one of money that adds up, or a profit, which may be negative."""
    metric = reference.metrics.get(series.metric_id, {})
    is_profit = series.measure == "level" and (metric.get("quantity"), metric.get("sign")) == ("money", "any")
    return is_profit or is_extensive(series, reference)


def _alone(
    facts: Facts, accepts: Callable[[Series, Reference], bool]
) -> Iterator[tuple[Observation, tuple[list[Observation], list[Observation]]]]:
    """The results among such levels that nothing bears out, each with its neighbours before and after."""
    for series, unheld in unheld_by_series(facts).items():
        if is_past(series) and accepts(series, facts.reference):
            periods = facts.by_series[series]
            line = Nearby(periods)
            for period, prints in unheld.items():
                alone = [o for o in prints if _value(o) > 0]
                near = _near_levels(period, periods, line) if alone else ([], [])
                yield from ((o, near) for o in alone)


def _near_levels(
    period: Period, periods: dict[Period, list[Observation]], line: Nearby
) -> tuple[list[Observation], list[Observation]]:
    """The levels of up to two periods of the same length before one, and of up to two after it."""
    reach = YEARS if period.type in ("year", "trailing_12_months") else NEAR
    same = [p for p in line.around(period.end, reach) if p.type == period.type and p != period]
    sides = [p for p in same if p.end < period.end][-REACH:], [p for p in same if p.end > period.end][:REACH]
    before, after = ([periods[p][0] for p in side if _value(periods[p][0]) > 0] for side in sides)
    return before, after


def _fits(value: Decimal, values: list[Decimal], times: Decimal) -> bool:
    return min(values) / times <= value <= max(values) * times


def _value(o: Observation) -> Decimal:
    return o.interval.value or Decimal(0)


RELATIONS = (out_of_line, currency_slip)
