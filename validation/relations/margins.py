"""Margins and other quotients of metrics against the two metrics they are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

import numpy as np

from canonical import arithmetic
from canonical.arithmetic import scaled
from canonical.intervals import Interval
from canonical.reference import Reference
from validation.relations.columns import NONE, Places
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import IN_FORCE, Formula, Role, SeriesOf, level
from validation.relations.inner import Arithmetic, N
from validation.relations.limits import plausible_range
from validation.relations.quantities import is_extensive
from validation.relations.questions import Question, in_columns
from validation.relations.relation import Case, Option, far_reaching
from validation.relations.shares import percentage

__all__ = ["RELATIONS"]


def _part(of_metric: str, perimeter_id: str | None) -> SeriesOf:
    """The level that a metric's row names under `of_metric`, on the quotient's own perimeter or on another."""

    def series_of(series: Series, reference: Reference) -> Series:
        metric_id = reference.metrics[series.metric_id][of_metric]
        part = level(series, reference)._replace(metric_id=metric_id)
        return part if perimeter_id is None else part._replace(perimeter_id=perimeter_id)

    return series_of


def _is_quotient(series: Series, reference: Reference) -> bool:
    metric = reference.metrics.get(series.metric_id, {})
    return bool(metric.get("numerator_metric_id") and metric.get("denominator_metric_id"))


PERIMETERS = (None, IN_FORCE)
"""The quotient's own perimeter first; a break may touch one of the metrics alone, then the one in force for that."""

FORMULAS = tuple(
    Formula(
        "level",
        (
            Role("above", of=_part("numerator_metric_id", above)),
            Role("below", of=_part("denominator_metric_id", below)),
        ),
        percentage,
        _is_quotient,
    )
    for above in PERIMETERS
    for below in PERIMETERS
)


@in_columns(
    "C.margin",
    "error",
    says="a margin is its profit over its revenue",
    rationale="A margin that its own profit and revenue do not give "
    "belongs to another period, entity or profit measure.",
    fix="check margin, profit and revenue in the source: the period, the adjustment and the entity of each",
)
def margin(facts: Facts) -> list[Question]:
    """Each quotient against its two metrics, on the first perimeters on which both are printed."""
    prints, questions = FORMULAS[0].asked(facts), list[Question]()

    def exact(printed: Observation) -> Case | None:
        return next(filter(None, (formula.case(printed, facts) for formula in FORMULAS)), None)

    for formula in FORMULAS:
        question = formula.question(facts, prints)
        is_asked = np.all([column != NONE for column in question.inputs], axis=0)
        questions.append(replace(question, exact=exact))
        prints = prints[~is_asked]
    return questions


def _beside(prints: Places, metric_of: Callable[[Series], str], facts: Facts) -> Places:
    """The one print of another metric that `_prints_of` gives for each print."""
    columns, reference = facts.columns, facts.reference

    def in_force(series: Series, source_id: str) -> Series:
        metric_id = metric_of(series)
        perimeter_id = reference.perimeter(series.entity_id, metric_id, source_id)
        return series._replace(metric_id=metric_id, perimeter_id=perimeter_id)

    own = columns.beside(prints, lambda series, source_id: series._replace(metric_id=metric_of(series)))
    other = columns.beside(prints, in_force, lambda series: len(reference.perimeters(series.entity_id)) > 1)
    return np.where(own == NONE, other, own)


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


@in_columns(
    "C.quotient",
    "warning",
    says="profit over revenue is a margin that can be believed",
    rationale="A profit above its revenue, or a cost of three times it, is a slip of unit, sign or entity.",
    fix="check profit and revenue in the source; widen the margin's plausible range where both are right",
)
def quotient(facts: Facts) -> list[Question]:
    """Each level that is the upper part of a quotient against the lower part times the quotient's plausible range."""
    metrics = [m for m in facts.reference.metrics.values() if m["numerator_metric_id"]]
    levels, questions = facts.columns.of_measure("level"), list[Question]()
    for metric in metrics:
        above, below = metric["numerator_metric_id"], metric["denominator_metric_id"]
        implied = partial(_within, scaled(plausible_range(metric), Decimal("0.01")))
        prints = facts.columns.by_series(levels, lambda series, above=above: series.metric_id == above)
        inputs = _beside(prints, lambda series, below=below: below, facts)
        questions.append(Question(prints, [inputs], implied, partial(_against, below, implied, facts)))
    return questions


def _against(metric_id: str, implied: Callable[..., Interval], facts: Facts, printed: Observation) -> Case | None:
    """A print against each print of another metric."""
    prints = far_reaching(_prints_of(metric_id, printed, facts))
    return Case(printed, tuple(Option((o,), implied(arithmetic, o.interval)) for o in prints)) if prints else None


def _within(span: Interval, on: Arithmetic[N], below: N) -> N:
    return on.product(below, on.fixed(span))


@in_columns(
    "C.narrower_metric",
    "warning",
    says="a narrower metric is at most the broader one it is a definition of",
    rationale="Cash capital expenditure cannot exceed capital expenditure of every kind.",
    fix="check which definition each print follows",
)
def narrower_metric(facts: Facts) -> list[Question]:
    """Each level of a metric that has a broader one against the print of that."""

    def broader(series: Series) -> str:
        return facts.reference.metrics.get(series.metric_id, {}).get("broader_metric_id", "")

    def exact(printed: Observation) -> Case | None:
        return _against(broader(printed.series), _no_more, facts, printed)

    prints = facts.columns.by_series(
        facts.columns.of_measure("level"),
        lambda series: bool(broader(series)) and is_extensive(series, facts.reference),
    )
    return [Question(prints, [_beside(prints, broader, facts)], _no_more, exact)]


def _no_more(on: Arithmetic[N], broader: N) -> N:
    return on.downwards(broader)


RELATIONS = (margin, quotient, narrower_metric)
