"""Name the rows that only the whole table tells: keys that repeat, circles, keys to the table's own rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from canonical.findings import Finding
from canonical.reading.csv_blocks import Ragged
from canonical.rules.rule import Rule
from validation.engines.polars.set_rules import KEY_KINDS
from validation.engines.polars.typed import TypedBlock, typed_block
from validation.structure.answers import Answers, Source
from validation.structure.faults import Plan
from validation.structure.keys import KeyHashes, Repeated, key_hashes
from validation.structure.wording import CAP, Words

__all__ = ["name_of_table", "name_repeated", "rows_of_table"]

MOST_COMPARED = 1 << 20
"""So many rows whose keys repeat by their hashes are compared by the keys; where there are more, hashes count them."""


@dataclass
class _Candidates:
    """The rows whose key repeats by its hash: the keys of the first of them, and findings on the first of all."""

    rule: Rule
    repeated: Repeated
    keys: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    findings: list[Finding] = field(default_factory=list[Finding])
    compared: int = 0

    def add(self, block: TypedBlock, before: int, words: Words) -> None:
        """Take the candidates of a block in, of which `before` rows stand before."""
        columns = self.rule.columns
        hashes, is_whole = key_hashes([block.columns[column] for column in columns])
        rows = np.flatnonzero(is_whole & self.repeated.holds(hashes))
        if not len(rows):
            return
        worded = words.of(self.rule, block, rows[: 2 * CAP - len(self.findings)].tolist())
        self.findings += [replace(f, row_number=(f.row_number or 0) + before) for f in worded]
        if self.compared < MOST_COMPARED:
            self.keys.append(pl.DataFrame({column: block.columns[column].at(rows.tolist()) for column in columns}))
        self.compared += len(rows)

    def told(self) -> tuple[list[Finding], int]:
        """The findings on the first rows whose keys truly repeat, and how many such rows there are."""
        if self.compared > MOST_COMPARED or not self.keys:
            return self.findings[:CAP], self.repeated.rows
        is_repeated = pl.concat(self.keys).select(pl.struct(pl.all()).is_duplicated()).to_series()
        return [f for f, is_one in zip(self.findings, is_repeated, strict=False) if is_one], int(is_repeated.sum())


def name_repeated(source: Source, plan: Plan, words: Words, answers: Answers, hashes: Mapping[Rule, KeyHashes]) -> None:
    """Add the rows whose unique key stands in other rows too; the source is read again where there are such."""
    found = [_Candidates(rule, repeated) for rule in plan.unique if (repeated := hashes[rule].repeated()).rows]
    if not found:
        return
    for block, before in _again(source, plan, words, answers):
        for one in found:
            one.add(block, before, words)
    for one in found:
        answers.of(one.rule).add(*one.told())


def name_of_table(source: Source, plan: Plan, words: Words, answers: Answers) -> None:
    """Add the rows that break rules on the whole table, whose columns were kept; a second pass words them."""
    frame = answers.kept
    if frame is None:
        return
    rows: dict[Rule, Sequence[int]] = {}
    for rule, mark in rows_of_table(plan, frame).items():
        found = mark.arg_true()
        rows[rule] = found.head(CAP).to_list()
        answers.of(rule).count += len(found)
    if not rows:
        return
    for block, before in _again(source, plan, words, answers):
        for rule, positions in rows.items():
            here = [row - before for row in positions if before <= row < before + block.height]
            worded = words.of(rule, block, here)
            answers.of(rule).add([replace(f, row_number=(f.row_number or 0) + before) for f in worded], 0)


def rows_of_table(plan: Plan, frame: pl.DataFrame) -> dict[Rule, pl.Series]:
    """The rules on the whole table that some row breaks, each with a mark for every row of the kept columns."""
    marks: dict[Rule, pl.Series] = {}
    for rule in plan.of_table:
        others = plan.own.get(rule)
        reference = _with_own(frame, others, rule.arguments[1]) if rule.kind in KEY_KINDS else None
        mark = plan.engine.set_faults(frame, rule, reference)
        if mark.any():
            marks[rule] = mark
    return marks


def _again(source: Source, plan: Plan, words: Words, answers: Answers) -> Iterator[tuple[TypedBlock, int]]:
    """The blocks of a source once more, each with the rows before it."""
    if answers.only is not None:
        yield answers.only, 0
        return
    before = 0
    for read in source.blocks():
        block = read()
        assert not isinstance(block, Ragged)
        yield typed_block(block, plan.schema, words.file), before
        before += block.height


def _with_own(own: pl.DataFrame, others: pl.DataFrame | None, fields: tuple[str, ...]) -> pl.DataFrame:
    """The keys that a table may refer to in itself: its own, and those of the rows it is added to."""
    return own if others is None else pl.concat([own.select(fields), others.select(fields)])
