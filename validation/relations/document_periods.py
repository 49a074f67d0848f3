"""Layer V: the period of a number against the periods that name its document and the copy it was read in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from canonical.observation import ACTUAL
from canonical.periods import parse_date
from canonical.reference import known_on
from canonical.text_tables import Row
from canonical.titles import ends_in_title
from validation.relations.facts import Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

LENGTHS, INSTANT = ("month", "quarter", "half_year", "nine_months", "year", "trailing_12_months"), "instant"
WEEK = timedelta(days=7)
"""Fiscal periods that end with a week differ by so much from the month end that a title stands for."""
TOLD_LATER = timedelta(days=150)
"""Within so many days after its period a report is out, which may tell a balance of its own day."""
OLDEST = timedelta(days=10 * 366)
"""The longest table of the package, a vendor's history of its spending, goes back for eight years."""


@relation(
    "V.copy_period",
    "error",
    says="a copy is of the document that states the number, not of another year's",
    rationale="Releases of two years differ in one digit of their title: the number was read in the wrong one.",
    fix="name the copy that was read in via_source_id, or the document it is a copy of in source_id",
    reach="row",
    reads="source_id via_source_id claim_status entity_id",
    surely=lambda facts: facts.cells.each("via_source_id", lambda name: name not in facts.reference.sources) > 0,
    beside="observations.via_source_id sources.title",
)
def copy_period(facts: Facts) -> Iterator[Remark]:
    """Each told print read in a copy: the periods in the two titles, where both name some.

    A repository names the file of a filing after the quarter in which it was filed, too.
    """
    for o in facts.observations:
        source, copy = _documents(o, facts)
        if copy is not None and o.series.standing == ACTUAL:
            calendar = facts.reference.calendar(o.series.entity_id)
            stated, read = (
                ends_in_title(source.get("title", ""), calendar),
                ends_in_title(copy.get("title", ""), calendar),
            )
            if stated and read:
                holds = _meet(stated, read) or (copy["kind"] == "repository_data" and _filed_in(source, read))
                yield remark_on(
                    o, "via_source_id", holds, f"a document to {_days(stated)}", f"the copy is one to {_days(read)}"
                )


@relation(
    "V.document_period",
    "error",
    says="a result is of the period its document is named after, or of an earlier one",
    rationale="A release of the second quarter states no result of the third: the period or the document is wrong.",
    fix="correct period_end, or name the document that states the number",
    reach="row",
    reads="source_id via_source_id claim_status entity_id period_type period_start period_end",
    surely=lambda facts: _are_of_their_documents(facts),
    beside="observations.via_source_id sources.title",
)
def document_period(facts: Facts) -> Iterator[Remark]:
    """Each result against the title of its document, and the title and day of the copy read."""
    for o in facts.observations:
        if o.period is not None and o.period.type in (*LENGTHS, INSTANT) and o.series.standing == ACTUAL:
            calendar = facts.reference.calendar(o.series.entity_id)
            for document in filter(None, _documents(o, facts)):
                ends = ends_in_title(document.get("title", ""), calendar)
                if ends:
                    first, last = _span(ends)
                    last += TOLD_LATER if o.period.type == INSTANT else timedelta(0)
                    holds = first <= o.period.end <= last
                    yield remark_on(o, "period_end", holds, f"a day from {first} to {last}", _named(document))
        published = _published(o, facts)
        if o.period is not None and published is not None and o.series.standing == ACTUAL:
            message = f"{o.row['via_source_id']} was published before"
            yield remark_on(o, "period_end", o.period.end <= published, f"a day up to {published}", message)


def _are_of_their_documents(facts: Facts) -> Truths:
    """Which rows surely speak of a period that the titles and days of their documents allow."""
    of_row, first = facts.cells.kinds(("source_id", "via_source_id", "calendar"))
    spans = [_allowed(facts.observations[place], facts) for place in first.tolist()]
    earliest, latest = (np.array(days, np.int64)[of_row] for days in zip(*spans, strict=True)) if spans else ([], [])
    ends = facts.cells.each("period_end", lambda text: day.toordinal() if (day := parse_date(text)) else np.nan)
    return np.isnan(ends) | ((earliest <= ends) & (ends <= latest))


def _allowed(o: Observation, facts: Facts) -> tuple[int, int]:
    """The first and the last day with which a result of the documents of a row may end."""
    calendar, source_copy = facts.reference.calendar(o.series.entity_id), _documents(o, facts)
    told = (ends_in_title(document.get("title", ""), calendar) for document in source_copy if document)
    spans = [_span(ends) for ends in told if ends]
    published = _published(o, facts)
    last = [last for _, last in spans] + ([published] if published else [])
    return max((first for first, _ in spans), default=date.min).toordinal(), min(last, default=date.max).toordinal()


def _span(ends: frozenset[date]) -> tuple[date, date]:
    """The days from which and up to which a result may be told in a document that is named after some periods."""
    return min(ends) - OLDEST, max(ends) + WEEK


def _published(o: Observation, facts: Facts) -> date | None:
    """The day on which the copy of a document was published, None where there is none or it is not known."""
    copy = facts.reference.sources.get(o.row["via_source_id"], {})
    return parse_date(known_on(copy)) if copy.get("published_on") else None


def _documents(o: Observation, facts: Facts) -> tuple[Row, Row | None]:
    """The document that states a number and the copy it was read in, None where it was read in the document."""
    sources = facts.reference.sources
    return sources.get(o.source_id, {}), sources.get(o.row["via_source_id"])


def _meet(one: frozenset[date], other: frozenset[date]) -> bool:
    return any(abs(a - b) <= WEEK for a in one for b in other)


def _filed_in(source: Row, ends: frozenset[date]) -> bool:
    """Whether a document was published in a quarter that ends on one of the days."""
    day = parse_date(source.get("published_on", ""))
    return day is not None and any(timedelta(0) <= end - day < timedelta(days=92) for end in ends)


def _named(document: Row) -> str:
    return f"{document['source_id']} is named after another period: {document['title']!r}"


def _days(ends: frozenset[date]) -> str:
    return " or ".join(map(str, sorted(ends)))


RELATIONS = (copy_period, document_period)
