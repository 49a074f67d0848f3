"""The size of a number of money against the revenue of its entity, as the same metric stands to revenue elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from math import log10
from statistics import median
from typing import NamedTuple

from canonical.periods import MONTHS_OF
from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.nearby import Nearby
from validation.relations.quantities import Without
from validation.relations.rates import rate_of_year
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unmet_among

__all__ = ["RELATIONS"]

LEAD, PROMISED = "revenue", ("contract-value", "arr")
"""What contracts promise may be hundreds of times what a young vendor earns."""
NEAR = timedelta(days=1100)
"""So near in time revenue must end."""
REACHES = (timedelta(0), timedelta(days=100), NEAR)
"""It is looked for near at hand first."""
OTHERS, SPREAD, SLIP = 3, 1.3, 2.0
"""So many other entities tell a metric's size; they lie within 20 times their middle, and a slip a
hundred times beside it."""
LEAST, MOST = -3.1, 1.0
"""Profits, losses and flows of cash are at least a thousandth of a year's revenue or so, and at most ten times it."""
YEAR = 12


Revenues = dict[Period, tuple[Observation, float]]
"""The first print of an entity's revenue of each period, with its power of ten of dollars a year."""


class Size(NamedTuple):
    """A number of money as a power of ten of dollars a year, less that of its entity's revenue."""

    observation: Observation
    power: float
    lead: Observation


@relation(
    "U.size",
    "warning",
    says="a number that no other document bears out stands to its entity's revenue as the same metric does elsewhere",
    rationale="Thousands read as millions, or a peer's number, is a hundred times what its entity can print.",
    fix="check unit, entity and metric in the source",
    reach="package",
)
def size(facts: Facts) -> Iterator[Remark]:
    """Each such number of money against the middle of what other entities print of its metric, profits against revenue.

    A profit may be near zero, and of no size then: only one too small for any margin that is printed is odd.
    """
    found = list(_odd_sizes(facts))
    alone = unmet_among([remark.observations[0] for remark in found], facts)
    yield from (remark for remark in found if remark.row_id in alone)


def _odd_sizes(facts: Facts) -> Iterator[Remark]:
    """The numbers that are of another size, whether other documents bear them out or not."""
    sizes, profits = _sizes(facts), _profits(facts)
    for metric_id, told in sizes.items():
        if metric_id in profits:
            yield from (_odd_profit(s) for s in told if not LEAST < s.power < MOST)
            continue
        powers: dict[str, list[float]] = defaultdict(list)
        for one in told:
            powers[one.observation.series.entity_id].append(one.power)
        middles = {entity: median(found) for entity, found in powers.items()}
        ordered = sorted(middles.values())
        usual = {
            entity: _usual(len(powers[entity]), middle, Without(ordered, [middle]))
            for entity, middle in middles.items()
        }
        for one in told:
            power, whose = usual[one.observation.series.entity_id]
            if power is not None and abs(one.power - power) > SLIP:
                yield _odd(one, power, whose)


def _usual(own: int, middle: float, others: Without[float]) -> tuple[float | None, str]:
    """The usual size of a metric of an entity, and whose it is; None where neither its own rows nor others tell."""
    if own > OTHERS:
        return middle, "its own other numbers"
    is_told = len(others) >= OTHERS and others[-1] - others[0] <= 2 * SPREAD
    return (others.median if is_told else None), f"{len(others)} other entities"


def _odd(one: Size, usual: float, whose: str) -> Remark:
    return remark_on(
        one.observation, "printed_unit_id", False, "a number of another size",
        f"it is {10**one.power:.2g} times a year's revenue of {one.lead.series.entity_id}; "
        f"{one.observation.series.metric_id} of {whose} is about {10**usual:.2g} times", one.lead,
    )  # fmt: skip


def _odd_profit(one: Size) -> Remark:
    times = f"{10**one.power:.2g} times a year's revenue of {one.lead.series.entity_id}"
    message = f"it is {times}, and no other profit, loss or flow of cash is so {'small' if one.power < 0 else 'large'}"
    return remark_on(one.observation, "printed_unit_id", False, "a number of another size", message, one.lead)


def _sizes(facts: Facts) -> Mapping[str, list[Size]]:
    """Numbers of money by metric, each with the revenue nearest to it that another document or row prints."""
    asked = _asked(facts) | _profits(facts)
    revenues: dict[str, Revenues] = defaultdict(dict)
    levels = facts.by_measure.get("level", [])
    told = [o for o in levels if o.series.metric_id in asked and not o.series.of_entity_id]
    amounts = list(_powers(told, facts))
    for o, power in amounts:
        series = o.series
        if series.metric_id == LEAD and series.standing == ACTUAL and series.breakdown_id == "total" and o.period:
            revenues[series.entity_id].setdefault(o.period, (o, power))
    found: dict[str, list[Size]] = defaultdict(list)
    leads: dict[tuple[str, Period], tuple[Observation, float] | None] = {}
    lines = {entity: Nearby(sorted(told, key=lambda period: period.end)) for entity, told in revenues.items()}
    for o, power in amounts:
        assert o.period is not None
        of = o.series.entity_id, o.period
        lead = leads[of] if of in leads else leads.setdefault(of, _lead(*of, revenues, lines, facts))
        if lead is not None:
            found[o.series.metric_id].append(Size(o, power - lead[1], lead[0]))
    return found


def _asked(facts: Facts) -> frozenset[str]:
    """The metrics that have a size of their own: what may be negative, or is a part of a margin, comes near zero."""
    rows = facts.reference.metrics
    profits = {row["numerator_metric_id"] for row in rows.values()}
    return frozenset(m for m, row in rows.items() if row["sign"] == "nonnegative" and m not in (*profits, *PROMISED))


def _profits(facts: Facts) -> frozenset[str]:
    """The metrics of money that may be negative."""
    rows = facts.reference.metrics.items()
    return frozenset(m for m, row in rows if row["sign"] == "any" and row["quantity"] == "money")


def _lead(
    entity_id: str, period: Period, revenues: Mapping[str, Revenues], lines: Mapping[str, Nearby], facts: Facts
) -> tuple[Observation, float] | None:
    """The nearest revenue of another period of an entity, or of the nearest entity above that has any."""
    for entity in (entity_id, *facts.entities_above(entity_id)):
        told = revenues.get(entity, {})
        if len(told) > (period in told):
            reaches = (lines[entity].around(period.end, reach) for reach in REACHES)
            near = next(filter(None, ([told[p] for p in line if p != period] for line in reaches)), [])
            return min(near, key=lambda found: (_apart(found[0], period), found[0].number), default=None)
    return None


def _apart(o: Observation, period: Period) -> timedelta:
    assert o.period is not None
    return abs(o.period.end - period.end)


def _powers(prints: Sequence[Observation], facts: Facts) -> Iterator[tuple[Observation, float]]:
    """Prints with their number as a power of ten of dollars a year; without those of no money or not above zero."""
    scales: dict[tuple[str, int, str], tuple[float, float] | None] = {}
    for o in prints:
        value = o.interval.value
        if value and o.period is not None:
            of = o.row["printed_unit_id"], o.period.end.year, o.period.type
            scale = scales[of] if of in scales else scales.setdefault(of, _scale(*of, facts))
            if scale is not None:
                yield o, log10(abs(value)) + scale[0] + scale[1]


def _scale(unit_id: str, year: int, period_type: str, facts: Facts) -> tuple[float, float] | None:
    """Powers of ten from a unit to dollars, and from a period to a year; None for what is no money."""
    unit = facts.reference.units.get(unit_id)
    in_dollars = _dollars(unit.currency, year, facts) if unit and unit.currency else None
    return None if in_dollars is None else (in_dollars, log10(YEAR / MONTHS_OF.get(period_type, YEAR)))


def _dollars(currency: str, year: int, facts: Facts) -> float | None:
    rate = rate_of_year(currency, "USD", year, facts.reference.folder)
    return None if rate is None else log10(rate)


RELATIONS = (size,)
