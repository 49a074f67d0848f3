"""What a share is a share of: a part of its entity, or its entity as a part of another one."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.walks import above
from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

WHOLE, MARKET = "total", "market"


@relation(
    "C.share_whole",
    "warning",
    says="a share is that of a part, or of an entity in another one",
    rationale="The whole of an entity is no share of it: 89 % of revenue lost the customers that it comes from.",
    fix="type the part in breakdown_id, or the market in of_entity_id; exchange entity_id and of_entity_id where the "
    "whole was typed as the part",
    reach="row",
)
def share_whole(facts: Facts) -> Iterator[Remark]:
    """Each share against its part and the entity that it is a share of, which is neither in it nor of a market."""
    scopes = {name: row.get("scope", "") for name, row in facts.reference.entities.items()}
    for o in facts.by_measure.get("share", []):
        holds = bool(o.series.of_entity_id) or o.series.breakdown_id != WHOLE
        yield remark_on(o, "breakdown_id", holds, "a part of it", "it is a share, and nothing says of which part")
        if whole := o.series.of_entity_id:
            is_market = scopes.get(o.series.entity_id) == MARKET != scopes.get(whole)
            holds = not is_market and o.series.entity_id not in above(whole, facts.parents)
            yield remark_on(
                o, "of_entity_id", holds, "an entity that holds the part", "the whole is a part of its own part",
                severity="error",
            )  # fmt: skip


RELATIONS = (share_whole,)
