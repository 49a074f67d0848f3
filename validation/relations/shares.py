"""Shares against the part and the whole they are made of, and against one another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import difference, exactly, ratio, scaled
from canonical.intervals import Interval
from canonical.reference import Reference
from validation.relations.facts import Facts, Series
from validation.relations.formula import IN_FORCE, Formula, Role, level
from validation.relations.parts import complete_axes, prints_of_part, sums
from validation.relations.relation import Case, Option, Relation, relation

__all__ = ["RELATIONS"]

RECHECK = "check the share, the part and the whole in the source, and what the share is a share of"
HUNDRED = Decimal(100)


def _parent(series: Series, reference: Reference) -> Series | None:
    """The level of the parent breakdown, where that is the whole."""
    if series.of_entity_id:
        return None
    parent = reference.breakdowns.get(series.breakdown_id, {}).get("parent_breakdown_id", "")
    return level(series, reference)._replace(breakdown_id=parent) if parent else None


def _other_entity(series: Series, reference: Reference) -> Series | None:
    """The level of the entity that is the whole, where that is another one."""
    if not series.of_entity_id:
        return None
    whole = level(series, reference)
    return whole._replace(entity_id=series.of_entity_id, breakdown_id="total", perimeter_id=IN_FORCE)


def _percentage(part: Interval, whole: Interval) -> Interval:
    return scaled(ratio(part, whole), HUNDRED)


SHARE = Relation(
    "C.share",
    "error",
    "a share is the part over its own parent",
    "A share, its part and its whole are three prints of two facts: where they do not meet, one is wrong.",
    RECHECK,
    Formula("share", (Role("part"), Role("whole", of=_parent)), _percentage).cases,
)
SHARE_OF_ENTITY = Relation(
    "C.share_of_entity",
    "warning",
    "a share in another entity is the part over that entity's level",
    "Market shares come from estimates of both the part and the market, often by different hands.",
    RECHECK,
    Formula("share", (Role("part"), Role("whole", of=_other_entity)), _percentage).cases,
    "package",
)


@relation(
    "C.shares_of_whole",
    "error",
    says="the shares of the parts on a complete axis add up to 100 %",
    rationale="Shares that miss 100 % by more than their rounding hold a wrong number or leave a part out.",
    fix=RECHECK,
)
def shares_of_whole(facts: Facts) -> Iterator[Case]:
    """Each share of a part on a complete axis against what the shares of all other parts leave."""
    axes = complete_axes(facts.reference)
    for printed in facts.by_measure.get("share", []):
        row = facts.reference.breakdowns.get(printed.series.breakdown_id, {})
        parts = axes.get(row.get("parent_breakdown_id", ""), {}).get(row.get("axis", ""), [])
        others = [part for part in parts if part != printed.series.breakdown_id]
        if not others or len(others) == len(parts):
            continue
        prints = [prints_of_part(printed, part, facts) for part in others]
        if all(prints):
            yield Case(printed, tuple(_rest(option) for option in sums(prints)))


def _rest(option: Option) -> Option:
    return Option(option.inputs, difference(exactly(HUNDRED), option.implied))


RELATIONS = (SHARE, SHARE_OF_ENTITY, shares_of_whole)
