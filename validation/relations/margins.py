"""Margins and other quotients of metrics against the two metrics they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from validation.arithmetic import at_most, product, ratio, scaled
from validation.facts import Facts, Observation, Series
from validation.intervals import Interval
from validation.reference import Reference
from validation.relations.formula import Formula, Role
from validation.relations.limits import plausible_range
from validation.relations.quantities import is_extensive
from validation.relations.relation import Case, Option, Relation, relation

__all__ = ["RELATIONS"]


def _numerator(series: Series, reference: Reference) -> Series | None:
    return _level_of(series, reference.metrics[series.metric_id]["numerator_metric_id"])


def _denominator(series: Series, reference: Reference) -> Series | None:
    return _level_of(series, reference.metrics[series.metric_id]["denominator_metric_id"])


def _level_of(series: Series, metric_id: str) -> Series:
    return series._replace(metric_id=metric_id, measure="level", of_entity_id="")


def _is_quotient(printed: Observation, reference: Reference) -> bool:
    metric = reference.metrics.get(printed.series.metric_id, {})
    return bool(metric.get("numerator_metric_id") and metric.get("denominator_metric_id"))


def _percentage(above: Interval, below: Interval) -> Interval:
    return scaled(ratio(above, below), Decimal(100))


MARGIN = Relation(
    "C.margin",
    "error",
    "a margin is its profit over its revenue",
    "A margin that its own profit and revenue do not give belongs to another period, entity or profit measure.",
    "check margin, profit and revenue in the source: the period, the adjustment and the entity of each",
    Formula("level", (Role("above", of=_numerator), Role("below", of=_denominator)), _percentage, _is_quotient).cases,
)


@relation(
    "C.quotient",
    "warning",
    says="profit over revenue is a margin that can be believed",
    rationale="A profit above its revenue, or a cost of three times it, is a slip of unit, sign or entity.",
    fix="check profit and revenue in the source; widen the margin's plausible range where both are right",
)
def quotient(facts: Facts) -> Iterator[Case]:
    """Each level that is the upper part of a quotient against the lower part times the quotient's plausible range."""
    metrics = [m for m in facts.reference.metrics.values() if m["numerator_metric_id"]]
    for printed in facts.by_measure.get("level", []):
        assert printed.period is not None
        for metric in metrics:
            if metric["numerator_metric_id"] == printed.series.metric_id:
                below = printed.series._replace(metric_id=metric["denominator_metric_id"])
                span = scaled(plausible_range(metric), Decimal("0.01"))
                prints = facts.readings(below, printed.period, printed.source_id)
                if prints:
                    yield Case(printed, tuple(Option((o,), product(o.interval, span)) for o in prints))


@relation(
    "C.narrower_metric",
    "warning",
    says="a narrower metric is at most the broader one it is a definition of",
    rationale="Cash capital expenditure cannot exceed capital expenditure of every kind.",
    fix="check which definition each print follows",
)
def narrower_metric(facts: Facts) -> Iterator[Case]:
    """Each level of a metric that has a broader one against the print of that."""
    for printed in facts.by_measure.get("level", []):
        assert printed.period is not None
        broader = facts.reference.metrics.get(printed.series.metric_id, {}).get("broader_metric_id", "")
        if broader and is_extensive(printed.series, facts.reference):
            prints = facts.readings(printed.series._replace(metric_id=broader), printed.period, printed.source_id)
            if prints:
                options = (Option((o,), at_most(o.interval.high, o.interval.high_open)) for o in prints)
                yield Case(printed, tuple(options))


RELATIONS = (MARGIN, quotient, narrower_metric)
