"""Our schemas as a `data-dict.yaml`, and what the program data-dict finds by it in Parquet files."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from canonical.table_schema import Field, TableSchema
from tests.referees import REFEREES

__all__ = ["Fault", "dictionary_of", "faults_by_data_dict"]

TYPES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "date": "date"}
LIMITS = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
KINDS = {"D01": "required", "D02": "unique", "D04": "enum", "D05": "foreign key", "D07": "limit"}
"""What each of its codes is about, in our words."""


class Fault(NamedTuple):
    """A table, the (first) column of a constraint, which it is, and the rows that break it, counted from 1.

    For cells that are empty the program counts rows and names none.
    """

    table: str
    column: str
    kind: str
    rows: tuple[int, ...] | int


def dictionary_of(tables: Mapping[str, TableSchema], sources: Mapping[str, str]) -> dict[str, Any]:
    """The dictionary of some tables, each with the Parquet file or pattern of files that holds it.

    Stated are types, code lists, what is required, primary keys, unique columns, limits, lengths, and foreign keys of
    one column to the primary key of another table among these.
    """
    return {
        "$version": "0.1.0",
        "$learn_more": "https://data-dict.tidyverse.org/",
        "tables": [
            {"name": name, "source": {"parquet": sources[name]},
             "columns": [_column(field, schema, tables) for field in schema.fields]}
            for name, schema in tables.items()
        ],
        "relationships": [
            _relationship(name, key.fields[0], key.resource, key.reference_fields[0])
            for name, schema in tables.items()
            for key in schema.foreign_keys
            if _is_stated(key.fields, key.resource, key.reference_fields, tables) and not key.many
        ],
    }  # fmt: skip


def _is_stated(fields: tuple[str, ...], resource: str, referred: tuple[str, ...], tables: Mapping[str, Any]) -> bool:
    return len(fields) == 1 and resource in tables and tables[resource].primary_key == referred


def _column(field: Field, schema: TableSchema, tables: Mapping[str, TableSchema]) -> dict[str, Any]:
    keys = [key for key in schema.foreign_keys if key.fields == (field.name,) and not key.many]
    constraints: list[Any] = ["primary_key"] if field.name in schema.primary_key else []
    constraints += ["required"] if field.required and field.name not in schema.primary_key else []
    constraints += ["unique"] if field.constraints.get("unique") else []
    if any(_is_stated(key.fields, key.resource, key.reference_fields, tables) for key in keys):
        constraints.append("foreign_key")
    constraints += [
        {"assert": f"{field.name} {sign} {_literal(field.constraints[word])}"}
        for word, sign in LIMITS.items()
        if word in field.constraints and field.type != "date"
    ]
    column: dict[str, Any] = {"name": field.name, "type": TYPES[field.type], "constraints": constraints}
    if field.type == "string" and field.enum:
        return column | {"type": "enum", "values": list(field.enum)}
    if field.type == "date":
        return column | {"range": ["0001-01-01", "9999-12-31"]}
    return column if field.type == "boolean" else column | {"examples": ["a"] if field.type == "string" else [1]}


def _literal(limit: Any) -> str:
    """A limit as the program reads it: a number without an exponent, of which `1e-09` is one."""
    return format(Decimal(str(limit)), "f")


def _relationship(table: str, column: str, resource: str, key: str) -> dict[str, Any]:
    if table == resource:
        return {"join": f"child_.{column} = parent_.{key}", "cardinality": "many-to-one",
                "aliases": {"child_": table, "parent_": table}}  # fmt: skip
    return {"join": f"{table}.{column} = {resource}.{key}", "cardinality": "many-to-one"}


def faults_by_data_dict(dictionary: dict[str, Any], folder: Path) -> set[Fault]:
    """What the program finds in the files that a dictionary names from `folder`; AssertionError for other problems."""
    path = folder / "data-dict.yaml"
    path.write_text(json.dumps(dictionary, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    command = [str(REFEREES / "bin" / "data-dict"), "validate-data", str(path), "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    report = json.loads(ran.stdout)
    assert report["steps"], report["problems"]
    return {_fault(problem) for problem in report["problems"] if problem["severity"] == "error"}


def _fault(problem: dict[str, Any]) -> Fault:
    if problem["code"] == "M01":
        return Fault(problem["table"], problem["columns"][0], "type", 0)
    assert problem["code"] in KINDS, problem
    rows = tuple(sorted(problem["rows"])) if "rows" in problem else problem["count"]
    return Fault(problem["table"], problem["columns"][0], KINDS[problem["code"]], rows)
