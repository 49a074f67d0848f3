"""What the rows of a document have in common: how and by which copy they were read, perimeter and standing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from validation.relations.cells import all_but_one
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 3
"""So many other rows of a document make a habit of it."""


@relation(
    "V.usual_evidence",
    "warning",
    says="what was read in one copy of a document has one grade of evidence",
    rationale="Twenty rows of a page were read from it: the next of its list is no quotation by somebody else.",
    fix="type in evidence how the number was read, or say in the note what differs",
    reach="document",
    beside="observations.evidence observations.locator observations.note observations.via_source_id",
)
def usual_evidence(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of its document and copy has another evidence, and no note, at a place like those of others.

    A list beside tables may have been read in another way.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    alike = facts.cells.kinds(("source_id", "via_source_id"))
    for o in facts.cells.rows(all_but_one(alike.of_row, facts.cells.codes("evidence")[0], ENOUGH)):
        groups[o.source_id, o.row["via_source_id"]].append(o)
    for (_, copy), rows in groups.items():
        counts = Counter(o.row["evidence"] for o in rows)
        usual, times = counts.most_common(1)[0]
        odd = next(o for o in rows if o.row["evidence"] != usual)
        alike_places = sum(_place(o) == _place(odd) for o in rows if o is not odd)
        if not odd.row["note"] and alike_places >= ENOUGH:
            where = f"read in {copy}" if copy else "of its document"
            message = f"all {times} other rows {where} are {usual}"
            yield remark_on(odd, "evidence", False, usual, message, *[o for o in rows if o is not odd][:2])


def _place(o: Observation) -> str:
    """The form of a place: p, table, line."""
    return o.row["locator"].partition(":")[0]


@relation(
    "V.usual_copy",
    "warning",
    says="of a document without an address every row names the copy that was read",
    rationale="A document that all other rows quote by a copy was not at hand itself for one: its copy was left out.",
    fix="name in via_source_id the copy that was read, or give the document in sources the address it was read at",
    reach="document",
    beside="observations.evidence observations.locator observations.via_source_id sources.url",
)
def usual_copy(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of a document without an address names no copy; quotations have `V.via`.

    A row without a place is left out: who types a number alone says nothing of what was read.
    """
    documents: dict[str, list[Observation]] = defaultdict(list)
    (of_row, _), (codes, names) = facts.cells.kinds(("source_id",)), facts.cells.codes("via_source_id")
    has_copy = np.array([bool(name) for name in names], np.int64)[codes]
    for o in facts.cells.rows(all_but_one(of_row, has_copy, ENOUGH)):
        documents[o.source_id].append(o)
    for source_id, rows in documents.items():
        bare = [o for o in rows if not o.row["via_source_id"]]
        is_asked = len(bare) == 1 and bool(bare[0].row["locator"]) and bare[0].row["evidence"] != "secondary"
        if is_asked and not facts.reference.sources.get(source_id, {}).get("url"):
            copies = list(dict.fromkeys(o.row["via_source_id"] for o in rows if o is not bare[0]))
            message = f"its document has no address, and all {len(rows) - 1} other rows of it were read in copies"
            yield remark_on(bare[0], "via_source_id", False, f"perhaps {' or '.join(copies[:3])}", message)


LATE = timedelta(days=120)
"""So long after a period's end a document tells of it that says no day of its own."""


@relation(
    "V.usual_perimeter",
    "warning",
    says="a document tells an entity in the perimeter that was in force when it was published",
    rationale="A release of 2024 cannot know the recast of 2026, and a row alone in an older perimeter was put there.",
    fix="empty perimeter_id, which filling gives, or name perimeter_id in assumed where it is a reading",
    reach="document",
)
def usual_perimeter(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of its document stands in another perimeter than was in force, and calls it no reading.

    Of a document without a day of its own every perimeter from the period's end on may be meant. Tables of the past
    print several rows in an older one.
    """
    odd: dict[str, list[Observation]] = defaultdict(list)
    alike = facts.cells.kinds(("source_id", "entity_id", "metric_id", "perimeter_id"))
    are_odd = np.array([_is_another(facts.observations[place], facts) for place in alike.first.tolist()], np.bool_)
    for o in facts.cells.rows(are_odd[alike.of_row]) if len(are_odd) else ():
        odd[o.source_id].append(o)
    for rows in odd.values():
        o = rows[0]
        if len(rows) == 1 and "perimeter_id" not in o.row["assumed"].split():
            meant = _in_force(o, facts)
            if o.row["perimeter_id"] not in meant:
                known = facts.reference.source_known_on(o.source_id)
                message = f"its document was known on {known}, and no other row of it stands in an older or later one"
                yield remark_on(o, "perimeter_id", False, " or ".join(meant), message)


def _is_another(o: Observation, facts: Facts) -> bool:
    """Whether a row stands in another perimeter than its document's day gives, of those that its entity had."""
    if len(facts.reference.perimeters(o.series.entity_id)) == 1:
        return False
    return o.row["perimeter_id"] != facts.reference.perimeter(o.series.entity_id, o.series.metric_id, o.source_id)


def _in_force(o: Observation, facts: Facts) -> list[str]:
    """The perimeters in force when a document was published; where no day is known, from the period's end on."""
    entity, metric = o.series.entity_id, o.series.metric_id
    last = facts.reference.source_known_on(o.source_id) or date.max
    has_day = facts.reference.sources.get(o.source_id, {}).get("published_precision") == "day"
    first = last if has_day or o.period is None else min(last, o.period.end)
    late = first + LATE if last - first > LATE else last
    begun = {facts.reference.perimeter_on(entity, metric, day) for day in (first, late, last)}
    order = facts.reference.perimeters(entity)
    places = [order.index(name) for name in begun]
    return list(order[min(places) : max(places) + 1])


LINE = re.compile(r"\brow:(.*?)(?: col:| item:|$)")
WORDS = re.compile(r"[a-z]+|[\u4e00-\u9fff]+")
COMMON = frozenset(("total", "and", "of", "the", "from", "in"))


@relation(
    "V.place_label",
    "warning",
    says="a locator names the line whose label was printed, where all others of the document do",
    rationale="A row labelled Cost of revenue that points at the line Net income was copied down with its place.",
    fix="name in locator the line that the label stands in, or type the label of the line",
    reach="document",
    beside="observations.locator observations.printed_label observations.via_source_id",
)
def place_label(facts: Facts) -> Iterator[Remark]:
    """Each row whose label and line have no word in common, alone among the rows of its document and copy."""
    pages: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in facts.cells.rows(_stand_on_odd_pages(facts)):
        if o.row["printed_label"] and LINE.search(o.row["locator"]):
            pages[o.source_id, o.row["via_source_id"]].append(o)
    for rows in pages.values():
        told = [(o, *map(_words, (_line(o), o.row["printed_label"]))) for o in rows if len(rows) > ENOUGH]
        told = [(o, line, label) for o, line, label in told if line and label]
        odd = [o for o, line, label in told if not line & label]
        if len(odd) == 1 and len(told) > ENOUGH:
            label = odd[0].row["printed_label"]
            message = f"its label is {label!r}, and the {len(told) - 1} others of its document name the line of theirs"
            yield remark_on(odd[0], "locator", False, f"the line {label}", message)


def _stand_on_odd_pages(facts: Facts) -> NDArray[np.bool_]:
    """Of which rows the document and copy have some row whose label and line have no word in common."""
    alike, pages = facts.cells.kinds(("locator", "printed_label")), facts.cells.kinds(("source_id", "via_source_id"))
    firsts = [facts.observations[place] for place in alike.first.tolist()]
    told = [(_words(_line(o)), _words(o.row["printed_label"])) for o in firsts]
    are_odd = np.array([bool(line and label and not line & label) for line, label in told], np.bool_)
    has_odd = np.zeros(len(pages.first), np.bool_)
    has_odd[pages.of_row[are_odd[alike.of_row]]] = True
    return has_odd[pages.of_row]


def _line(o: Observation) -> str:
    found = LINE.search(o.row["locator"])
    return found[1] if found else ""


@lru_cache(maxsize=1 << 13)
def _words(text: str) -> frozenset[str]:
    return frozenset(WORDS.findall(text.casefold())) - COMMON


RELATIONS = (usual_evidence, usual_copy, usual_perimeter, place_label)
"""They judge what was typed: corrections change nothing in them."""
