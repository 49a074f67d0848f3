"""Shares against the part and the whole they are made of, and against one another."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from canonical import arithmetic
from canonical.reference import Reference
from validation.relations.facts import Facts, Observation, Series
from validation.relations.formula import IN_FORCE, Formula, Role, level
from validation.relations.inner import Arithmetic, N
from validation.relations.kept import kept
from validation.relations.parts import beside, complete_axes, prints_of_part, sums
from validation.relations.questions import Question, in_columns
from validation.relations.reach import family_of
from validation.relations.relation import MOST_OPTIONS, Case, Option

__all__ = ["RECHECK", "RELATIONS", "percentage"]

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


@kept
def _of_shares_in_entities(facts: Facts) -> Facts:
    """The shares in another entity, and the levels of the same metrics in the families of the part and of the whole."""
    lines: set[tuple[str, str]] = set()
    shares = [o for o in facts.by_measure.get("share", []) if o.series.of_entity_id]
    for series in {o.series for o in shares}:
        lines.update((family_of(of, facts.parents), series.metric_id) for of in (series.entity_id, series.of_entity_id))
    levels = [
        o
        for (entity_id, metric_id), prints in facts.by_subject.items()
        if (family_of(entity_id, facts.parents), metric_id) in lines
        for o in prints
        if o.series.measure == "level"
    ]
    return facts.only(sorted((*shares, *levels), key=lambda o: o.number))


def percentage(on: Arithmetic[N], part: N, whole: N) -> N:
    """A part of a whole, in percent."""
    return on.scaled(on.ratio(part, whole), HUNDRED)


SHARE = Formula("share", (Role("part"), Role("whole", of=_parent)), percentage).relation(
    "C.share",
    "error",
    "a share is the part over its own parent",
    "A share, its part and its whole are three prints of two facts: where they do not meet, one is wrong.",
    RECHECK,
)
SHARE_OF_ENTITY = Formula("share", (Role("part"), Role("whole", of=_other_entity)), percentage).relation(
    "C.share_of_entity",
    "warning",
    "a share in another entity is the part over that entity's level",
    "Market shares come from estimates of both the part and the market, often by different hands.",
    RECHECK,
    "wholes",
    _of_shares_in_entities,
)


@in_columns(
    "C.shares_of_whole",
    "error",
    says="the shares of the parts on a complete axis add up to 100 %",
    rationale="Shares that miss 100 % by more than their rounding hold a wrong number or leave a part out.",
    fix=RECHECK,
)
def shares_of_whole(facts: Facts) -> list[Question]:
    """Each share of a part on a complete axis against what the shares of all other parts leave."""
    shares, questions = facts.columns.of_measure("share"), list[Question]()
    for axes in complete_axes(facts.reference).values():
        for parts in axes.values():
            told = facts.columns.by_series(shares, lambda series, of=frozenset(parts): series.breakdown_id in of)
            # Where parts are many, what one of them leaves tells of all.
            for part in (parts if len(parts) <= MOST_OPTIONS else parts[:1]) if len(parts) > 1 and len(told) else ():
                prints = facts.columns.by_series(told, lambda series, part=part: series.breakdown_id == part)
                others = [other for other in parts if other != part]
                inputs = beside(prints, others, facts)
                questions.append(Question(prints, inputs, _rest, partial(_case, others, facts)))
    return questions


def _case(others: Sequence[str], facts: Facts, printed: Observation) -> Case | None:
    prints = [prints_of_part(printed, part, facts) for part in others]
    options = (Option(s.inputs, _rest(arithmetic, s.implied)) for s in sums(prints)) if all(prints) else ()
    found = tuple(options)
    return Case(printed, found) if found else None


def _rest(on: Arithmetic[N], *others: N) -> N:
    return on.shifted(on.negated(on.sum_of(others)), HUNDRED)


RELATIONS = (SHARE, SHARE_OF_ENTITY, shares_of_whole)
