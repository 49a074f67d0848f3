"""Check a table of any size block by block: rules over rows as they come, keys by hash, few blocks in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from canonical.findings import Finding
from canonical.reading.csv_blocks import Ragged
from canonical.reading.encodings import UnreadableError
from canonical.rules.rule import Rule
from validation.engines.polars.typed import TypedBlock, typed_block
from validation.structure.answers import Answers, Read, Source, Watch
from validation.structure.faults import Plan, faults_of
from validation.structure.in_order import in_order
from validation.structure.keys import key_hashes
from validation.structure.second_pass import Part, TableKeys, name_of_table
from validation.structure.wording import CAP, Told, Words

__all__ = ["refuse_ragged", "streamed"]

MOST_RAGGED = 1_000_000
"""Rows of another width than the header that are held; a file with more is no table."""


def refuse_ragged(rows: int, file: str) -> None:
    """Raise `UnreadableError` where so many rows of a file have another width that it is no table."""
    if rows > MOST_RAGGED:
        raise UnreadableError(
            f"{file}: found more than {MOST_RAGGED:,} rows of other widths than the header; "
            "fix: save the file with one row a line and as many cells as the header has"
        )


@dataclass(frozen=True)
class _Checked:
    """What a block gave: findings by rule with their count, the hashes of its keys, and columns kept for later."""

    block: TypedBlock
    told: list[tuple[Rule, list[Finding], int]]
    hashes: dict[Rule, NDArray[np.uint64]]
    kept: pl.DataFrame | None


def streamed(
    source: Source, plan: Plan, words: Words, watch: Watch | None = None, keys: TableKeys | None = None
) -> Answers:  # fmt: skip
    """What breaks a plan in a source, in the words given. Ctrl-C ends reading; what was found so far is returned.

    `watch` is called after each block. `keys` are those of the table that the source is a part of, to be named by the
    caller once all parts are read. Raises `UnreadableError` where a block cannot be read.
    """
    answers, of_table = Answers(), TableKeys() if keys is None else keys
    kept: list[pl.DataFrame] = []
    try:
        for checked in in_order(source.blocks(), partial(_checked, plan, words, answers.told)):
            if isinstance(checked, Ragged):
                answers.ragged += [(answers.rows + row, line, width) for row, line, width in checked.odd]
                answers.rows += checked.height
                refuse_ragged(len(answers.ragged), words.file)
            else:
                _take(checked, answers, of_table, kept)
            if watch:
                watch(answers.rows, answers.count)
        answers.kept = pl.concat(kept) if kept else None
        if not answers.ragged:
            of_table.parts.append(part := Part(source, plan, words, answers))
            if keys is None:
                of_table.name()
            name_of_table(part)
            if keys is not None:
                answers.only = None  # of many parts none is held
    except KeyboardInterrupt:
        answers.was_stopped = True
    return answers


def _checked(plan: Plan, words: Words, before: Mapping[Rule, Told], read: Read) -> _Checked | Ragged:
    block = read()
    if isinstance(block, Ragged):
        return block
    typed = typed_block(block, plan.schema, words.file)
    told: list[tuple[Rule, list[Finding], int]] = []
    for fault in faults_of(typed, plan):
        is_full = fault.rule in before and before[fault.rule].is_full
        rows = [] if is_full else fault.rows.arg_true().head(CAP).to_list()
        worded = fault.worded or partial(words.of, fault.rule, typed)
        told.append((fault.rule, worded(rows), int(fault.rows.sum())))
    hashes: dict[Rule, NDArray[np.uint64]] = {}
    for rule in plan.unique:
        of_rows, is_whole = key_hashes([typed.columns[column] for column in rule.columns])
        hashes[rule] = of_rows[is_whole]
    return _Checked(typed, told, hashes, _kept(typed, plan))


def _kept(block: TypedBlock, plan: Plan) -> pl.DataFrame | None:
    if not plan.kept:
        return None
    return block.by_codes(plan.kept) if plan.codes else block.of(plan.kept)


def _take(checked: _Checked, answers: Answers, keys: TableKeys, kept: list[pl.DataFrame]) -> None:
    """Add what a block gave, its rows counted from the first of the table."""
    for rule, findings, count in checked.told:
        moved = [f if f.row_number is None else replace(f, row_number=f.row_number + answers.rows) for f in findings]
        answers.of(rule).add(moved, count)
    for rule, found in checked.hashes.items():
        keys.add(rule, found)
    if checked.kept is not None:
        kept.append(checked.kept)
    answers.other |= {column: f for column, f in checked.block.other.items() if column not in answers.other}
    answers.only = checked.block if answers.rows == 0 else None
    answers.rows += checked.block.height
