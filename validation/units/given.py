"""A table as rules beside observations read it: with the types of its schema and what its rows refer to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from canonical.findings import Finding, Severity
from canonical.reading.reader import Table
from canonical.reference import Reference
from validation.structure.checks import row_ids

__all__ = ["Built", "Counts", "CountsIn", "Given", "References", "Rule", "not_built", "rows_by"]

References = Callable[[str], pl.DataFrame | None]
"""Other tables as typed frames by their names, None where one is not there."""
Counts = Callable[[str, Sequence[str]], pl.DataFrame | None]
"""By the name of a table, how many of its rows hold each combination of some columns: these, and `len`."""


Built = Callable[[str], pl.DataFrame | None]
"""A table of the package as the last build left it, None where there is none or it is another's."""


def not_built(table: str) -> pl.DataFrame | None:
    """No build is asked."""


def rows_by(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """How many rows of a frame hold each combination of some columns, as `Counts` has it."""
    return frame.group_by(columns).len()


@dataclass(frozen=True)
class CountsIn:
    """The counts of rows of tables that are given as frames, each counted once."""

    references: References
    known: dict[tuple[str, ...], pl.DataFrame | None] = field(default_factory=dict)

    def __call__(self, table: str, columns: Sequence[str]) -> pl.DataFrame | None:
        """The counts of a table, None where it is not there."""
        asked = (table, *columns)
        if asked not in self.known:
            frame = self.references(table)
            self.known[asked] = None if frame is None else rows_by(frame, columns)
        return self.known[asked]


@dataclass(frozen=True)
class Rule:
    """What a finding of a rule says: its id and severity, what is wrong, and what is to be done."""

    id: str
    severity: Severity
    message: str
    fix: str


@dataclass(frozen=True)
class Given:
    """A table with its typed frame, and other tables: by their rows, or by counts of them.

    `table` has the texts of the columns that checks ask for; `typed` may have these alone where `whole` gives all.
    `is_whole` says that the file is the folder's own table, or a part of it, and no rows beside it are at hand;
    `known` gives the rows of its table that it is held against otherwise, `references` does where it is None.
    `built` gives a table as the last build of the package left it, None where there is none or it is another's.
    """

    table: Table
    typed: pl.DataFrame
    reference: Reference
    references: References
    counts: Counts
    is_whole: bool = False
    built: Built = not_built
    whole: Callable[[], pl.DataFrame] | None = None
    known: References | None = None

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
        known = (self.known or self.references)(self.name)
        if known is None or not key or not self.has(key):
            return known
        return known.join(self.typed.select(key).unique(), on=key, how="anti", nulls_equal=True)

    @cached_property
    def _row_ids(self) -> list[str]:
        """What names each row, made once: a table may be wrong in every row."""
        schema, rows = self.table.schema, self.whole() if self.whole else self.typed
        return row_ids(schema, rows) if set(schema.primary_key) <= set(rows.columns) else [""] * rows.height

    def finding(self, rule: Rule, at: int, column: str, expected: str, message: str = "") -> Finding:
        """The finding of a rule on the row at a position, counted from 0."""
        schema = self.table.schema
        found = self.typed.item(at, column)
        return Finding(
            rule.id, rule.severity, schema.name, row_id=self._row_ids[at],
            row_number=at + 1, column=column, found="" if found is None else str(found),
            expected=expected, message=message or rule.message, fix=rule.fix, line_number=self.table.line(at),
            file=self.table.name,
        )  # fmt: skip
