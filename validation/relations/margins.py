"""Margins and other quotients of metrics against the two metrics they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import at_most, product, ratio, scaled
from canonical.intervals import Interval
from canonical.reference import Reference
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import IN_FORCE, Formula, Role, SeriesOf, level
from validation.relations.limits import plausible_range
from validation.relations.quantities import is_extensive
from validation.relations.relation import Case, Option, Relation, relation

__all__ = ["RELATIONS"]


def _part(of_metric: str, perimeter_id: str | None) -> SeriesOf:
    """The level that a metric's row names under `of_metric`, on the quotient's own perimeter or on another."""

    def series_of(series: Series, reference: Reference) -> Series:
        metric_id = reference.metrics[series.metric_id][of_metric]
        part = level(series, reference)._replace(metric_id=metric_id)
        return part if perimeter_id is None else part._replace(perimeter_id=perimeter_id)

    return series_of


def _is_quotient(printed: Observation, reference: Reference) -> bool:
    metric = reference.metrics.get(printed.series.metric_id, {})
    return bool(metric.get("numerator_metric_id") and metric.get("denominator_metric_id"))


def _percentage(above: Interval, below: Interval) -> Interval:
    return scaled(ratio(above, below), Decimal(100))


PERIMETERS = (None, IN_FORCE)
"""The quotient's own perimeter first; a break may touch one of the metrics alone, then the one in force for that."""

FORMULAS = tuple(
    Formula(
        "level",
        (
            Role("above", of=_part("numerator_metric_id", above)),
            Role("below", of=_part("denominator_metric_id", below)),
        ),
        _percentage,
        _is_quotient,
    )
    for above in PERIMETERS
    for below in PERIMETERS
)


def _margins(facts: Facts) -> Iterator[Case]:
    """Each quotient against its two metrics, on the first perimeters on which both are printed."""
    found: dict[str, Case] = {}
    for formula in FORMULAS:
        for case in formula.cases(facts):
            found.setdefault(case.row_id, case)
    yield from found.values()


MARGIN = Relation(
    "C.margin",
    "error",
    "a margin is its profit over its revenue",
    "A margin that its own profit and revenue do not give belongs to another period, entity or profit measure.",
    "check margin, profit and revenue in the source: the period, the adjustment and the entity of each",
    _margins,
)


def _prints_of(metric_id: str, printed: Observation, facts: Facts) -> list[Observation]:
    """The prints of another metric of the same thing and period, on the same perimeter or the one in force for it."""
    assert printed.period is not None
    own = printed.series._replace(metric_id=metric_id)
    in_force = facts.reference.perimeter(own.entity_id, metric_id, printed.source_id)
    for series in (own, own._replace(perimeter_id=in_force)):
        prints = facts.readings(series, printed.period, printed.source_id)
        if prints:
            return prints
    return []


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
        for metric in metrics:
            if metric["numerator_metric_id"] == printed.series.metric_id:
                span = scaled(plausible_range(metric), Decimal("0.01"))
                prints = _prints_of(metric["denominator_metric_id"], printed, facts)
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
        broader = facts.reference.metrics.get(printed.series.metric_id, {}).get("broader_metric_id", "")
        if broader and is_extensive(printed.series, facts.reference):
            prints = _prints_of(broader, printed, facts)
            if prints:
                options = (Option((o,), at_most(o.interval.high, o.interval.high_open)) for o in prints)
                yield Case(printed, tuple(options))


RELATIONS = (MARGIN, quotient, narrower_metric)
