"""Tags of filings' data: where one stands beside a number, its document is one whose numbers carry tags."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

TAG = re.compile(r"\b(?:us-gaap|ifrs-full):[A-Z]\w+")
ENOUGH = 3
"""So many other rows of a document, none of them with a tag, make it one without."""
TAGGED = re.compile(r"\b(?:10-[KQ]|(?:20|40)-F)\b|annual report|quarterly report", re.IGNORECASE)
"""Titles of reports that carry tags, however their other numbers were read."""


@relation(
    "V.tagged_document",
    "warning",
    says="a number that was read by its tag is of a document whose other numbers are tagged too",
    rationale="Annual and quarterly reports carry tags, a release and a call do not: another document was read.",
    fix="name the document that was read in source_id, or the place in this one in locator",
    reach="document",
    beside="observations.locator observations.printed_label sources.title",
)
def tagged_document(facts: Facts) -> Iterator[Remark]:
    """Each number with a tag in its locator or label that alone of three others in its document has one."""
    documents: dict[str, list[Observation]] = defaultdict(list)
    tells_tag = (facts.cells.each("locator", _has_tag) > 0) | (facts.cells.each("printed_label", _has_tag) > 0)
    codes, names = facts.cells.codes("source_id")
    for o in facts.cells.rows((np.bincount(codes[tells_tag], minlength=len(names)) == 1)[codes]):
        documents[o.source_id].append(o)
    for source_id, rows in documents.items():
        tagged = [o for o in rows if _has_tag(o.row["locator"]) or _has_tag(o.row["printed_label"])]
        title = facts.reference.sources.get(source_id, {}).get("title", "")
        if len(tagged) == 1 and len(rows) > ENOUGH and not TAGGED.search(title):
            message = f"none of the {len(rows) - 1} other numbers of {source_id} was read by a tag"
            yield remark_on(tagged[0], "source_id", False, "a document with tags", message)


@lru_cache(maxsize=1 << 14)
def _has_tag(text: str) -> bool:
    return bool(text) and TAG.search(text) is not None


RELATIONS = (tagged_document,)
