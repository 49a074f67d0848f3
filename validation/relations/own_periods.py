"""The year before is told beside a document's own period: a line of which it tells the former alone is a year off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from canonical.titles import ends_in_title
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unmet_among

__all__ = ["RELATIONS"]

WEEKS = (51, 52, 53)
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
    reach="surroundings",
    beside="sources.title",
)
def own_period(facts: Facts) -> Iterator[Remark]:
    """Each result of the year before in an own document that tells nothing of its line for the period of its title.

    Growth as such, what else is told on calls, and balances of releases where no other document prints the number. A
    document with more than one such line is a table of which rows were left out.
    """
    lines: dict[tuple[object, ...], dict[bool, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for o, is_before in _told_of_two_years(facts):
        if o.row["bound"] != "spread" and o.series.standing == ACTUAL and o.period is not None:
            lines[(o.source_id, *o.series[:4], o.period.type)][is_before].append(o)
    odd: dict[str, list[Observation]] = defaultdict(list)
    for (source_id, *_), sides in lines.items():
        if sides[True] and not sides[False]:
            odd[str(source_id)] += sides[True]
    single = [rows[0] for rows in odd.values() if len(rows) == 1]
    beside = [o for o in single if o.series.measure != GROWTH and _is_always_beside(o, facts)]
    alone = unmet_among(beside, facts)
    for o in single:
        if o.series.measure == GROWTH or o.row_id in alone:
            own = _own_end(o, facts)
            yield remark_on(
                o, "period_end", False, f"a period that ended on {own}",
                f"{o.source_id} is of the period to {own}, of which it tells nothing beside it",
            )  # fmt: skip


def _told_of_two_years(facts: Facts) -> Iterator[tuple[Observation, bool]]:
    """The rows of the period that the title of an own document names and of the year before, and whether of the latter.

    Only those of documents with a row of the year before.
    """
    weeks = _weeks_before(facts)
    are_before = np.isin(weeks, WEEKS)
    documents, names = facts.cells.codes("source_id")
    has_before = np.zeros(len(names), np.bool_)
    has_before[documents[are_before]] = True
    for place in np.flatnonzero((are_before | (weeks == 0)) & has_before[documents]).tolist():
        yield facts.observations[place], bool(are_before[place])


def _weeks_before(facts: Facts) -> NDArray[np.float64]:
    """How many weeks before the period that its own document is named after the period of each row ends, else NaN."""
    of_row, first = facts.cells.kinds(("source_id", "calendar"))
    firsts = [facts.observations[place] for place in first.tolist()]
    owns = (_own_end(o, facts) if o.is_own_word else None for o in firsts)
    own = np.array([np.nan if end is None else end.toordinal() for end in owns], np.float64)
    periods = [o.period for o in facts.observations]
    ends = np.array([np.nan if period is None else period.end.toordinal() for period in periods], np.float64)
    return np.rint((own[of_row] - ends) / 7)


def _is_always_beside(o: Observation, facts: Facts) -> bool:
    kind = facts.reference.sources.get(o.source_id, {}).get("kind", "")
    return kind == CALL or (kind != FILING and o.row["period_type"] == "instant")


def _own_end(o: Observation, facts: Facts) -> date | None:
    """The last day that the title of a row's document names, None where it names none."""
    title = facts.reference.sources.get(o.source_id, {}).get("title", "")
    return max(ends_in_title(title, facts.reference.calendar(o.series.entity_id)), default=None)


RELATIONS = (own_period,)
