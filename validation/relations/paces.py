"""The pace of a flow, its number a month, against periods of any length near it: a year to date is no quarter."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from canonical.periods import MONTHS_OF
from canonical.spans import Period
from validation.relations.facts import Facts, Observation, Series
from validation.relations.outliers import BESIDE, SMOOTH
from validation.relations.quantities import adds_up_over_time, is_past
from validation.relations.rates import rate_of_year
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld, unheld_by_series

__all__ = ["RELATIONS"]

NEAR, HALF_A_MONTH = timedelta(days=500), timedelta(days=15)
"""So near in time the middles of two periods must lie, and half of what a month has in days."""
ENOUGH, STEADY = 2, 3.0
"""So many other periods make a pace, where they differ by no more than this factor."""
LEVEL, LUMPY, PROFIT = (1.25, 1.4), (2.0, 1.8), (2.2, 2.5)
"""So many times outside the span of others a pace is odd, between them and at an end of the series, where it may also
go on to grow as it did: for revenue and its costs, for spending and orders, which come in lumps, and for profits."""
WILD = {LEVEL: 4.0, LUMPY: 4.0, PROFIT: 5.0}
"""So many times outside the span of others it is odd where these differ by more than a factor makes steady."""
AS_LEVEL, RUN_RATE, YEAR = "level", "annualised", 12
"""The measures of a number that was and of one at a year's rate, and the months that the latter is of."""
CALM = ("ebitda", "ebitda-unadjusted", "gross-profit")
"""Profits before what swings."""
SINGLE, LUMP = 3.5, 25
"""So many times above the only other period near it the pace of revenue is odd, and so many times above or below it
that of what comes in lumps."""
FALL = 2.2
"""An earlier pace of revenue so many times a later one near it is a fall that is odd too."""
DOLLARS, FAR = "USD", timedelta(days=800)
"""The currency of convenience columns, and so near in time other periods tell whether a number is in it."""
FOREIGN, FITS, MANY, CLOSEST = 3.0, 1.6, 4, 6
"""So many times below all others a number is far from them, and so near to them it fits; so many are steady, and so
many of those near it are asked."""


Line = dict[tuple[str, Period], list["Pace"]]
"""Paces by measure and period."""


@dataclass(frozen=True)
class Pace:
    """A print with its number a month, in its canonical unit, and the middle of its period."""

    observation: Observation
    monthly: float
    middle: date


@relation(
    "U.pace",
    "warning",
    says="a flow that nothing else bears out runs at the pace of the periods near it, whatever their length",
    rationale="A year to date, a run rate or a column of dollars, typed as a quarter, is two to seven times its pace.",
    fix="check in the source whether the number is of the quarter, the year to date or the year, and in which unit",
)
def pace(facts: Facts) -> Iterator[Remark]:
    """Each such result against the number a month of two or more periods near it, the closer the steadier these are.

    Run rates tell a pace too. Revenue has one by one such period, above which it may rise and below which it may not
    fall by half, and what comes in lumps is at least of the order of one; a profit near zero has none, and only one far
    above the others is odd.
    """
    alone = unheld(facts)
    for metric_id, line in _lines(facts):
        is_profit = facts.reference.metrics[metric_id]["sign"] == "any"
        factors = PROFIT if is_profit else LEVEL if metric_id in SMOOTH else LUMPY
        ordered = sorted((prints[0].middle, place) for place, prints in enumerate(line.values()))
        told = list(line.values())
        for place, prints in enumerate(told):
            asked = [one for one in prints if one.observation.row_id in alone and _is_level(one)]
            if asked:
                first, last = asked[0].middle - NEAR, asked[0].middle + NEAR
                around = ordered[bisect_left(ordered, (first, 0)) : bisect_left(ordered, (last, len(told)))]
                near = [told[other][0] for other in sorted(at for _, at in around) if other != place]
                for one in (one for one in asked if _is_odd(one, near, factors)):
                    yield _remark(one, near, "printed_value", _span(one, near))


def _is_level(one: Pace) -> bool:
    """Whether a pace is that of a level; run rates are held by relations of their own."""
    return one.observation.series.measure == AS_LEVEL


def _swings(metric_id: str, facts: Facts) -> bool:
    """Whether a metric is a profit that may turn its sign; EBITDA moves as what is spent does."""
    return facts.reference.metrics[metric_id]["sign"] == "any" and metric_id not in CALM


def _span(one: Pace, near: list[Pace]) -> str:
    paces = [other.monthly for other in near]
    return f"a number a month from {min(paces):.4g} to {max(paces):.4g} {one.observation.series.unit_id} or near"


def _lines(facts: Facts) -> Iterator[tuple[str, Line]]:
    """The metric and the paces by period of each series, whatever its perimeter, that prints two periods or more.

    Run rates stand beside the levels, each with the pace of its year. Series of which all numbers are borne out are
    left out.
    """
    lines: dict[Series, Line] = defaultdict(lambda: defaultdict(list))
    asked = {series._replace(perimeter_id="") for series in unheld_by_series(facts)}
    for series, periods in facts.by_series.items():
        level = series._replace(perimeter_id="", measure=AS_LEVEL if series.measure == RUN_RATE else series.measure)
        is_flow = level in asked and adds_up_over_time(level, facts.reference)
        if is_flow and not series.of_entity_id and is_past(series):
            for period, prints in periods.items():
                if period.type in MONTHS_OF:
                    lines[level][series.measure, period] += _paces(period, prints)
    for series, line in lines.items():
        filled = {place: paces for place, paces in line.items() if paces}
        if len(filled) > 1:
            yield series.metric_id, filled


def _paces(period: Period, prints: list[Observation]) -> Iterator[Pace]:
    months = MONTHS_OF[period.type]
    middle = period.end - months * HALF_A_MONTH
    for o in prints:
        if o.interval.value:
            yield Pace(o, float(o.interval.value) / (YEAR if o.series.measure == RUN_RATE else months), middle)


def _is_odd(one: Pace, near: list[Pace], factors: tuple[float, float]) -> bool:
    """Whether a pace lies outside the span of others of its sign; beyond the ends of steady ones growth may go on."""
    paces = [other.monthly for other in near]
    if not paces or any(pace * one.monthly <= 0 for pace in paces):
        return False
    low, high = min(map(abs, paces)), max(map(abs, paces))
    if len(paces) < ENOUGH and factors == LUMPY:
        return not low / LUMP <= abs(one.monthly) <= high * LUMP
    if len(paces) < ENOUGH:
        return factors == LEVEL and (one.monthly > high * SINGLE or _is_fall(one, near[0]))
    is_between = len({other.middle > one.middle for other in near}) == 2
    times = factors[0] if is_between else factors[1] * high / low
    if high > STEADY * low:
        times = WILD[factors]
    is_below = factors != PROFIT and abs(one.monthly) < low / times
    return is_below or abs(one.monthly) > high * times


def _is_fall(one: Pace, other: Pace) -> bool:
    """Whether revenue falls to less than half from one of two paces to the other."""
    earlier, later = sorted((one, other), key=lambda pace: pace.middle)
    return earlier.monthly > FALL * later.monthly and earlier.middle < later.middle


def _remark(one: Pace, near: list[Pace], column: str, expected: str) -> Remark:
    told = ", ".join(_print(other.observation) for other in near[:3])
    return remark_on(
        one.observation, column, False, expected,
        f"it is {one.monthly:.4g} a month; no other print and no equation bears it out, and near it stand {told}",
        *(other.observation for other in near),
    )  # fmt: skip


def _print(o: Observation) -> str:
    unit = f"{o.row['printed_unit_id']}{' a year' if o.series.measure == RUN_RATE else ''}"
    return f"{o.row['printed_value']} {unit} ({o.row['period_type']} to {o.row['period_end']})"


@relation(
    "U.foreign_pace",
    "warning",
    says="a flow that nothing else bears out runs at the pace of the periods near it in the currency that is typed",
    rationale="A half-year of 8 beside years of 164 is no yuan: in dollars, sevenfold, it is the half of them.",
    fix="check the currency of the number in the source",
)
def foreign_pace(facts: Facts) -> Iterator[Remark]:
    """Each such result far below the numbers a month near it, whatever their lengths, among which it is as dollars.

    One other period is enough for what is sold and spent; a profit swings, and is one of more than a quarter that lies
    between others or beside many, or one between so many that are steady. A loss may shrink, and is none of a quarter.
    """
    alone = unheld(facts)
    for metric_id, line in _lines(facts):
        is_profit = _swings(metric_id, facts)
        told = [prints[0] for prints in line.values()]
        for one in (one for prints in line.values() for one in prints if one.observation.row_id in alone):
            currency = _currency(one, facts)
            if currency not in BESIDE or not _is_level(one) or not _is_least(one, told):
                continue
            period = one.observation.period
            near = _nearest(one, [o for o in told if o.observation.period != period])
            sides = {o.middle > one.middle for o in near}
            is_steady = one.monthly > 0 and len(near) >= MANY
            is_long = period is not None and period.type != "quarter"
            is_told = (is_steady or is_long) if len(sides) == 2 else (is_steady and is_long)
            if (is_told if is_profit else sides) and _is_foreign(one, near, currency, facts):
                yield _remark(one, near, "printed_unit_id", f"perhaps the same number in {DOLLARS}")


def _currency(one: Pace, facts: Facts) -> str:
    unit = facts.reference.units.get(one.observation.row["printed_unit_id"])
    return unit.currency if unit else ""


def _nearest(one: Pace, told: list[Pace]) -> list[Pace]:
    """The paces near one, in their order: of more than a few those that are nearest to it."""
    near = sorted((abs(o.middle - one.middle), place) for place, o in enumerate(told))
    return [told[place] for place in sorted(place for days, place in near[:CLOSEST] if days <= FAR)]


def _is_least(one: Pace, told: list[Pace]) -> bool:
    """Whether a number a month is far below that of any other period of its line: nearly all are not."""
    return any(abs(one.monthly) * FOREIGN < abs(other.monthly) for other in told)


def _is_foreign(one: Pace, near: list[Pace], currency: str, facts: Facts) -> bool:
    paces = [abs(other.monthly) for other in near if other.monthly * one.monthly > 0]
    if len(paces) < len(near) or max(paces) > STEADY * min(paces) or abs(one.monthly) * FOREIGN >= min(paces):
        return False
    rate = rate_of_year(DOLLARS, currency, one.middle.year, facts.reference.folder)
    return rate is not None and min(paces) / FITS <= abs(one.monthly) * float(rate) <= max(paces) * FITS


RELATIONS = (pace, foreign_pace)
