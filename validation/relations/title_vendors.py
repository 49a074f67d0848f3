"""The vendor that the title of a document names, against the vendor of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from validation.relations.facts import Facts, Observation
from validation.relations.kept import kept
from validation.relations.names_in_texts import Names
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS", "vendors_in"]

OF_MANY = ("news", "market_research")
"""Kinds of documents that tell of one vendor in their title and of others beside it."""
SHORTEST = 2
"""A name of one letter is found in any text."""


@relation(
    "V.title_vendor",
    "warning",
    says="a document whose title names one vendor tells of that vendor",
    rationale="A release of one company prints no revenue of another: the entity, or the document named, is wrong.",
    fix="correct entity_id, or name the document that states the number",
    reach="row",
    beside="sources.title",
    reads="source_id vendor of_entity_id",
)
def title_vendor(facts: Facts) -> Iterator[Remark]:
    """Each print of a report, release, call, digest or data file whose title names just one vendor.

    News and market research tell of several under the name of one; a customer's or partner's name stands in the part.
    """
    told: dict[str, frozenset[str]] = {}
    for o in facts.observations:
        source, vendor = facts.reference.sources.get(o.source_id, {}), _vendor(o, facts)
        if vendor and source and source["kind"] not in OF_MANY and not o.series.of_entity_id:
            if o.source_id not in told:
                told[o.source_id] = vendors_in(f"{source['title']} / {o.source_id.replace('-', ' ')}", facts)
            if len(told[o.source_id]) == 1:
                (only,) = told[o.source_id]
                message = f"the title of {o.source_id} names {only} alone"
                yield remark_on(o, "entity_id", only == vendor, f"an entity of {only}, or another document", message)


def vendors_in(text: str, facts: Facts) -> frozenset[str]:
    """The ids of the vendors that a text names: by their own name, that of their company or of an entity of theirs."""
    names, known = _known(facts)
    return frozenset(names[name] for name in _words(text.casefold(), known))


@kept
def _known(facts: Facts) -> tuple[dict[str, str], Names]:
    names = _names(facts)
    return names, _finder(frozenset(names))


def _names(facts: Facts) -> dict[str, str]:
    """The vendor of each name in small letters: of its own, of its company or of an entity of it."""
    found: dict[str, set[str]] = {}
    for row in facts.reference.rows("vendors"):
        for name in (row["vendor_id"], row["name_en"], row["name_zh"], row["parent_company"].partition(",")[0]):
            found.setdefault(name.casefold(), set()).add(row["vendor_id"])
    for row in facts.reference.entities.values():
        for name in (row["name_en"], row["name_zh"]) if row["vendor_id"] else ():
            found.setdefault(name.casefold(), set()).add(row["vendor_id"])
    return {name: next(iter(of)) for name, of in found.items() if len(of) == 1 and len(name) >= SHORTEST}


@lru_cache(maxsize=8)
def _finder(names: frozenset[str]) -> Names:
    return Names(names, SHORTEST)


@lru_cache(maxsize=1 << 14)
def _words(text: str, known: Names) -> tuple[str, ...]:
    """The names in a text, which many facts ask of the same titles."""
    return tuple(known.words(text))


def _vendor(o: Observation, facts: Facts) -> str:
    return facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")


RELATIONS = (title_vendor,)
