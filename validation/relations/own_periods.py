"""The year before is told beside a document's own period: a line of which it tells the former alone is a year off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from canonical.titles import ends_in_title
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unmet

__all__ = ["RELATIONS"]

WEEKS = range(51, 54)
"""So many weeks before its own period ends the one of the year before."""
GROWTH, CALL, FILING = "growth_yoy", "earnings_call", "regulatory_filing"
"""Of growth, in calls of anything, and in releases of balances a document always tells its own period; of the tables of
releases and filings rows are often left out."""


@relation(
    "V.own_period",
    "warning",
    says="a document tells of the year before beside its own period",
    rationale="The release of the December quarter tells growth of that quarter: that of a year before alone is off.",
    fix="check the period in the source; where it is right, add the number of the document's own period beside it",
    reach="document",
)
def own_period(facts: Facts) -> Iterator[Remark]:
    """Each result of the year before in an own document that tells nothing of its line for the period of its title.

    Growth as such, what else is told on calls, and balances of releases where no other document prints the number. A
    document with more than one such line is a table of which rows were left out.
    """
    alone = unmet(facts)
    lines: dict[tuple[object, ...], dict[bool, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    ends: dict[tuple[str, str], date | None] = {}
    for o in (o for o in facts.comparable if o.is_own_word and o.series.standing == ACTUAL):
        document = o.source_id, o.series.entity_id
        own = ends[document] if document in ends else ends.setdefault(document, _own_end(o, facts))
        if own is not None and o.period is not None:
            line = (o.source_id, *o.series[:4], o.period.type)
            weeks = round((own - o.period.end).days / 7)
            lines[line][weeks in WEEKS] += [o] if weeks in (0, *WEEKS) else []
    odd: dict[str, list[Observation]] = defaultdict(list)
    for (source_id, *_), sides in lines.items():
        if sides[True] and not sides[False]:
            odd[str(source_id)] += sides[True]
    for rows in odd.values():
        (o, *more) = rows
        if not more and (o.series.measure == GROWTH or (o.row_id in alone and _is_always_beside(o, facts))):
            own = _own_end(o, facts)
            yield remark_on(
                o, "period_end", False, f"a period that ended on {own}",
                f"{o.source_id} is of the period to {own}, of which it tells nothing beside it",
            )  # fmt: skip


def _is_always_beside(o: Observation, facts: Facts) -> bool:
    kind = facts.reference.sources.get(o.source_id, {}).get("kind", "")
    return kind == CALL or (kind != FILING and o.row["period_type"] == "instant")


def _own_end(o: Observation, facts: Facts) -> date | None:
    """The last day that the title of a row's document names, None where it names none."""
    title = facts.reference.sources.get(o.source_id, {}).get("title", "")
    return max(ends_in_title(title, facts.reference.calendar(o.series.entity_id)), default=None)


RELATIONS = (own_period,)
