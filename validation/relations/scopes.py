"""Entities against the groups and aggregates they belong to: at most the group, members add up, no mix-ups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from canonical.arithmetic import at_least, downwards, meets, sum_of
from canonical.reference import Reference
from canonical.spans import Period
from validation.relations.columns import NONE, Places
from validation.relations.crowds import innermost
from validation.relations.facts import Facts, Observation, Series
from validation.relations.inner import Arithmetic, N
from validation.relations.kept import kept
from validation.relations.neighbours import out_of_series
from validation.relations.parts import sums
from validation.relations.quantities import is_extensive
from validation.relations.questions import Question, in_columns
from validation.relations.relation import Case, Option, Remark, far_reaching, mixed_up, relation
from validation.relations.same_numbers import SameNumbers
from validation.relations.segment_years import segments_of_another_year

__all__ = ["RELATIONS"]

RECHECK = "check which entity the source speaks of: the group, the segment or one product"


@in_columns(
    "C.within_group",
    "error",
    says="what a segment, business or product has is at most what its group has",
    rationale="A cloud that out-earns or out-spends its own group carries the group's number or another unit.",
    fix=RECHECK,
)
def within_group(facts: Facts) -> list[Question]:
    """Each level of an entity against that of the nearest entity above it that has a print."""
    columns = facts.columns
    prints = columns.by_series(columns.of_measure("level"), lambda series: is_extensive(series, facts.reference))
    nearest = np.full(len(prints), NONE, np.int64)
    for steps in range(_most_steps(prints, facts)):
        nearest = np.where(nearest == NONE, _above_in_columns(prints, steps, facts), nearest)
    return [Question(prints, [nearest], _no_more, partial(_within, facts))]


def _within(facts: Facts, printed: Observation) -> Case | None:
    """A level against the nearest entity above it that has a print."""
    above = next((prints for prints in _above(printed, facts) if prints), None)
    return Case(printed, tuple(Option((o,), downwards(o.interval)) for o in far_reaching(above))) if above else None


def _above(printed: Observation, facts: Facts) -> Iterator[list[Observation]]:
    for entity in facts.entities_above(printed.series.entity_id):
        yield _prints_of(entity, printed, facts)


def _most_steps(prints: Places, facts: Facts) -> int:
    """From how many entities up the farthest above those of some prints stands."""
    entities = {facts.columns.prints[place].series.entity_id for place in prints.tolist()}
    return max((len(facts.entities_above(entity)) for entity in entities), default=0)


def _above_in_columns(prints: Places, steps: int, facts: Facts) -> Places:
    """The one print that `_prints_of` gives of the entity so many steps above that of each print, from 0."""

    def of(series: Series, source_id: str) -> Series | None:
        entity_id = next(iter(facts.entities_above(series.entity_id)[steps:]), "")
        perimeter_id = facts.reference.perimeter(entity_id, series.metric_id, source_id)
        return series._replace(entity_id=entity_id, perimeter_id=perimeter_id) if entity_id else None

    def is_broken(series: Series) -> bool:
        above = facts.entities_above(series.entity_id)[steps:]
        return bool(above) and len(facts.reference.perimeters(above[0])) > 1

    return facts.columns.beside(prints, of, is_broken)


def _prints_of(entity_id: str, printed: Observation, facts: Facts) -> list[Observation]:
    """The prints of another entity for what else is the fact of `printed`, on the perimeter of that day."""
    assert printed.period is not None
    perimeter = facts.reference.perimeter(entity_id, printed.series.metric_id, printed.source_id)
    series = printed.series._replace(entity_id=entity_id, perimeter_id=perimeter)
    return facts.readings(series, printed.period, printed.source_id)


def _no_more(on: Arithmetic[N], group: N) -> N:
    return on.downwards(group)


@relation(
    "C.sum_of_entities",
    "error",
    says="the entities of a complete split add up to their parent",
    rationale="Segments that miss their group hold a wrong number, or belong to another entity, metric or period.",
    fix="check the parts and the parent in the source; an entity that leaves something out has no name in axes",
)
def sum_of_entities(facts: Facts) -> Iterator[Case]:
    """Each level of an entity against all parts of each of its complete splits, where all of them have a print."""
    splits = _splits(facts.reference)
    for printed in facts.by_measure.get("level", []):
        if printed.series.entity_id in splits and is_extensive(printed.series, facts.reference):
            for parts in splits[printed.series.entity_id].values():
                prints = [_prints_of_part(part, printed, facts) for part in parts]
                if len(parts) > 1 and all(prints):
                    yield Case(printed, tuple(sums(prints)))


def _prints_of_part(entity_id: str, whole: Observation, facts: Facts) -> list[Observation]:
    """The prints of a part that speak of the whole as it was drawn when `whole` was printed."""
    series = whole.series
    return [
        part
        for part in _prints_of(entity_id, whole, facts)
        if part.source_id == whole.source_id
        or facts.reference.perimeter(series.entity_id, series.metric_id, part.source_id) == series.perimeter_id
    ]


def _splits(reference: Reference) -> dict[str, dict[str, list[str]]]:
    """The parts of each entity by the name of their split, of complete splits only."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entity_id, row in reference.entities.items():
        for axis in row.get("axes", "").split() if row["parent_entity_id"] else ():
            found[row["parent_entity_id"]][axis].append(entity_id)
    return {parent: dict(splits) for parent, splits in found.items()}


@relation(
    "C.members",
    "warning",
    says="an aggregate is the sum of its members",
    rationale="The members of an aggregate, or their shares, add up to it; what is left out can only make it larger.",
    fix="check the aggregate, its list of members at that date, and each member's number",
    reach="package",
)
def members(facts: Facts) -> Iterator[Case]:
    """Levels and shares of aggregates against those of their members; with members missing, at least their sum."""
    lists = {entity: row["members"].split() for entity, row in facts.reference.entities.items() if row.get("members")}
    told = (*facts.by_measure.get("level", []), *facts.by_measure.get("share", []))
    for printed in (o for o in told if o.series.entity_id in lists):
        listed = lists[printed.series.entity_id]
        prints = [found for member in listed if (found := _prints_of(member, printed, facts))]
        if prints and (printed.series.measure == "share" or is_extensive(printed.series, facts.reference)):
            parts = tuple(found[0] for found in prints)
            total = sum_of(o.interval for o in parts)
            whole = total if len(parts) == len(listed) else at_least(total.low, total.low_open)
            yield Case(printed, (Option(parts, whole),))


@relation(
    "C.scope_confusion",
    "warning",
    says="a group and a part of it do not print the same number for one metric and period",
    rationale="A group's figure is often printed as its cloud's: capital expenditure above all.",
    fix="check whose number it is; put a wrong label right in corrections, column entity_id",
)
def scope_confusion(facts: Facts) -> Iterator[Remark]:
    """Each level of an entity that is, to three digits or more, the number printed for an entity above it.

    The remark stands at the part, or at the group where only the group's print is out of its own series.
    """
    misplaced: dict[str, tuple[Observation, Observation]] = {}
    for row_id, wholes in _same_as_above(facts).items():
        part = facts.by_row_id[row_id]
        strange = [] if _is_out_of_series(part, facts) else [o for o in wholes if _is_out_of_series(o, facts)]
        for wrong, right in [(whole, part) for whole in strange] or [(part, wholes[0])]:
            misplaced.setdefault(wrong.row_id, (wrong, right))
    for wrong, right in misplaced.values():
        yield mixed_up(wrong, right, f"the number is that of {right.series.entity_id} too")


def _is_out_of_series(o: Observation, facts: Facts) -> bool:
    """Whether another print of the fact contradicts a print, on any perimeter, or its neighbours are far from it."""
    assert o.period is not None
    return o.row_id in out_of_series(facts) or not all(
        meets(o.interval, other.interval) for other in _innermost(o.series._replace(perimeter_id=""), o.period, facts)
    )


@kept
def _innermost(series: Series, period: Period, facts: Facts) -> Sequence[Observation]:
    """Of the prints of a fact on any perimeter the two that some other does not meet where any does not."""
    prints = [o for s in facts.on_any_perimeter.get(series, []) for o in facts.by_series[s].get(period, [])]
    return innermost(prints) if prints else ()


def _same_as_above(facts: Facts) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = defaultdict(list)
    for series, twins in facts.twins.items():
        above = facts.entities_above(series.entity_id)
        wholes = [facts.by_series[twin] for twin in twins if twin.entity_id in above]
        for period, prints in facts.by_series[series].items() if wholes else ():
            told = [SameNumbers(of.get(period, [])) for of in wholes]
            for printed in prints:
                same = [o for numbers in told for o in numbers.of(printed)]
                if same:
                    found[printed.row_id] = same
    return found


RELATIONS = (within_group, sum_of_entities, members, segments_of_another_year, scope_confusion)
