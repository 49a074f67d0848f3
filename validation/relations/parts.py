"""Parts against their own parent on one axis: sums where the axis is complete, at most the whole where it is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from canonical.arithmetic import hull, sum_of, upwards
from canonical.reference import Reference
from validation.relations.columns import NONE, Places
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import level
from validation.relations.inner import Arithmetic, N
from validation.relations.quantities import is_extensive
from validation.relations.questions import Question, in_columns
from validation.relations.relation import MOST_OPTIONS, Case, Option, far_reaching

__all__ = ["RELATIONS", "beside", "complete_axes", "prints_of_part", "sums"]

RECHECK = "check the parts and the whole in the source, and whether they belong to one axis, entity and period"


def complete_axes(reference: Reference) -> dict[str, dict[str, list[str]]]:
    """The parts of each breakdown by axis, of complete axes only."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for breakdown_id, row in reference.breakdowns.items():
        if row["parent_breakdown_id"] and row["complete"] == "true":
            found[row["parent_breakdown_id"]][row["axis"]].append(breakdown_id)
    return {parent: dict(axes) for parent, axes in found.items()}


def prints_of_part(printed: Observation, breakdown_id: str, facts: Facts) -> list[Observation]:
    """The prints of another breakdown for what else is the fact of `printed`."""
    assert printed.period is not None
    series = printed.series._replace(breakdown_id=breakdown_id)
    return facts.readings(series, printed.period, printed.source_id)


def sums(parts: list[list[Observation]]) -> Iterator[Option]:
    """The sum of the most trusted print of each part, then the sums in which one other print stands in."""
    yield from islice(_sums(parts), MOST_OPTIONS)


def _sums(parts: list[list[Observation]]) -> Iterator[Option]:
    chosen = [prints[0] for prints in parts]
    yield _sum(chosen)
    for place, prints in enumerate(parts):
        for other in prints[1:]:
            yield _sum([*chosen[:place], other, *chosen[place + 1 :]])


def _sum(parts: list[Observation]) -> Option:
    return Option(tuple(parts), sum_of(o.interval for o in parts))


@in_columns(
    "C.sum_of_parts",
    "error",
    says="the parts on a complete axis add up to their own parent",
    rationale="Parts that miss their whole hold a wrong number, or belong to another axis, entity or period.",
    fix=RECHECK,
)
def sum_of_parts(facts: Facts) -> list[Question]:
    """Each whole against all parts of each complete axis."""

    def case(printed: Observation, parts: list[list[Observation]]) -> Case:
        return Case(printed, tuple(sums(parts)))

    wholes = facts.columns.by_series(
        facts.columns.of_measure("level"), lambda series: is_extensive(series, facts.reference)
    )
    return list(_of_axes(wholes, _sum_on, case, facts))


def _of_axes(
    wholes: Places,
    implied: Callable[..., Any],
    case: Callable[[Observation, list[list[Observation]]], Case],
    facts: Facts,
) -> Iterator[Question]:
    """Wholes against all parts of each complete axis; `case` is of a whole and the prints of its parts."""
    for parent, axes in complete_axes(facts.reference).items():
        prints = facts.columns.by_series(wholes, lambda series, parent=parent: series.breakdown_id == parent)
        for parts in axes.values() if len(prints) else ():
            if len(parts) > 1:
                yield Question(prints, beside(prints, parts, facts), implied, partial(_all_parts, parts, case, facts))


def beside(prints: Places, parts: Sequence[str], facts: Facts) -> list[Places]:
    """The one print that `prints_of_part` gives of each of some other breakdowns, for each print.

    Nothing is asked of a print of which one of them has none: no further one is looked up for it.
    """

    def of(part: str) -> Callable[[Series, str], Series]:
        return lambda series, source_id: Series(*series[:2], part, *series[3:])

    found, held = list[Places](), np.arange(len(prints))
    for part in parts:
        of_part = np.full(len(prints), NONE, np.int64)
        if len(held):
            of_part[held] = facts.columns.beside(prints[held], of(part))
            held = held[of_part[held] != NONE]
        found.append(of_part)
    return found


def _all_parts(
    parts: Sequence[str],
    case: Callable[[Observation, list[list[Observation]]], Case],
    facts: Facts,
    printed: Observation,
) -> Case | None:
    prints = [prints_of_part(printed, part, facts) for part in parts]
    return case(printed, prints) if all(prints) else None


def _sum_on(on: Arithmetic[N], *parts: N) -> N:
    return on.sum_of(parts)


@in_columns(
    "C.part_within_whole",
    "error",
    says="a part is at most its own parent",
    rationale="No part of revenue, spending or tokens can exceed what it is a part of.",
    fix=RECHECK,
)
def part_within_whole(facts: Facts) -> list[Question]:
    """Each whole against the low end of each of its parts, of any axis."""
    parts_of: dict[Series, list[str]] = defaultdict(list)
    for series in sorted(facts.by_series):
        parent = facts.reference.breakdowns.get(series.breakdown_id, {}).get("parent_breakdown_id", "")
        parts_of[series._replace(breakdown_id=parent)].append(series.breakdown_id)
    columns = facts.columns
    prints = columns.by_series(
        columns.of_measure("level"), lambda series: series in parts_of and is_extensive(series, facts.reference)
    )

    def exact(printed: Observation, part: int) -> Case | None:
        parts = prints_of_part(printed, columns.series_at(part).breakdown_id, facts)
        options = tuple(Option((o,), upwards(o.interval)) for o in far_reaching(parts))
        return Case(printed, options) if options else None

    prints, series = columns.with_each(
        prints, lambda series: [series._replace(breakdown_id=part) for part in parts_of[series]]
    )
    inputs = columns.readings(series, columns.period[prints], columns.document[prints])
    return [Question(prints, [inputs], _no_less, exact, of=series)]


def _no_less(on: Arithmetic[N], part: N) -> N:
    return on.upwards(part)


@in_columns(
    "C.growth_of_breakdown",
    "warning",
    says="growth of a whole lies between the least and the greatest growth of its parts",
    rationale="The whole's growth is a mean of its parts' growth with positive weights, so it cannot lie outside them.",
    fix=RECHECK,
)
def growth_of_breakdown(facts: Facts) -> list[Question]:
    """Growth of a whole against the growth of all parts of a complete axis."""

    def case(printed: Observation, parts: list[list[Observation]]) -> Case:
        chosen = tuple(o for prints in parts for o in far_reaching(prints))
        return Case(printed, (Option(chosen, hull(o.interval for o in chosen)),))

    wholes = facts.columns.by_series(
        facts.columns.of_measure("growth_yoy"),
        lambda series: is_extensive(level(series, facts.reference), facts.reference),
    )
    return list(_of_axes(wholes, _hull_on, case, facts))


def _hull_on(on: Arithmetic[N], *parts: N) -> N:
    return on.hull(parts)


RELATIONS = (sum_of_parts, part_within_whole, growth_of_breakdown)
