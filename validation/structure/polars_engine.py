"""Rules as polars expressions: the fast path that names candidate rows at the speed of reading.

Every expression is true where a row *breaks* the rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from canonical.cells import FORMS, length_of, value_of
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema

__all__ = ["ROW_KINDS", "breaks"]


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

ROW_KINDS: dict[str, Breaks] = {
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


def breaks(rule: Rule, schema: TableSchema) -> pl.Expr:
    """True where a row of a typed frame breaks `rule`; never null."""
    return ROW_KINDS[rule.kind](rule, schema).fill_null(False)
