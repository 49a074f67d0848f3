"""Keys of typed tables to tables that a build makes: they are held against what was made, or against the last build."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from canonical.findings import Finding
from canonical.table_schema import load_schema

if TYPE_CHECKING:
    from validation.package import Checker

__all__ = ["derived_key_findings"]


def derived_key_findings(checker: Checker, tables: Iterable[str]) -> list[Finding]:
    """The keys of typed tables of the checker's folder to derived tables that name no row of them.

    The derived tables are those that the checker has read or been given, else those that the last build wrote.
    """
    findings: list[Finding] = []
    for name in tables:
        keys = [key for key in load_schema(name).foreign_keys if load_schema(key.resource).kind == "derived"]
        if keys and load_schema(name).kind != "derived":
            columns = {column for key in keys for column in key.fields}
            found = checker.check_keys(name, {key.resource for key in keys})
            findings += [f for f in found if f.rule == "S.foreign_key" and f.column in columns]
    return findings
