"""A number of money against the other numbers of its entity and period: their ratios hardly change over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation, Series
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld_by_series

__all__ = ["RELATIONS"]

NEAR, REACH, ENOUGH, SHOWN = timedelta(days=900), 12, 3, 3
"""So near in time other periods must end, so many of them on either side are asked, so many tell a ratio, and so many
numbers are shown."""
STEADY = 2.0
"""Two metrics have a ratio that is steady where the largest is at most so many times the smallest."""
BEYOND, RESULT = 1.6, 4.0
"""A number is odd whose ratio lies so many times outside, times the root of how far others lie apart; a result by the
second: gains and write-offs happen."""
KNOWN = {
    ("net-income", "net-income-attributable"): (0.8, 1.25),
    ("gross-profit-adjusted", "gross-profit"): (0.95, 1.6),
    ("cost-of-revenue", "revenue"): (0.1, 1.6),
    ("costs-and-expenses", "revenue"): (0.35, 2.2),
    ("research-development", "revenue"): (0.05, 0.7),
}
"""Two numbers of one entity and period whose ratio is about the same in all companies, with its bounds. Of the package,
with eleven vendors, the five lie within 0.96 to 1.04, 1.00 to 1.34, 0.18 to 1.10, 0.52 to 1.07 and 0.10 to 0.34."""
LUMPS = ("capex", "purchase", "bookings", "contract", "acqui", "lease", "commit")
"""What begins so comes in lumps, and tells and is told nothing."""
Line = Mapping[Period, list[Observation]]


class Span(NamedTuple):
    """Another number of the period, and between which sizes the ratio to it lies in other periods, with its sign."""

    other: Observation
    low: float
    high: float
    is_below: bool


@relation(
    "U.other_ratio",
    "warning",
    says="a number of money that nothing else bears out stands to others of its period as it does in other periods",
    rationale="A loss a seventh of the one before, beside an operating loss like the one before, is in dollars.",
    fix="check digits, unit, currency and line in the source; where they are right, add another print of the number",
)
def other_ratio(facts: Facts) -> Iterator[Remark]:
    """Each such level against the other money of its entity and period, where all that have a steady ratio miss it.

    Or where one misses it of which all companies have about the same ratio.
    """
    unheld = unheld_by_series(facts)
    for common, lines in _lines(facts).items():
        for metric, line in lines.items() if len(lines) > 1 else ():
            alone = unheld.get(common._replace(metric_id=metric), {})
            known = {remark.row_id: remark for remark in _beyond_known(metric, alone, lines)}
            yield from known.values()
            is_result = facts.reference.metrics[metric]["sign"] == "any"
            limit, fewest = (RESULT, 2) if is_result else (BEYOND, 1)
            for period, near in _periods(line) if alone else ():
                asked = [o for o in alone.get(period, ()) if o.interval.value]
                spans = list(_spans(metric, period, near, lines)) if asked else []
                for o in asked if len(spans) >= fewest else ():
                    if o.row_id not in known and all(
                        _times(o, span) > limit * (span.high / span.low) ** 0.5 for span in spans
                    ):
                        yield _remark(o, spans)


def _beyond_known(metric: str, alone: Line, lines: Mapping[str, Line]) -> Iterator[Remark]:
    """What is said of prints of a metric whose ratio to another one of their period is not that of all companies."""
    for (one, other), (least, most) in KNOWN.items():
        beside = lines.get(other if metric == one else one, {}) if metric in (one, other) else {}
        low, high = (least, most) if metric == one else (1 / most, 1 / least)
        for o, near in ((o, beside[p][0]) for p, prints in alone.items() if p in beside for o in prints):
            if _value(near) and not low <= _value(o) / _value(near) <= high:
                ends = sorted((low * _value(near), high * _value(near)))
                yield remark_on(
                    o, "printed_value", False, f"a number from {ends[0]:.3g} to {ends[1]:.3g} {o.series.unit_id}",
                    f"no other print and no equation bears it out, and it is {_value(o) / _value(near):.3g} times "
                    f"{near.series.metric_id}, of which it is {low:.3g} to {high:.3g} times in any company", near,
                )  # fmt: skip


def _lines(facts: Facts) -> Mapping[Series, Mapping[str, Line]]:
    """The results in money of each entity, currency and perimeter, by metric and period."""
    found: dict[Series, dict[str, Line]] = defaultdict(dict)
    metrics = facts.reference.metrics
    for series, line in facts.by_series.items():
        is_whole = series.breakdown_id == "total" and not series.of_entity_id and series.measure == "level"
        is_money = metrics.get(series.metric_id, {}).get("quantity") == "money"
        if is_whole and is_money and series.standing == ACTUAL and not series.metric_id.startswith(LUMPS):
            found[series._replace(metric_id="")][series.metric_id] = line
    return found


def _periods(line: Line) -> Iterator[tuple[Period, list[Period]]]:
    """The periods of a metric, each with those of the same length near it, of which there are enough."""
    by_type: dict[str, list[Period]] = defaultdict(list)
    for period in line:
        by_type[period.type].append(period)
    for periods in by_type.values():
        for place, period in enumerate(periods):
            around = periods[max(0, place - REACH) : place + REACH + 1]
            near = [p for p in around if p != period and abs(p.end - period.end) <= NEAR]
            if len(near) >= ENOUGH:
                yield period, near


def _spans(metric: str, period: Period, near: list[Period], lines: Mapping[str, Line]) -> Iterator[Span]:
    """The other metrics of a period to which the ratio is steady in the other periods."""
    line = lines[metric]
    for other, beside in lines.items():
        if other != metric and period in beside and _value(beside[period][0]):
            ratios = [_value(line[p][0]) / v for p in near if p in beside and (v := _value(beside[p][0]))]
            if len(ratios) >= ENOUGH and (min(ratios) > 0 or max(ratios) < 0):
                low, high = sorted((abs(min(ratios)), abs(max(ratios))))
                if high <= STEADY * low:
                    yield Span(beside[period][0], low, high, ratios[0] < 0)


def _times(o: Observation, span: Span) -> float:
    """How many times outside a span the ratio of a print lies; 0 where its sign is another: results change theirs."""
    ratio = _value(o) / _value(span.other)
    return max(abs(ratio) / span.high, span.low / abs(ratio)) if (ratio < 0) == span.is_below else 0.0


def _value(o: Observation) -> float:
    return float(o.interval.value or 0)


def _remark(o: Observation, spans: list[Span]) -> Remark:
    told = "; ".join(
        f"{abs(_value(o) / _value(span.other)):.3g} times {span.other.series.metric_id}, "
        f"{span.low:.3g} to {span.high:.3g} in other periods" for span in spans[:SHOWN]
    )  # fmt: skip
    low, high = (abs(_value(spans[0].other)) * end for end in (spans[0].low, spans[0].high))
    return remark_on(
        o, "printed_value", False, f"a number of about {low:.3g} to {high:.3g} {o.series.unit_id}",
        f"no other print and no equation bears it out, and it is {told}", *(span.other for span in spans[:SHOWN]),
    )  # fmt: skip


RELATIONS = (other_ratio,)
