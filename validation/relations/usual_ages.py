"""The newest period of a document against its day: who writes in March tells of something that ended since last May."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from canonical.periods import parse_date
from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

OLD = timedelta(days=300)
"""What ended so long before is told beside what ended since."""
FEW = 5
"""A document of more rows is a history."""
MANY = 4
"""A publisher with so many other documents of its own is held to its own habit elsewhere."""
SURE = ("day", "month")
"""The precisions of a day of publication that tell the age of a period to a month or so."""


@relation(
    "V.usual_age",
    "warning",
    says="growth that is the newest thing that a document tells of is of the ten months before it was published",
    rationale="An article of March on the fourth quarter, typed a year too early, tells of nothing of the last year.",
    fix="check the period in the source, and that the document named is the one that was read",
    reach="package",
)
def usual_age(facts: Facts) -> Iterator[Remark]:
    """Each rate of growth in a document of a few rows all of which are of periods that ended long before.

    A level may be that of the year before, which stands in the column beside. Documents of a vendor that has many are
    asked by `V.usual_lag`.
    """
    own = Counter(o.publisher for o in _first_rows(facts) if o.is_own_word)
    for o in facts.cells.rows(_in_old_documents(facts)):
        is_habit = o.is_own_word and own[o.publisher] > MANY
        precision = facts.reference.sources.get(o.source_id, {}).get("published_precision")
        is_dated = o.period is not None and o.known_on is not None and precision in SURE
        if is_dated and o.series.measure.startswith("growth") and not is_habit:
            assert o.period is not None and o.known_on is not None
            holds = o.known_on - o.period.end <= OLD
            message = (
                f"its document was published on {o.known_on}, and tells of nothing that ended in the ten months before"
            )
            yield remark_on(o, "period_end", holds, f"a day after {o.known_on - OLD}", message)


def _first_rows(facts: Facts) -> Iterator[Observation]:
    """One row of each document."""
    _, first = facts.cells.kinds(("source_id",))
    return (facts.observations[place] for place in first.tolist())


def _in_old_documents(facts: Facts) -> Truths:
    """Which rows stand in documents of a few rows, of which none is of a period that ended lately, or is to end."""
    documents, names = facts.cells.codes("source_id")
    ends = facts.cells.each("period_end", lambda text: day.toordinal() if (day := parse_date(text)) else 0)
    last = np.zeros(len(names))
    np.maximum.at(last, documents, ends)
    known = np.array([day.toordinal() if (day := _day(name, facts)) else 0 for name in names], np.float64)
    are_few = np.bincount(documents, minlength=len(names)) <= FEW
    return (are_few & (last > 0) & (known - last > OLD.days))[documents]


def _day(source_id: str, facts: Facts) -> date | None:
    is_dated = facts.reference.sources.get(source_id, {}).get("published_on")
    return facts.reference.source_known_on(source_id) if is_dated else None


RELATIONS = (usual_age,)
