"""What would hold a number that nothing holds: the rows beside which an equation says what it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from canonical.reference import Reference

__all__ = ["ADVICE", "advice_of"]

ADVICE = {
    "period": "give the period",
    "print": "add another print of it",
    "levels_of_year": "add its level and that of the year before",
    "levels_of_period": "add its level and that of the period before",
    "levels_of_whole": "add its level and that of the year before, and that of the whole the year before",
    "readings": "add the readings of the days at which the span begins and ends",
    "part_and_whole": "add the level of the part and that of the whole",
    "quarter_of_rate": "add the quarter that ends with it",
    "month_of_rate": "add the month that ends with it",
    "parts_of_quotient": "add the profit and the revenue that it is made of, or what else its metric divides",
    "difference": "add its difference on the year and the level of the year before",
    "growth": "add its growth on the year and the level of the year before",
    "year_of_quarter": "add the year's total and its other quarters",
    "year_of_half": "add the year's total and its other half",
    "quarters_of_it": "add its quarters",
}
"""What holds a number, by keys: each is a set of rows with which another print meets it, or an equation holds on it."""
NOMINAL = ("reported", "before_elimination")
LONGER = {"quarter": "year_of_quarter", "half_year": "year_of_half", "year": "quarters_of_it",
          "nine_months": "quarters_of_it", "trailing_12_months": "quarters_of_it"}  # fmt: skip
"""By type of period, what adds up with a flow over it."""
STEPS = ("quarter", "half_year", "year", "month", "instant")
"""Types of periods of which one follows on another."""


def advice_of(row: Mapping[str, str], reference: Reference, levels: Collection[str]) -> Iterator[str]:
    """The keys of `ADVICE` that would hold the number of a row of observations, the plainest last.

    `levels` are the metrics of which any level is known: of a list price only changes are ever printed.
    """
    if not row["period_end"]:
        yield from ("period", "print")
        return
    yield "print"
    measure, has_level = row["measure"], row["metric_id"] in levels
    metric = reference.metrics.get(row["metric_id"], {})
    if measure == "share":
        has_whole = row["of_entity_id"] or reference.breakdowns.get(row["breakdown_id"], {}).get("parent_breakdown_id")
        yield from ["part_and_whole"] if has_whole and has_level else []
    elif measure == "annualised":
        if metric.get("aggregation") == "sum":
            yield "month_of_rate" if row["period_type"] == "month" else "quarter_of_rate"
    elif measure == "level":
        yield from _of_level(row, metric)
    elif row["basis"] in NOMINAL and has_level:
        yield from _of_change(row, reference)


def _of_level(row: Mapping[str, str], metric: Mapping[str, str]) -> Iterator[str]:
    if metric.get("numerator_metric_id") and metric.get("denominator_metric_id"):
        yield "parts_of_quotient"
    if row["claim_status"] == "actual" and metric.get("aggregation") == "sum" and row["period_type"] in LONGER:
        yield LONGER[row["period_type"]]
    if row["basis"] in NOMINAL and row["period_type"] in (*LONGER, "month", "instant"):
        yield "difference" if metric.get("quantity") in ("ratio", "points") else "growth"


def _of_change(row: Mapping[str, str], reference: Reference) -> Iterator[str]:
    """The levels of which a rate, multiple or difference is told."""
    if row["measure"] in ("growth_yoy", "multiple_yoy", "difference_yoy"):
        yield "levels_of_year"
    elif row["measure"] == "growth_prev" and row["period_type"] in STEPS:
        yield "levels_of_period"
    elif row["measure"] == "contribution_yoy":
        parent = reference.breakdowns.get(row["breakdown_id"], {}).get("parent_breakdown_id")
        yield from ["levels_of_whole"] if parent else []
    elif row["measure"].endswith("_over_period") and row["period_start"]:
        yield "readings"
