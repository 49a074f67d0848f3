"""The period that a place in a document names: the span of a tag, the head of a column, against the dates typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from canonical.calendars import Calendar
from canonical.label_words import words_of_label
from canonical.labels import Named, periods_near
from canonical.observation import Observation
from validation.relations.facts import Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

SPAN = re.compile(r"\bitem:(?:([0-9]{4}-[0-9]{2}-[0-9]{2})/|.*?)([0-9]{4}-[0-9]{2}-[0-9]{2})$")
HEAD = re.compile(r"\bcol:([^|]+)$")
DATED = frozenset(("year", "fiscal", "calendar", "months", "full", "span"))
"""Kinds of words of a head that names a year, and a length, and leaves to the title above it when the period ends."""
AT_ITS_END = ("instant", "trailing_12_months")
"""What stands under the head of the quarter that it ends with."""
SLACK, YEAR = 6, timedelta(days=366)


@relation(
    "P.place",
    "error",
    says="the dates of a period are those that its place in the document names",
    rationale="The column headed September 30, 2022 is read for September 2022, whatever else was typed beside it.",
    fix="correct period_end and period_type, or the column or item that the locator names",
    reach="row",
    beside="observations.locator",
)
def place(facts: Facts) -> Iterator[Remark]:
    """Each row whose locator ends with the span or day of an item, or with a head of a column that names a period.

    A head of a year alone, or of a year and a length, names the year in which the period ends.
    """
    names_one = facts.cells.each("locator", lambda where: bool(SPAN.search(where) or HEAD.search(where))) > 0
    for o in facts.cells.rows(names_one):
        where = o.row["locator"]
        if o.period is not None:
            if span := SPAN.search(where):
                start, end = span[1] or o.row["period_start"], span[2]
                is_end = o.row["period_end"] == end
                column, expected = ("period_start", start) if is_end else ("period_end", _span(start, end))
                holds = is_end and o.row["period_start"] == start
                yield remark_on(o, column, holds, expected, f"its place is the item of {_span(start, end)}")
            elif head := HEAD.search(where):
                yield from _under(head[1], o, facts.reference.calendar(o.series.entity_id))


def _span(start: str, end: str) -> str:
    return f"{start} to {end}" if start else end


def _under(head: str, o: Observation, calendar: Calendar | None) -> Iterator[Remark]:
    """Whether a row is of a period that the head of its column can stand for, where it names one."""
    assert o.period is not None
    named = periods_near(head, calendar, o.period.end)
    if named is not None:
        holds = any(_is_of(o, period, _year_and_length(head)) for period in named)
        told = " or ".join(sorted(map(str, named)))
        yield remark_on(o, "period_end", holds, told, f"its column is headed {head!r}")


def _is_of(o: Observation, named: Named, is_year: tuple[bool, bool]) -> bool:
    assert o.period is not None
    end, type_ = o.period.end, o.period.type
    if is_year[0] and (end.year == named.end.year or timedelta(0) <= named.end - end < YEAR):
        return not is_year[1] or type_ in named.types
    return named.is_of(type_, end) or (type_ in AT_ITS_END and _is_near(named.end, end))


def _is_near(one: date, other: date) -> bool:
    return abs((one - other).days) <= SLACK


@lru_cache(maxsize=1 << 10)
def _year_and_length(head: str) -> tuple[bool, bool]:
    """Whether a head names the year of a period and not its end, and whether it also says how long the period is."""
    kinds = {word.kind for word in words_of_label(head) or ()}
    return kinds <= DATED, "months" in kinds


RELATIONS = (place,)
