"""Longer periods against the shorter ones that make them up: year and quarters, halves, nine months."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial, reduce
from itertools import islice

import numpy as np

from canonical import arithmetic
from canonical.arithmetic import sum_of
from canonical.reference import Reference
from canonical.spans import TILINGS, Period, Tiling, quarter_to, tiles
from validation.relations.columns import MANY, NONE, Places, different_numbers
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import Formula, Role
from validation.relations.inner import Arithmetic, N
from validation.relations.quantities import adds_up_over_time, is_extensive
from validation.relations.questions import Question, in_columns
from validation.relations.relation import MOST_OPTIONS, Case, Option

__all__ = ["RELATIONS"]

RECHECK = "check the longer period and each shorter one in the source, and whether the year is fiscal or calendar"
WORDS = {
    "year": "year", "trailing_12_months": "trailing twelve months", "half_year": "half year",
    "nine_months": "nine-month period", "quarter": "quarter", "month": "month",
}  # fmt: skip


@in_columns(
    "C.sum_of_periods",
    "error",
    says="a longer period is the sum of the shorter ones that make it up",
    rationale="Flows add up over time: a year that is not its quarters holds a wrong number or a wrong label.",
    fix=RECHECK,
)
def sum_of_periods(facts: Facts) -> list[Question]:
    """Every level of a flow against each complete set of shorter periods that make up its period."""
    columns = facts.columns
    flows = columns.by_series(columns.of_measure("level"), lambda series: adds_up_over_time(series, facts.reference))
    return [_question(flows, *kind, facts) for kind in KINDS]


KINDS = tuple((type_, tiling) for type_, tilings in TILINGS.items() for tiling in tilings)
"""Types of longer periods, each with what makes them up in one way."""


def _question(flows: Places, type_: str, tiling: Tiling, facts: Facts) -> Question:
    """Of all flows over periods of a type, whether the shorter ones of a tiling make them up."""
    columns = facts.columns
    prints = columns.by_period(flows, lambda period: period.type == type_)
    series, document = columns.series[prints], columns.document[prints]
    inputs = [columns.readings(series, tile, document) for tile in columns.tiles(prints, tiling)]
    return Question(prints, inputs, _sum_on, partial(_case, tiling=tiling, facts=facts), _in_words(tiling))


def _sum_on(on: Arithmetic[N], *parts: N) -> N:
    return on.sum_of(parts)


def _case(printed: Observation, tiling: Tiling, facts: Facts) -> Case | None:
    assert printed.period is not None
    options = tuple(islice(_options(printed, printed.period, tiling, facts), MOST_OPTIONS))
    return Case(printed, options, note=_in_words(tiling)) if options else None


@in_columns(
    "C.sum_of_known_periods",
    "warning",
    says="a longer period is at least the sum of the shorter ones that are known of it",
    rationale="Where a quarter is missing, the others set a floor: a year below them is another year, or another unit.",
    fix=RECHECK,
)
def sum_of_known_periods(facts: Facts) -> list[Question]:
    """Each flow that is never negative against the quarters known of its period, a group's lent by its twin."""
    columns, questions = facts.columns, list[Question]()
    flows = columns.by_series(
        columns.of_measure("level"),
        lambda series: adds_up_over_time(series, facts.reference) and is_extensive(series, facts.reference),
    )
    for type_, tilings in TILINGS.items():
        prints = columns.by_period(flows, lambda period, type_=type_: period.type == type_)
        series = columns.series[prints]
        lent = np.where(columns.has_twin(series), MANY, NONE)
        own = [columns.readings(series, tile, np.full(len(prints), NONE)) for tile in columns.tiles(prints, tilings[0])]
        inputs = np.stack([np.where(part == NONE, lent, part) for part in own])
        # Of the prints of which the same parts are known each has inputs in the same roles.
        kinds = reduce(lambda told, is_known: 2 * told + is_known, inputs != NONE, np.zeros(len(prints), np.int64))
        for kind in different_numbers(kinds):
            of = np.flatnonzero(kinds == kind)
            known = inputs[:, of[0]] != NONE
            if known.sum() > 1:
                questions.append(Question(prints[of], list(inputs[known][:, of]), _floor, partial(_known, facts)))
    return questions


def _floor(on: Arithmetic[N], *parts: N) -> N:
    return on.upwards(on.sum_of(parts))


def _known(facts: Facts, printed: Observation) -> Case | None:
    """A flow against the sum of those shorter periods that are known of it, where these are more than one."""
    assert printed.period is not None
    tiling = TILINGS[printed.period.type][0]
    known = [_own_or_lent(printed.series, tile, facts) for tile in tiles(printed.period, tiling)]
    parts = tuple(prints[0] for prints in known if prints)
    return Case(printed, (Option(parts, _floor(arithmetic, *(o.interval for o in parts))),)) if len(parts) > 1 else None


def _in_words(tiling: Tiling) -> str:
    """What makes up a period, `2 half years`; of several lengths, `half year and 2 quarters`."""
    counts = {kind: tiling.count(kind) for kind in tiling}
    return " and ".join(f"{n} {WORDS[kind]}s" if n > 1 else WORDS[kind] for kind, n in counts.items())


def _own_or_lent(series: Series, tile: Period, facts: Facts) -> list[Observation]:
    own = facts.readings(series, tile)
    return own or [o for twin in facts.twins.get(series, []) for o in facts.readings(twin, tile)]


def _options(printed: Observation, period: Period, tiling: Tiling, facts: Facts) -> Iterator[Option]:
    parts = [facts.readings(printed.series, tile, printed.source_id) for tile in tiles(period, tiling)]
    if not all(parts):
        return
    # One conflicting print at a time stands in for the most trusted one: no product over all of them.
    chosen = tuple(readings[0] for readings in parts)
    yield _sum(chosen)
    for place, readings in enumerate(parts):
        for other in readings[1:]:
            yield _sum((*chosen[:place], other, *chosen[place + 1 :]))


def _sum(parts: tuple[Observation, ...]) -> Option:
    return Option(parts, sum_of(o.interval for o in parts))


def _is_of_flow(series: Series, reference: Reference) -> bool:
    """Whether a run rate is one of a flow."""
    return adds_up_over_time(series._replace(measure="level"), reference)


def _is_said_of_month(period: Period) -> bool:
    """Whether a run rate is said to be taken from a month."""
    return period.type == "month"


def _is_not_said_of_month(period: Period) -> bool:
    return not _is_said_of_month(period)


def _four_times(on: Arithmetic[N], quarter: N) -> N:
    return on.scaled(quarter, Decimal(4))


def _twelve_times(on: Arithmetic[N], month: N) -> N:
    return on.scaled(month, Decimal(12))


def _quarter_at_end(period: Period) -> Period | None:
    return quarter_to(period.end)


def _month_at_end(period: Period) -> Period | None:
    return tiles(Period("quarter", None, period.end), ("month",) * 3)[-1]


RUN_RATE = Formula(
    "annualised", (Role("quarter", at=_quarter_at_end),), _four_times, _is_of_flow, during=_is_not_said_of_month
).relation(
    "C.run_rate",
    "warning",
    "a run rate is four times the quarter that ends with it",
    "A run rate that is not four quarters was taken from another month, or is another metric (ARR).",
    "correct it, or name the span it is taken from in period_type and period_end",
)
RUN_RATE_OF_MONTH = Formula(
    "annualised", (Role("month", at=_month_at_end),), _twelve_times, _is_of_flow, during=_is_said_of_month
).relation(
    "C.run_rate_of_month",
    "warning",
    "a run rate is twelve times the month that ends with it",
    "A run rate that is not twelve months was taken from another span, or is another metric (ARR).",
    "correct it, or name the span it is taken from in period_type and period_end",
)

RELATIONS = (sum_of_periods, sum_of_known_periods, RUN_RATE, RUN_RATE_OF_MONTH)
