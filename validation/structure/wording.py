"""Faults become findings: where, what was found, what was expected, how to mend it; the first ones and their count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from canonical.findings import Finding
from canonical.rules.rule import Rule
from validation.engines.polars.typed import TypedBlock
from validation.structure.rewritten import remedy_of

__all__ = ["CAP", "OF_ALL_COLUMNS", "Fault", "Told", "Words", "more_rows"]

CAP = 200
"""At most this many findings are worded for one rule and column; a last one counts the others."""
OF_ALL_COLUMNS = ("unique", "matching_key", "begins_with")
"""Kinds of rules whose findings show every cell they read."""


@dataclass(frozen=True)
class Words:
    """How rows are named in the findings on a file: its name, and the columns whose cells stand in `Finding.key`."""

    file: str
    keys: tuple[str, ...] = ()

    def of(self, rule: Rule, block: TypedBlock, positions: Sequence[int]) -> list[Finding]:
        """A finding for each of some rows of a block that break a rule; rows are counted from the block's first."""
        shown = rule.columns if rule.kind in OF_ALL_COLUMNS else rule.columns[:1]
        found = _joined([block.read.columns[column].at(positions) for column in shown])
        template = Finding(
            rule.id, rule.severity, block.schema.name, column=rule.columns[0], expected=rule.expected,
            message=rule.message, fix=rule.fix,
        )  # fmt: skip
        fixes = [rule.fix] * len(found)
        if rule.kind in ("pattern", "type") and block.schema.kind != "own":
            field = block.schema.field(rule.columns[0])
            fixes = [remedy_of(cell, rule, field) for cell in found]
        findings = [replace(template, found=cell, fix=fix) for cell, fix in zip(found, fixes, strict=True)]
        return self.placed(block, positions, findings)

    def placed(self, block: TypedBlock, positions: Sequence[int], findings: Sequence[Finding]) -> list[Finding]:
        """The findings on some rows of a block with their file, rows, lines, ids and keys."""
        ids = self._ids(block, positions)
        keys = self._keys(block, positions)
        return [
            replace(
                finding,
                row_id=row_id,
                row_number=position + 1,
                line_number=block.read.line(position),
                key=key,
                file=self.file,
            )
            for finding, row_id, position, key in zip(findings, ids, positions, keys, strict=True)
        ]

    def _ids(self, block: TypedBlock, positions: Sequence[int]) -> list[str]:
        """What names each row: its primary key, parts joined by `|`; empty without one."""
        cells = block.read.columns if block.read.is_text else block.columns
        key = block.schema.primary_key
        if not key:
            return [""] * len(positions)
        parts = [cells[column].at(positions).cast(pl.String).fill_null("").to_list() for column in key]
        return ["|".join(cells) for cells in zip(*parts, strict=True)]

    def _keys(self, block: TypedBlock, positions: Sequence[int]) -> list[tuple[tuple[str, str], ...]]:
        columns = [column for column in self.keys if column in block.read.columns]
        cells = [block.read.columns[column].at(positions).to_list() for column in columns]
        return [
            tuple((column, str(cell)) for column, cell in zip(columns, row, strict=True) if cell is not None)
            for row in zip(*cells, strict=True)
        ] or [()] * len(positions)


def _joined(columns: Sequence[pl.Series]) -> list[str]:
    cells = [["" if cell is None else str(cell) for cell in column.to_list()] for column in columns]
    return [" ".join(row) for row in zip(*cells, strict=True)]


@dataclass(frozen=True)
class Fault:
    """The rows of a block that break a rule, as a mark for each.

    `worded` gives the findings on some of these rows, None where the words are those of the rule. `unfilled` marks
    those of the rows whose cell filling would write, None where there is none.
    """

    rule: Rule
    rows: pl.Series
    worded: Callable[[Sequence[int]], list[Finding]] | None = None
    unfilled: pl.Series | None = None


@dataclass
class Told:
    """What is told of one rule over a whole table: the first findings, in the order of rows, and the number of rows."""

    rule: Rule
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    @property
    def is_full(self) -> bool:
        """Whether no more of its findings are told."""
        return len(self.findings) >= CAP

    def add(self, findings: Sequence[Finding], count: int) -> None:
        """Take the findings of a block in, the first of `count` rows of it."""
        self.findings += findings[: CAP - len(self.findings)]
        self.count += count


def more_rows(told: Told, table: str, file: str) -> list[Finding]:
    """The finding that counts the rows that are not told one by one, where there are such."""
    more = told.count - len(told.findings)
    if more <= 0:
        return []
    rule = told.rule
    message = f"{more} more rows break this rule, {told.count} in all"
    return [Finding(rule.id, rule.severity, table, column=rule.columns[0], message=message, fix=rule.fix, file=file)]
