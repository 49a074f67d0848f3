"""What changed in the schemas of two releases, and whether it breaks a program that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from release.versions.state import State, TableState

__all__ = ["SchemaChange", "formerly", "schema_changes"]


@dataclass(frozen=True)
class SchemaChange:
    """A change of a schema: the table, the field or an empty text, what happened in words, and whether it breaks."""

    table: str
    field: str
    what: str
    breaks: bool


def formerly(field: dict[str, Any]) -> str:
    """What a field was called in the release before, an empty text where it always had its name."""
    return str(field.get("formerly", ""))


def schema_changes(old: State, new: State) -> Iterator[SchemaChange]:
    """The changes, table by table: what is gone breaks, what is new does not."""
    for name in sorted(old.tables.keys() | new.tables.keys()):
        if name not in new.tables:
            yield SchemaChange(name, "", "table removed", True)
        elif name not in old.tables:
            yield SchemaChange(name, "", "table added", False)
        else:
            yield from _of_table(name, old.tables[name], new.tables[name])


def _of_table(name: str, old: TableState, new: TableState) -> Iterator[SchemaChange]:
    before, after = old.fields, new.fields
    renamed = {was: now for now, field in after.items() if (was := formerly(field)) in before and was not in after}
    for was, field in before.items():
        now = renamed.get(was, was)
        if now != was:
            yield SchemaChange(name, now, f"renamed from {was}", True)
        if now not in after:
            yield SchemaChange(name, was, "column removed", True)
        else:
            yield from _of_field(name, now, field, after[now])
    for now in after.keys() - before.keys() - set(renamed.values()):
        yield SchemaChange(name, now, "column added", False)
    key = tuple(renamed.get(column, column) for column in old.key)
    if key != new.key:
        yield SchemaChange(name, "", f"primary key changed from {', '.join(key)} to {', '.join(new.key)}", True)
    if old.paths != new.paths:
        gone = sorted(set(old.paths) - set(new.paths))
        if gone:
            yield SchemaChange(name, "", f"files moved from {', '.join(gone)}", True)


def _of_field(table: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[SchemaChange]:
    if old["type"] != new["type"]:
        yield SchemaChange(table, name, f"type changed from {old['type']} to {new['type']}", True)
    if old.get("unit") != new.get("unit"):
        yield SchemaChange(table, name, f"unit changed from {old.get('unit')} to {new.get('unit')}", True)
    codes, now = (field.get("constraints", {}).get("enum") or [] for field in (old, new))
    gone, come = [code for code in codes if code not in now], [code for code in now if code not in codes]
    if gone and now:
        yield SchemaChange(table, name, f"codes removed: {', '.join(map(str, gone))}", True)
    if come and codes:
        yield SchemaChange(table, name, f"codes added: {', '.join(map(str, come))}", False)
    if "deprecated" in new and "deprecated" not in old:
        yield SchemaChange(table, name, f"deprecated: {new['deprecated']}", False)
