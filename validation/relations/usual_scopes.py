"""Metrics that companies tell of themselves as a whole: a cash flow under a segment's name is that of its group."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

GROUP, INNER = ("group",), ("segment", "business", "product")
MANY, COMPANIES, FEW = 60, 4, 2
"""So many rows of so many companies tell that a metric is one of the whole; a document with more of a part means it."""


@relation(
    "V.usual_scope",
    "warning",
    says="what all companies tell of themselves as a whole is not told of a part of one by one document",
    rationale="Segments have no cash flow statement: operating cash flow under a segment's name is that of its group.",
    fix="check unit, entity and metric in the source",
    reach="package",
)
def usual_scope(facts: Facts) -> Iterator[Remark]:
    """Each number of a segment, business or product in the one document that tells its metric of any.

    Many rows of a few companies tell the metric of groups alone.
    """
    entities, names = facts.cells.codes("entity_id")
    metrics, ids = facts.cells.codes("metric_id")
    scopes = [facts.reference.entities.get(name, {}).get("scope", "") for name in names]
    of_group, of_part = (np.array([scope in kinds for scope in scopes], np.bool_)[entities] for kinds in (GROUP, INNER))
    told, parts = (np.bincount(metrics[these], minlength=len(ids)) for these in (of_group, of_part))
    pairs = np.unique(metrics[of_group] * max(len(names), 1) + entities[of_group]) // max(len(names), 1)
    companies = np.bincount(pairs, minlength=len(ids))
    is_whole = (told >= MANY) & (companies >= COMPANIES) & (parts > 0)
    odd = facts.cells.rows(of_part & is_whole[metrics])
    for metric_id in dict.fromkeys(o.series.metric_id for o in odd):
        rows = [o for o in odd if o.series.metric_id == metric_id]
        code = ids.index(metric_id)
        is_slip = len(rows) <= FEW and len({o.source_id for o in rows}) == 1
        for o in rows if is_slip else ():
            group = facts.entities_above(o.series.entity_id)
            message = f"all {told[code]} other numbers of {metric_id} are of the {companies[code]} groups that tell it"
            yield remark_on(o, "entity_id", False, group[-1] if group else "a group", message)


RELATIONS = (usual_scope,)
