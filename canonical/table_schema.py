"""Read the Table Schemas of `schemas/` into frozen values that everything else is generated from."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

__all__ = [
    "ROOT",
    "SCHEMAS",
    "Field",
    "ForeignKey",
    "PrefixedKey",
    "TableSchema",
    "load_schema",
    "parse_schema",
    "table_names",
    "typed_tables",
]

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = ROOT / "schemas"

FORMATS = {"string": ("default", "uri")}
OTHER_READINGS = {"missingValues", "trueValues", "falseValues", "decimalChar", "groupChar", "bareNumber", "categories"}
"""Properties of a field that the standard has and no table here needs: refused, so that none is passed over."""

FieldType = Literal["string", "integer", "number", "boolean", "date"]
Filled = Literal["typed", "default", "fill", "generated"]
Kind = Literal["reference", "fact", "derived"]


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table whose values stand in another table's columns.

    `resource` is the table referred to; a reference to the table itself names it too.
    `many` is true where the cell is a list of keys separated by spaces.
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True)
class PrefixedKey:
    """A column whose ids begin with another cell of their row and a point: `amazon-results-2025-q4.001`."""

    field: str
    prefix: str


@dataclass(frozen=True)
class Field:
    """One column: its name, type, format, constraints and how it comes to be filled."""

    name: str
    type: FieldType
    format: str
    constraints: dict[str, Any]
    filled: Filled
    default: str
    unit: str
    descriptor: dict[str, Any]

    @property
    def required(self) -> bool:
        """Whether an empty cell is an error."""
        return bool(self.constraints.get("required", False))

    @property
    def enum(self) -> tuple[str, ...]:
        """The code list as it stands in text, empty where the column has none."""
        return tuple(code if isinstance(code, str) else json.dumps(code) for code in self.constraints.get("enum", ()))


@dataclass(frozen=True)
class TableSchema:
    """One table: fields in file order, keys, and the text that stands for a missing value.

    `matching_keys` are keys that mean two columns although one names the row: the first field names a row of
    `resource`, and where that row fills the second, it must be, or hold in its list, the cell of the row that refers
    to it. A perimeter of another entity is a good key and a wrong one.
    """

    name: str
    kind: Kind
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    matching_keys: tuple[ForeignKey, ...]
    prefixed_keys: tuple[PrefixedKey, ...]
    missing_values: tuple[str, ...]
    descriptor: dict[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in file order."""
        return tuple(field.name for field in self.fields)

    def missing_columns(self, header: Collection[str]) -> list[str]:
        """The columns that a header lacks and that no program can write again."""
        return [field.name for field in self.fields if field.filled != "generated" and field.name not in header]

    def field(self, name: str) -> Field:
        """The field called `name`; KeyError where the table has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name}")


def table_names() -> tuple[str, ...]:
    """Names of all tables that have a schema, in alphabetical order."""
    return tuple(sorted(path.stem for path in SCHEMAS.glob("*.json")))


def typed_tables() -> tuple[str, ...]:
    """Names of the tables that people and adapters write, in alphabetical order; all others are derived."""
    return tuple(name for name in table_names() if load_schema(name).kind != "derived")


@cache
def load_schema(name: str) -> TableSchema:
    """The schema of table `name`; FileNotFoundError where `schemas/` holds none."""
    return parse_schema(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")), name)


def parse_schema(descriptor: dict[str, Any], name: str | None = None) -> TableSchema:
    """Turn a Table Schema descriptor (Data Package v1 or v2) into a `TableSchema`.

    Keys may be a text or a list, as the standard allows; a reference without `resource`, or with an
    empty one, points to the table itself. Raises ValueError where a field has a type, format or way of
    reading that this package does not use.
    """
    table = name or cast(str, descriptor.get("name", "table"))
    fields = tuple(_parse_field(entry) for entry in descriptor["fields"])
    foreign = tuple(_parse_foreign_key(entry, table) for entry in descriptor.get("foreignKeys", []))
    lists = tuple(
        ForeignKey((entry["name"],), entry["itemReference"]["resource"], (entry["itemReference"]["field"],), True)
        for entry in descriptor["fields"]
        if "itemReference" in entry
    )
    return TableSchema(
        name=table,
        kind=descriptor.get("kind", "fact"),
        fields=fields,
        primary_key=_names(descriptor.get("primaryKey", [])),
        unique_keys=tuple(_names(key) for key in descriptor.get("uniqueKeys", [])),
        foreign_keys=foreign + lists,
        matching_keys=tuple(_parse_foreign_key(entry, table) for entry in descriptor.get("matchingKeys", [])),
        prefixed_keys=tuple(
            PrefixedKey(entry["field"], entry["prefix"]) for entry in descriptor.get("prefixedKeys", [])
        ),
        missing_values=tuple(
            entry["value"] if isinstance(entry, dict) else entry for entry in descriptor.get("missingValues", [""])
        ),
        descriptor=descriptor,
    )


def _parse_field(entry: dict[str, Any]) -> Field:
    kind = entry.get("type", "string")
    if kind not in ("string", "integer", "number", "boolean", "date"):
        raise ValueError(f"field {entry['name']}: type {kind} is outside the types this package uses")
    if entry.get("format", "default") not in FORMATS.get(kind, ("default",)):
        raise ValueError(f"field {entry['name']}: format {entry['format']} is outside the formats this package uses")
    for name in sorted(OTHER_READINGS & entry.keys()):
        raise ValueError(f"field {entry['name']}: {name} would change how a cell is read; this package has one way")
    return Field(
        name=entry["name"],
        type=kind,
        format=entry.get("format", "default"),
        constraints=entry.get("constraints", {}),
        filled=entry.get("filled", "typed"),
        default=str(entry.get("default", "")),
        unit=entry.get("unit", ""),
        descriptor=entry,
    )


def _parse_foreign_key(entry: dict[str, Any], table: str) -> ForeignKey:
    reference = entry["reference"]
    return ForeignKey(
        fields=_names(entry["fields"]),
        resource=reference.get("resource") or table,
        reference_fields=_names(reference["fields"]),
    )


def _names(key: str | list[str]) -> tuple[str, ...]:
    return (key,) if isinstance(key, str) else tuple(key)
