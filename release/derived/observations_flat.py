"""Table `observations_flat`: every observation with names, vendor, source and day, corrected where corrected."""

from __future__ import annotations

import polars as pl

from canonical.cells import typed_frame
from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.series.facts import FACT_KEY, fact_id
from release.series.history import History
from release.series.tables import Tables

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """The observations in their own order, names and source beside each."""
    facts = History.of(tables).facts
    reference, schema = facts.reference, load_schema("observations_flat")
    vendors = {row["vendor_id"]: row for row in reference.rows("vendors")}

    def flat(row: Row) -> Row:
        entity = reference.entities.get(row["entity_id"], {})
        metric = reference.metrics.get(row["metric_id"], {})
        source = reference.sources.get(row["source_id"], {})
        copy = reference.sources.get(row["via_source_id"], {})
        vendor = vendors.get(entity.get("vendor_id", ""), {})
        return row | {
            "fact_id": fact_id(tuple(row[column] for column in FACT_KEY)),
            "vendor_id": entity.get("vendor_id", ""),
            "vendor_name": vendor.get("name_en", ""),
            "entity_name": entity.get("name_en", ""),
            "entity_name_zh": entity.get("name_zh", ""),
            "metric_name": metric.get("name_en", ""),
            "metric_name_zh": metric.get("name_zh", ""),
            "corrected": " ".join(facts.corrected_columns.get(row["observation_id"], [])),
            "known_on": source.get("known_on", ""),
            "source_title": source.get("title", ""),
            "source_publisher": source.get("publisher", ""),
            "source_kind": source.get("kind", ""),
            "source_url": source.get("url", ""),
            "via_source_url": copy.get("url", ""),
            "via_kind": copy.get("kind", ""),
            "read_in": _read_in(row),
        }

    rows = [flat(row) for row in facts.observations]
    columns = {name: [row.get(name) or None for row in rows] for name in schema.columns}
    return typed_frame(schema, pl.DataFrame(columns, schema=dict.fromkeys(schema.columns, pl.String)))


def _read_in(row: Row) -> str:
    """Whether the document that states a number was read, a copy of it, or another document that quotes it."""
    if row["evidence"] == "secondary":
        return "quotation"
    return "copy" if row["via_source_id"] else "document"
