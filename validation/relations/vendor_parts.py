"""Parts that one vendor tells of by its own words: a number of another vendor under such a part was filed wrongly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from validation.relations.facts import Facts, Observation
from validation.relations.reach import WHOLE
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.title_vendors import vendors_in

__all__ = ["RELATIONS"]

READ = ("printed_label", "printed_text", "note", "locator")
WORD = re.compile(r"[a-z0-9]{3,}|[\u4e00-\u9fff]+")
COMMON = frozenset((
    "and", "the", "for", "with", "other", "total", "revenue", "cloud", "service", "services", "customer", "customers",
    "product", "products", "commercial", "business", "businesses", "服务", "收入", "客户", "业务", "产品",
))  # fmt: skip
"""Words that the names of many parts have."""


@relation(
    "V.vendor_part",
    "warning",
    says="a part that one vendor tells of by its own words is not told of another by one row alone",
    rationale="Services to third-party sellers are Amazon's: a row of them under Kingsoft was a slip of the list.",
    fix="check in the source which part the number is of; type printed_label as the page prints it",
    reach="part",
    beside=" ".join(f"observations.{column}" for column in READ),
)
def vendor_part(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of its vendor is of a part which definition and all other rows give to vendors it names.

    What the page calls by a word of the part's name is right.
    """
    for o, of_part in _alone(facts):
        part, vendor = facts.reference.breakdowns.get(o.series.breakdown_id, {}), _vendor(o, facts)
        own, vendors = vendors_in(part.get("definition", ""), facts), of_part.keys() - {vendor}
        if vendor not in own and vendors <= own and not _is_named(o, part):
            others = next(rows for name, rows in of_part.items() if name != vendor)
            told = " and ".join(sorted(own))
            message = f"its definition and all other rows of it are of {told}; no word of the row names it"
            yield remark_on(o, "breakdown_id", False, f"{WHOLE}, or another part", message, *others[:2])


def _alone(facts: Facts) -> Iterator[tuple[Observation, dict[str, list[Observation]]]]:
    """The rows that alone of their vendor are of a part of others, each with the rows of that part by vendor."""
    (parts, of_parts), (vendors, of_vendors) = (facts.cells.codes(name) for name in ("breakdown_id", "vendor"))
    pairs = parts * len(of_vendors) + vendors
    counts, all_of = np.bincount(pairs), np.bincount(parts)
    is_whole = np.array([name == WHOLE for name in of_parts], np.bool_)[parts]
    is_single = (counts[pairs] == 1) & (all_of[parts] > 1) & ~is_whole
    rows: dict[int, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for place in np.flatnonzero(np.bincount(parts[is_single], minlength=len(all_of))[parts]).tolist():
        rows[int(parts[place])][of_vendors[int(vendors[place])]].append(facts.observations[place])
    for place in np.flatnonzero(is_single).tolist():
        yield facts.observations[place], rows[int(parts[place])]


def _vendor(o: Observation, facts: Facts) -> str:
    return facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")


def _is_named(o: Observation, part: dict[str, str]) -> bool:
    """Whether label, text, note or place have a word, or two signs, of the names of a part."""
    read = " ".join(o.row[column] for column in READ).casefold()
    return any(word in read for word in _words(f"{part.get('breakdown_id', '')} {part.get('name_en', '')}".casefold(),
                                               part.get("name_zh", "")))  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _words(english: str, chinese: str) -> frozenset[str]:
    signs = (run[at : at + 2] for run in WORD.findall(chinese) for at in range(len(run) - 1))
    return frozenset((*WORD.findall(english), *signs)) - COMMON


RELATIONS = (vendor_part,)
