"""The year before is told beside a document's own period: a line of which it tells the former alone is a year off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np

from canonical.titles import ends_in_title
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.numbers import Truths
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
    reach="package",
    beside="sources.title",
)
def own_period(facts: Facts) -> Iterator[Remark]:
    """Each result of the year before in an own document that tells nothing of its line for the period of its title.

    Growth as such, what else is told on calls, and balances of releases where no other document prints the number. A
    document with more than one such line is a table of which rows were left out.
    """
    alone = unmet(facts)
    lines: dict[tuple[object, ...], dict[bool, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o in facts.cells.rows(_in_documents_of_two_years(facts)):
        is_asked = o.row["bound"] != "spread" and o.is_own_word and o.series.standing == ACTUAL
        weeks = _weeks_before(o, facts) if is_asked else None
        if weeks is not None and o.period is not None:
            line = (o.source_id, *o.series[:4], o.period.type)
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


def _in_documents_of_two_years(facts: Facts) -> Truths:
    """Which rows stand in documents with a row of the year before the period that their title names."""
    of_row, first = facts.cells.kinds(("source_id", "calendar", "period_end"))
    are_before = [_weeks_before(facts.observations[place], facts) in WEEKS for place in first.tolist()]
    documents, names = facts.cells.codes("source_id")
    has_both = np.zeros(len(names), np.bool_)
    has_both[documents[np.array(are_before, np.bool_)[of_row]]] = True
    return has_both[documents]


def _weeks_before(o: Observation, facts: Facts) -> int | None:
    """How many weeks before the period that its document is named after a row's period ends."""
    own = _own_end(o, facts)
    return None if own is None or o.period is None else round((own - o.period.end).days / 7)


def _is_always_beside(o: Observation, facts: Facts) -> bool:
    kind = facts.reference.sources.get(o.source_id, {}).get("kind", "")
    return kind == CALL or (kind != FILING and o.row["period_type"] == "instant")


def _own_end(o: Observation, facts: Facts) -> date | None:
    """The last day that the title of a row's document names, None where it names none."""
    title = facts.reference.sources.get(o.source_id, {}).get("title", "")
    return max(ends_in_title(title, facts.reference.calendar(o.series.entity_id)), default=None)


RELATIONS = (own_period,)
