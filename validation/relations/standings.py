"""The standing of numbers of the past: what a reporter says of itself, and what a third party estimates of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from validation.relations.cells import are_mixed
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.relation import Remark, each_row_once, relation, remark_on

__all__ = ["RELATIONS"]

ESTIMATE, RANK = "estimate", "rank"
ENOUGH, HOUSE = 3, 2
"""So many others tell a standing, and so many other documents that of a house."""
TOLD = (ACTUAL, ESTIMATE)


@relation(
    "V.usual_status",
    "warning",
    says="what one document tells of the past is of one standing: the reporter's own, or a third party's estimate",
    rationale="A tracker estimates the revenue of seven vendors: it does not report that of the eighth.",
    fix="type in claim_status whether the reporter says so or a third party estimates it",
    reach="package",
)
def usual_status(facts: Facts) -> Iterator[Remark]:
    """Each number of the past whose standing alone differs from the others of its metric and measure in its document.

    A result among a third party's estimates of its metric is odd whatever their measures.

    In a document of its own an entity tells results of whatever metric: an estimate there, other than of its rank, is
    odd among all of them, and where the document tells no other. So is the one estimate of a document among the results
    that others tell of its line, and the one result of a document of a house that estimates the like in two others.
    """
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    documents, statuses = facts.cells.codes("source_id")[0], facts.cells.codes("claim_status")[0]
    for o in facts.cells.rows(are_mixed(documents, statuses)):
        if o.row["claim_status"] in TOLD:
            groups["metric", o.source_id, o.series.metric_id, o.series.measure].append(o)
            groups["own" if o.is_own_word else "house", o.source_id, *_house(o)].append(o)
    told = set[str]()
    for (kind, *_), rows in groups.items():
        counts = Counter(o.row["claim_status"] for o in rows)
        usual, times = counts.most_common(1)[0]
        if kind == "house" and usual != ESTIMATE:
            continue
        odd = [o for o in rows if o.row["claim_status"] != usual and o.row_id not in told]
        if times >= ENOUGH and len(rows) - times == 1 and odd:
            told.add(odd[0].row_id)
            message = f"the {times} others of its document are {usual}"
            yield remark_on(odd[0], "claim_status", False, usual, message, *[o for o in rows if o is not odd[0]][:2])
    others = (*_alone_estimated(facts), *_of_estimators(facts))
    yield from each_row_once(remark for remark in others if remark.row_id not in told)


def _house(o: Observation) -> tuple[str, ...]:
    """The metric that a third party estimates by every measure; of itself an entity tells all metrics alike."""
    return () if o.is_own_word else (o.series.metric_id,)


def _of_estimators(facts: Facts) -> Iterator[Remark]:
    """The one result of a document whose house estimates all else that it tells of its metric and measure."""
    told: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    estimators = {o.publisher for o in facts.cells.rows(facts.cells.are("claim_status", ESTIMATE)) if not o.is_own_word}
    for o in facts.observations if estimators else ():
        if o.publisher in estimators and o.row["claim_status"] in TOLD and not o.is_own_word:
            told[o.publisher, o.series.metric_id, o.series.measure].append(o)
    results = Counter(o.source_id for rows in told.values() for o in rows if o.row["claim_status"] == ACTUAL)
    for rows in told.values():
        odd = [o for o in rows if o.row["claim_status"] == ACTUAL]
        others = [o for o in rows if o.row["claim_status"] == ESTIMATE]
        if len(odd) == 1 and results[odd[0].source_id] == 1:
            documents = {o.source_id for o in others} - {odd[0].source_id}
            if len(others) >= ENOUGH and len(documents) >= HOUSE:
                message = f"all {len(others)} other such numbers of {odd[0].publisher} are estimates"
                yield remark_on(odd[0], "claim_status", False, ESTIMATE, message, *others[:2])


def _alone_estimated(facts: Facts) -> Iterator[Remark]:
    """Each estimate of a document that tells no other, where that is the entity's own, or its line is of results."""
    estimates = facts.cells.rows(facts.cells.are("claim_status", ESTIMATE))
    counts = Counter(o.source_id for o in estimates)
    for o in (o for o in estimates if counts[o.source_id] == 1 and o.series.measure != RANK):
        if o.is_own_word:
            message = "its document is the entity's own, and tells no other estimate"
            yield remark_on(o, "claim_status", False, ACTUAL, message)
        else:
            alike = facts.by_subject[o.series.entity_id, o.series.metric_id]
            others = [p for p in alike if p is not o and p.series[2:4] == o.series[2:4]]
            results = [p for p in others if p.row["claim_status"] == ACTUAL]
            is_line = len(results) > ENOUGH and len({p.source_id for p in results}) >= ENOUGH
            if is_line and all(p.row["claim_status"] != ESTIMATE for p in others):
                message = (
                    f"all {len(results)} other numbers of its line are results, and its document estimates no other"
                )
                yield remark_on(o, "claim_status", False, ACTUAL, message, *results[:2])


RELATIONS = (usual_status,)
