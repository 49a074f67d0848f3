"""Two verdicts on one table in one form: which cell breaks which constraint, by us and by frictionless."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
from frictionless import Package

from canonical.cells import typed_frame
from canonical.findings import Finding
from canonical.reading.reader import read_table
from canonical.table_schema import parse_schema
from tests.builders import write_csv
from tests.tables import TextTable
from validation.structure.checks import check_structure

__all__ = ["Fault", "our_verdict", "their_verdict"]

KINDS = {
    "S.type": "type", "S.format": "type", "S.required": "required", "S.enum": "enum", "S.pattern": "pattern",
    "S.at_least": "minimum", "S.at_most": "maximum", "S.above": "exclusiveMinimum", "S.below": "exclusiveMaximum",
    "S.min_length": "minLength", "S.max_length": "maxLength", "S.unique": "unique", "S.foreign_key": "foreign key",
}  # fmt: skip


class Fault(NamedTuple):
    """A data row, counted from 1, the (first) column of what it breaks, and the constraint."""

    row: int
    column: str
    kind: str


def our_verdict(table: TextTable, folder: Path, engine: str = "polars") -> tuple[pl.DataFrame, set[Fault]]:
    """The typed frame and what our checks find in the table, written to `folder` and read again."""
    schema = parse_schema(table.descriptor, "things")
    read, findings = read_table(_written(table.columns, table.rows, folder / "things.csv"), schema)
    assert read is not None and findings == []
    references = {
        name: typed_frame(
            parse_schema(descriptor, name),
            pl.DataFrame(rows, schema=[f["name"] for f in descriptor["fields"]], orient="row").select(
                pl.all().replace("", None)
            ),
        )
        for name, (descriptor, rows) in table.references.items()
    }
    typed, found = check_structure(read, references.get, engine)
    return typed, {Fault(f.row_number or 0, f.column, _kind(f)) for f in found}


def _kind(finding: Finding) -> str:
    """The constraint a finding is about; the primary key apart from other unique columns."""
    return "primary key" if finding.message.startswith("primary key") else KINDS[finding.rule]


def _written(columns: Sequence[str], rows: Sequence[Sequence[str]], path: Path) -> Path:
    return write_csv(path, [dict(zip(columns, row, strict=True)) for row in rows], columns)


def their_verdict(table: TextTable) -> set[Fault]:
    """What frictionless finds in the table, given as texts."""
    resources = [_resource("things", table.descriptor, table.columns, table.rows)]
    resources += [
        _resource(name, descriptor, [f["name"] for f in descriptor["fields"]], rows)
        for name, (descriptor, rows) in table.references.items()
    ]
    profile = "https://datapackage.org/profiles/2.0/datapackage.json"
    package = Package.from_descriptor({"$schema": profile, "name": "package", "resources": resources})
    report = package.get_resource("things").validate()
    assert not report.errors
    return {fault for error in report.tasks[0].errors for fault in _faults(error, table)}


def _resource(name: str, descriptor: dict[str, Any], columns: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"name": name, "type": "table", "data": [columns, *rows], "schema": descriptor}


def _faults(error: Any, table: TextTable) -> list[Fault]:
    row = getattr(error, "row_number", 1) - 1
    match error.type:
        case "constraint-error":
            kind = re.fullmatch(r'constraint "(\w+)" is .*', error.note, re.DOTALL)
            assert kind is not None, error.note
            return [Fault(row, error.field_name, kind[1])]
        case "type-error":
            return [Fault(row, error.field_name, "type")]
        case "unique-error":
            return [Fault(row, error.field_name, "unique")]
        case "primary-key" if "all" in error.note:
            return []  # each part is required as well, and named as such
        case "primary-key":
            key = table.descriptor["primaryKey"]
            return [Fault(row, key if isinstance(key, str) else key[0], "primary key")]
        case "foreign-key":
            return [Fault(row, error.field_names[0], "foreign key")]
        case other:
            raise AssertionError(f"frictionless reports {other}: {error.message}")
