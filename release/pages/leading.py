"""Where counts and numbers lead: to the list of printed numbers, the record of one, the chart of a series."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

from canonical.text_tables import Row
from release.package.markdown import state
from release.pages.data import rows_of

__all__ = ["HOME", "chart_state", "counted", "headline"]

HOME, ONE_DOWN = "", "../../"
"""From a page of `docs/` and from one of a folder of `docs/reference/`, where a page's address has the site's root."""


PERIODS = ("quarter", "half_year", "year", "instant", "trailing_12_months", "nine_months", "month", "window")
"""Kinds of period, the one that a chart shows first in front."""


def counted(count: int, up: str = ONE_DOWN, **equal: str) -> str:
    """A count of printed numbers, leading to their list: those whose columns `equal` the given values.

    `up` leads from the page to the root of its language. No count leads to an empty list.
    """
    return state(f"{count:,}", f"{up}record.html", "l", *(f"{k}={v}" for k, v in equal.items())) if count else "0"


def headline(shown: str, quarter: Row, up: str = ONE_DOWN) -> str:
    """The revenue of a row of `cloud_quarters`, leading to the printed number that it is or is calculated from."""
    key = quarter["entity_id"], quarter["revenue_metric_id"], quarter["period_end"]
    named = _last_known().get(key, "").split()
    if not shown or not named:
        return shown
    place = ("o", named[0]) if len(named) == 1 else ("l", f"observation_id={'~'.join(named)}")
    return state(shown, f"{up}record.html", *place)


@cache
def _last_known() -> dict[tuple[str, str, str], str]:
    """The observations behind the last vintage of each quarter's whole, as reported."""
    last: dict[tuple[str, str, str], Row] = {}
    for row in rows_of("vintages"):
        key = row["entity_id"], row["metric_id"], row["period_end"]
        if _is_whole_quarter(row) and (key not in last or last[key]["known_on"] <= row["known_on"]):
            last[key] = row
    return {key: row["observation_ids"] for key, row in last.items()}


def _is_whole_quarter(row: Row) -> bool:
    whole = row["breakdown_id"] == "total" and row["basis"] == "reported" and not row["of_entity_id"]
    return whole and row["period_type"] == "quarter" and bool(row["value"])


@cache
def chart_state(metric_id: str, entity_id: str = "") -> tuple[str, ...]:
    """Metric and kind of period that the explorer can draw, of one entity or of all; nothing where there is no series.

    A kind of period is chosen that has two points at least, the first of `PERIODS` that has.
    """
    counted = _points()[metric_id, entity_id]
    drawn = [period for period in PERIODS if counted[period] > 1] or [period for period in PERIODS if counted[period]]
    return (metric_id, drawn[0]) if drawn else ()


@cache
def _points() -> defaultdict[tuple[str, str], Counter[str]]:
    """Points of each kind of period that a metric has, by metric and entity, and by metric alone."""
    counted: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows_of("vintages"):
        if row["value"] and row["breakdown_id"] == "total" and row["basis"] == "reported" and not row["of_entity_id"]:
            counted[row["metric_id"], row["entity_id"]][row["period_type"]] += 1
            counted[row["metric_id"], ""][row["period_type"]] += 1
    return counted
