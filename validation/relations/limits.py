"""What a number may be at all: within the metric's believable range, no negative where there is none, in a spread."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from validation.arithmetic import at_least
from validation.facts import Facts, Observation
from validation.intervals import Interval
from validation.relations.relation import Case, Option, relation
from validation.text_tables import Row

__all__ = ["RELATIONS", "plausible_range"]

HUNDRED = Decimal(100)


@relation(
    "U.plausible",
    "warning",
    says="a level lies between the least and the greatest value the metric is believed to take",
    rationale="A number far outside what the metric has ever been carries another unit, or is another metric.",
    fix="check the unit and the metric; widen plausible_min or plausible_max where the number is right",
)
def plausible(facts: Facts) -> Iterator[Case]:
    """Each level against the metric's plausible range; money counts by its number, whatever the currency."""
    ranges = {metric_id: plausible_range(metric) for metric_id, metric in facts.reference.metrics.items()}
    for printed in _dated_or_not(facts, "level"):
        if printed.series.metric_id in ranges:
            yield Case(printed, (Option((), ranges[printed.series.metric_id]),))


def plausible_range(metric: Row) -> Interval:
    """What levels of a metric are believed to lie between, in its canonical unit; unbounded where nothing is said."""
    return Interval(None, _number(metric, "plausible_min"), _number(metric, "plausible_max"))


def _number(metric: Row, column: str) -> Decimal | None:
    try:
        return Decimal(metric[column])
    except (KeyError, InvalidOperation):
        return None


@relation(
    "U.sign",
    "error",
    says="a metric without negative values has none",
    rationale="A negative level of what cannot be negative is growth under the wrong measure, or has a sign too many.",
    fix="drop the sign, or give the row the measure or metric it is about",
)
def sign(facts: Facts) -> Iterator[Case]:
    """Each level, run rate and share of a nonnegative metric, and its growth, which cannot fall below −100 %."""
    floors = {"level": Decimal(0), "annualised": Decimal(0), "share": Decimal(0), "growth_yoy": -HUNDRED,
              "growth_prev": -HUNDRED, "growth_over_period": -HUNDRED}  # fmt: skip
    for measure, floor in floors.items():
        for printed in _dated_or_not(facts, measure):
            if facts.reference.metrics.get(printed.series.metric_id, {}).get("sign") == "nonnegative":
                yield Case(printed, (Option((), at_least(floor)),))


@relation(
    "U.share_limit",
    "error",
    says="a share lies between 0 and 100 %",
    rationale="No part is more than the whole.",
    fix="check the unit of the share and what it is a share of",
)
def share_limit(facts: Facts) -> Iterator[Case]:
    """Each share against 0 to 100 %."""
    for printed in _dated_or_not(facts, "share"):
        yield Case(printed, (Option((), Interval(None, Decimal(0), HUNDRED)),))


@relation(
    "C.spread",
    "warning",
    says="what a spread covers lies inside it",
    rationale="A spread names the least and the greatest of many items: an item outside it is no item of it, or wrong.",
    fix="check the item and both ends of the spread",
)
def spread(facts: Facts) -> Iterator[Case]:
    """Each print of a member of an aggregate against the spread printed for the aggregate."""
    for around in facts.observations:
        if around.row["bound"] == "spread" and around.period is not None:
            entity = facts.reference.entities.get(around.series.entity_id, {})
            for member in entity.get("members", "").split():
                for printed in _prints_like(around, member, facts):
                    yield Case(printed, (Option((around,), around.interval),))


def _prints_like(around: Observation, entity_id: str, facts: Facts) -> list[Observation]:
    assert around.period is not None
    wanted = around.series._replace(entity_id=entity_id, perimeter_id="")
    return [
        observation
        for series, periods in facts.by_series.items()
        if series._replace(perimeter_id="") == wanted
        for observation in periods.get(around.period, [])
    ]


def _dated_or_not(facts: Facts, measure: str) -> Iterator[Observation]:
    return (o for o in facts.observations if o.series.measure == measure and o.row["bound"] != "spread")


RELATIONS = (plausible, sign, share_limit, spread)
