"""Name the rows that only the whole table tells: keys that repeat, circles, keys to the table's own rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from canonical.findings import Finding
from canonical.reading.csv_blocks import Ragged
from canonical.rules.rule import Rule
from validation.engines.polars.set_rules import KEY_KINDS
from validation.engines.polars.typed import TypedBlock, typed_block
from validation.structure.answers import Answers, Source
from validation.structure.faults import Plan
from validation.structure.keys import KeyHashes, Repeated, key_hashes
from validation.structure.wording import CAP, Words

__all__ = ["Part", "TableKeys", "name_of_table", "rows_of_table"]

MOST_COMPARED = 1 << 20
"""So many rows whose keys repeat by their hashes are compared by the keys; where there are more, hashes count them."""


@dataclass(frozen=True)
class Part:
    """A file that is a table, or a part of one, and was read: what was asked of it, and what it answered."""

    source: Source
    plan: Plan
    words: Words
    answers: Answers


@dataclass
class TableKeys:
    """The keys of a table, which may lie in several parts: rows with the same one are named once all are read."""

    hashes: dict[Rule, KeyHashes] = field(default_factory=dict[Rule, KeyHashes])
    parts: list[Part] = field(default_factory=list[Part])

    def add(self, rule: Rule, hashes: NDArray[np.uint64]) -> None:
        """Take the hashes of a block in."""
        self.hashes.setdefault(rule, KeyHashes()).add(hashes)

    def name(self) -> list[Part]:
        """Add to the answers of the parts the rows whose key stands in other rows too; the parts that have such.

        The parts are read again where there are such rows. To be asked once.
        """
        found = [_Candidates(rule, again) for rule, keys in self.hashes.items() if (again := keys.repeated()).rows]
        for part in self.parts if found else ():
            asked = [one for one in found if one.begins(part)]
            for block, before in _again(part) if asked else ():
                for one in asked:
                    one.add(block, before, part.words)
        named: dict[int, Part] = {}
        for one in found:
            for place, (part, (findings, count)) in enumerate(zip(self.parts, one.told(), strict=True)):
                if count:
                    part.answers.of(one.rule).add(findings, count)
                    named[place] = part
        return [named[place] for place in sorted(named)]


@dataclass
class _Rows:
    """The rows of a part whose key repeats by its hash: findings on the first of them, and how many there are."""

    findings: list[Finding] = field(default_factory=list[Finding])
    count: int = 0


@dataclass
class _Candidates:
    """The rows whose key repeats by its hash, part by part, and the keys of the first of them."""

    rule: Rule
    repeated: Repeated
    keys: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    parts: list[_Rows] = field(default_factory=list[_Rows])
    compared: int = 0

    def begins(self, part: Part) -> bool:
        """Begin the next part; whether it has the columns of the key."""
        self.parts.append(_Rows())
        return self.rule in part.plan.unique

    def add(self, block: TypedBlock, before: int, words: Words) -> None:
        """Take the candidates of a block in, of which `before` rows of the part stand before."""
        columns, own = self.rule.columns, self.parts[-1]
        hashes, is_whole = key_hashes([block.columns[column] for column in columns])
        rows = np.flatnonzero(is_whole & self.repeated.holds(hashes))
        if not len(rows):
            return
        worded = words.of(self.rule, block, rows[: 2 * CAP - len(own.findings)].tolist())
        own.findings += [replace(f, row_number=(f.row_number or 0) + before) for f in worded]
        own.count += len(rows)
        if self.compared < MOST_COMPARED:
            self.keys.append(pl.DataFrame({column: block.columns[column].at(rows.tolist()) for column in columns}))
        self.compared += len(rows)

    def told(self) -> Iterator[tuple[list[Finding], int]]:
        """For each part the findings on the first rows whose keys truly repeat, and how many such rows it has."""
        if self.compared > MOST_COMPARED or not self.keys:
            is_alone = len(self.parts) == 1
            yield from ((one.findings[:CAP], self.repeated.rows if is_alone else one.count) for one in self.parts)
            return
        is_repeated, start = pl.concat(self.keys).select(pl.struct(pl.all()).is_duplicated()).to_series(), 0
        for one in self.parts:
            own = is_repeated.slice(start, one.count)
            start += one.count
            yield [f for f, is_one in zip(one.findings, own, strict=False) if is_one], int(own.sum())


def name_of_table(part: Part) -> None:
    """Add the rows that break rules on the whole table, whose columns were kept; a second pass words them."""
    plan, words, answers = part.plan, part.words, part.answers
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
    for block, before in _again(part):
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


def _again(part: Part) -> Iterator[tuple[TypedBlock, int]]:
    """The blocks of a file once more, each with the rows before it."""
    if part.answers.only is not None:
        yield part.answers.only, 0
        return
    before = 0
    for read in part.source.blocks():
        block = read()
        assert not isinstance(block, Ragged)
        yield typed_block(block, part.plan.schema, part.words.file), before
        before += block.height


def _with_own(own: pl.DataFrame, others: pl.DataFrame | None, fields: tuple[str, ...]) -> pl.DataFrame:
    """The keys that a table may refer to in itself: its own, and those of the rows it is added to."""
    return own if others is None else pl.concat([own.select(fields), others.select(fields)])
