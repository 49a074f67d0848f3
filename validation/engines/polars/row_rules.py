"""Rules as polars expressions, and the rows of a block that break them.

Every expression is true where a row *breaks* the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import polars as pl

from canonical.cells import FORMS, length_of, value_of
from canonical.rules.rule import Kind, Rule
from canonical.table_schema import TableSchema
from validation.engines.polars.typed import TypedBlock

__all__ = ["OF_ROWS", "ROW_KINDS", "breaks", "broken_rows"]


def _column(rule: Rule, index: int = 0) -> pl.Expr:
    return pl.col(rule.columns[index])


def _limit(rule: Rule, schema: TableSchema) -> pl.Expr:
    """The limit of a rule in the type of its column; descriptors write it as a number or as a text."""
    return pl.lit(value_of(schema.field(rule.columns[0]), rule.arguments[0]))


def _codes(rule: Rule, schema: TableSchema) -> list[Any]:
    """The codes of a rule in the type of its column."""
    field = schema.field(rule.columns[0])
    return [code if field.type == "string" else value_of(field, code) for code in rule.arguments]


def _length(rule: Rule, schema: TableSchema) -> pl.Expr:
    return length_of(schema.field(rule.columns[0]), _column(rule))


def _is_code(rule: Rule) -> pl.Expr:
    """Whether the second column of a conditional rule holds one of its codes (an empty cell does not)."""
    return pl.col(rule.columns[1]).is_in(list(rule.arguments)).fill_null(False)


Breaks = Callable[[Rule, TableSchema], pl.Expr]

ROW_KINDS: dict[Kind, Breaks] = {
    "present": lambda rule, schema: _column(rule).is_null(),
    "one_of": lambda rule, schema: ~_column(rule).is_in(_codes(rule, schema)),
    "pattern": lambda rule, schema: ~_column(rule).str.contains(f"^(?:{rule.arguments[0]})$"),
    "form": lambda rule, schema: ~_column(rule).str.contains(FORMS[rule.arguments[0]]),
    "at_least": lambda rule, schema: _column(rule) < _limit(rule, schema),
    "at_most": lambda rule, schema: _column(rule) > _limit(rule, schema),
    "above": lambda rule, schema: _column(rule) <= _limit(rule, schema),
    "below": lambda rule, schema: _column(rule) >= _limit(rule, schema),
    "min_length": lambda rule, schema: _length(rule, schema) < rule.arguments[0],
    "max_length": lambda rule, schema: _length(rule, schema) > rule.arguments[0],
    "present_when": lambda rule, schema: _column(rule).is_null() & _is_code(rule),
    "absent_when": lambda rule, schema: _column(rule).is_not_null() & _is_code(rule),
    "value_when": lambda rule, schema: (
        (_column(rule) != rule.arguments[0]) & pl.col(rule.columns[1]).is_in(list(rule.arguments[1:])).fill_null(False)
    ),
    "begins_with": lambda rule, schema: ~_column(rule).str.starts_with(pl.concat_str(_column(rule, 1), pl.lit("."))),
    "not_after": lambda rule, schema: _column(rule) > _column(rule, 1),
    "equals": lambda rule, schema: ~_column(rule).eq_missing(_column(rule, 1)),
}
"""How each kind of row rule reads a frame of typed columns."""


OF_ROWS: tuple[Kind, ...] = (
    "present_when", "absent_when", "value_when", "begins_with", "not_after", "equals",
)  # fmt: skip
"""The kinds that read several cells of a row."""


def breaks(rule: Rule, schema: TableSchema) -> pl.Expr:
    """True where a row of a typed frame breaks `rule`; never null."""
    return ROW_KINDS[rule.kind](rule, schema).fill_null(False)


def broken_rows(block: TypedBlock, rules: Sequence[Rule]) -> dict[Rule, pl.Series]:
    """The rules that some row of a block breaks, each with a mark for every row.

    A rule on one column is asked of each different value, one on several of each row.
    """
    marks: dict[Rule, pl.Series] = {}
    by_column: dict[str, list[Rule]] = {}
    for rule in rules:
        if len(rule.columns) == 1:
            by_column.setdefault(rule.columns[0], []).append(rule)
    for column, of_column in by_column.items():
        marks |= _of_values(block, column, of_column)
    marks |= _of_rows(block, [rule for rule in rules if len(rule.columns) > 1])
    return {rule: marks[rule] for rule in rules if rule in marks and marks[rule].any()}


def _of_values(block: TypedBlock, column: str, rules: Sequence[Rule]) -> Iterator[tuple[Rule, pl.Series]]:
    cells = block.columns[column]
    asked = [rule for rule in rules if rule.kind not in ("present", "type")]
    marks = cells.memory.of(("rules", *asked), lambda: _marks(cells.values, column, asked, block.schema))
    for rule in rules:
        if rule.kind == "present":
            if cells.has_empty:
                yield rule, block.is_absent(column)
        elif (mark := block.faults.get(column) if rule.kind == "type" else marks.get(rule)) is not None:
            yield rule, cells.of_rows(mark)


def _marks(values: pl.Series, column: str, rules: Sequence[Rule], schema: TableSchema) -> dict[Rule, pl.Series]:
    """The rules that some of the different values of a column break, each with a mark for every value."""
    asked = [rule for rule in rules if rule.kind in ROW_KINDS]
    texts = [rule for rule in rules if rule.kind == "without"]
    if not len(values) or (not asked and not texts):
        return {}
    cells = values.alias(column).to_frame()
    broken = [breaks(rule, schema).any().alias(rule.key) for rule in asked]
    is_broken = cells.select(*broken, *_holds_any(column, texts)).row(0, named=True)
    told = [rule for rule in asked if is_broken[rule.key]] + (texts if is_broken.get(SUSPECT) else [])
    if not told:
        return {}
    marks = cells.select(_breaks(rule, column, schema).alias(rule.key) for rule in told)
    return {rule: marks.get_column(rule.key) for rule in told if marks.get_column(rule.key).any()}


SUSPECT = "\0"
"""The name of no rule."""


def _holds_any(column: str, rules: Sequence[Rule]) -> Iterator[pl.Expr]:
    """Whether some text holds what it should not: one search for all the rules, and one for each where it does."""
    if rules:
        any_of = "|".join(f"(?:{rule.arguments[0]})" for rule in rules)
        yield pl.col(column).str.contains(any_of).any().alias(SUSPECT)


def _breaks(rule: Rule, column: str, schema: TableSchema) -> pl.Expr:
    if rule.kind == "without":
        return pl.col(column).str.contains(rule.arguments[0]).fill_null(False)
    return breaks(rule, schema)


def _of_rows(block: TypedBlock, rules: Sequence[Rule]) -> dict[Rule, pl.Series]:
    """The rules over several columns that some row breaks."""
    by_codes = {rule: BY_CODES[rule.kind](rule, block) for rule in rules if rule.kind in BY_CODES}
    others = [rule for rule in rules if rule.kind not in BY_CODES]
    if not others:
        return by_codes
    frame = block.of(list(dict.fromkeys(column for rule in others for column in rule.columns)))
    found = frame.select(breaks(rule, block.schema).alias(rule.key) for rule in others)
    return by_codes | {rule: found.get_column(rule.key) for rule in others}


def _has_code(rule: Rule, block: TypedBlock) -> pl.Series:
    """The rows whose second cell is one of the codes of a conditional rule; each different value is asked once."""
    cells = block.columns[rule.columns[1]]
    return cells.of_rows(cells.memory.of(("one of", *rule.arguments), lambda: cells.values.is_in(list(rule.arguments))))


def _begins_otherwise(rule: Rule, block: TypedBlock) -> pl.Series:
    """The rows whose first cell does not begin with the second one and a point."""
    cells, starts = (block.columns[column] for column in rule.columns)
    begun = starts.with_values(starts.memory.of("with a point", lambda: starts.values + "."))
    return ~cells.rows.str.starts_with(pl.lit(begun.rows)).fill_null(True)


BY_CODES: dict[Kind, Callable[[Rule, TypedBlock], pl.Series]] = {
    "present_when": lambda rule, block: block.columns[rule.columns[0]].is_empty & _has_code(rule, block),
    "absent_when": lambda rule, block: ~block.columns[rule.columns[0]].is_empty & _has_code(rule, block),
    "begins_with": _begins_otherwise,
}
"""How kinds that read several cells of a row are asked of a block whose columns repeat."""
