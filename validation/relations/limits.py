"""What a number may be at all: of the metric's unit, range and sign, of a range or spread that can be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from canonical.arithmetic import at_least
from canonical.intervals import Interval
from canonical.text_tables import Row
from validation.relations.facts import Facts, Observation
from validation.relations.insides import surely_inside
from validation.relations.relation import Case, Option, Remark, relation, remark_on

__all__ = ["RELATIONS", "plausible_range"]

HUNDRED = Decimal(100)
WIDEST = 3
"""How many times the low end of a range its high end may be."""


def _is_plausible(facts: Facts) -> NDArray[np.bool_]:
    ranges = {name: plausible_range(metric) for name, metric in facts.reference.metrics.items()}
    return surely_inside(facts, lambda series: ranges.get(series.metric_id) if series.measure == "level" else None)


@relation(
    "U.plausible",
    "warning",
    says="a level lies between the least and the greatest value the metric is believed to take",
    rationale="A number far outside what the metric has ever been carries another unit, or is another metric.",
    fix="check the unit and the metric; widen plausible_min or plausible_max where the number is right",
    reach="row",
    surely=_is_plausible,
)
def plausible(facts: Facts) -> Iterator[Case]:
    """Each level against the metric's plausible range; money counts by its number, whatever the currency."""
    ranges = {name: (Option((), plausible_range(metric)),) for name, metric in facts.reference.metrics.items()}
    for printed in _dated_or_not(facts, "level"):
        if printed.series.metric_id in ranges:
            yield Case(printed, ranges[printed.series.metric_id])


def plausible_range(metric: Row) -> Interval:
    """What levels of a metric are believed to lie between, in its canonical unit; unbounded where nothing is said."""
    return Interval(None, _number(metric, "plausible_min"), _number(metric, "plausible_max"))


def _number(metric: Row, column: str) -> Decimal | None:
    try:
        return Decimal(metric[column])
    except (KeyError, InvalidOperation):
        return None


FLOORS = {"level": Decimal(0), "annualised": Decimal(0), "share": Decimal(0), "growth_yoy": -HUNDRED,
          "growth_prev": -HUNDRED, "growth_over_period": -HUNDRED}  # fmt: skip
"""The least that measures of what cannot be negative can be."""


def _bounded(facts: Facts) -> set[str]:
    return {name for name, metric in facts.reference.metrics.items() if metric.get("sign") == "nonnegative"}


def _has_its_sign(facts: Facts) -> NDArray[np.bool_]:
    bounded, floors = _bounded(facts), {measure: at_least(floor) for measure, floor in FLOORS.items()}
    return surely_inside(facts, lambda s: floors.get(s.measure) if s.metric_id in bounded else None)


@relation(
    "U.sign",
    "error",
    says="a metric without negative values has none",
    rationale="A negative level of what cannot be negative is growth under the wrong measure, or has a sign too many.",
    fix="drop the sign, or give the row the measure or metric it is about",
    reach="row",
    surely=_has_its_sign,
)
def sign(facts: Facts) -> Iterator[Case]:
    """Each level, run rate and share of a nonnegative metric, and its growth, which cannot fall below −100 %."""
    bounded = _bounded(facts)
    for measure, floor in FLOORS.items():
        from_floor = (Option((), at_least(floor)),)
        for printed in _dated_or_not(facts, measure):
            if printed.series.metric_id in bounded:
                yield Case(printed, from_floor)


OF_SHARES = Interval(None, Decimal(0), HUNDRED)


@relation(
    "U.share_limit",
    "error",
    says="a share lies between 0 and 100 %",
    rationale="No part is more than the whole.",
    fix="check the unit of the share and what it is a share of",
    reach="row",
    surely=lambda facts: surely_inside(facts, lambda series: OF_SHARES if series.measure == "share" else None),
)
def share_limit(facts: Facts) -> Iterator[Case]:
    """Each share against 0 to 100 %."""
    for printed in _dated_or_not(facts, "share"):
        yield Case(printed, (Option((), OF_SHARES),))


@relation(
    "U.metric_unit",
    "error",
    says="a level comes in the unit of its metric",
    rationale="Tokens a month under a metric of tokens a day are another quantity, however well the number reads.",
    fix="give the row the unit that the source prints, or the metric of that unit",
    reach="row",
    reads="metric_id measure printed_unit_id",
)
def metric_unit(facts: Facts) -> Iterator[Remark]:
    """Each level of a metric that names its unit; money comes in any currency."""
    for o in facts.observations:
        unit_id = facts.reference.metrics.get(o.series.metric_id, {}).get("unit_id", "")
        if unit_id and o.series.measure == "level":
            message = f"the printed unit comes to {o.series.unit_id}, the metric is counted in {unit_id}"
            yield remark_on(o, "printed_unit_id", o.series.unit_id == unit_id, f"a unit of {unit_id}", message)


RATES = ("ratio", "multiple")


@relation(
    "U.growth_of_ratio",
    "warning",
    says="a margin, a retention or another ratio has no growth rate",
    rationale="No source prints growth of a margin: 31 % under growth is the margin itself, or a change in points.",
    fix="type the measure level, or difference_yoy with a unit of points",
    reach="row",
    reads="metric_id measure",
)
def growth_of_ratio(facts: Facts) -> Iterator[Remark]:
    """Each print of a metric that is a ratio or a multiple; its change is told in points."""
    are = {name: row.get("quantity") in RATES for name, row in facts.reference.metrics.items()}
    for o in facts.observations:
        if are.get(o.series.metric_id):
            message = f"{o.series.metric_id} is a ratio, of which sources print levels"
            yield remark_on(o, "measure", not o.series.measure.startswith("growth"), "level", message)


@relation(
    "U.range_width",
    "warning",
    says=f"the high end of a range is at most {WIDEST} times its low end",
    rationale="Who names a range knows about where the number lies: ends far apart hold a digit too many or too few.",
    fix="check both ends in the source; ends that belong to different items are a spread",
    reach="row",
    reads="bound printed_value printed_value_to",
    surely=lambda facts: facts.cells.each("bound", lambda bound: bound != "range") > 0,
)
def range_width(facts: Facts) -> Iterator[Remark]:
    """Each range whose ends have one sign."""
    for o in facts.observations:
        if o.row["bound"] == "range":
            near, far = sorted((Decimal(o.row["printed_value"]), Decimal(o.row["printed_value_to"])), key=abs)
            if near * far > 0:
                message = f"the range goes from {o.row['printed_value']} to {o.row['printed_value_to']}"
                yield remark_on(o, "printed_value_to", far / near <= WIDEST, "ends closer to each other", message)


@relation(
    "C.spread",
    "warning",
    says="what a spread covers lies inside it",
    rationale="A spread names the least and the greatest of many items: an item outside it is no item of it, or wrong.",
    fix="check the item and both ends of the spread",
    reach="package",
)
def spread(facts: Facts) -> Iterator[Case]:
    """Each print of a member of an aggregate against the spread printed for the aggregate."""
    spreads = [o for o in facts.cells.rows(facts.cells.are("bound", "spread")) if o.period is not None]
    members = {around: _members(around, facts) for around in spreads}
    inside = set(chain.from_iterable(members.values()))
    of_members = facts.only(o for o in facts.observations if o.series.entity_id in inside)
    for around, names in members.items():
        for member in names:
            for printed in _prints_like(around, member, of_members):
                yield Case(printed, (Option((around,), around.interval),))


def _members(around: Observation, facts: Facts) -> list[str]:
    return facts.reference.entities.get(around.series.entity_id, {}).get("members", "").split()


def _prints_like(around: Observation, entity_id: str, facts: Facts) -> list[Observation]:
    assert around.period is not None
    wanted = around.series._replace(entity_id=entity_id, perimeter_id="")
    alike = facts.on_any_perimeter.get(wanted, [])
    return [observation for series in alike for observation in facts.by_series[series].get(around.period, [])]


def _dated_or_not(facts: Facts, measure: str) -> Iterator[Observation]:
    return (o for o in facts.observations if o.series.measure == measure and o.row["bound"] != "spread")


RELATIONS = (plausible, sign, share_limit, metric_unit, growth_of_ratio, range_width, spread)
