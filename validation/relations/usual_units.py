"""The unit in which a publisher prints a metric: a number of its digits in another one lost or gained some zeros."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from math import log

import numpy as np

from canonical.printed_text import figures_of_text
from validation.relations.facts import Facts, Observation
from validation.relations.reach import family_of
from validation.relations.relation import Remark, each_row_once, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 4
"""So many other documents that print a line in one unit make it the usual one."""
BESIDE, FAR, LIKE = 2, 8.0, 4.0
"""So many others of a document tell its unit; an amount is far that lies so many times outside of theirs, and like them
within so many times."""
SPOKEN = "earnings_call"
"""In a call million and billion are said as they come."""
Documents = dict[str, dict[str, dict[str, float]]]
"""By unit the documents, each with a number that it prints in it of each kind of period."""


@relation(
    "V.usual_unit",
    "warning",
    says="an amount stands in the unit in which its document prints all others, and its publisher prints it elsewhere",
    rationale="Twenty releases print revenue as some 12,000 million: 12,000 thousand is no other number, but a slip.",
    fix="check the number and its unit at the place that the locator names, or name the place where it stands",
    beside="observations.locator observations.printed_text",
)
def usual_unit(facts: Facts) -> Iterator[Remark]:
    """Each amount that alone of its document is in a unit, where documents enough print its line in one other unit.

    These are documents of one kind by one publisher, and the places are of one kind. What has no place says nothing
    of where it was read, and what is spoken follows no table. In a unit of the same currency the number has to be of
    the size of those in the usual unit: 12 billion for 12,000 million is the same amount. And each that alone of its
    document and company is in a thousandth or a thousandfold of the unit of all others, and is of their size in it.
    """
    yield from each_row_once(_of_publishers(facts), _of_documents(facts))


def _of_publishers(facts: Facts) -> Iterator[Remark]:
    """The amounts in another unit than the other documents of their publisher have them."""
    of_row, first = facts.cells.kinds(
        ("source_id", "entity_id", "metric_id", "measure", "period_type", "printed_unit_id", "place")
    )  # fmt: skip
    amounts = {n: o for n, o in enumerate(facts.observations[place] for place in first) if _is_amount(o, facts)}
    counts, alone = np.bincount(of_row, minlength=len(first)), Counter[tuple[str, str]]()
    lines, places = defaultdict[object, Documents](_documents), defaultdict[object, Documents](_documents)
    for number, o in amounts.items():
        unit = o.row["printed_unit_id"]
        alone[o.source_id, unit] += int(counts[number])
        for documents in (lines[_line(o, facts)], places[_line(o, facts), _place(o)]):
            documents[unit].setdefault(o.source_id, {})[o.row["period_type"]] = _typed(o)
    for o in amounts.values():
        unit, units = o.row["printed_unit_id"], lines[_line(o, facts)]
        others = [other for other, documents in units.items() if other != unit and documents.keys() != {o.source_id}]
        if alone[o.source_id, unit] == 1 and len(others) == 1 and units[unit].keys() == {o.source_id} and _place(o):
            usual = places[_line(o, facts), _place(o)][others[0]].copy()
            usual.pop(o.source_id, None)
            if len(usual) >= ENOUGH and _reads_as(o, others[0], usual.values(), facts):
                message = f"{len(usual)} other documents of {o.publisher} print it in {others[0]}, none in {unit}"
                yield remark_on(o, "printed_unit_id", False, others[0], message)


def _of_documents(facts: Facts) -> Iterator[Remark]:
    """The amounts in another unit than all others of their document, currency and company, whose text names none."""
    _, first = facts.cells.kinds(("source_id", "printed_unit_id"))
    kinds = [facts.observations[place] for place in first.tolist()]
    units = Counter(o.source_id for o in kinds if _is_money(o, facts))
    told: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.observations:
        if units[o.source_id] > 1 and _is_amount(o, facts) and _size(o):
            told[o.source_id, *_company(o, facts)].append(o)
    for rows in (rows for rows in told.values() if len(rows) > BESIDE):
        counts = Counter(o.row["printed_unit_id"] for o in rows)
        for o in (o for o in rows if len(counts) == 2 and counts[o.row["printed_unit_id"]] == 1):
            (usual,) = counts.keys() - {o.row["printed_unit_id"]}
            others = [other for other in rows if other is not o]
            if not _names_magnitude(o) and _is_of_size_in(usual, o, others, facts):
                message = f"all {len(others)} other amounts of its company there are in {usual}, and of its size so"
                yield remark_on(o, "printed_unit_id", False, usual, message, *others[:BESIDE])


def _company(o: Observation, facts: Facts) -> tuple[str, str]:
    """The currency of an amount and the tree of entities that it is of."""
    return facts.reference.units[o.row["printed_unit_id"]].currency, family_of(o.series.entity_id, facts.parents)


def _is_of_size_in(usual: str, o: Observation, others: list[Observation], facts: Facts) -> bool:
    """Whether an amount is far from all others, and in their unit, a thousand times another, of their size."""
    units, sizes = facts.reference.units, [_size(other) for other in others]
    times, size = units[usual].factor / units[o.row["printed_unit_id"]].factor, _size(o)
    is_far = max(min(sizes) / size, size / max(sizes)) > FAR
    return (
        times in (1000, 1 / Decimal(1000)) and is_far and min(sizes) / LIKE <= size * float(times) <= max(sizes) * LIKE
    )


def _names_magnitude(o: Observation) -> bool:
    """Whether the text of a print says million, billion or the like behind a number."""
    return any(figure.power is not None for figure in figures_of_text(o.row["printed_text"]))


def _size(o: Observation) -> float:
    return abs(float(o.interval.value or 0))


def _documents() -> Documents:
    return defaultdict(dict)


def _typed(o: Observation) -> float:
    return abs(float(o.row["printed_value"]))


def _reads_as(o: Observation, other: str, usual: Collection[dict[str, float]], facts: Facts) -> bool:
    """Whether the number of a row, as it stands, is nearer to one usual in another unit than what it comes to is.

    Where a kind of period has numbers, those of others say nothing: a year is four quarters. Of another currency any
    number is another amount.
    """
    units = facts.reference.units
    mine, theirs = units[o.row["printed_unit_id"]], units[other]
    if mine.currency != theirs.currency:
        return True
    period, typed = o.row["period_type"], _typed(o)
    alike = [numbers[period] for numbers in usual if numbers.get(period)]
    sizes = [log(number) for number in alike or (n for numbers in usual for n in numbers.values()) if number]
    if not sizes or not typed:
        return False
    as_typed, as_meant = log(typed), log(typed) + log(mine.factor / theirs.factor)
    return min(abs(as_typed - size) for size in sizes) < min(abs(as_meant - size) for size in sizes)


def _is_amount(o: Observation, facts: Facts) -> bool:
    """Whether a row is a level of money that was not spoken."""
    return o.series.measure == "level" and _is_money(o, facts) and _kind(o, facts) != SPOKEN


def _is_money(o: Observation, facts: Facts) -> bool:
    unit = facts.reference.units.get(o.row["printed_unit_id"])
    return unit is not None and unit.quantity == "money"


def _line(o: Observation, facts: Facts) -> tuple[str, ...]:
    return o.publisher, _kind(o, facts), o.series.entity_id, o.series.metric_id


def _kind(o: Observation, facts: Facts) -> str:
    return facts.reference.sources.get(o.source_id, {}).get("kind", "")


def _place(o: Observation) -> str:
    """The kind of a place: a page, a table, a line."""
    return o.row["locator"].partition(":")[0]


RELATIONS = (usual_unit,)
"""They judge what was typed: corrections change nothing in them."""
