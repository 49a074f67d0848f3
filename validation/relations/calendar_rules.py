"""Layer P: what a period is called, when it ends, and whether a metric is about spans or days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from canonical.calendars import Calendar
from canonical.labels import lengths_of_label, periods_near
from canonical.periods import last_day_allowed
from validation.relations import statement_periods
from validation.relations.facts import ACTUAL, Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

LENGTHS = ("month", "quarter", "half_year", "nine_months", "year", "trailing_12_months")
TRAILING = LENGTHS[-1]
ANY_QUARTER = {"quarter": 3, "half_year": 6}
OF_YEAR = {"nine_months": 9, "year": 0}
"""So many months after a fiscal year ends a period of so many months: one may be of the calendar year, too."""
DECEMBER = 12


@relation(
    "P.label",
    "error",
    says="the dates of a period are those its printed label stands for",
    rationale="Fiscal and calendar labels are the commonest trap: FY2026 Q2 of one vendor is calendar Q3 of another.",
    fix="read the label with the entity's fiscal year; correct period_end or period_type",
    reach="row",
    reads="period_label period_type period_start period_end calendar",
    beside="observations.period_label",
)
def label(facts: Facts) -> Iterator[Remark]:
    """Each duration, and each statement of one, whose label is understood against the periods it can stand for."""
    for o in facts.observations:
        if o.period is not None and o.period.type in LENGTHS and o.row["period_label"]:
            said = o.row["period_label"]
            allowed = periods_near(said, facts.reference.calendar(o.series.entity_id), o.period.end)
            if lengths := lengths_of_label(said):
                holds, other = o.period.type in lengths, f"{said!r} is of another length"
                yield remark_on(o, "period_type", holds, " or ".join(lengths), other)
            if allowed is not None:
                expected = " or ".join(sorted(map(str, allowed)))
                meant = [named for named in allowed if named.is_of(o.period.type, o.period.end)]
                yield remark_on(o, "period_end", bool(meant), expected, f"{said!r} is another period")
                if meant and o.period.type == TRAILING:
                    is_year = o.period.end.month == facts.year_end_month(o.series.entity_id)
                    holds = not is_year or any(named.types[:1] != ("year",) for named in meant)
                    yield remark_on(o, "period_type", holds, "year", f"{said!r} is the year itself")
    yield from statement_periods.under_other_labels(facts)


@relation(
    "P.month_end",
    "warning",
    says="a reporting period ends with a month, or on the day of the entity's calendar of weeks",
    rationale="Books close at month ends, or on a weekday that the entity declares; another day is a slip or a call's.",
    fix="correct period_end, give the row period_type window or instant, or declare the entity's fiscal_year_end_rule",
    reach="row",
    reads="period_type period_start period_end calendar",
)
def month_end(facts: Facts) -> Iterator[Remark]:
    """Each duration of a fixed length against the last day of its month, or of the quarter counted in weeks."""
    for o in facts.observations:
        if o.period is not None and o.period.type in LENGTHS:
            end = o.period.end
            if o.period.weeks is None:
                last = last_day_allowed(end, "month")
                yield remark_on(o, "period_end", end == last, str(last), "the period ends within a month")
            elif o.period.type != "month":
                near = _nearest_quarter_end(end, o.period.weeks)
                yield remark_on(o, "period_end", end == near, str(near), "no quarter of the calendar ends there")


def _nearest_quarter_end(end: date, calendar: Calendar) -> date:
    ends = [calendar.quarter_end(year, quarter) for year in (end.year, end.year + 1) for quarter in (1, 2, 3, 4)]
    return min(ends, key=lambda other: abs((other - end).days))


@relation(
    "P.fiscal_grid",
    "warning",
    says="quarters, halves and years follow the entity's fiscal year",
    rationale="A quarter to March cannot be Oracle's, whose year ends in May: the entity or the dates are wrong.",
    fix="correct period_end, or the entity's fiscal_year_end_month",
    reach="row",
    reads="period_type period_start period_end calendar claim_status",
)
def fiscal_grid(facts: Facts) -> Iterator[Remark]:
    """Each period that reporters state against the months in which the entity's quarters, or its years, end.

    A year, or nine months of it, may be that of the calendar: its other ends are those of twelve months, or a slip.
    """
    for o in facts.observations:
        year_end = facts.year_end_month(o.series.entity_id)
        by_month = o.period is not None and o.period.weeks is None
        if o.period and by_month and year_end and o.series.standing == ACTUAL:
            month, type_ = o.period.end.month, o.period.type
            if step := ANY_QUARTER.get(type_):
                expected = f"an end {step} months apart from month {year_end}"
                yield remark_on(o, "period_end", (month - year_end) % step == 0, expected, OFF_GRID)
            elif type_ in OF_YEAR:
                ends = dict.fromkeys((end + OF_YEAR[type_] - 1) % 12 + 1 for end in (year_end, DECEMBER))
                expected = f"an end in month {' or '.join(map(str, ends))}"
                yield remark_on(o, "period_end", month in ends, expected, OFF_GRID)


OFF_GRID = "no such period in the entity's fiscal year"


@relation(
    "P.kind",
    "warning",
    says="flows are about spans of time, balances and rates about points in time",
    rationale="A backlog of a quarter and a revenue at a date are readings that later sums and growth get wrong.",
    fix="correct period_type, or choose the metric that is about a span",
    reach="row",
    reads="period_type metric_id measure",
)
def kind(facts: Facts) -> Iterator[Remark]:
    """Each level, and each rate of the period's own number, against the kind of period its metric is about.

    Growth of a balance over a year may be told of the year.
    """
    for o in facts.observations:
        metric, length = facts.reference.metrics.get(o.series.metric_id, {}), o.row["period_type"]
        if o.series.measure in ("level", *OF_ITS_PERIOD) and metric:
            wanted = metric["period_kind"]
            is_over_year = length == "year" and wanted == "instant" and o.series.measure != "level"
            holds = (length == "instant") == (wanted == "instant") or length == "cumulative" or is_over_year
            yield remark_on(o, "period_type", holds, wanted, f"{o.series.metric_id} is about another kind of period")


OF_ITS_PERIOD = ("growth_yoy", "growth_prev", "share", "annualised")
"""Measures of a number of the period itself, and not of what lies between two days."""


RELATIONS = (label, month_end, fiscal_grid, kind)
