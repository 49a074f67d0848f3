"""Layer V: where numbers come from: copies that are counted as sources, rows told twice, addresses and places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np

from canonical.locators import is_locator
from canonical.text_tables import Row
from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

TRACKING = re.compile(r"[?&](utm_[a-z]+|fbclid|gclid|spm)=")
MOVING = re.compile(r"^https://github\.com/[^/]+/[^/]+/(blob|raw|tree)/(?![0-9a-f]{7,40}(/|$))")


@relation(
    "V.via",
    "error",
    says="a copy is not its own original",
    rationale="A copy that was read never counts as a source: the document that states the number does.",
    fix="name the stating document in source_id and the copy in via_source_id, or empty via_source_id",
    reach="row",
    reads="via_source_id source_id evidence",
    beside="observations.evidence observations.via_source_id",
)
def via(facts: Facts) -> Iterator[Remark]:
    """Each row that names a copy, and each row quoted by another document, which must be named."""
    for o in facts.observations:
        if o.row["via_source_id"]:
            differs = o.row["via_source_id"] != o.source_id
            yield remark_on(o, "via_source_id", differs, "another source", "the copy is the source itself")
        elif o.row["evidence"] == "secondary":
            yield remark_on(o, "via_source_id", False, "a source", "the row is quoted, but not by whom")


@relation(
    "V.mirror",
    "warning",
    says="a copy of a document is not counted beside it",
    rationale="One print read in the document and once more in a copy looks like two sources that agree.",
    fix="give the row of the copy the document as source_id and the copy as via_source_id",
    beside="observations.via_source_id",
)
def mirror(facts: Facts) -> Iterator[Remark]:
    """Each print of a source that serves elsewhere as the copy of another document's same print."""
    for prints in facts.told_again:
        copied = {(o.row["via_source_id"], o.row["printed_value"]): o for o in prints if o.row["via_source_id"]}
        for o in prints if copied else ():
            original = copied.get((o.source_id, o.row["printed_value"]))
            if original is not None and not o.row["via_source_id"]:
                yield remark_on(o, "source_id", False, original.source_id, "it is the copy of another row", original)


@relation(
    "V.repeated_row",
    "warning",
    says="one mention is one row",
    rationale="A row entered twice counts twice wherever prints are counted.",
    fix="delete one of the two rows, or give each its own locator",
    reach="document",
    beside="observations.locator observations.period_label observations.printed_label observations.via_source_id",
)
def repeated_row(facts: Facts) -> Iterator[Remark]:
    """Rows of one document that print the same number of the same fact in what may be one place."""
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in facts.cells.rows(_perhaps_again(facts)):
        groups[tuple(map(o.row.__getitem__, MENTION))].append(o)
    for prints in groups.values():
        earliest: dict[tuple[str, ...], Observation] = {}
        for o in prints:
            place = tuple(o.row[column] for column in PLACE)
            first = earliest.get(place)
            if first is not None:
                yield remark_on(o, "observation_id", False, "a row once", f"the same print as {first.row_id}", first)
            # A later row does not tell itself apart from this one where its place is the same, or left empty.
            for other in product(*({cell, ""} for cell in place)):
                earliest.setdefault(other, o)


def _perhaps_again(facts: Facts) -> Truths:
    """Which rows have `TOLD` in common with another one."""
    of_row, first = facts.cells.kinds(TOLD)
    return np.bincount(of_row, minlength=len(first))[of_row] > 1


PLACE = ("locator", "printed_label")
MENTION = (
    "source_id", "via_source_id", "period_label", "printed_value", "printed_value_to", "printed_unit_id", "bound",
    "entity_id", "metric_id", "breakdown_id", "measure", "basis", "of_entity_id", "claim_status", "period_type",
    "period_end",
)  # fmt: skip
"""What two rows have in common where they are one mention entered twice."""
TOLD = ("source_id", "printed_value", "entity_id", "metric_id", "measure", "period_end")
"""Some of it, by which rows that may be one mention are found."""


@relation(
    "V.locator",
    "warning",
    says="a locator names its places as `kind:which`",
    rationale="Whoever checks a number must find it: p:35, table:1 row:2 col:Kimi, page:12.",
    fix="write the place as p:, list:, table:, row:, col:, page: or figure: with what counts it",
    reach="row",
    reads="locator",
    beside="observations.locator",
)
def locator(facts: Facts) -> Iterator[Remark]:
    """Each locator against the form that pages and tools read."""
    for o in facts.observations:
        if o.row["locator"]:
            holds = is_locator(o.row["locator"])
            yield remark_on(o, "locator", holds, "p:35 or table:1 row:2 col:Kimi", "the locator has another form")


def _of_source(number: int, row: Row, column: str, holds: bool, expected: str, message: str) -> Remark:
    return Remark("sources", row["source_id"], number, column, holds, row[column], expected, message)


@relation(
    "V.url",
    "notice",
    says="the address of a source leads to the same content tomorrow",
    rationale="Addresses with tracking words, or of a repository's moving branch, lead to something else one day.",
    fix="drop the tracking words; name the commit in the address of a repository",
    reach="package",
    beside="sources.url",
)
def url(facts: Facts) -> Iterator[Remark]:
    """Each address of a source against shapes that do not last."""
    for number, row in enumerate(facts.rows("sources"), start=1):
        if row["url"]:
            holds = not TRACKING.search(row["url"]) and not MOVING.match(row["url"])
            yield _of_source(number, row, "url", holds, "a lasting address", "the address may change its content")


@relation(
    "V.repeated_source",
    "warning",
    says="one document is one source",
    rationale="A document under two ids looks like two sources that agree.",
    fix="keep one source, give its rows to it, and delete the other",
    reach="package",
    beside="sources.url sources.title sources.language",
)
def repeated_source(facts: Facts) -> Iterator[Remark]:
    """Sources with one address, or with one title, publisher and day."""
    seen: dict[tuple[str, ...], str] = {}
    for number, row in enumerate(facts.rows("sources"), start=1):
        address = re.sub(r"^https?://(www\.)?|/$", "", row["url"])
        keys: list[tuple[str, ...]] = [("url", address)] if address else []
        if row["published_on"]:
            keys.append(("title", row["title"].casefold(), row["publisher"], row["published_on"], row["language"]))
        for key in keys:
            first = seen.setdefault(key, row["source_id"])
            yield _of_source(
                number, row, "source_id", first == row["source_id"], first, f"the same {key[0]} as {first}"
            )


@relation(
    "V.correction",
    "error",
    says="a correction holds: its row still says what it corrects",
    rationale="A correction whose row has changed since would otherwise be passed over in silence.",
    fix="delete the correction, or bring it up to what the row says",
    reach="package",
)
def correction(facts: Facts) -> Iterator[Remark]:
    """Each correction against the cell of its observation as printed."""
    for number, row in enumerate(facts.rows("corrections"), start=1):
        observation = facts.printed_row(row["observation_id"])
        said = None if observation is None else observation.get(row["field_name"])
        yield Remark(
            "corrections", row["correction_id"], number, "printed", said == row["printed"], row["printed"],
            "a row of observations" if said is None else said, "the correction does not hold",
        )  # fmt: skip


RELATIONS = (via, mirror, repeated_row, locator, url, repeated_source, correction)
"""They judge what was typed: corrections change nothing in them."""
