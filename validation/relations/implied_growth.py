"""The growth that a level implies over that of the year before, against the growth of the periods beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from math import inf
from typing import NamedTuple

from canonical.spans import Period, year_before
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.relation import Remark, each_row_once, relation, remark_on
from validation.relations.unheld import unheld_by_series

__all__ = ["RELATIONS"]

SMOOTH = (
    "revenue", "gross-profit-adjusted", "research-development", "costs-and-expenses", "ebitda-unadjusted", "rpo",
    "backlog", "current-cloud-backlog", "deferred-revenue", "arr", "arpu-monthly", "total-assets", "customers",
    "employees", "racks",
)  # fmt: skip
"""Levels whose growth moves little from one period to the next."""
NEAR, ENOUGH, SHOWN = timedelta(days=400), 2, 3
"""So near in time other periods end, of which so many tell what growth is usual, and so many are shown."""
FAST = 80.0
"""Where growth is that many percent it is that of a beginning, and falls from one period to the next."""
BETWEEN, BEYOND = (8.0, 0.5), (12.0, 1.0)
"""Growth is odd that lies so many points, and so many times as far as others lie apart, outside of them: between them,
and at an end of the series. Of 1,700 levels of revenue that equations bear out one in a hundred does."""


class Growth(NamedTuple):
    """The growth to a period, in percent, and the prints that tell it: a rate, or the levels of two years."""

    period: Period
    percent: float
    prints: tuple[Observation, ...]


@relation(
    "U.implied_growth",
    "warning",
    says="a level that nothing else bears out grew in a year about as fast as it did in the periods beside it",
    rationale="Revenue that grew by 12 %, 30 % and 11 % in three quarters is in Hong Kong dollars, or lost a digit.",
    fix="check digits, unit, currency and line in the source; where they are right, add another print of the number",
)
def implied_growth(facts: Facts) -> Iterator[Remark]:
    """Each such result, with the level of the year before or of the year after, against the growth told near it.

    That is what rates on the year say, of periods of any length and on any basis, and what other levels of its series
    imply. A rate of its own period is left to the equation of growth.
    """
    asked = {s: alone for s, alone in unheld_by_series(facts).items() if _is_asked(s)}
    rates = _rates(facts, {_line(series) for series in asked})
    for series, alone in asked.items():
        levels = {period: prints[0] for period, prints in facts.by_series[series].items() if _value(prints[0]) > 0}
        implied = [Growth(p, _percent(o, levels[q]), (o, levels[q])) for p, o in levels.items()
                   if (q := year_before(p)) in levels]  # fmt: skip
        told = [*rates.get(_line(series), ()), *implied] if len(levels) > 1 else []
        yield from each_row_once(
            remark
            for period, prints in alone.items() if told
            for o in prints if _value(o) > 0
            for remark in _remarks(o, period, levels, told, alone)
        )  # fmt: skip


def _is_asked(series: Series) -> bool:
    is_whole = series.measure == "level" and not series.of_entity_id
    return is_whole and series.standing == ACTUAL and series.metric_id in SMOOTH


def _line(series: Series) -> tuple[str, ...]:
    return series.entity_id, series.metric_id, series.breakdown_id


def _rates(facts: Facts, lines: set[tuple[str, ...]]) -> Mapping[tuple[str, ...], list[Growth]]:
    """The rates on the year of some lines, on any basis and perimeter."""
    found: dict[tuple[str, ...], list[Growth]] = defaultdict(list)
    for series, periods in facts.by_series.items():
        is_rate = series.measure == "growth_yoy" and series.standing == ACTUAL and not series.of_entity_id
        if is_rate and _line(series) in lines:
            for period, prints in periods.items():
                if prints[0].interval.value is not None:
                    found[_line(series)].append(Growth(period, float(prints[0].interval.value), (prints[0],)))
    return found


def _remarks(
    o: Observation, period: Period, levels: Mapping[Period, Observation], told: list[Growth], alone: Collection[Period]
) -> Iterator[Remark]:
    """What is said of the growth that ends with a level, and of that from it to one that is borne out."""
    after = next((later for later in levels if year_before(later) == period and later not in alone), None)
    for top, base in ((period, year_before(period)), (after, period)):
        if top is None or base not in levels or top not in levels:
            continue
        other = levels[base if top == period else top]
        least, most = _span(o, other) if top == period else _span(other, o)
        near = [g for g in told if g.period != top and period not in (p.period for p in g.prints if len(g.prints) > 1)
                and abs(g.period.end - top.end) <= NEAR]  # fmt: skip
        if _is_odd(least, most, top, near):
            yield _remark(o, other, _percent(o, other) if top == period else _percent(other, o), near)


def _is_odd(least: float, most: float, top: Period, near: list[Growth]) -> bool:
    """Whether growth from `least` to `most` percent, as far as two prints tell, lies outside of that near it."""
    if len({g.period for g in near}) < ENOUGH:
        return False
    low, high = min(g.percent for g in near), max(g.percent for g in near)
    is_between = len({g.period.end > top.end for g in near if g.period.end != top.end}) == 2
    slack, spans = BETWEEN if is_between else BEYOND
    return high <= FAST and max(low - most, least - high) > max(slack, spans * (high - low))


def _remark(o: Observation, other: Observation, percent: float, near: list[Growth]) -> Remark:
    low, high = min(g.percent for g in near), max(g.percent for g in near)
    told = ", ".join(f"{g.percent:.3g} % to {g.period.end}" for g in near[:SHOWN])
    message = (
        f"with {other.row['printed_value']} {other.row['printed_unit_id']} of {other.row['period_end']} it is growth "
        f"of {percent:.3g} % on the year; no other print and no equation bears it out, and near it stand {told}"
    )
    expected = f"a number with growth from {low:.3g} % to {high:.3g} % or near"
    return remark_on(o, "printed_value", False, expected, message, other, *(p for g in near for p in g.prints))


def _percent(o: Observation, before: Observation) -> float:
    return (_value(o) / _value(before) - 1) * 100


def _span(o: Observation, before: Observation) -> tuple[float, float]:
    """The least and the most growth, in percent, that the ends of two levels allow."""
    (low, high), (least, most) = _ends(o), _ends(before)
    return (low / most - 1) * 100, (high / least - 1) * 100 if least > 0 else inf


def _ends(o: Observation) -> tuple[float, float]:
    low, high = o.interval.low, o.interval.high
    return max(float(low or 0), 0.0), inf if high is None else float(high)


def _value(o: Observation) -> float:
    return float(o.interval.value or 0)


RELATIONS = (implied_growth,)
