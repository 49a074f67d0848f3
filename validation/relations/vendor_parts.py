"""Parts that one vendor tells of by its own words: a number of another vendor under such a part was filed wrongly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.title_vendors import vendors_in

__all__ = ["RELATIONS"]

WHOLE = "total"
OWN = frozenset((
    "product", "offering", "customer", "advertising_line", "vas_line", "services_line", "software_line", "sales_group",
    "platform",
))  # fmt: skip
"""Axes whose parts each vendor cuts its own way; regions, leases and terms of payment are those of all."""
ENOUGH, DOCUMENTS = 3, 2
"""So many rows of one other vendor, in so many documents, make a part that no definition gives to it its own."""
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
    reach="package",
    beside=" ".join(f"observations.{column}" for column in READ),
)
def vendor_part(facts: Facts) -> Iterator[Remark]:
    """Each row that alone of its vendor is of a part which the definition, or all other rows, give to other vendors.

    What the page calls by a word of the part's name is right. Where no definition says so, a notice asks.
    """
    for o, of_part in _alone(facts):
        part, vendor = facts.reference.breakdowns.get(o.series.breakdown_id, {}), _vendor(o, facts)
        own, vendors = vendors_in(part.get("definition", ""), facts), of_part.keys() - {vendor}
        is_defined = bool(own) and vendor not in own and vendors <= own
        others = next(rows for name, rows in of_part.items() if name != vendor)
        is_habit = part.get("axis") in OWN and len(vendors) == 1 and len(others) >= ENOUGH
        is_habit = is_habit and len({other.source_id for other in others}) >= DOCUMENTS
        if (is_defined or is_habit) and not _is_named(o, part):
            told = " and ".join(sorted(own if is_defined else vendors)) or "markets"
            said = "its definition gives it to" if is_defined else f"all {len(others)} other rows of it are of"
            yield remark_on(
                o, "breakdown_id", False, f"{WHOLE}, or another part", f"{said} {told}; no word of the row names it",
                *others[:2], severity=None if is_defined else "notice",
            )  # fmt: skip


def _alone(facts: Facts) -> Iterator[tuple[Observation, dict[str, list[Observation]]]]:
    """The rows that alone of their vendor are of a part of others, each with the rows of that part by vendor."""
    (parts, of_parts), (vendors, of_vendors) = (facts.cells.codes(name) for name in ("breakdown_id", "vendor"))
    pairs = parts * len(of_vendors) + vendors
    counts, all_of = np.bincount(pairs), np.bincount(parts)
    is_whole = np.array([name == WHOLE for name in of_parts], np.bool_)[parts]
    is_single = (counts[pairs] == 1) & (all_of[parts] > 1) & ~is_whole
    rows: dict[int, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for place in np.flatnonzero(np.isin(parts, np.unique(parts[is_single]))).tolist():
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
