"""The period that most numbers of a document are of: a line of which it tells the year before alone is off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from canonical.periods import parse_date
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.quantities import is_past
from validation.relations.reach import family_of
from validation.relations.relation import Remark, relation, remark_on
from validation.relations.unheld import unheld

__all__ = ["RELATIONS"]

ALONE, BESIDE = 2, 4
"""So many numbers of one period make it the document's, where no other stands in the column of the odd one, and where
some do."""
YEAR, WEEK = timedelta(days=365), timedelta(days=7)
"""The column of the year before ends a year before, to a week."""


@relation(
    "V.main_period",
    "warning",
    says="a number of the year before or after stands beside that of the period that most of its document is of",
    rationale="An article on the quarter that gives last year's growth gives this year's too: alone it is a year off.",
    fix="check the period in the source; where it is right, add the number of the document's main period beside it",
)
def main_period(facts: Facts) -> Iterator[Remark]:
    """Each number that nothing bears out, of the year before the period of most of its document and company.

    That is where the document tells nothing of its line for that period, and so tells of all else in its column. Of a
    tracker's estimates those of all companies make the period. Beside a result's growth its level is enough. And each
    that alone of its document is of the year after, of whose line it tells nothing else.
    """
    alone = unheld(facts)
    documents: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for o in facts.cells.rows(_in_documents_of_two_years(facts, alone)):
        if is_past(o.series) and o.period is not None:
            is_own = o.series.standing == ACTUAL
            whose = family_of(o.series.entity_id, facts.parents) if is_own else o.series.standing
            documents[o.source_id, whose].append(o)
    for rows in documents.values():
        lines = {(_line(o), o.period.end) for o in rows if o.period is not None}
        main, count = _main(end for _, end in lines)
        told = {_line(o) for o in rows if _is_of(o, main)}
        early = (o for o in rows if o.row_id in alone and o.period and _is_of(o, main - YEAR))
        for o in early if 2 * count > len(lines) - 1 else ():
            others = [other for other in rows if other is not o and o.period and _is_of(other, o.period.end)]
            enough = BESIDE if others else 1 if _is_beside_level(o, rows, main) else ALONE
            is_single = count >= enough and _line(o) not in told
            if is_single and all(_line(other) in told for other in others):
                message = (
                    f"{count} other numbers of its document are of the period to {main}, of which it tells nothing"
                )
                yield remark_on(o, "period_end", False, f"perhaps {main}", message)
        late = [o for o in rows if o.period is not None and o.period.end > main + WEEK]
        for o in late if len(late) == 1 and count >= BESIDE and 2 * count > len(lines) - 1 else ():
            if o.row_id in alone and _is_of(o, main + YEAR) and _line(o) not in told:
                message = (
                    f"{count} other numbers of its document are of the period to {main}, and none is of a later one"
                )
                yield remark_on(o, "period_end", False, f"perhaps {main}", message)


def _in_documents_of_two_years(facts: Facts, alone: frozenset[str]) -> Truths:
    """Which rows stand in documents with one of `alone` that ends a year or more from the first or the last period."""
    documents, names = facts.cells.codes("source_id")
    ends = facts.cells.each("period_end", lambda text: day.toordinal() if (day := parse_date(text)) else 0)
    first, last = np.full(len(names), np.inf), np.zeros(len(names))
    np.maximum.at(last, documents, ends)
    np.minimum.at(first, documents, np.where(ends > 0, ends, np.inf))
    are_alone = np.array([o.row_id in alone for o in facts.observations], np.bool_)
    is_far = np.maximum(last[documents] - ends, ends - first[documents]) >= (YEAR - WEEK).days
    is_told = np.zeros(len(names), np.bool_)
    is_told[documents[are_alone & (ends > 0) & is_far]] = True
    return is_told[documents]


def _main(ends: Iterable[date]) -> tuple[date, int]:
    """The day on which the periods of most lines end, the last of several such, and how many do."""
    return max(Counter(ends).items(), key=lambda told: (told[1], told[0]))


def _is_of(o: Observation, end: date) -> bool:
    return o.period is not None and abs(o.period.end - end) <= WEEK


def _is_beside_level(o: Observation, rows: Sequence[Observation], main: date) -> bool:
    """Whether a result's rate of growth stands beside the level of its entity and metric in the main period."""
    is_growth, subject = o.series.standing == ACTUAL and o.series.measure.startswith("growth"), o.series[:3]
    return is_growth and any(p.series[:3] == subject and p.series.measure == "level" and _is_of(p, main) for p in rows)


def _line(o: Observation) -> tuple[str, ...]:
    return o.series[:4]


RELATIONS = (main_period,)
