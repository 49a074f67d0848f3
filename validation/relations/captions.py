"""What a source calls its numbers: the caption of a figure against the text, `first` against a printed rank."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from canonical.arithmetic import at_most, meets
from canonical.intervals import Interval
from validation.relations.claims import print_of, spoken_of
from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation

__all__ = ["RELATIONS"]


@relation(
    "C.caption",
    "warning",
    says="a figure's caption and the text call a series by the same name",
    rationale="EBITA and EBITDA, a cloud and its group, are different things: one of the two names is wrong.",
    fix="find out which name is right, from another source if need be, and put the other right in corrections",
    reach="package",
)
def caption(facts: Facts) -> Iterator[Remark]:
    """Each label of a figure against the metric and entity under which the same document prints the series."""
    for number, statement in enumerate(facts.rows("statements"), start=1):
        if statement["relation"] == "labels" and statement["versus"]:
            named = statement["versus"]
            column = "entity_id" if named in facts.reference.entities else "metric_id"
            spoken = [o for o in spoken_of(statement, facts) if o.source_id == statement["source_id"]]
            if spoken:
                yield Remark(
                    "statements", statement["statement_id"], number, column,
                    holds=all(o.row[column] == named for o in spoken),
                    found=statement[column], expected=named, message="the caption and the text name it differently",
                    observations=tuple(spoken),
                )  # fmt: skip


@relation(
    "C.first",
    "error",
    says="what is called first has no printed rank below the first",
    rationale="A claim to be first and a printed rank of two for one thing and time cannot both hold.",
    fix="check the claim, the rank and the ranking each is taken from",
    reach="package",
)
def first(facts: Facts) -> Iterator[Remark]:
    """Each claim to be first against ranks that the same document prints."""
    for number, statement in enumerate(facts.rows("statements"), start=1):
        if statement["relation"] == "first":
            for ranked in spoken_of(statement, facts, measure="rank"):
                if ranked.source_id == statement["source_id"]:
                    yield Remark(
                        "statements", statement["statement_id"], number, "relation",
                        holds=meets(ranked.interval, FIRST), found="first", expected=print_of(ranked),
                        message="the rank printed for it is another", observations=(ranked,),
                    )  # fmt: skip


FIRST: Interval = at_most(Decimal(1))

RELATIONS = (caption, first)
