"""The document that a copy is of: a row read in a copy of one document, under another one of the same publisher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

ENOUGH = 2
"""So many other rows that were read in a copy tell which document it is of."""


@relation(
    "V.copy_document",
    "warning",
    says="what was read in a copy stands under the document that the copy is of",
    rationale="Ten rows of a copy are of the June release, and the eleventh is not of the March release.",
    fix="name in source_id the document that the copy is of, or in via_source_id the copy that was read",
    reach="package",
    beside="observations.via_source_id",
)
def copy_document(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of its copy is of another document, of the same publisher and kind as that of all others.

    A page that quotes the release and the filing of one quarter is a copy of both. And each row that alone names the
    copy itself as its document.
    """
    copies: dict[str, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in facts.cells.rows(~facts.cells.are("via_source_id", "")):
        copies[o.row["via_source_id"]][o.source_id].append(o)
    for copy, documents in copies.items():
        odd = [rows[0] for rows in documents.values() if len(rows) == 1]
        if len(documents) == 2 and len(odd) == 1:
            (others,) = (rows for rows in documents.values() if len(rows) > 1)
            if len(others) >= ENOUGH and _kind(odd[0], facts) == _kind(others[0], facts):
                message = f"the {len(others)} other rows read in {copy} are of {others[0].source_id}"
                yield remark_on(odd[0], "source_id", False, others[0].source_id, message, others[0])
    yield from _of_copies(copies, facts.cells.rows(facts.cells.each("source_id", copies.__contains__) > 0))


SINGLE, MANY = 4, 20
"""So many rows read in a page tell that it is a copy: of one document, and of several, as a page of nine states one
number of its own."""


def _of_copies(
    copies: Mapping[str, Mapping[str, list[Observation]]], rows: Iterable[Observation]
) -> Iterator[Remark]:  # fmt: skip
    """Each row that alone names as its document a page in which else rows of other documents were read."""
    own: dict[str, list[Observation]] = defaultdict(list)
    for o in rows:
        own[o.source_id].append(o)
    for copy, stated in own.items():
        documents = copies[copy]
        quoted = sum(map(len, documents.values()))
        if len(stated) == 1 and quoted >= (SINGLE if len(documents) == 1 else MANY):
            other = next(iter(documents.values()))[0]
            message = f"all {quoted} other rows read in it are of documents that it copies, such as {other.source_id}"
            yield remark_on(stated[0], "source_id", False, "the document that the page copies", message, other)


def _kind(o: Observation, facts: Facts) -> tuple[str, str]:
    """The publisher and kind of the document of a row."""
    source = facts.reference.sources.get(o.source_id, {})
    return source.get("publisher", ""), source.get("kind", "")


RELATIONS = (copy_document,)
