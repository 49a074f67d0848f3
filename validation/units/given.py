"""A table as rules beside observations read it: with the types of its schema and what its rows refer to."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import polars as pl

from canonical.findings import Finding, Severity
from canonical.reading.reader import Table
from canonical.reference import Reference
from validation.structure.checks import row_ids

__all__ = ["Given", "Rule"]


@dataclass(frozen=True)
class Rule:
    """What a finding of a rule says: its id and severity, what is wrong, and what is to be done."""

    id: str
    severity: Severity
    message: str
    fix: str


@dataclass(frozen=True)
class Given:
    """A table with its typed frame; `references` gives other tables as typed frames, None where one is not there.

    `is_whole` says that the file is the folder's own table, or a part of it, and no rows beside it are at hand.
    """

    table: Table
    typed: pl.DataFrame
    reference: Reference
    references: Callable[[str], pl.DataFrame | None]
    is_whole: bool = False

    @property
    def name(self) -> str:
        """The table."""
        return self.table.schema.name

    def has(self, columns: Collection[str]) -> bool:
        """Whether the file has some columns."""
        return set(columns) <= set(self.typed.columns)

    def at_hand(self) -> pl.DataFrame | None:
        """The rows of the same table that the file is held against: those of the folder, without those of its keys."""
        if self.is_whole:
            return None
        key = list(self.table.schema.primary_key)
        known = self.references(self.name)
        if known is None or not key or not self.has(key):
            return known
        return known.join(self.typed.select(key).unique(), on=key, how="anti", nulls_equal=True)

    def finding(self, rule: Rule, at: int, column: str, expected: str, message: str = "") -> Finding:
        """The finding of a rule on the row at a position, counted from 0."""
        schema = self.table.schema
        row = self.typed[at : at + 1]
        return Finding(
            rule.id, rule.severity, schema.name, row_id=row_ids(schema, row)[0] if self.has(schema.primary_key) else "",
            row_number=at + 1, column=column, found="" if row.item(0, column) is None else str(row.item(0, column)),
            expected=expected, message=message or rule.message, fix=rule.fix, line_number=self.table.line(at),
            file=self.table.name,
        )  # fmt: skip
