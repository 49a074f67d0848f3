"""Layer P: what a period is called, when it ends, and whether a metric is about spans or days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from canonical.labels import Ends, periods_of_label
from canonical.periods import MONTHS_OF
from canonical.spans import Period
from validation.relations.facts import ACTUAL, Facts
from validation.relations.relation import Remark, relation, remark_on

__all__ = ["RELATIONS"]

LENGTHS = ("quarter", "half_year", "nine_months", "year", "trailing_12_months")
ANY_QUARTER = {"quarter": 3, "half_year": 6}


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
                yield remark_on(o, "period_end", holds, expected, f"{o.row['period_label']!r} is another period")


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
            yield remark_on(o, "period_end", o.period.end == last, str(last), "the period ends within a month")


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
            yield remark_on(o, "period_end", off == 0, expected, "no such period in the entity's fiscal year")


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
            yield remark_on(o, "period_type", holds, wanted, f"{o.series.metric_id} is about another kind of period")


RELATIONS = (label, month_end, fiscal_grid, kind)
