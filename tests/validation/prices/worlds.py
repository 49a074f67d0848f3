"""Small worlds of prices: rows of models and machines with overrides, and what the rules find in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from canonical.findings import Finding
from canonical.table_schema import TableSchema, load_schema
from validation.prices.checks import check_prices

Row = dict[str, Any]
UNITS = {"token-1m": "token", "token": "token", "image": "image", "second": "second", "hour": "hour"}
ADDRESS = "https://acme.example/prices"
SOURCES: tuple[Row, ...] = (
    {"source_id": "registry", "publisher": "Registry", "url": ADDRESS, "published_on": date(2026, 9, 1)},
    {"source_id": "registry-again", "publisher": "Registry", "url": ADDRESS, "published_on": date(2026, 9, 2)},
    {"source_id": "registry-unnamed", "publisher": "Registry", "published_on": date(2026, 9, 1)},
    {
        "source_id": "registry-older",
        "publisher": "Registry",
        "published_on": date(2025, 9, 1),
        "retrieved_on": date(2026, 9, 1),
    },
)
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
BEFORE = date(2026, 5, 31)
"""The day before summer."""
TYPES = {"string": pl.String, "number": pl.Float64, "integer": pl.Int64, "boolean": pl.Boolean, "date": pl.Date}


def frame_of(schema: TableSchema, rows: list[Row]) -> pl.DataFrame:
    types = {field.name: TYPES[field.type] for field in schema.fields}
    return pl.DataFrame([{name: row.get(name) for name in types} for row in rows], schema=types)


def a_price(amount: float | None = 2.5, since: date | None = SPRING, until: date | None = None, **cells: Any) -> Row:
    return {
        "source_id": "registry", "seller": "acme", "maker": "acme", "model": "acme-1", "meter": "input",
        "mode": "standard", "service_tier": "standard", "offer": "list", "region": "any",
        "printed_per_unit_id": "token-1m", "currency": "USD", "bound": "eq",
        "price_state": "priced", "amount": amount, "valid_from": since, "valid_to": until, **cells,
    }  # fmt: skip


def a_machine(amount: float | None, since: date = SPRING, until: date | None = None, **cells: Any) -> Row:
    return {
        "source_id": "map", "vendor_id": "acme", "region": "east", "instance_type": "d2", "operating_system": "linux",
        "purchase_option": "on_demand", "currency": "USD", "price_state": "priced", "amount": amount,
        "printed_amount": str(amount), "date_basis": "commit", "valid_from": since, "valid_to": until, **cells,
    }  # fmt: skip


def findings_of(*models: Row, machines: tuple[Row, ...] = (), sources: tuple[Row, ...] = SOURCES) -> list[Finding]:
    """What the rules find; rows without an id are numbered."""
    numbered = [{"model_price_id": f"{row['source_id']}.{n:03}"} | row for n, row in enumerate(models, 1)]
    frames = (frame_of(load_schema("model_prices"), numbered), frame_of(load_schema("compute_prices"), list(machines)))
    return check_prices(*frames, UNITS, frame_of(load_schema("sources"), list(sources)))


def rules_of(*models: Row, machines: tuple[Row, ...] = ()) -> list[str]:
    return [finding.rule for finding in findings_of(*models, machines=machines)]
