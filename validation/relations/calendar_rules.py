"""Layer P: what a period is called, when it ends, and what can be known of it on the day of publication."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from validation.facts import ACTUAL, Facts, Observation
from validation.labels import Ends, periods_of_label
from validation.observation import EARLIEST
from validation.periods import MONTHS_OF, parse_date
from validation.relations.relation import Remark, relation
from validation.spans import Period

__all__ = ["RELATIONS"]

LENGTHS = ("quarter", "half_year", "nine_months", "year", "trailing_12_months")
ANY_QUARTER = {"quarter": 3, "half_year": 6}


def _remark(o: Observation, column: str, holds: bool, expected: str, message: str) -> Remark:
    return Remark("observations", o.row_id, o.number, column, holds, o.row[column], expected, message, (o,))


@relation(
    "P.label",
    "error",
    says="the dates of a period are those its printed label stands for",
    rationale="Fiscal and calendar labels are the commonest trap: FY2026 Q2 of one vendor is calendar Q3 of another.",
    fix="read the label with the entity's fiscal year; correct period_end or period_type",
)
def label(facts: Facts) -> Iterator[Remark]:
    """Each duration whose label is understood against the periods it can stand for."""
    for o in facts.observations:
        if o.period is not None and o.period.type in LENGTHS and o.row["period_label"]:
            allowed = periods_of_label(o.row["period_label"], facts.year_end_month(o.series.entity_id))
            if allowed is not None:
                expected = " or ".join(sorted(f"{type_} to {end}" for type_, end in allowed))
                holds = (o.period.type, o.period.end) in allowed or _is_year_to_date(
                    o.period, allowed, facts.year_end_month(o.series.entity_id)
                )
                yield _remark(o, "period_end", holds, expected, f"{o.row['period_label']!r} is another period")


def _is_year_to_date(period: Period, allowed: Ends, year_end: int | None) -> bool:
    """Whether a longer period runs from the fiscal year's start to the end of the quarter that the label names."""
    months = (period.end.month - (year_end or 12)) % 12 or 12
    return ("quarter", period.end) in allowed and MONTHS_OF.get(period.type) == months


@relation(
    "P.month_end",
    "warning",
    says="a reporting period ends with a month",
    rationale="Reporters of this dataset close their books at month ends; another day is a slip or the day of a call.",
    fix="correct period_end, or give the row period_type window or instant",
)
def month_end(facts: Facts) -> Iterator[Remark]:
    """Each duration of a fixed length against the last day of its month."""
    for o in facts.observations:
        if o.period is not None and o.period.type in (*LENGTHS, "month"):
            last = o.period.end.replace(day=monthrange(o.period.end.year, o.period.end.month)[1])
            yield _remark(o, "period_end", o.period.end == last, str(last), "the period ends within a month")


@relation(
    "P.fiscal_grid",
    "warning",
    says="quarters and halves follow the entity's fiscal year",
    rationale="A quarter to March cannot be Oracle's, whose year ends in May: the entity or the dates are wrong.",
    fix="correct period_end, or the entity's fiscal_year_end_month",
)
def fiscal_grid(facts: Facts) -> Iterator[Remark]:
    """Each quarter or half year that reporters state against the months in which the entity's quarters end."""
    for o in facts.observations:
        year_end = facts.year_end_month(o.series.entity_id)
        if o.period is not None and o.period.type in ANY_QUARTER and year_end and o.series.standing == ACTUAL:
            step = ANY_QUARTER[o.period.type]
            off = (o.period.end.month - year_end) % step
            expected = f"an end {step} months apart from month {year_end}"
            yield _remark(o, "period_end", off == 0, expected, "no such period in the entity's fiscal year")


@relation(
    "P.kind",
    "warning",
    says="flows are about spans of time, balances and rates about points in time",
    rationale="A backlog of a quarter and a revenue at a date are readings that later sums and growth get wrong.",
    fix="correct period_type, or choose the metric that is about a span",
)
def kind(facts: Facts) -> Iterator[Remark]:
    """Each level against the kind of period its metric is about."""
    for o in facts.observations:
        metric = facts.reference.metrics.get(o.series.metric_id, {})
        if o.series.measure == "level" and metric:
            wanted = metric["period_kind"]
            is_instant = o.row["period_type"] == "instant"
            holds = is_instant == (wanted == "instant") or o.row["period_type"] == "cumulative"
            yield _remark(o, "period_type", holds, wanted, f"{o.series.metric_id} is about another kind of period")


@relation(
    "P.future",
    "error",
    says="what is told as past had happened when it was published",
    rationale="A result of a period that had not ended on the day of publication is a forecast, or a wrong year.",
    fix="correct period_end, the claim status, or the source's date",
)
def future(facts: Facts) -> Iterator[Remark]:
    """Each actual, preliminary or estimated print against the day its source was known.

    Third parties estimate a running year: that is worth a warning. List prices are announced ahead of their day.
    """
    for o in facts.observations:
        metric = facts.reference.metrics.get(o.series.metric_id, {})
        if _is_told(o) and metric.get("quantity") != "price" and o.period is not None and o.known_on:
            holds = _earliest_end(o, o.period.end) <= o.known_on
            found = _remark(o, "period_end", holds, f"a day up to {o.known_on}", "the period ends after publication")
            yield found if o.series.standing == ACTUAL else replace(found, severity="warning")


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
)
def past(facts: Facts) -> Iterator[Remark]:
    """Each print against the first day of all, and each told as past against its source and its entity's periods.

    Old periods are told in tables of many years: one that stands alone in its time is worth a warning.
    """
    ends = _ends_of_entities(facts)
    for o in facts.observations:
        end = parse_date(o.row["period_end"])
        if end is not None and end < EARLIEST:
            yield _remark(o, "period_end", False, f"a day from {EARLIEST} on", "no cloud reported then")
        elif end is not None and _is_told(o) and o.known_on and facts.reference.sources[o.source_id]["published_on"]:
            later = ends[o.series.entity_id]
            after = bisect_right(later, end)
            is_followed = after < len(later) and later[after] - end <= FOLLOWED
            expected = f"a day from {o.known_on - TOLD_WITHIN} on, or one that a later period of the entity follows"
            message = "the period stands alone, long before publication"
            found = _remark(o, "period_end", o.known_on - end <= TOLD_WITHIN or is_followed, expected, message)
            yield replace(found, severity="warning")


TOLD_WITHIN = timedelta(days=2 * 365)
"""No print of the package that stands alone in its time was older than 19 months when it was published."""

FOLLOWED = timedelta(days=550)
"""The rows of a table of many years are a year apart at most; half a year more leaves room for a moved year end."""


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
    says="what is told as future lies after the day of publication",
    rationale="Guidance for a period long over is an actual under the wrong status, or a wrong year.",
    fix="correct the claim status, period_end, or the source's date",
)
def past_forecast(facts: Facts) -> Iterator[Remark]:
    """Each forecast, guidance, target or plan against the day its source was published."""
    for o in facts.observations:
        if o.row["claim_status"] in ("forecast", "guidance", "target", "plan") and o.period is not None:
            source = facts.reference.sources.get(o.source_id, {})
            if source.get("published_on") and source["published_precision"] == "day":
                published = source["published_on"]
                holds = str(o.period.end) >= published
                yield _remark(o, "period_end", holds, f"a day from {published} on", "the period was over by then")


RELATIONS = (label, month_end, fiscal_grid, kind, future, past, past_forecast)
