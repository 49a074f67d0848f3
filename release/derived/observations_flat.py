"""Table `observations_flat`: every observation with names, vendor, source and day, corrected where corrected."""

from __future__ import annotations

import polars as pl

from canonical.cells import typed_frame
from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.series.corroborated import Corroborated
from release.series.facts import FACT_KEY, fact_id
from release.series.history import History
from release.series.names import Names
from release.series.tables import Tables

__all__ = ["build"]


def build(tables: Tables) -> pl.DataFrame:
    """The observations in their own order, names and source beside each."""
    facts = History.of(tables).facts
    reference, schema = facts.reference, load_schema("observations_flat")
    names, corroborated = Names.of(reference), Corroborated.of(tables)

    def flat(row: Row) -> Row:
        source = reference.sources.get(row["source_id"], {})
        copy = reference.sources.get(row["via_source_id"], {})
        named = names.cells(row["entity_id"], row["metric_id"])
        return (
            row
            | {column: name or "" for column, name in named.items()}
            | {
                "fact_id": fact_id(tuple(row[column] for column in FACT_KEY)),
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
            | {c: "" if cell is None else str(cell) for c, cell in corroborated.cells([row["observation_id"]]).items()}
        )

    rows = [flat(row) for row in facts.observations]
    columns = {name: [row.get(name) or None for row in rows] for name in schema.columns}
    return typed_frame(schema, pl.DataFrame(columns, schema=dict.fromkeys(schema.columns, pl.String)))


def _read_in(row: Row) -> str:
    """Whether the document that states a number was read, a copy of it, or another document that quotes it."""
    if row["evidence"] == "secondary":
        return "quotation"
    return "copy" if row["via_source_id"] else "document"
