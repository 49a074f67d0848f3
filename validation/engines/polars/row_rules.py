"""Rules as polars expressions, and the rows of a block that break them.

Every expression is true where a row *breaks* the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import polars as pl

from canonical.cells import FORMS, length_of, value_of
from canonical.rules.rule import Kind, Rule
from canonical.table_schema import TableSchema
from validation.engines.polars.typed import FEW, TypedBlock

__all__ = ["OF_ROWS", "ROW_KINDS", "Asked", "breaks", "broken_rows", "rules_by_column"]


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


@dataclass(frozen=True)
class Asked:
    """The rules on the cells of one column: those on each of its values, and what no text in it may hold.

    `broken` are true where some value breaks the rule on values of that place, the last one where some text holds what
    one of `texts` keeps out; `others` are the rules that take no query, on empty cells and types.
    """

    column: str
    of_values: list[Rule]
    texts: list[Rule]
    others: list[Rule]
    broken: list[pl.Expr]

    @cached_property
    def question(self) -> tuple[str, ...]:
        """What is asked of the values of the column."""
        return "rules", *(rule.key for rule in (*self.of_values, *self.texts))


def broken_rows(block: TypedBlock, rules: Sequence[Rule]) -> dict[Rule, pl.Series]:
    """The rules that some row of a block breaks, each with a mark for every row.

    A rule on one column is asked of each different value, one on several of each row.
    """
    asked = rules_by_column(rules, block.schema)
    _ask_together(block, asked)
    marks: dict[Rule, pl.Series] = {}
    for of_column in asked:
        marks |= _of_values(block, of_column)
    marks |= _of_rows(block, [rule for rule in rules if len(rule.columns) > 1])
    return {rule: marks[rule] for rule in rules if rule in marks and marks[rule].any()}


def rules_by_column(rules: Sequence[Rule], schema: TableSchema) -> list[Asked]:
    """Those of some rules that read one column, by column, with their expressions, which are made once."""
    return schema.memory.of(("rules by column", *rules), lambda: _by_column(rules, schema))


def _by_column(rules: Sequence[Rule], schema: TableSchema) -> list[Asked]:
    by_column: dict[str, list[Rule]] = {}
    for rule in rules:
        if len(rule.columns) == 1:
            by_column.setdefault(rule.columns[0], []).append(rule)
    found: list[Asked] = []
    for column, of_column in by_column.items():
        others = [rule for rule in of_column if rule.kind in ("present", "type")]
        texts = [rule for rule in of_column if rule.kind == "without"]
        of_values = [rule for rule in of_column if rule not in others and rule.kind in ROW_KINDS]
        broken = [breaks(rule, schema).any() for rule in of_values] + _holds_any(column, texts)
        found.append(Asked(column, of_values, texts, others, broken))
    return found


def _holds_any(column: str, rules: Sequence[Rule]) -> list[pl.Expr]:
    """Whether some text holds what it should not: one search for all the rules, and one for each where it does."""
    any_of = "|".join(f"(?:{rule.arguments[0]})" for rule in rules)
    return [pl.col(column).str.contains(any_of).any()] if rules else []


def _ask_together(block: TypedBlock, asked: Sequence[Asked]) -> None:
    """Ask of the values of all columns that have few, in one query, what was not asked of them before."""
    few: list[Asked] = []
    for one in asked:
        cells = block.columns[one.column]
        if len(cells.values) <= FEW and not cells.memory.knows(one.question):
            few.append(one)
    told = _told(few, [block.columns[one.column].values for one in few])
    for one, rules in zip(few, told, strict=True):
        cells = block.columns[one.column]
        cells.memory.of(one.question, partial(_marks, cells.values, one.column, rules, block.schema))


def _of_values(block: TypedBlock, asked: Asked) -> Iterator[tuple[Rule, pl.Series]]:
    column, cells = asked.column, block.columns[asked.column]

    def ask() -> dict[Rule, pl.Series]:
        (told,) = _told([asked], [cells.values])
        return _marks(cells.values, column, told, block.schema)

    for rule, mark in cells.memory.of(asked.question, ask).items():
        yield rule, cells.of_rows(mark)
    for rule in asked.others:
        if rule.kind == "type" and column in block.faults:
            yield rule, cells.of_rows(block.faults[column])
        elif rule.kind == "present" and cells.has_empty:
            yield rule, block.is_absent(column)


def _told(asked: Sequence[Asked], values: Sequence[pl.Series]) -> list[list[Rule]]:
    """By column the rules that some of its values may break.

    Short columns are filled up with empty cells, which break none of these rules.
    """
    columns = [column.alias(one.column).to_frame() for one, column in zip(asked, values, strict=True)]
    broken = [expression.alias(str(place)) for place, expression in enumerate(e for one in asked for e in one.broken)]
    if not broken or not any(map(len, values)):
        return [[] for _ in asked]
    answers = iter(pl.concat(columns, how="horizontal_extend").select(broken).row(0))
    return [
        [rule for rule in one.of_values if next(answers)] + (one.texts if one.texts and next(answers) else [])
        for one in asked
    ]


def _marks(values: pl.Series, column: str, rules: Sequence[Rule], schema: TableSchema) -> dict[Rule, pl.Series]:
    """Those of some rules that some of the different values of a column break, each with a mark for every value."""
    if not rules:
        return {}
    marks = values.alias(column).to_frame().select(_breaks(rule, column, schema).alias(rule.key) for rule in rules)
    return {rule: marks.get_column(rule.key) for rule in rules if marks.get_column(rule.key).any()}


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
