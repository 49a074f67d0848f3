"""Parts against their own parent on one axis: sums where the axis is complete, at most the whole where it is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from canonical.arithmetic import at_least, hull, sum_of
from canonical.reference import Reference
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import level
from validation.relations.quantities import is_extensive
from validation.relations.relation import Case, Option, relation

__all__ = ["RELATIONS", "complete_axes", "prints_of_part", "sums"]

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
    chosen = [prints[0] for prints in parts]
    yield _sum(chosen)
    for place, prints in enumerate(parts):
        for other in prints[1:]:
            yield _sum([*chosen[:place], other, *chosen[place + 1 :]])


def _sum(parts: list[Observation]) -> Option:
    return Option(tuple(parts), sum_of(o.interval for o in parts))


@relation(
    "C.sum_of_parts",
    "error",
    says="the parts on a complete axis add up to their own parent",
    rationale="Parts that miss their whole hold a wrong number, or belong to another axis, entity or period.",
    fix=RECHECK,
)
def sum_of_parts(facts: Facts) -> Iterator[Case]:
    """Each whole against all parts of each complete axis."""
    axes = complete_axes(facts.reference)
    for printed in facts.by_measure.get("level", []):
        if is_extensive(printed.series, facts.reference):
            for parts in axes.get(printed.series.breakdown_id, {}).values():
                prints = [prints_of_part(printed, part, facts) for part in parts]
                if len(parts) > 1 and all(prints):
                    yield Case(printed, tuple(sums(prints)))


@relation(
    "C.part_within_whole",
    "error",
    says="a part is at most its own parent",
    rationale="No part of revenue, spending or tokens can exceed what it is a part of.",
    fix=RECHECK,
)
def part_within_whole(facts: Facts) -> Iterator[Case]:
    """Each whole against the low end of each of its parts, of any axis."""
    parts_of: dict[Series, list[str]] = defaultdict(list)
    for series in sorted(facts.by_series):
        parent = facts.reference.breakdowns.get(series.breakdown_id, {}).get("parent_breakdown_id", "")
        parts_of[series._replace(breakdown_id=parent)].append(series.breakdown_id)
    for printed in facts.by_measure.get("level", []):
        if is_extensive(printed.series, facts.reference):
            for part in parts_of.get(printed.series, []):
                prints = prints_of_part(printed, part, facts)
                if prints:
                    yield Case(printed, tuple(_no_less(o) for o in prints))


def _no_less(part: Observation) -> Option:
    return Option((part,), at_least(part.interval.low, part.interval.low_open))


@relation(
    "C.growth_of_breakdown",
    "warning",
    says="growth of a whole lies between the least and the greatest growth of its parts",
    rationale="The whole's growth is a mean of its parts' growth with positive weights, so it cannot lie outside them.",
    fix=RECHECK,
)
def growth_of_breakdown(facts: Facts) -> Iterator[Case]:
    """Growth of a whole against the growth of all parts of a complete axis."""
    axes = complete_axes(facts.reference)
    for printed in facts.by_measure.get("growth_yoy", []):
        if is_extensive(level(printed.series, facts.reference), facts.reference):
            for parts in axes.get(printed.series.breakdown_id, {}).values():
                prints = [prints_of_part(printed, part, facts) for part in parts]
                if len(parts) > 1 and all(prints):
                    chosen = tuple(o for of_part in prints for o in of_part)
                    yield Case(printed, (Option(chosen, hull(o.interval for o in chosen)),))


RELATIONS = (sum_of_parts, part_within_whole, growth_of_breakdown)
