"""Rules as polars expressions: the fast path that names candidate rows at the speed of reading.

Every expression is true where a row *breaks* the rule. Casts stand inside the predicates, so that a scan
needs no second copy of the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from canonical.rules.rule import Rule
from canonical.table_schema import Field, TableSchema

__all__ = ["DTYPES", "ROW_KINDS", "breaks", "type_guard", "typed", "typed_frame"]

DTYPES: dict[str, type[pl.DataType]] = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
}
GUARDS = {
    "integer": r"^-?[0-9]{1,18}$",
    "number": r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$",
    "boolean": r"^(true|false)$",
    "date": r"^([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)-[0-9]{2}-[0-9]{2}$",
}
"""What a text of each type looks like; years count from 0001, as in every calendar users load dates into."""

URI = r"^[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/?#]+[^\s]*$"


def typed(field: Field, text: pl.Expr) -> pl.Expr:
    """The typed value of a text expression; null where the text is no value of the field's type.

    A regular expression guards every cast: readers otherwise repair ` 2021-2-3` or `yes` silently.
    """
    if field.type == "string":
        return text
    guarded = pl.when(text.str.contains(GUARDS[field.type])).then(text)
    if field.type == "date":
        return guarded.str.to_date("%Y-%m-%d", strict=False)
    if field.type == "boolean":
        return guarded == "true"
    number = guarded.cast(DTYPES[field.type], strict=False)
    return pl.when(number.is_finite()).then(number) if field.type == "number" else number


def type_guard(field: Field) -> pl.Expr:
    """True where a text cell of this field is not empty and yet no value of its type."""
    text = pl.col(field.name)
    return (text.is_not_null() & typed(field, text).is_null()).fill_null(False)


def typed_frame(schema: TableSchema, text: pl.DataFrame) -> pl.DataFrame:
    """A frame of texts as a frame of typed columns; cells that are not of their type become null."""
    present = set(text.columns)
    return text.select(
        typed(field, pl.col(field.name)).alias(field.name) for field in schema.fields if field.name in present
    )


def _column(rule: Rule, index: int = 0) -> pl.Expr:
    return pl.col(rule.columns[index])


def _limit(rule: Rule, schema: TableSchema) -> pl.Expr:
    """The limit of a rule in the type of its column; descriptors write it as a number or as a text."""
    return pl.lit(pl.select(typed(schema.field(rule.columns[0]), pl.lit(str(rule.arguments[0])))).item())


def _codes(rule: Rule, schema: TableSchema) -> list[Any]:
    """The codes of a rule in the type of its column."""
    texts = pl.lit(pl.Series(rule.arguments, dtype=pl.String))
    return pl.select(typed(schema.field(rule.columns[0]), texts)).to_series().to_list()


def _is_code(rule: Rule) -> pl.Expr:
    """Whether the second column of a conditional rule holds one of its codes (an empty cell does not)."""
    return pl.col(rule.columns[1]).is_in(list(rule.arguments)).fill_null(False)


Breaks = Callable[[Rule, TableSchema], pl.Expr]

ROW_KINDS: dict[str, Breaks] = {
    "present": lambda rule, schema: _column(rule).is_null(),
    "one_of": lambda rule, schema: ~_column(rule).is_in(_codes(rule, schema)),
    "pattern": lambda rule, schema: ~_column(rule).str.contains(f"^(?:{rule.arguments[0]})$"),
    "uri": lambda rule, schema: ~_column(rule).str.contains(URI),
    "at_least": lambda rule, schema: _column(rule) < _limit(rule, schema),
    "at_most": lambda rule, schema: _column(rule) > _limit(rule, schema),
    "above": lambda rule, schema: _column(rule) <= _limit(rule, schema),
    "below": lambda rule, schema: _column(rule) >= _limit(rule, schema),
    "min_length": lambda rule, schema: _column(rule).str.len_chars() < rule.arguments[0],
    "max_length": lambda rule, schema: _column(rule).str.len_chars() > rule.arguments[0],
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
