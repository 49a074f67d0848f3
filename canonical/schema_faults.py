"""Why a descriptor can be no Table Schema: every fault a sentence, none passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from canonical.field import Field, parse_field
from canonical.field_faults import field_faults, missing_faults
from canonical.package_faults import extension_faults

__all__ = ["SchemaError", "schema_faults"]


class SchemaError(ValueError):
    """A descriptor is no Table Schema; `faults` has a sentence for each reason."""

    def __init__(self, faults: list[str]) -> None:
        """Keep the faults, of which there is at least one."""
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


def schema_faults(descriptor: Any) -> list[str]:
    """What keeps a descriptor from being a Table Schema of the standard that can be checked, empty where nothing does.

    Tables that foreign keys refer to are not looked up here.
    """
    if not isinstance(descriptor, dict):
        return [f"found {_kind(descriptor)}, expected an object with fields"]
    entries = descriptor.get("fields")
    if entries is None and ("resources" in descriptor or "schema" in descriptor):
        place = "schema of one of its resources" if "resources" in descriptor else "schema in it"
        return [f"found a data package or resource, expected a Table Schema; fix: give the {place} as a file"]
    if not isinstance(entries, list) or not entries:
        return ["fields: expected a list of at least one field"]
    faults = list(_name_faults(entries)) or [fault for entry in entries for fault in field_faults(entry)]
    faults += missing_faults(descriptor)
    if not isinstance(descriptor.get("name", ""), str):
        faults.append(f"name: found {_kind(descriptor['name'])}, expected a text")
    if not list(_name_faults(entries)):
        names = [entry["name"] for entry in entries]
        faults += [*_key_faults(descriptor, names), *_reference_faults(descriptor, names)]
        faults += extension_faults(descriptor, names)
        if not faults:
            faults += _type_faults(descriptor, {entry["name"]: parse_field(entry) for entry in entries})
    return faults


def _name_faults(entries: list[Any]) -> Iterator[str]:
    seen: set[str] = set()
    for place, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            yield f"field {place}: found {_kind(entry)}, expected an object with a name"
        elif not isinstance(entry.get("name"), str) or not entry["name"]:
            yield f"field {place}: it has no name, expected a text"
        elif entry["name"] in seen:
            yield f"field {place}: the name {entry['name']} stands twice, expected names that differ"
        else:
            seen.add(entry["name"])


def _key_faults(descriptor: dict[str, Any], names: list[str]) -> Iterator[str]:
    if "primaryKey" in descriptor:
        yield from _columns_faults("primaryKey", descriptor["primaryKey"], names)
    keys = descriptor.get("uniqueKeys", [])
    if not isinstance(keys, list):
        yield f"uniqueKeys: found {_kind(keys)}, expected a list of keys"
        return
    for place, key in enumerate(keys, start=1):
        yield from _columns_faults(f"uniqueKeys {place}", key, names)


def _columns_faults(where: str, key: Any, names: list[str] | None) -> Iterator[str]:
    """What is wrong with the columns of a key, those of the table itself where `names` are given."""
    columns = [key] if isinstance(key, str) else key
    if not isinstance(columns, list) or not columns or not all(isinstance(c, str) and c for c in columns):
        yield f"{where}: found {_kind(key)}, expected the name of a field or a list of them"
        return
    for column in sorted({c for c in columns if columns.count(c) > 1}):
        yield f"{where}: {column} stands twice, expected each field once"
    for column in columns:
        if names is not None and column not in names:
            yield f"{where}: there is no field {column}; fields are {', '.join(names)}"


def _reference_faults(descriptor: dict[str, Any], names: list[str]) -> Iterator[str]:
    keys = descriptor.get("foreignKeys", [])
    if not isinstance(keys, list):
        yield f"foreignKeys: found {_kind(keys)}, expected a list of keys"
        return
    for place, key in enumerate(keys, start=1):
        yield from _foreign_key_faults(f"foreignKeys {place}", key, names)


def _foreign_key_faults(where: str, key: Any, names: list[str]) -> Iterator[str]:
    reference = key.get("reference") if isinstance(key, dict) else None
    if not isinstance(reference, dict):
        yield f"{where}: expected an object with fields and a reference, which has a resource and fields"
        return
    resource = reference.get("resource", "")
    if not isinstance(resource, str):
        yield f"{where}: resource: found {_kind(resource)}, expected the name of a table"
        return
    faults = [
        *_columns_faults(f"{where}: fields", key.get("fields"), names),
        *_columns_faults(f"{where}: reference", reference.get("fields"), None if resource else names),
    ]
    yield from faults
    ours, theirs = _count(key.get("fields")), _count(reference.get("fields"))
    if not faults and ours != theirs:
        yield f"{where}: found {_fields(ours)} and {_fields(theirs)} referred to, expected the same number"


def _type_faults(descriptor: dict[str, Any], fields: dict[str, Field]) -> Iterator[str]:
    """Keys within a table whose two sides are of different types, so that no value can be found."""
    for place, key in enumerate(descriptor.get("foreignKeys", []), start=1):
        if key["reference"].get("resource"):
            continue
        for ours, theirs in zip(_list(key["fields"]), _list(key["reference"]["fields"]), strict=True):
            if fields[ours].type != fields[theirs].type:
                yield (
                    f"foreignKeys {place}: {ours} is of type {fields[ours].type} and {theirs}, which it refers to, of "
                    f"type {fields[theirs].type}; expected one type"
                )


def _list(columns: str | list[str]) -> list[str]:
    return [columns] if isinstance(columns, str) else columns


def _count(columns: Any) -> int:
    return len(_list(columns)) if columns else 0


def _fields(count: int) -> str:
    return f"{count} field" + ("s" if count != 1 else "")


KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}


def _kind(value: Any) -> str:
    return "nothing" if value is None else KINDS.get(type(value), "something else")
