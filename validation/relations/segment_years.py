"""The segments of a group as one document prints them, against the group's own year and the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from canonical.arithmetic import meets, sum_of
from canonical.spans import Period, year_before
from validation.relations.cells import kinds_of
from validation.relations.columns import NONE
from validation.relations.facts import Facts, Observation, Series
from validation.relations.inner import Ends, meet
from validation.relations.quantities import is_extensive
from validation.relations.relation import Remark, mixed_up, relation

__all__ = ["segments_of_another_year"]

ROUNDING = 1e-9
"""What doubles err by in a sum lies far below this part of it."""


@relation(
    "C.segments_of_another_year",
    "warning",
    says="a document's segments add up to its group in their own period, not to that of the year before",
    rationale="Segment tables print two years side by side: one column off, every segment is a year out.",
    fix="take the segments from the other column, or give them the period they are about",
)
def segments_of_another_year(facts: Facts) -> Iterator[Remark]:
    """The segments that one document prints for a group, where their sum is the group's other year and not its own."""
    asked = _with_sums_that_may_miss(facts)
    segments: dict[tuple[str, str, Period], dict[Series, Observation]] = defaultdict(dict)
    for printed in facts.by_measure.get("level", []):
        if (printed.source_id, printed.period) in asked and _is_of_segment(printed.series, facts) and printed.period:
            key = (printed.source_id, _group(printed.series, facts), printed.period)
            segments[key].setdefault(printed.series, printed)
    for (_, group, period), found in segments.items():
        alike: dict[Series, list[Observation]] = defaultdict(list)
        for series, o in found.items():
            alike[series._replace(entity_id="", perimeter_id="")].append(o)
        for parts in alike.values():
            if len(parts) > 1:
                yield from _other_year(parts, group, period, facts)


def _other_year(parts: list[Observation], group: str, period: Period, facts: Facts) -> Iterator[Remark]:
    total = sum_of(o.interval for o in parts)
    perimeter = facts.reference.perimeter(group, parts[0].series.metric_id, parts[0].source_id)
    series = parts[0].series._replace(entity_id=group, perimeter_id=perimeter)
    own, before = facts.readings(series, period), facts.readings(series, year_before(period))
    if own and not any(meets(total, o.interval) for o in own):
        for other in (o for o in before if meets(total, o.interval)):
            message = f"the segments of {group} add up to its year before"
            yield mixed_up(parts[0], other, message, *parts[1:])


def _is_of_segment(series: Series, facts: Facts) -> bool:
    is_segment = facts.reference.entities.get(series.entity_id, {}).get("scope") == "segment"
    return is_segment and is_extensive(series, facts.reference)


def _group(series: Series, facts: Facts) -> str:
    return facts.reference.entities[series.entity_id]["parent_entity_id"]


def _with_sums_that_may_miss(facts: Facts) -> set[tuple[str, Period | None]]:
    """The documents and periods of segments whose sum does not surely meet the group's number for that period."""
    columns, reference = facts.columns, facts.reference
    prints = columns.by_series(columns.of_measure("level"), lambda series: _is_of_segment(series, facts))

    def whole_of(series: Series, source_id: str) -> list[Series | None]:
        group = _group(series, facts)
        perimeter = reference.perimeter(group, series.metric_id, source_id)
        return [series._replace(entity_id=group, perimeter_id=perimeter)]

    (whole,) = columns.other_series(
        prints, whole_of, by_document=lambda series: len(reference.perimeters(_group(series, facts))) > 1
    )
    own = columns.readings(whole, columns.period[prints], np.full(len(prints), NONE))
    prints, whole, own = (told[own != NONE] for told in (prints, whole, own))
    if not len(prints):
        return set()
    apart = (columns.document[prints], columns.period[prints], whole)
    sums, first = kinds_of([(codes, codes.max() + 1) for codes in apart])
    series = columns.series[prints]
    # Of a segment that a document prints several times for a period, the first print counts.
    _, told = kinds_of([(sums, len(first)), (series, series.max() + 1)])
    ends, of = columns.ends.of(prints[told]), sums[told]
    low, high = (np.bincount(of, end) for end in ends)
    with np.errstate(invalid="ignore"):
        about = [ROUNDING * np.bincount(of, np.abs(end)) for end in ends]
        is_held = meet(Ends(low + about[0], high - about[1]), columns.ends.of(np.maximum(own[first], 0)))
    is_open = (np.bincount(of) > 1) & ~(is_held & (own[first] >= 0))
    found = (columns.prints[place] for place in prints[first[is_open]].tolist())
    return {(o.source_id, o.period) for o in found}
