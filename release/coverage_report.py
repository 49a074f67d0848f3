"""Print `coverage` as a table a person reads: per entity and metric, a mark for each period and the holes."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from release.series.tables import Tables

__all__ = ["coverage_lines"]

MARKS = {
    "present": "#",
    "derived": "=",
    "not_disclosed": "-",
    "discontinued": "x",
    "no_copy_found": "?",
    "not_yet_published": ".",
    "not_collected": "o",
}


def coverage_lines(tables: Tables) -> Iterable[str]:
    """One line per entity, metric, breakdown and frequency: years with a mark for each period, and counts."""
    yield "  ".join(f"{mark} {state}" for state, mark in MARKS.items())
    coverage = tables["coverage"].sort("entity_id", "metric_id", "breakdown_id", "frequency", "period_end")
    for key, rows in coverage.group_by("entity_id", "metric_id", "breakdown_id", "frequency", maintain_order=True):
        entity, metric, breakdown, frequency = key
        held = rows.filter(pl.col("state").is_in(["present", "derived"])).height
        part = "" if breakdown == "total" else f" {breakdown}"
        yield f"{entity} {metric}{part}, every {frequency}: {held} of {rows.height}"
        yield "    " + " ".join(_years(rows))


def _years(rows: pl.DataFrame) -> Iterable[str]:
    """`FY2024####` for each fiscal year."""
    for (year,), periods in rows.group_by(pl.col("fiscal_period").str.slice(0, 6), maintain_order=True):
        yield f"{year}:" + "".join(MARKS[state] for state in periods.get_column("state"))
