"""What a share is a share of: a part of its entity, or its entity in another one, all of which is 100 %."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from canonical.reference import Reference
from canonical.walks import above
from validation.relations.facts import Facts, Observation
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.shares import RECHECK

__all__ = ["RELATIONS"]

WHOLE, MARKET, ALL = "total", "market", Decimal(100)


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


@relation(
    "C.shares_of_market",
    "error",
    says="the shares of vendors in one market and period add up to at most 100 %",
    rationale="Where the others have 60 % of a market, none has 97 %: what the others have was typed as its share.",
    fix=RECHECK,
    reach="document",
)
def shares_of_market(facts: Facts) -> Iterator[Remark]:
    """Each share that is larger than what all other vendors of one document, market and period leave.

    An aggregate of vendors, or a part of one, is counted with none of them. The least print of each is counted; that
    of the largest share is what is odd, as a share of the rest would be.
    """
    told: dict[tuple[object, ...], dict[str, Observation]] = defaultdict(dict)
    for o in facts.by_measure.get("share", []):
        if o.series.of_entity_id and o.series.breakdown_id == WHOLE and _is_vendor(o, facts.reference):
            vendors = told[o.source_id, o.period, o.series._replace(entity_id="", perimeter_id="")]
            known = vendors.get(o.series.entity_id)
            vendors[o.series.entity_id] = o if known is None or _least(o) < _least(known) else known
    for vendors in told.values():
        apart = [o for name, o in vendors.items() if not any(up in vendors for up in above(name, facts.parents))]
        largest = max(apart, key=_least, default=None)
        others = [o for o in apart if o is not largest]
        left = ALL - sum(map(_least, others))
        if largest is not None and others and _least(largest) > left:
            shares = _told(others)
            yield remark_on(largest, "printed_value", False, f"at most {left:f}", f"the others have {shares}", *others)


def _is_vendor(o: Observation, reference: Reference) -> bool:
    """Whether an entity is of one vendor, and has no members that may be counted beside it."""
    entity = reference.entities.get(o.series.entity_id, {})
    return bool(entity.get("vendor_id")) and not entity.get("members")


def _least(o: Observation) -> Decimal:
    return max(o.interval.low or Decimal(0), Decimal(0))


def _told(shares: Iterable[Observation]) -> str:
    return ", ".join(f"{o.row['printed_value']} ({o.series.entity_id})" for o in shares)


RELATIONS = (share_whole, shares_of_market)
