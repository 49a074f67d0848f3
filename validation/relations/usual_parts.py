"""The part that a metric is told of: a number under the whole, of what an entity only ever tells of parts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from validation.relations.facts import Facts, Observation
from validation.relations.quantities import is_extensive
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unmet

__all__ = ["RELATIONS"]

WHOLE = "total"
SAID = re.compile(r"\btotal|总|合计", re.IGNORECASE)
"""Words by which a page calls a number that of the whole."""
ENOUGH = 3
"""So many other rows, all of them of parts, make a habit."""
NEAR = timedelta(days=400)
FAR, LIKE = 3.0, 1.6
"""A whole is odd that all others are larger than so many times, and a part lies within the second factor of it."""
OF_PARTS = 1.25
"""A whole is larger than the largest of its parts near it by more than this factor, where it has several."""


@relation(
    "V.usual_part",
    "warning",
    says="what an entity tells of parts alone is not told of the whole by one row",
    rationale="Commercial bookings are all that a company tells of bookings: one row of all bookings lost its part.",
    fix="check in the source which part the number is of, and type it in breakdown_id",
    beside="observations.printed_label observations.printed_text",
)
def usual_part(facts: Facts) -> Iterator[Remark]:
    """Each number that alone of its entity and metric stands under the whole, and no larger than that of a part.

    Where documents enough tell it of one part alone, and of no other, it may be larger too: the part has grown.
    """
    alone = unmet(facts)
    lines: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.comparable:
        measure = "growth" if o.series.measure.startswith("growth") else o.series.measure
        lines[o.series.entity_id, o.series.metric_id, measure, o.series.of_entity_id].append(o)
    for rows in lines.values():
        wholes = [o for o in rows if o.series.breakdown_id == WHOLE]
        parts = [o for o in rows if o.series.breakdown_id != WHOLE]
        is_odd = len(wholes) == 1 and wholes[0].row_id in alone
        if is_odd and len({(o.series, o.period) for o in parts}) < ENOUGH:
            parts = [o for o in parts if wholes[0].series.measure == "level" and _is_one_line(o, wholes[0], facts)]
        if is_odd and not SAID.search(f"{wholes[0].row['printed_label']} {wholes[0].row['printed_text']}"):
            found = _part_like(wholes[0], parts) or _only_part(parts)
            if found is not None:
                yield remark_on(
                    wholes[0], "breakdown_id", False, found.series.breakdown_id,
                    f"{len(parts)} other rows of it are of parts, such as {found.row['printed_value']} "
                    f"{found.row['printed_unit_id']} of {found.series.breakdown_id} ({found.row['period_end']})", found,
                )  # fmt: skip


def _is_one_line(part: Observation, whole: Observation, facts: Facts) -> bool:
    """Whether two prints are one number in one unit, or of one line of a document: what it tells of two periods."""
    is_line = part.source_id == whole.source_id and part.period != whole.period
    is_same = part.interval.value == whole.interval.value and part.series.unit_id == whole.series.unit_id
    return is_same or (is_line and is_extensive(whole.series, facts.reference))


def _only_part(parts: list[Observation]) -> Observation | None:
    """A print of the one part that documents enough tell of; None where these are of several parts, or fewer."""
    is_one = len({o.series.breakdown_id for o in parts}) == 1 and len({o.source_id for o in parts}) >= ENOUGH
    return parts[-1] if is_one else None


def _part_like(whole: Observation, parts: list[Observation]) -> Observation | None:
    """The part whose number the whole is not larger than, or any part where the numbers are rates."""
    near = [o for o in parts if abs(_end(o) - _end(whole)) <= NEAR and o.interval.value]
    if whole.series.measure != "level":
        return near[-1] if near else None
    value = whole.interval.value or 0
    larger = [o for o in near if o.series.unit_id == whole.series.unit_id
              and float(abs(o.interval.value or 0)) * OF_PARTS >= float(abs(value))]  # fmt: skip
    return larger[-1] if larger else None


def _end(o: Observation) -> date:
    assert o.period is not None
    return o.period.end


@relation(
    "V.document_part",
    "warning",
    says="a table of many companies tells of all of them the same part",
    rationale="Infrastructure revenue of five vendors is no total for the sixth.",
    fix="type the part that the table is of in breakdown_id",
    reach="document",
)
def document_part(facts: Facts) -> Iterator[Remark]:
    """Each number of a vendor under the whole, where its document tells the metric of other vendors by one part."""
    tables: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
    for o in facts.comparable:
        if facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id"):
            tables[o.source_id, o.series.metric_id, o.series.measure].append(o)
    for rows in tables.values():
        parts = {o.series.breakdown_id for o in rows} - {WHOLE}
        wholes = [o for o in rows if o.series.breakdown_id == WHOLE]
        vendors = {o.series.entity_id for o in rows if o.series.breakdown_id != WHOLE}
        if len(parts) == 1 and len(wholes) == 1 and len(vendors - {wholes[0].series.entity_id}) >= ENOUGH:
            part = parts.pop()
            message = f"its document tells it of {len(vendors)} other entities by {part}"
            yield remark_on(wholes[0], "breakdown_id", False, part, message)


@relation(
    "V.part_as_whole",
    "warning",
    says="a number of the whole is of the size of the other wholes and not of a part",
    rationale="Customers above a million dollars are 287 of 7,000: 287 customers in all is a part that lost its name.",
    fix="check in the source which part the number is of, and type it in breakdown_id",
)
def part_as_whole(facts: Facts) -> Iterator[Remark]:
    """Each number of a whole that no other document prints, far below all others of its line, and of a part's size."""
    alone = unmet(facts)
    lines: dict[tuple[str, ...], dict[bool, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in facts.by_measure.get("level", []):
        if o.interval.value and is_extensive(o.series, facts.reference):
            line = (o.series.entity_id, o.series.metric_id, o.series.unit_id, o.row["period_type"])
            lines[line][o.series.breakdown_id == WHOLE].append(o)
    for line in lines.values():
        smallest = sorted(line[True], key=_size)[:2]
        if len(smallest) > 1 and smallest[0].row_id in alone and FAR * _size(smallest[0]) < _size(smallest[1]):
            (whole, other), parts = smallest, line[False]
            near = [p for p in parts if abs(_end(p) - _end(whole)) <= 2 * NEAR and _is_like(p, whole)]
            if near:
                told = (
                    f"{near[-1].row['printed_value']} of {near[-1].series.breakdown_id} ({near[-1].row['period_end']})"
                )
                message = (
                    f"every other whole is {_size(other) / _size(whole):.3g} times as large or more, a part is {told}"
                )
                yield remark_on(whole, "breakdown_id", False, near[-1].series.breakdown_id, message, near[-1], other)


def _size(o: Observation) -> float:
    return float(abs(o.interval.value or 0))


def _is_like(part: Observation, whole: Observation) -> bool:
    return 1 / LIKE <= _size(whole) / _size(part) <= LIKE


RELATIONS = (usual_part, document_part, part_as_whole)
