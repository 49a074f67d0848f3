"""Table `cloud_quarters`: a vendor's cloud by calendar quarter in one wide row that needs no join."""

from __future__ import annotations

from typing import Any

import polars as pl

from canonical.table_schema import load_schema
from canonical.walks import above
from release.series.tables import Tables, frame_of

__all__ = ["CAPEX_METRICS", "build"]

CAPEX_METRICS = ("capex-cash", "capex", "capex-property-equipment", "capex-with-finance-leases")
"""Metrics of capital expenditure in the order they are taken; the row names the one it holds."""
Row = dict[str, Any]


def build(tables: Tables) -> pl.DataFrame:
    """One row per vendor with a cloud entity and calendar quarter with its revenue, in that order."""
    entities = {row["entity_id"]: row for row in tables["entities"].iter_rows(named=True)}
    levels = _levels(tables["quarterly_metrics"])
    rows = [
        _row(vendor, level, levels, entities)
        for vendor in tables["vendors"].iter_rows(named=True)
        if vendor["cloud_entity_id"]
        for level in _of(levels, vendor["cloud_entity_id"], "revenue")
    ]
    return frame_of(load_schema("cloud_quarters"), sorted(rows, key=_order))


def _order(row: Row) -> tuple[str, str]:
    return row["vendor_id"], row["calendar_quarter"]


Levels = dict[tuple[str, str], dict[Any, Row]]


def _levels(metrics: pl.DataFrame) -> Levels:
    """The reported totals of quarters by (entity, metric), then by the quarter's last day."""
    totals = metrics.filter(
        (pl.col("basis") == "reported") & (pl.col("breakdown_id") == "total") & (pl.col("period_type") == "quarter")
    )
    levels: Levels = {}
    for row in totals.iter_rows(named=True):
        levels.setdefault((row["entity_id"], row["metric_id"]), {})[row["period_end"]] = row
    return levels


def _of(levels: Levels, entity_id: str, metric_id: str) -> list[Row]:
    """The quarters of one entity and metric, one per calendar quarter; those of its fiscal calendar first."""
    found: dict[str, Row] = {}
    for row in levels.get((entity_id, metric_id), {}).values():
        if row["fiscal_period"]:
            found.setdefault(row["calendar_quarter"], row)
    return list(found.values())


def _row(vendor: Row, revenue: Row, levels: Levels, entities: dict[str, Row]) -> Row:
    entity, end = entities[vendor["cloud_entity_id"]], revenue["period_end"]
    result = levels.get((entity["entity_id"], vendor["result_metric_id"] or ""), {}).get(end)
    group = _group(entity["entity_id"], entities)
    capex = next((row for m in CAPEX_METRICS if (row := levels.get((group, m), {}).get(end))), None)
    comparable = result is not None and result["unit_id"] == revenue["unit_id"] and revenue["value"]
    ids = [row["observation_ids"] for row in (revenue, result, capex) if row]
    return {
        "vendor_id": vendor["vendor_id"],
        "vendor_name": vendor["name_en"],
        "entity_id": entity["entity_id"],
        **{column: revenue[column] for column in _SHARED},
        "currency": entity["reporting_currency"],
        "revenue": revenue["value"],
        "revenue_usd": revenue["value_usd"],
        "operating_result": result and result["value"],
        "operating_result_metric_id": result and result["metric_id"],
        "operating_result_usd": result and result["value_usd"],
        "operating_margin": round(result["value"] / revenue["value"] * 100, 4) if result and comparable else None,
        "capex": capex and capex["value"],
        "capex_metric_id": capex and capex["metric_id"],
        "capex_entity_id": capex and capex["entity_id"],
        "capex_usd": capex and capex["value_usd"],
        "observation_ids": " ".join(ids),
    }


_SHARED = (
    "calendar_quarter", "fiscal_period", "period_start", "period_end", "aligned", "growth_yoy", "growth_yoy_printed",
    "break", "disputed", "flags", "known_on",
)  # fmt: skip


def _group(entity_id: str, entities: dict[str, Row]) -> str:
    """The group an entity belongs to: the last of its parents."""
    parents = {name: str(row["parent_entity_id"] or "") for name, row in entities.items()}
    return (entity_id, *above(entity_id, parents))[-1]
