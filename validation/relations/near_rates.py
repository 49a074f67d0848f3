"""A growth rate against the rates of its series near it: an acceleration, or the column beside it, stands out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from canonical.spans import Period
from validation.relations.facts import Facts, Observation, Series
from validation.relations.lines import Asked, Lines, asked_facts
from validation.relations.nearby import Nearby
from validation.relations.outliers import SMOOTH
from validation.relations.quantities import is_past
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld_by_series

__all__ = ["RELATIONS", "is_steady"]

NEAR, STEP = timedelta(days=400), timedelta(days=100)
ENOUGH = 2
STEADY = (
    *SMOOTH, "customers", "rpo", "backlog", "current-cloud-backlog", "deferred-revenue", "arr", "arpu-monthly",
    "ebitda-unadjusted", "operating-expenses",
)  # fmt: skip
"""Metrics whose growth moves little from one period to the next; orders and spending come in lumps."""
MARGINS = (
    "gross-margin", "gross-margin-adjusted", "operating-margin", "operating-margin-adjusted", "ebita-margin",
    "ebitda-margin", "segment-margin", "net-revenue-retention",
)  # fmt: skip
"""Margins that move as little, and what customers spend again."""
LEAST = 5.0
"""A rate is odd that lies at least this many points outside the span of those near it."""
POINTS, PERCENT = 2.0, re.compile(r"[%％]|per ?cent(?!age point)", re.IGNORECASE)
"""So many points below the span a rate may be those by which growth changed, unless its text says percent."""
CLOSE, LOW = 0.99 * LEAST, 0.99 * POINTS
"""No rate so near that span, above it and below it, is odd."""


class Slack(NamedTuple):
    """How far from the span of rates near it one may lie.

    That is `LEAST` points, or so many times as far as the span is wide, or that share of its lower end, whichever is
    most; at an end of the series it may fall, between others rise, and at an end rise, so many times as far.
    """

    spans: float
    share: float
    at_the_end: float
    above: float
    risen: float


OF_FEW, OF_GROWTH = Slack(1.0, 0.4, 1.6, 2.0, 3.0), Slack(0.75, 0.25, 1.5, 1.2, 2.0)
"""That beside few others of its series, and that of growth beside four: of 511 such rates none lies farther."""
OF_SHARES, MANY_RATES, MANY_SHARES = Slack(1.0, 0.1, 1.3, 1.0, 1.3), 4, 3
"""That of shares and margins, which are bounded, beside three: of 204 none lies farther."""
JUMP, MOST = 15.0, 0.8
"""So many points from the only rate near it, that of the quarter before, and such a share of either, make it odd."""
LOOSE = 1.3
"""The rates of a quarter, a half-year and a year differ so many times as much as those of periods of one length."""


@relation(
    "U.near_rates",
    "warning",
    says="a growth rate, share or margin that nothing else bears out lies near those of the periods beside it",
    rationale="Growth of 34 % among 32 and 36 that is typed as 3 is the acceleration in points, or another column.",
    fix="check in the source that the number is the growth rate, of this period and part",
    beside="observations.printed_text",
)
def near_rates(facts: Facts) -> Iterator[Remark]:
    """Each rate on the year of a steady metric, each share and each margin against two or more of its series near it.

    Where its series has fewer, against those on another basis or perimeter, or of other estimators, and where these are
    fewer too, growth against that of periods of other lengths. A rate below all others is asked for where it leads, as
    points of change, from the quarter before to a rate among them.
    """
    perhaps = _perhaps_odd(facts)
    for series, alone in unheld_by_series(facts).items():
        if series in perhaps:
            periods = facts.by_series[series]
            line = Nearby(periods)
            for period in (period for period in alone if period in perhaps[series] and len(periods) > 1):
                asked = [o for o in alone[period] if o.interval.value is not None]
                near = _near(period, periods, line) if asked else []
                yield from (remark for o in asked for remark in _remarks(o, near))
    yield from _apart_from_akin(facts)


def _apart_from_akin(facts: Facts) -> Iterator[Remark]:
    """The rates that have fewer than two of their own series near them, against those that series akin to it tell."""
    akin: dict[Series, list[Series]] = defaultdict(list)
    for series in facts.by_series:
        if is_steady(series):
            akin[_kin(series)].append(series)
    for series, alone in unheld_by_series(facts).items():
        lines = {other: Nearby(facts.by_series[other]) for other in akin.get(_kin(series), [])}
        for period, prints in alone.items() if series in lines else ():
            around = {other: _around(period, facts.by_series[other], line) for other, line in lines.items()}
            if len(_as_long(period, around[series])) < ENOUGH:
                told = sorted((o for found in around.values() for o in found), key=_day)
                as_long = _as_long(period, told)
                asked = [o for o in prints if o.interval.value is not None]
                if len({o.period for o in as_long}) >= ENOUGH:
                    yield from (remark for o in asked for remark in _remarks(o, as_long))
                elif series.measure == "growth_yoy" and len({o.period for o in told}) >= ENOUGH:
                    yield from (_remark(o, told) for o in asked if _is_odd(o, told, LOOSE))


def _kin(series: Series) -> Series:
    """What series have in common whose rates are of one size."""
    return series._replace(basis="", perimeter_id="", standing="")


def _day(o: Observation) -> date:
    assert o.period is not None
    return o.period.end


def _perhaps_odd(facts: Facts) -> Asked:
    """The facts with a rate that lies far from the span of the rates just before and after it.

    Where fewer than two of these are near, it may be odd too.
    """
    lines, values = Lines(facts, is_steady), facts.numbers.values
    reach = lines.by_type(lambda type_: NEAR.days)
    near = [lines.near(values[lines.first], step, reach) for step in (-2, -1, 1, 2)]
    is_told = np.sum(~np.isnan(near), axis=0) >= ENOUGH
    low, high = np.fmin.reduce(near)[lines.fact] - LOW, np.fmax.reduce(near)[lines.fact] + CLOSE
    rates = values[lines.prints]
    return asked_facts(facts, lines.doubtful(~(is_told[lines.fact] & (low <= rates) & (rates <= high))))


def is_steady(series: Series) -> bool:
    """Whether a rate moves little: growth of a steady metric, a share in a market or of a whole, a margin."""
    if series.measure == "share":
        return True
    steady = {"growth_yoy": STEADY, "level": MARGINS}.get(series.measure, ())
    return series.metric_id in steady and is_past(series)


def _near(period: Period, periods: dict[Period, list[Observation]], line: Nearby) -> list[Observation]:
    """The first print of each other period of the same length within a year or so."""
    return _as_long(period, _around(period, periods, line))


def _around(period: Period, periods: dict[Period, list[Observation]], line: Nearby) -> list[Observation]:
    """The first print of each other period, of any length, within a year or so."""
    around = (periods[p][0] for p in line.around(period.end, NEAR) if p != period)
    return [o for o in around if o.interval.value is not None]


def _as_long(period: Period, prints: list[Observation]) -> list[Observation]:
    """Those of some prints whose periods are of the length of one."""
    return [o for o in prints if o.period is not None and o.period.type == period.type]


def _remarks(o: Observation, near: list[Observation]) -> Iterator[Remark]:
    """What is said of a rate that is odd among those near it, or that may be points of change."""
    if _is_odd(o, near):
        yield _remark(o, near)
    elif (rate := _as_points(o, near)) is not None:
        message = (
            f"it lies below all {len(near)} rates near it, and as points by which growth changed it makes {rate:g}"
        )
        yield remark_on(o, "printed_value", False, f"perhaps {rate:g}", message, *near, severity="notice")


def _as_points(o: Observation, near: list[Observation]) -> float | None:
    """The rate among those near it to which a number below all of them leads from the quarter before, if any."""
    rates, before = [_value(other) for other in near], _just_before(o, near)
    if len(rates) < ENOUGH or not before or _value(o) >= min(rates) - POINTS:
        return None
    if o.series.measure != "growth_yoy" or PERCENT.search(o.row["printed_text"]):
        return None
    changed = (_value(before[-1]) + _value(o), _value(before[-1]) - _value(o))
    return next((rate for rate in changed if min(rates) <= rate <= max(rates)), None)


def _just_before(o: Observation, near: list[Observation]) -> list[Observation]:
    """Those of some rates that are of the quarter before one."""
    return [other for other in near if other.period is not None and o.period is not None
            and timedelta(0) < o.period.end - other.period.end < STEP]  # fmt: skip


def _is_halved(o: Observation, near: list[Observation]) -> bool:
    """Whether a year's growth, as a factor, is half that of the quarter before or less: sales would have collapsed."""
    before = _just_before(o, near)
    is_known = bool(before) and o.series.measure == "growth_yoy" and o.series.metric_id in SMOOTH
    return is_known and 2 * (100 + _value(o)) < 100 + _value(before[-1])


def _is_another(o: Observation, near: list[Observation]) -> bool:
    """Whether growth is a fifth of that of the quarter before or less, or five times it, by many points."""
    before = _just_before(o, near)
    if not before or o.series.measure != "growth_yoy" or o.series.metric_id not in SMOOTH:
        return False
    rate, other = _value(o), _value(before[-1])
    return abs(rate - other) > max(JUMP, MOST * abs(rate), MOST * abs(other))


def _is_odd(o: Observation, near: list[Observation], times: float = 1.0) -> bool:
    """Whether a rate lies farther from others than these allow, or so many times as far where they are less alike."""
    rates = [_value(other) for other in near]
    if len(rates) < ENOUGH or o.period is None:
        return _is_halved(o, near) or _is_another(o, near)
    low, high, rate = min(rates), max(rates), _value(o)
    allowed = _slack(o, near)
    slack = times * max(LEAST, allowed.spans * (high - low), allowed.share * min(abs(low), abs(high)))
    ends = {other.period.end > o.period.end for other in near if other.period is not None}
    if len(ends) == 2:
        return rate < low - slack or rate > high + slack * allowed.above
    return rate < low - slack * allowed.at_the_end or rate > high + slack * allowed.risen


def _slack(o: Observation, near: list[Observation]) -> Slack:
    """How far from others a rate may lie: among many of its own series less far, shares and margins least."""
    is_growth = o.series.measure == "growth_yoy"
    told = {other.period for other in near if other.series == o.series}
    if len(told) < (MANY_RATES if is_growth else MANY_SHARES):
        return OF_FEW
    return OF_GROWTH if is_growth else OF_SHARES


def _value(o: Observation) -> float:
    return float(o.interval.value or 0)


def _remark(o: Observation, near: list[Observation]) -> Remark:
    rates = [_value(other) for other in near]
    told = ", ".join(f"{other.row['printed_value']} of {other.row['period_end']}" for other in near[:4])
    message = f"no other print and no equation bears it out, and near it stand {told}"
    return remark_on(o, "printed_value", False, f"a rate from {min(rates):g} to {max(rates):g} or near", message, *near)


RELATIONS = (near_rates,)
