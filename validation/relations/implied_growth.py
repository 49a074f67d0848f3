"""The growth that a level implies over that of the year before, against the growth of the periods beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import inf
from typing import NamedTuple

from canonical.spans import Period, year_before
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.outliers import BESIDE
from validation.relations.rates import rate_of_year
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
FAST, CLOSE = 80.0, 2.0
"""Where growth is that many percent it is that of a beginning, and falls from one period to the next. In a currency
a level fits that grows so, to so many points."""
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
        line = Line(levels, rates.get(_line(series), []))
        for period, prints in alone.items():
            later = line.after.get(period)
            tops = [period] if later is None or later in alone else [period, later]
            above = (o for o in prints if _value(o) > 0)
            yield from each_row_once(remark for o in above for remark in _remarks(o, period, tops, line, facts))


class Line:
    """The levels of a series by period, and the growth that these and rates tell, found by the day it ends with."""

    def __init__(self, levels: Mapping[Period, Observation], rates: list[Growth]) -> None:
        """Take the levels above zero, and the rates on the year of the same line."""
        self.levels = levels
        self.after = {year_before(period): period for period in levels}
        """The period a year later, of those that have one with a level."""
        implied = (Growth(later, _percent(levels[later], o), (levels[later], o))
                   for period, o in levels.items() if (later := self.after.get(period)) is not None)  # fmt: skip
        self._told = sorted((*rates, *implied), key=_end)

    def near(self, top: Period, period: Period) -> list[Growth]:
        """The growth to other periods that end near one, without what rests on the level of `period`."""
        first = bisect_left(self._told, top.end - NEAR, key=_end)
        around = self._told[first : bisect_right(self._told, top.end + NEAR, key=_end)]
        return [
            g for g in around if g.period != top and (len(g.prints) < 2 or all(p.period != period for p in g.prints))
        ]


def _end(growth: Growth) -> date:
    return growth.period.end


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


def _remarks(o: Observation, period: Period, tops: list[Period], line: Line, facts: Facts) -> Iterator[Remark]:
    """What is said of the growth that ends with a level, and of that from it to one that is borne out."""
    for top in tops:
        other = line.levels.get(year_before(period) if top == period else top)
        if other is not None:
            least, most = _span(o, other) if top == period else _span(other, o)
            near = line.near(top, period)
            if _is_odd(least, most, top, near):
                yield _remark(o, other, top == period, near, facts)


def _is_odd(least: float, most: float, top: Period, near: list[Growth]) -> bool:
    """Whether growth from `least` to `most` percent, as far as two prints tell, lies outside of that near it."""
    if len({g.period for g in near}) < ENOUGH:
        return False
    low, high = min(g.percent for g in near), max(g.percent for g in near)
    is_between = len({g.period.end > top.end for g in near if g.period.end != top.end}) == 2
    slack, spans = BETWEEN if is_between else BEYOND
    return high <= FAST and max(low - most, least - high) > max(slack, spans * (high - low))


def _remark(o: Observation, other: Observation, is_later: bool, near: list[Growth], facts: Facts) -> Remark:
    low, high = min(g.percent for g in near), max(g.percent for g in near)
    percent = _percent(o, other) if is_later else _percent(other, o)
    told = ", ".join(f"{g.percent:.3g} % ({g.period.end})" for g in near[:SHOWN])
    message = (
        f"with {other.row['printed_value']} {other.row['printed_unit_id']} of {other.row['period_end']} it is growth "
        f"of {percent:.3g} % on the year; no other print and no equation bears it out, and near it stand {told}"
    )
    factor = 1 + percent / 100
    converted = {name: (factor * rate if is_later else factor / rate) * 100 - 100 for name, rate in _beside(o, facts)}
    fitting = [name for name, growth in converted.items() if low - CLOSE <= growth <= high + CLOSE]
    expected = f"a number with growth from {low:.3g} % to {high:.3g} % or near"
    column = "printed_unit_id" if fitting else "printed_value"
    if fitting:
        expected = f"perhaps the same number in {' or '.join(fitting)}"
    return remark_on(o, column, False, expected, message, other, *(p for g in near for p in g.prints))


def _beside(o: Observation, facts: Facts) -> Iterator[tuple[str, float]]:
    """The currencies in which reports print a number once more, each with its worth in that of a print."""
    unit = facts.reference.units.get(o.row["printed_unit_id"])
    own = unit.currency if unit else ""
    year = o.period.end.year if o.period else 0
    for currency in BESIDE.get(own, ("USD",)) if own and own != "USD" else ():
        rate = rate_of_year(currency, own, year, facts.reference.folder)
        if rate is not None:
            yield currency, float(rate)


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
