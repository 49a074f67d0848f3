"""Margins and other quotients of metrics against the two metrics they are made of."""

from __future__ import annotations

from decimal import Decimal

from validation.arithmetic import ratio, scaled
from validation.facts import Observation, Series
from validation.intervals import Interval
from validation.reference import Reference
from validation.relations.formula import Formula, Role
from validation.relations.relation import Relation

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

RELATIONS = (MARGIN,)
