"""Read the Table Schemas of `schemas/` into frozen values that everything else is generated from."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, cast

from canonical.field import Field, parse_field
from canonical.memory import Memory
from canonical.package_faults import package_faults
from canonical.places import ROOT, SCHEMAS
from canonical.reading.content import file_bytes
from canonical.reading.encodings import UnreadableError
from canonical.reading.folders import names_in
from canonical.reading.json_files import json_object, json_value
from canonical.schema_faults import SchemaError, schema_faults
from canonical.table_keys import ForeignKey, PrefixedKey, names_of_key, parse_foreign_key

__all__ = [
    "ROOT",
    "SCHEMAS",
    "Field",
    "ForeignKey",
    "PrefixedKey",
    "SchemaError",
    "TableSchema",
    "is_table",
    "load_schema",
    "own_schema",
    "parse_schema",
    "referred_first",
    "table_names",
    "typed_tables",
]

Kind = Literal["reference", "fact", "derived", "own"]


@dataclass(frozen=True)
class TableSchema:
    """One table: fields in file order, keys, and the text that stands for a missing value.

    `matching_keys` are keys that mean two columns although one names the row: the first field names a row of
    `resource`, and where that row fills the second, it must be, or hold in its list, the cell of the row that refers
    to it. A perimeter of another entity is a good key and a wrong one.

    `kind` is `own` where the schema is somebody else's; a file is then held to `match`, the standard's `fieldsMatch`:
    `exact`, `equal`, `subset`, `superset` or `partial`. A file of a table of this package is held to what a feed needs.
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
    match: str = "feed"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Column names in file order."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def empty_row(self) -> dict[str, str]:
        """A row of empty cells."""
        return dict.fromkeys(self.columns, "")

    @cached_property
    def empty_generated(self) -> dict[str, str]:
        """Empty cells of the columns that follow from others of their row."""
        return {field.name: "" for field in self.fields if field.filled == "generated"}

    @cached_property
    def defaults(self) -> tuple[tuple[str, str], ...]:
        """The columns that have a code where none is typed, each with it."""
        return tuple((field.name, field.default) for field in self.fields if field.filled == "default")

    @cached_property
    def memory(self) -> Memory:
        """What follows from the schema, as its rules do: found once for all files that are held to it."""
        return Memory()

    def missing_columns(self, header: Collection[str]) -> list[str]:
        """The columns that a header lacks and that no program can write again."""
        return [field.name for field in self.fields if field.filled != "generated" and field.name not in header]

    def missing_of(self, field: Field) -> tuple[str, ...]:
        """The texts that stand for a missing value in a column."""
        return _missing(field.descriptor) if "missingValues" in field.descriptor else self.missing_values

    def field(self, name: str) -> Field:
        """The field called `name`; KeyError where the table has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no column {name}")


def table_names() -> tuple[str, ...]:
    """Names of all tables that have a schema, in alphabetical order."""
    return tuple(sorted(name.removesuffix(".json") for name in names_in(SCHEMAS, ".json")))


def is_table(name: str) -> bool:
    """Whether a table has that name."""
    return bool(name) and (SCHEMAS / f"{name}.json").exists()


def typed_tables() -> tuple[str, ...]:
    """Names of the tables that people and adapters write, in alphabetical order; all others are derived."""
    return tuple(name for name in table_names() if load_schema(name).kind != "derived")


def referred_first(tables: Collection[str]) -> list[str]:
    """The tables, each after those of them that its keys refer to, else in their order; a circle is cut somewhere.

    >>> referred_first(["corrections", "observations", "sources"])
    ['sources', 'observations', 'corrections']
    """
    found: dict[str, None] = {}

    def add(name: str, above: frozenset[str]) -> None:
        if name in found or name in above or name not in tables:
            return
        schema = load_schema(name)
        for key in (*schema.foreign_keys, *schema.matching_keys):
            add(key.resource, above | {name})
        found[name] = None

    for name in tables:
        add(name, frozenset())
    return list(found)


@cache
def load_schema(name: str) -> TableSchema:
    """The schema of table `name`.

    FileNotFoundError where `schemas/` holds none; `UnreadableError`, which names the file, where it can be no schema
    of the package: the standard's, with texts in both languages, and keys to columns that there are.
    """
    schema = _stated(name)
    for key in (*schema.foreign_keys, *schema.matching_keys):
        if not (SCHEMAS / f"{key.resource}.json").exists():
            raise _damaged(name, f"foreign key {', '.join(key.fields)}: there is no table {key.resource}")
        for column in key.reference_fields:
            if column not in _stated(key.resource).columns:
                raise _damaged(name, f"foreign key {', '.join(key.fields)}: {key.resource} has no field {column}")
    return schema


@cache
def _stated(name: str) -> TableSchema:
    """The schema of a table by itself, other tables not looked up."""
    path = SCHEMAS / f"{name}.json"
    if not path.is_symlink() and not path.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), f"schemas/{name}.json")
    descriptor = json_object(path, f"schemas/{name}.json", f"git checkout schemas/{name}.json")
    faults = schema_faults(descriptor) or list(package_faults(descriptor, name))
    if faults:
        raise _damaged(name, faults[0])
    return _parsed(descriptor, name)


def _damaged(name: str, fault: str) -> UnreadableError:
    return UnreadableError(f"schemas/{name}.json: {fault}; fix: git checkout schemas/{name}.json")


def own_schema(path: Path) -> TableSchema:
    """Somebody's own Table Schema from a JSON file; the table is called after the file unless the schema has a name.

    Raises `SchemaError` where the file cannot be read, is not JSON or can be no schema, in one sentence for each fault.
    """
    try:
        descriptor = json_value(file_bytes(path, path.name))
    except OSError as error:
        raise SchemaError([f"cannot be read ({error.strerror or error})"]) from None
    except UnreadableError as error:
        raise SchemaError([str(error).removeprefix(f"{path.name}: ")]) from None
    except ValueError as error:
        raise SchemaError([str(error)]) from None
    found = parse_schema(descriptor, None if isinstance(descriptor, dict) and "name" in descriptor else path.stem)
    match = descriptor.get("fieldsMatch", "exact")
    match = match[0] if isinstance(match, list) and len(match) == 1 else match
    if match not in MATCHES:
        raise SchemaError([f"fieldsMatch: found {match!r}, expected one of {', '.join(MATCHES)}"])
    fields = tuple(replace(field, filled="typed") for field in found.fields)
    return replace(found, kind="own", match=match, fields=fields, matching_keys=(), prefixed_keys=())


MATCHES = ("exact", "equal", "subset", "superset", "partial")


def parse_schema(descriptor: dict[str, Any], name: str | None = None) -> TableSchema:
    """Turn a Table Schema descriptor (Data Package v1 or v2) into a `TableSchema`.

    Keys may be a text or a list, as the standard allows; a reference without `resource`, or with an
    empty one, points to the table itself. Raises `SchemaError` where the descriptor can be no schema, or states
    something that is not checked here: nothing is passed over.
    """
    if faults := schema_faults(descriptor):
        raise SchemaError(faults)
    return _parsed(descriptor, name)


def _parsed(descriptor: dict[str, Any], name: str | None) -> TableSchema:
    """The schema of a descriptor without faults."""
    table = name or cast(str, descriptor.get("name", "table"))
    fields = tuple(parse_field(entry) for entry in descriptor["fields"])
    foreign = tuple(parse_foreign_key(entry, table) for entry in descriptor.get("foreignKeys", []))
    lists = tuple(
        ForeignKey((entry["name"],), entry["itemReference"]["resource"], (entry["itemReference"]["field"],), True)
        for entry in descriptor["fields"]
        if "itemReference" in entry
    )
    return TableSchema(
        name=table,
        kind=descriptor.get("kind", "fact"),
        fields=fields,
        primary_key=names_of_key(descriptor.get("primaryKey", [])),
        unique_keys=tuple(names_of_key(key) for key in descriptor.get("uniqueKeys", [])),
        foreign_keys=foreign + lists,
        matching_keys=tuple(parse_foreign_key(entry, table) for entry in descriptor.get("matchingKeys", [])),
        prefixed_keys=tuple(
            PrefixedKey(entry["field"], entry["prefix"]) for entry in descriptor.get("prefixedKeys", [])
        ),
        missing_values=_missing(descriptor),
        descriptor=descriptor,
    )


def _missing(descriptor: dict[str, Any]) -> tuple[str, ...]:
    values = descriptor.get("missingValues", [""])
    return tuple(value["value"] if isinstance(value, dict) else value for value in values)
