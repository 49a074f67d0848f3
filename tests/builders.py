"""Tiny builders of rows and files: everything valid by default, each test overrides what it is about."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from canonical.cells import typed_frame
from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import TableSchema, load_schema, parse_schema

Row = dict[str, str]

REFERENCE: dict[str, list[Row]] = {
    "vendors": [{"vendor_id": "acme", "name_en": "Acme", "name_zh": "顶点"}],
    "entities": [
        {"entity_id": entity_id, "vendor_id": "acme", "name_en": name, "scope": scope,
         "fiscal_year_end_rule": "month_end"}
        for entity_id, name, scope in (
            ("acme-group", "Acme Group", "group"), ("acme-cloud", "Acme Cloud", "segment"),
        )
    ],
    "entity_breaks": [
        {"perimeter_id": "original"},
        {
            "perimeter_id": "acme-cloud-2025",
            "entity_id": "acme-cloud",
            "first_published_on": "2025-05-01",
            "kind": "recast",
            "source_id": "acme-results-2025",
        },
    ],
    "breakdowns": [{"breakdown_id": "total", "name_en": "Total"}],
    "metrics": [
        {
            "metric_id": "revenue", "name_en": "Revenue", "definition": "Revenue", "quantity": "money",
            "period_kind": "duration", "aggregation": "sum", "sign": "nonnegative", "exact": "false",
        },
        {
            "metric_id": "regions", "name_en": "Regions", "definition": "Regions in use", "quantity": "count",
            "period_kind": "instant", "unit_id": "count", "aggregation": "last", "sign": "nonnegative", "exact": "true",
        },
    ],
    "units": [
        {"unit_id": unit_id, "symbol": unit_id, "quantity": quantity, "currency": currency,
         "canonical_unit_id": canonical, "factor": factor}
        for unit_id, quantity, currency, canonical, factor in (
            ("cny-m", "money", "CNY", "cny-m", "1"),
            ("cny-100m", "money", "CNY", "cny-m", "100"),
            ("usd-m", "money", "USD", "usd-m", "1"),
            ("usd-bn", "money", "USD", "usd-m", "1000"),
            ("percent", "ratio", "", "percent", "1"),
            ("count", "count", "", "count", "1"),
            ("token", "token_volume", "", "token", "1"),
            ("token-1m", "token_volume", "", "token", "1000000"),
        )
    ],
    "sources": [
        {
            "source_id": source_id, "title": source_id, "publisher": "Acme", "published_on": day,
            "published_precision": "day", "language": "en", "kind": "company_release", "known_on": day,
        }
        for source_id, day in (("acme-results-2024", "2024-11-20"), ("acme-results-2025", "2025-11-20"))
    ],
}  # fmt: skip
"""A package's reference tables as small as they can be."""

NINE_TYPED_CELLS: Row = {
    "source_id": "acme-results-2025",
    "locator": "p:3",
    "entity_id": "acme-cloud",
    "metric_id": "revenue",
    "period_type": "quarter",
    "period_end": "2025-09-30",
    "period_label": "FY2026 Q2",
    "printed_value": "398.24",
    "printed_unit_id": "cny-100m",
}
"""What a contributor types for an ordinary observation."""


def write_csv(path: Path, rows: Sequence[Mapping[str, str]], columns: Sequence[str] | None = None) -> Path:
    """Rows as a CSV file of the package's form; columns from the first row where none are named."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(rows[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_reference(folder: Path, **tables: list[Row]) -> Path:
    """A folder of small reference tables; keyword arguments put other rows in place of a table's own."""
    for table, rows in {**REFERENCE, **tables}.items():
        write_csv(folder / f"{table}.csv", rows, load_schema(table).columns)
    return folder


def an_observation(reference: Reference, **cells: str) -> Row:
    """A filled observation: nine typed cells, overridden by `cells`, and what completing them gives.

    A generated cell among `cells` is put in last, as a contributor's slip would be.
    """
    schema = load_schema("observations")
    given = {name: text for name, text in cells.items() if schema.field(name).filled != "generated"}
    row = complete_row(schema, NINE_TYPED_CELLS | given, reference)
    row["observation_id"] = row["observation_id"] or "acme-results-2025.001"
    return row | cells


def a_model_price(reference: Reference, **cells: str) -> Row:
    """A filled model price, overridden by `cells`."""
    typed = {
        "model_price_id": "acme-results-2025.001", "source_id": "acme-results-2025", "seller": "acme",
        "model": "Acme-1", "meter": "input", "printed_amount": "0.8", "currency": "CNY",
        "printed_per_unit_id": "token-1m", "date_basis": "documented", "left_censored": "false",
    }  # fmt: skip
    return complete_row(load_schema("model_prices"), typed | cells, reference) | cells


def a_schema(*fields: Mapping[str, Any], **properties: Any) -> TableSchema:
    """A table schema of the given fields, with keys and missing values as in a descriptor."""
    return parse_schema({"name": "things", "fields": [dict(field) for field in fields], **properties})


def a_field(name: str = "cell", kind: str = "string", **constraints: Any) -> dict[str, Any]:
    """A field descriptor with constraints."""
    return {"name": name, "type": kind, "constraints": constraints}


def a_typed_frame(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    """Rows of texts as the typed frame of a table."""
    columns = load_schema(table).columns
    text = pl.DataFrame(
        [{column: row.get(column) or None for column in columns} for row in rows],
        schema=dict.fromkeys(columns, pl.String),
    )
    return typed_frame(load_schema(table), text)
