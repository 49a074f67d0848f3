"""What a share is a share of: a part of its entity, or its entity as a part of another one."""

from __future__ import annotations

from collections.abc import Iterator

from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

WHOLE = "total"


@relation(
    "C.share_whole",
    "warning",
    says="a share is that of a part, or of an entity in another one",
    rationale="The whole of an entity is no share of it: 89 % of revenue lost the customers that it comes from.",
    fix="type the part in breakdown_id, or the market in of_entity_id",
    reach="row",
)
def share_whole(facts: Facts) -> Iterator[Remark]:
    """Each share against its part and the entity that it is a share of."""
    for o in facts.by_measure.get("share", []):
        holds = bool(o.series.of_entity_id) or o.series.breakdown_id != WHOLE
        yield remark_on(o, "breakdown_id", holds, "a part of it", "it is a share, and nothing says of which part")


RELATIONS = (share_whole,)
