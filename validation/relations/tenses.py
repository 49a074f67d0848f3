"""Layer P: what is told as past or as future, against the day of its publication."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from canonical.observation import EARLIEST
from canonical.periods import MONTHS_OF, parse_date
from validation.relations import statement_periods
from validation.relations.facts import ACTUAL, Facts, Observation
from validation.relations.numbers import Truths
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

TOLD_WITHIN = timedelta(days=2 * 365)
"""No print of the package that stands alone in its time was older than 19 months when it was published."""
FORESEEN = ("forecast", "guidance", "target", "plan")
AHEAD = {"quarter": timedelta(days=200), "year": timedelta(days=400)}
"""So long after a document, or after the results that it tells, the quarter or year ends of which it gives guidance: of
167 quarters none ended later than 92 days, and years later than these stood beside nearer ones."""
FOLLOWED = timedelta(days=550)
"""The rows of a table of many years are a year apart at most; half a year more leaves room for a moved year end."""


@relation(
    "P.future",
    "error",
    says="what is told as past had happened when it was published",
    rationale="A result of a period that had not ended on the day of publication is a forecast, or a wrong year.",
    fix="correct period_end, the claim status, or the source's date",
    reach="row",
    reads="source_id metric_id claim_status period_end period_precision",
    beside="observations.period_precision",
)
def future(facts: Facts) -> Iterator[Remark]:
    """Each actual, preliminary or estimated print, and each such statement, against the day its source was known.

    Third parties estimate a running year: that is worth a warning. List prices are announced ahead of their day.
    """
    for o in facts.observations:
        metric = facts.reference.metrics.get(o.series.metric_id, {})
        if _is_told(o) and metric.get("quantity") != "price" and o.period is not None and o.known_on:
            holds = _earliest_end(o, o.period.end) <= o.known_on
            yield remark_on(
                o, "period_end", holds, f"a day up to {o.known_on}", "the period ends after publication",
                severity=None if o.series.standing == ACTUAL else "warning",
            )  # fmt: skip
    yield from statement_periods.ahead(facts)


def _earliest_end(observation: Observation, end: date) -> date:
    """The first day the end may be: a coarse date stands for some time in its month, quarter or year."""
    precision = observation.row["period_precision"]
    if precision == "year":
        return date(end.year, 1, 1)
    if precision == "quarter":
        return date(end.year, end.month - (end.month - 1) % 3, 1)
    return end.replace(day=1) if precision == "month" else end


@relation(
    "P.past",
    "error",
    says="what is told as past is no older than its source and its entity allow",
    rationale="A year typed one digit off, 1926 for 2026, takes a number out of reach of every other check.",
    fix="correct the year of period_end, or the source's date",
    doubts=lambda facts, kept: _long_past(facts.cells.rows(~_are_recent(facts), kept), facts),
)
def past(facts: Facts) -> Iterator[Remark]:
    """Each print against the first day of all, and each told as past against its source and its entity's periods.

    Old periods are told in tables of many years: one that stands alone in its time is worth a warning.
    """
    return _long_past(facts.observations, facts)


def _are_recent(facts: Facts) -> Truths:
    """Which rows are surely not too old for their source, or told of no day that is known."""
    known = facts.cells.each("source_id", lambda name: _day(facts.reference.source_known_on(name)))
    ends = facts.cells.each("period_end", lambda text: _day(parse_date(text)))
    return np.isnan(ends) | ((ends >= EARLIEST.toordinal()) & ~(known - ends > TOLD_WITHIN.days))


def _day(day: date | None) -> float:
    return np.nan if day is None else day.toordinal()


def _long_past(prints: Sequence[Observation], facts: Facts) -> Iterator[Remark]:
    """What is said of the ends of some prints, and of statements."""
    ends = _ends_of_entities(facts) if prints else {}
    for o in prints:
        end = parse_date(o.row["period_end"])
        if end is not None and end < EARLIEST:
            yield remark_on(o, "period_end", False, f"a day from {EARLIEST} on", "no cloud reported then")
        elif end is not None and _is_told(o) and o.known_on and facts.reference.sources[o.source_id]["published_on"]:
            later = ends[o.series.entity_id]
            after = bisect_right(later, end)
            is_followed = after < len(later) and later[after] - end <= FOLLOWED
            expected = f"a day from {o.known_on - TOLD_WITHIN} on, or one that a later period of the entity follows"
            message = "the period stands alone, long before publication"
            holds = o.known_on - end <= TOLD_WITHIN or is_followed
            yield remark_on(o, "period_end", holds, expected, message, severity="warning")
    yield from statement_periods.unbelievably_old(facts)


def _ends_of_entities(facts: Facts) -> dict[str, list[date]]:
    """The days on which periods of each entity end that are told as past, in order."""
    found: dict[str, set[date]] = defaultdict(set)
    for o in facts.observations:
        if o.period is not None and _is_told(o):
            found[o.series.entity_id].add(o.period.end)
    return {entity: sorted(ends) for entity, ends in found.items()}


def _is_told(observation: Observation) -> bool:
    """Whether a print is told as past."""
    return observation.row["claim_status"] in ("actual", "preliminary", "estimate")


@relation(
    "P.past_forecast",
    "warning",
    says="what is told as future lies after the day of publication, and guidance is of a period soon after it",
    rationale="Guidance for a period long over, or for a quarter after the next ones, has a wrong status or year.",
    fix="correct the claim status, period_end, or the source's date",
    reach="document",
)
def past_forecast(facts: Facts) -> Iterator[Remark]:
    """Each forecast, guidance, target or plan against the day its source was published.

    Where that day is not known, the results in the document tell: it is no older than the last of them.
    """
    results: dict[tuple[str, str, str], Observation] = {}
    foreseen = [o for o in facts.observations if o.row["claim_status"] in FORESEEN and o.period is not None]
    for o in facts.observations if foreseen else ():
        if o.series.standing == ACTUAL and o.period is not None and o.period.type in MONTHS_OF:
            last = results.setdefault(_document(o, facts), o)
            if last.period is None or last.period.end < o.period.end:
                results[_document(o, facts)] = o
    ahead: dict[str, set[date]] = defaultdict(set)
    for o in foreseen:
        assert o.period is not None
        ahead[o.source_id].add(o.period.end)
    for o in foreseen:
        assert o.period is not None
        source = facts.reference.sources.get(o.source_id, {})
        if source.get("published_on") and source["published_precision"] == "day":
            published = source["published_on"]
            holds = str(o.period.end) >= published
            yield remark_on(o, "period_end", holds, f"a day from {published} on", "the period was over by then")
            yield from _far_ahead(o, date.fromisoformat(published), ahead[o.source_id])
        elif (last := results.get(_document(o, facts))) is not None and last.period is not None:
            holds = o.period.end > last.period.end
            message = "its document tells a result of that period or of a later one"
            yield remark_on(o, "period_end", holds, f"a day after {last.period.end}", message, last)
            yield from _far_ahead(o, last.period.end, ahead[o.source_id])
    yield from statement_periods.over(facts)


def _far_ahead(o: Observation, known: date, ends: Collection[date]) -> Iterator[Remark]:
    """What is said of guidance to a quarter long after a day, or to a year, of which its document `ends` none nearer.

    That day is the one of publication, or the last day of the results that the document tells.
    """
    assert o.period is not None
    days = AHEAD.get(o.period.type)
    if o.row["claim_status"] == "guidance" and days is not None and o.period.end > known:
        is_near = o.period.end - known <= days
        holds = is_near or (o.period.type == "year" and min(ends) - known <= days)
        message = f"no guidance to a {o.period.type} reaches so far, and its document foresees nothing nearer"
        expected = f"a day up to {o.period.end if is_near else known + days}"
        yield remark_on(o, "period_end", holds, expected, message)


def _document(o: Observation, facts: Facts) -> tuple[str, str, str]:
    """The document of a print, its vendor, and the length of its period."""
    vendor = facts.reference.entities.get(o.series.entity_id, {}).get("vendor_id", "")
    return o.source_id, vendor, o.row["period_type"]


RELATIONS = (future, past, past_forecast)
