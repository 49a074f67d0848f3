"""The length of a period that no label names: a quarter among years is the year to date, or the year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from validation.relations.facts import Facts, Observation
from validation.relations.quantities import adds_up_over_time
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld

__all__ = ["RELATIONS"]

LENGTHS = ("quarter", "half_year", "nine_months", "year", "trailing_12_months")
BESIDE, ENOUGH = 2, 3
"""So many other rows of its document and day, or of its series or document, all of them longer, make a quarter odd."""
Group = tuple[object, ...]


@relation(
    "V.usual_length",
    "warning",
    says="a quarter that no label names is not the only one among longer periods",
    rationale="A report of the half-year tells of the half-year: its one number of a quarter is the year to date.",
    fix="type the period as the page names it in period_label, and its length in period_type",
    beside="observations.period_label",
)
def usual_length(facts: Facts) -> Iterator[Remark]:
    """Each quarter without a label that nothing bears out, where all else of its day in its document is longer.

    Or all else that is told of its entity, metric, part and measure, or that its document tells of its vendor, or that
    documents of its kind by its publisher tell of its metric and measure to the end of such a quarter.
    """
    unnamed = [o for o in facts.comparable if not o.row["period_label"] and o.row["period_type"] == "quarter"]
    alone = unheld(facts) if unnamed else frozenset[str]()
    asked = [o for o in unnamed if o.row_id in alone]
    of: dict[Group, list[Observation]] = {group: [] for o in asked for group in _groups(o, facts)}
    documents, entities = {o.source_id for o in asked}, {o.series.entity_id for o in asked}
    for o in facts.comparable if asked else ():
        if (o.source_id in documents or o.series.entity_id in entities) and o.row["period_type"] in LENGTHS:
            for group in _groups(o, facts):
                if group in of:
                    of[group].append(o)
    for o in asked:
        for group, enough, words in zip(_groups(o, facts), (BESIDE, ENOUGH, ENOUGH, ENOUGH), WORDS, strict=True):
            others = [other for other in of[group] if other is not o]
            lengths = {other.period.type for other in others if other.period is not None}
            if len(others) >= enough and "quarter" not in lengths:
                told = " or ".join(sorted(lengths))
                message = f"no label names its period, and all {len(others)} other numbers {words} are of longer ones"
                yield remark_on(o, "period_type", False, told, message, *others[:3])
                break


OF_PAGES = ("locator", "via_source_id", "printed_text", "printed_label")
"""Cells of a row that was typed from a page."""
PARTS_OF_YEARS = ("quarter", "half_year", "nine_months")


@relation(
    "V.unsaid_length",
    "notice",
    says="a flow of a part of a year is typed with the label by which its page names the period",
    rationale="A page prints the quarter beside the year to date: a row that names neither may be of either.",
    fix="type the period as the page names it in period_label, and its length in period_type",
    reach="row",
    beside=(
        "observations.locator observations.period_label observations.printed_label observations.printed_text "
        "observations.via_source_id"
    ),
)
def unsaid_length(facts: Facts) -> Iterator[Remark]:
    """Each level of a flow in a quarter, a half-year or nine months without a label, in a row typed from a page.

    That names or quotes its page; figures of a feed do not, and have no labels either.
    """
    cells = facts.cells
    are_parts = np.any([cells.are("period_type", name) for name in PARTS_OF_YEARS], axis=0)
    for o in cells.rows(are_parts & cells.are("measure", "level") & cells.are("period_label", "")):
        if adds_up_over_time(o.series, facts.reference) and any(o.row[name] for name in OF_PAGES):
            message = "a page prints the quarter beside the year to date, and no label says which of them was read"
            yield remark_on(o, "period_label", False, "the label of the period", message)


WORDS = (
    "of its vendor to the same day in its document", "of its entity, metric, part and measure",
    "of its vendor in its document", "of its metric to the end of such a quarter in such documents of its publisher",
)  # fmt: skip


def _groups(o: Observation, facts: Facts) -> tuple[Group, ...]:
    vendor = facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "") or o.series.entity_id
    kind, series = facts.reference.sources.get(o.source_id, {}).get("kind", ""), o.series
    return (
        ("document", o.source_id, vendor, o.period and o.period.end),
        ("series", series.entity_id, series.metric_id, series.breakdown_id, series.measure, series.of_entity_id),
        ("table", o.source_id, vendor),
        ("publisher", o.publisher, kind, series.entity_id, series.metric_id, series.measure, o.row["period_end"][5:7]),
    )


RELATIONS = (usual_length, unsaid_length)
