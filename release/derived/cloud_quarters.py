"""Table `cloud_quarters`: a vendor's cloud by calendar quarter in one wide row that needs no join.

Revenue decides the perimeter of a row; the operating result is that of the same perimeter, and empty with a flag
where it is known in another only. Capital expenditure belongs to the group and is one metric throughout a series:
the first of `CAPEX_METRICS` that is known for nine in ten of the quarters for which the fullest of them is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from canonical.table_schema import load_schema
from canonical.walks import above
from release.series.corroborated import Corroborated
from release.series.exchange import Rates
from release.series.facts import FACT_KEY, FactKey
from release.series.headline_metrics import LEAD
from release.series.history import History
from release.series.names import Names
from release.series.perimeters import are_one_perimeter
from release.series.tables import Tables, frame_of
from release.series.vintage import Vintage

__all__ = ["CAPEX_METRICS", "build"]

CAPEX_METRICS = ("capex-cash", "capex", "capex-property-equipment", "capex-with-finance-leases")
"""Metrics of capital expenditure, those first that most vendors state."""
NEARLY_ALL = 0.9
FIGURES = ("perimeter_id", "operating_result_perimeter_id", "capex_perimeter_id")
Row = dict[str, Any]
Levels = dict[tuple[str, str], dict[Any, Row]]


def build(tables: Tables) -> pl.DataFrame:
    """One row per cloud of a vendor and calendar quarter with its revenue, in that order."""
    history = History.of(tables)
    names = Names.of(history.facts.reference)
    levels = _levels(tables["quarterly_metrics"])
    maker = _Maker(history, Rates.of(tables), names, levels, Corroborated.of(tables))
    clouds = tables["vendor_clouds"].join(tables["vendors"], on="vendor_id").sort("vendor_id")
    rows = [row for vendor in clouds.iter_rows(named=True) for row in maker.rows(vendor)]
    return frame_of(load_schema("cloud_quarters"), rows)


def _levels(metrics: pl.DataFrame) -> Levels:
    """The reported totals of quarters by (entity, metric), then by the quarter's last day."""
    totals = metrics.filter(
        (pl.col("basis") == "reported") & (pl.col("breakdown_id") == "total") & (pl.col("period_type") == "quarter")
    )
    levels: Levels = {}
    for row in totals.iter_rows(named=True):
        levels.setdefault((row["entity_id"], row["metric_id"]), {})[row["period_end"]] = row
    return levels


@dataclass(frozen=True)
class _Maker:
    """Makes the rows of a vendor from the latest headlines of quarters."""

    history: History
    rates: Rates
    names: Names
    levels: Levels
    corroborated: Corroborated

    def rows(self, vendor: Row) -> Iterator[Row]:
        """The rows of a vendor in order of time, with the breaks between them."""
        group = self._group(vendor["entity_id"])
        capex_metric = self._capex_metric(group)
        rows = [self._row(vendor, revenue, group, capex_metric) for revenue in self._revenues(vendor)]
        last: Row = {}
        for row in sorted(rows, key=lambda row: row["calendar_quarter"]):
            held = {figure: row[figure] for figure in FIGURES if row[figure]}
            yield row | {"perimeter_break": any(last.get(figure, held[figure]) != held[figure] for figure in held)}
            last |= held

    def _revenues(self, vendor: Row) -> list[Row]:
        """The revenue of each quarter, one per calendar quarter: that of the fiscal calendar."""
        found: dict[str, Row] = {}
        for row in self.levels.get((vendor["entity_id"], LEAD), {}).values():
            if row["fiscal_period"]:
                found.setdefault(row["calendar_quarter"], row)
        return list(found.values())

    def _row(self, vendor: Row, revenue: Row, group: str, capex_metric: str | None) -> Row:
        result, result_flags = self._result(vendor, revenue)
        capex = self.levels.get((group, capex_metric or ""), {}).get(revenue["period_end"])
        figures = [row for row in (revenue, result, capex) if row]
        flags = [*(revenue["flags"] or "").split(), *result_flags, *self._capex_flags(group, capex, revenue)]
        return {
            "vendor_id": vendor["vendor_id"],
            "vendor_name": vendor["name_en"],
            "vendor_name_zh": vendor["name_zh"],
            "entity_id": vendor["entity_id"],
            **self.names.entity("entity_name", vendor["entity_id"]),
            **self._perimeter(revenue["perimeter_id"]),
            "revenue_metric_id": LEAD,
            **{column: revenue[column] for column in _SHARED},
            "currency": self.history.facts.reference.entities[vendor["entity_id"]]["reporting_currency"],
            "revenue": revenue["value"],
            "revenue_usd": revenue["value_usd"],
            "operating_result": result and result["value"],
            "operating_result_metric_id": result and result["metric_id"],
            **self.names.metric("operating_result_metric_name", _of(result, "metric_id")),
            "operating_result_perimeter_id": result and result["perimeter_id"],
            "operating_result_usd": result and result["value_usd"],
            "operating_margin": _margin(revenue, result),
            "capex": capex and capex["value"],
            "capex_metric_id": capex and capex["metric_id"],
            **self.names.metric("capex_metric_name", _of(capex, "metric_id")),
            "capex_entity_id": capex and capex["entity_id"],
            **self.names.entity("capex_entity_name", _of(capex, "entity_id")),
            "capex_perimeter_id": capex and capex["perimeter_id"],
            "capex_usd": capex and capex["value_usd"],
            "revenue_corroboration": self._level(revenue),
            "operating_result_corroboration": self._level(result),
            "capex_corroboration": self._level(capex),
            **self.corroborated.cells(row_id for row in figures for row_id in row["observation_ids"].split()),
            "disputed": any(row["disputed"] for row in figures),
            "flags": " ".join(flags) or None,
            "known_on": max(row["known_on"] for row in figures),
            "observation_ids": " ".join(row["observation_ids"] for row in figures),
            "finding_ids": " ".join(sorted({i for row in figures for i in (row["finding_ids"] or "").split()})) or None,
        }

    def _level(self, figure: Row | None) -> str | None:
        return self.corroborated.level(figure["observation_ids"].split()) if figure else None

    def _perimeter(self, perimeter_id: str) -> Row:
        """What a perimeter covers, in both languages; nothing before any break."""
        row = self.breaks.get(perimeter_id, {}) if perimeter_id != "original" else {}
        return {
            "perimeter_description": row.get("description_en") or None,
            "perimeter_description_zh": row.get("description_zh") or None,
        }

    @cached_property
    def breaks(self) -> dict[str, dict[str, str]]:
        """The rows of entity_breaks by perimeter."""
        return {row["perimeter_id"]: row for row in self.history.facts.reference.rows("entity_breaks")}

    def _result(self, vendor: Row, revenue: Row) -> tuple[Row | None, tuple[str, ...]]:
        """The operating result in the perimeter of revenue; a flag where it is known in others only."""
        metric, entity = vendor["result_metric_id"] or "", vendor["entity_id"]
        latest = self.levels.get((entity, metric), {}).get(revenue["period_end"])
        if latest is None or self._are_one(entity, revenue, metric, latest["perimeter_id"]):
            return latest, ()
        for perimeter in reversed(self.history.facts.reference.perimeters(entity)):
            within = self.history.within(_key(latest), perimeter)
            if within and self._are_one(entity, revenue, metric, perimeter):
                return latest | self._cells(within, revenue), ()
        return None, ("result_across_break",)

    def _are_one(self, entity: str, revenue: Row, metric: str, perimeter: str) -> bool:
        figures = (LEAD, revenue["perimeter_id"]), (metric, perimeter)
        return are_one_perimeter(self.history.facts.reference, entity, *figures)

    def _cells(self, vintage: Vintage, revenue: Row) -> Row:
        """The cells of a headline of another perimeter, in dollars at the rate of the revenue beside it."""
        rate = self.rates.used[revenue["exchange_rate_id"]].rate if revenue["exchange_rate_id"] else Decimal(1)
        value = vintage.value
        return {
            "value": None if value is None else float(value),
            "value_usd": None if value is None or revenue["value_usd"] is None else round(float(value * rate), 4),
            "unit_id": vintage.unit_id,
            "perimeter_id": vintage.perimeter_id,
            "disputed": vintage.disputed,
            "known_on": vintage.known_on,
            "observation_ids": " ".join(vintage.observation_ids),
            "finding_ids": " ".join(vintage.finding_ids) or None,
        }

    def _group(self, entity_id: str) -> str:
        """The group an entity belongs to: the last of its parents."""
        parents = {name: row["parent_entity_id"] for name, row in self.history.facts.reference.entities.items()}
        return (entity_id, *above(entity_id, parents))[-1]

    def _capex_metric(self, group: str) -> str | None:
        """The first metric of capital expenditure that is known for nearly all quarters of the fullest one."""
        known = {metric: len(self.levels.get((group, metric), ())) for metric in CAPEX_METRICS}
        enough = max(known.values()) * NEARLY_ALL
        return next((metric for metric, count in known.items() if 0 < count >= enough), None)

    def _capex_flags(self, group: str, capex: Row | None, revenue: Row) -> Iterator[str]:
        if capex is None and any(revenue["period_end"] in self.levels.get((group, m), {}) for m in CAPEX_METRICS):
            yield "capex_other_metric"


def _key(row: Row) -> FactKey:
    """The fact key of a row of quarterly_metrics."""
    cells = {"measure": "level"} | {column: row.get(column) for column in FACT_KEY if column != "measure"}
    return tuple(str(cells[column] or "") for column in FACT_KEY)


def _of(row: Row | None, column: str) -> str | None:
    return None if row is None else row[column]


def _margin(revenue: Row, result: Row | None) -> float | None:
    if result is None or result["unit_id"] != revenue["unit_id"] or not revenue["value"]:
        return None
    return None if result["value"] is None else round(result["value"] / revenue["value"] * 100, 4)


_SHARED = (
    "calendar_quarter", "fiscal_period", "period_start", "period_end", "aligned", "perimeter_id", "growth_yoy",
    "growth_yoy_printed",
)  # fmt: skip
