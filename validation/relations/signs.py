"""The sign of a number against those of its neighbours: a loss among losses, a fall among falls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from statistics import median

import numpy as np

from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.lines import Asked, Lines, asked_facts
from validation.relations.nearby import Nearby
from validation.relations.relation import Remark, each_row_once, relation, remark_on
from validation.relations.unheld import unheld_by_series

__all__ = ["RELATIONS", "may_be_negative"]

REACH, NEAR = 2, {"year": timedelta(days=800)}
USUAL, WIDE, LONG = timedelta(days=400), timedelta(days=800), timedelta(days=1900)
BOTTOM_LINE = "net-income"
"""Gains on what a company owns turn a loss into a profit there, and back: it is asked of a longer time."""
GAIN = re.compile(r"\b(?:gains?|profits?|positive)\b|盈利|收益", re.IGNORECASE)
RISE = re.compile(
    r"\b(?:up|grew|rose|ris(?:e|en|ing)|grow(?:n|th|ing)?|increase\w*|increasing|gain\w*|jump\w*|higher|climb\w*)\b|[+＋]|[增升涨]",
    re.IGNORECASE,
)
MANY = 4
"""So many losses near it make a profit after tax odd too."""
ENOUGH, TIMES = 3, 5
"""So many neighbours, on both sides, of the other sign make a number odd; within so many times they are of one size."""


@relation(
    "U.sign_of_series",
    "warning",
    says="a result has the sign of the periods before and after it",
    rationale="A loss in brackets that was typed without its minus is a profit among losses.",
    fix="check the sign in the source: brackets, a minus, words such as loss or fell",
)
def sign_of_series(facts: Facts) -> Iterator[Remark]:
    """Each level that may be negative, and each growth rate, between neighbours that all have the other sign.

    The number is to be no smaller than the smallest of them: near zero a sign turns by itself.
    """
    perhaps = _perhaps_odd(facts)
    for series, alone in unheld_by_series(facts).items():
        asked, periods = perhaps.get(series, set()) & alone.keys(), facts.by_series[series]
        for ordered in _by_type(periods) if asked else ():
            for place in (place for place in range(1, len(ordered) - 1) if ordered[place] in asked):
                own = {o.row_id for o in alone[ordered[place]]}
                yield from (r for r in _odd(ordered, place, periods) if r.row_id in own and not _has_a_minus(r))


def _perhaps_odd(facts: Facts) -> Asked:
    """The facts of such series with a print whose sign is not that of the ones just before and after it."""
    lines = Lines(facts, lambda series: may_be_negative(series, facts))
    reach = lines.by_type(lambda type_: NEAR.get(type_, USUAL).days)
    signs = np.sign(facts.numbers.values)
    sides = [lines.near(signs[lines.first], step, reach)[lines.fact] for step in (-1, 1)]
    is_odd = np.all([signs[lines.prints] * side < 0 for side in sides], axis=0)
    return asked_facts(facts, lines.doubtful(is_odd))


def _has_a_minus(remark: Remark) -> bool:
    """Whether the odd number is the negative one: nobody types a minus that is not there, and losses happen."""
    (o, *_) = remark.observations
    return o.row["printed_value"].startswith("-")


def may_be_negative(series: Series, facts: Facts) -> bool:
    """Whether its numbers are profits, but not the last of them, or growth rates."""
    sign = facts.reference.metrics.get(series.metric_id, {}).get("sign")
    if series.metric_id.startswith(BOTTOM_LINE):
        return False
    return series.measure in ("growth_yoy", "growth_prev") or (series.measure == "level" and sign == "any")


def _by_type(periods: dict[Period, list[Observation]]) -> Iterator[list[Period]]:
    for type_ in {period.type for period in periods}:
        yield [period for period in periods if period.type == type_]


def _odd(ordered: list[Period], place: int, periods: dict[Period, list[Observation]]) -> Iterator[Remark]:
    end, reach = ordered[place].end, NEAR.get(ordered[place].type, USUAL)
    sides = ordered[max(0, place - REACH) : place], ordered[place + 1 : place + 1 + REACH]
    near = [[periods[p][0] for p in side if abs(p.end - end) <= reach] for side in sides]
    values = [o.interval.value for side in near for o in side]
    if not all(near) or len(values) < ENOUGH or None in values:
        return
    told = [value for value in values if value is not None]
    for o in periods[ordered[place]]:
        value = o.interval.value
        if value is not None and all(value * other < 0 for other in told) and abs(value) >= min(map(abs, told)):
            others = ", ".join(str(other.row["printed_value"]) for side in near for other in side)
            yield remark_on(
                o, "printed_value", False, "the other sign", f"the periods before and after it are {others}",
                *(other for side in near for other in side),
            )  # fmt: skip


@relation(
    "U.lost_minus",
    "warning",
    says="a profit or rise that nothing else bears out does not stand alone among the losses or falls of its series",
    rationale="Where all other periods near it are losses or falls, a profit or rise of their size lost its minus.",
    fix="check the sign in the source: brackets, a minus, words such as loss or fell",
    beside="observations.printed_text",
)
def lost_minus(facts: Facts) -> Iterator[Remark]:
    """Each such level above zero among three or more negative ones within two years, or two on both sides of it.

    A profit after tax among four within five years, and no smaller than the smallest of them. One without a text is
    asked for where all within a year of it are losses. Growth on the year among three falls within a year or so, or two
    on both sides of it, unless its text tells of a rise.
    """
    yield from each_row_once(_among_losses(facts), _beside_losses(facts), _among_falls(facts))


def _among_falls(facts: Facts) -> Iterator[Remark]:
    """The rates above zero, no smaller than the middle of those near them, of which all are falls."""
    for series, alone in unheld_by_series(facts).items():
        if (series.measure, series.standing) == ("growth_yoy", ACTUAL):
            periods = facts.by_series[series]
            line = Nearby(periods)
            for period, prints in alone.items():
                asked = [o for o in prints if (o.interval.value or 0) > 0 and not _is_called_rise(o)]
                around = line.around(period.end, USUAL) if asked else ()
                near = [periods[p][0] for p in around if p != period and p.type == period.type]
                if _are_losses(near, period):
                    middle = median(abs(o.interval.value or Decimal(0)) for o in near)
                    told = ", ".join(f"{o.row['printed_value']} of {o.row['period_end']}" for o in near[:4])
                    message = f"no other print and no equation bears it out, and near it stand {told}"
                    for o in (o for o in asked if (o.interval.value or 0) >= middle):
                        yield remark_on(o, "printed_value", False, "a number below zero", message, *near)


def _among_losses(facts: Facts) -> Iterator[Remark]:
    for series, alone in unheld_by_series(facts).items():
        is_bottom_line = series.metric_id.startswith(BOTTOM_LINE)
        if series.measure == "level" and (may_be_negative(series, facts) or is_bottom_line):
            periods = facts.by_series[series]
            line = Nearby(periods)
            for period, prints in alone.items():
                asked = [o for o in prints if (o.interval.value or 0) > 0 and not _is_called_gain(o)]
                around = line.around(period.end, LONG if is_bottom_line else WIDE) if asked else ()
                near = [periods[p][0] for p in around if p != period]
                if _are_losses(near, period) and (not is_bottom_line or len(near) >= MANY):
                    sizes = [abs(o.interval.value or Decimal(0)) for o in near]
                    least = min(sizes) if is_bottom_line else median(sizes) / 2
                    told = ", ".join(f"{o.row['printed_value']} of {o.row['period_end']}" for o in near[:4])
                    for o in (o for o in asked if (o.interval.value or 0) >= least):
                        message = f"no other print and no equation bears it out, and near it stand {told}"
                        yield remark_on(o, "printed_value", False, "a number below zero", message, *near)


def _beside_losses(facts: Facts) -> Iterator[Remark]:
    """A notice on each profit without a text, where all prints within a year, of any length, are losses of its size."""
    for series, alone in unheld_by_series(facts).items():
        is_profit = facts.reference.metrics.get(series.metric_id, {}).get("sign") == "any"
        untold = (o for prints in alone.values() for o in prints if not o.row["printed_text"])
        for o in untold if is_profit and (series.measure, series.standing) == ("level", ACTUAL) else ():
            value, near = o.interval.value or Decimal(0), _within_a_year(o, facts) if not _is_below(o) else []
            if near and all(map(_is_below, near)) and _is_of_size(value, near):
                told = ", ".join(f"{other.row['printed_value']} of {other.row['period_end']}" for other in near[:4])
                message = f"no text says its sign, and near it stand {told}"
                yield remark_on(o, "printed_value", False, "perhaps below zero", message, *near, severity="notice")


def _within_a_year(o: Observation, facts: Facts) -> list[Observation]:
    """The prints of other periods of a result that end within a year of a print of it, whatever their lengths."""
    return [
        other
        for other in facts.by_subject[o.series.entity_id, o.series.metric_id]
        if other.series[2:4] == o.series[2:4] and other.series.standing == ACTUAL
        and other.period is not None and o.period is not None and other.period != o.period
        and abs(other.period.end - o.period.end) <= USUAL
    ]  # fmt: skip


def _is_below(o: Observation) -> bool:
    return (o.interval.value or 0) < 0


def _is_of_size(value: Decimal, near: list[Observation]) -> bool:
    """Whether a number is a few times as large, or as small, as some others at most."""
    sizes = [abs(other.interval.value or Decimal(0)) for other in near]
    return min(sizes) <= value * TIMES and value <= max(sizes) * TIMES


def _is_called_gain(o: Observation) -> bool:
    """Whether the words around the number call it a gain."""
    return bool(GAIN.search(o.row["printed_text"]))


def _is_called_rise(o: Observation) -> bool:
    """Whether the words around the rate tell of a rise."""
    return bool(RISE.search(o.row["printed_text"]))


def _are_losses(near: list[Observation], period: Period) -> bool:
    """Whether all prints near a period are negative: three of them, or two that stand on both its sides."""
    sides = {o.period.end > period.end for o in near if o.period is not None}
    return len(near) > 3 - len(sides) and all((o.interval.value or 0) < 0 for o in near)


RELATIONS = (sign_of_series, lost_minus)
