"""The frame of layer U: each generated column beside the value that completing the row gives, and their rules."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

import polars as pl

from canonical.field import Field
from canonical.fill import complete_row
from canonical.intervals import PRINTED, Print, decimal_text, interval_of, printed_decimals
from canonical.periods import MONTHS_OF, parse_date
from canonical.reference import Reference
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from canonical.text_tables import Row

__all__ = ["CHECKED", "IN_ITS_UNIT", "QUANTITY_OF_MEASURE", "UNFILLED", "UNITS_FOLLOW", "unit_frame"]

UNITS_FOLLOW = frozenset({"metrics", "units"})
"""The tables whose rows decide what generated cells of other tables must be."""

CHECKED: dict[str, dict[str, str]] = {
    "observations": {
        "unit_id": "the canonical unit of the printed unit",
        "value": "the value of the print",
        "value_low": "the low end of the print",
        "value_high": "the high end of the print",
        "period_start": "the start that type and end give",
    },
    "model_prices": {
        "amount": "the canonical amount of the print",
        "amount_low": "the low end of the print",
        "amount_high": "the high end of the print",
    },
    "sources": {"known_on": "the last day the date allows"},
}
"""Generated columns by table, and what each must equal."""

WHOLE = re.compile(r"-?[0-9]+")
QUANTITY_OF_MEASURE = {
    "growth_yoy": "ratio",
    "growth_prev": "ratio",
    "growth_over_period": "ratio",
    "share": "ratio",
    "multiple_over_period": "multiple",
    "multiple_yoy": "multiple",
    "difference_yoy": "points",
    "contribution_yoy": "points",
    "rank": "count",
}
"""What a measure's number counts; a level or a run rate counts what its metric counts."""
IN_ITS_UNIT = ("difference_yoy",)
"""Measures that count points where the metric is a ratio, and else what the metric counts."""


def unit_frame(
    schema: TableSchema, rows: list[Row], columns: list[str], reference: Reference, exact: bool
) -> tuple[pl.DataFrame, TableSchema, tuple[Rule, ...]]:
    """The frame of layer U with its schema and rules.

    Parameters: `rows` as texts, `columns` the generated columns that the file gives, `exact` whether the file
    holds decimals (else doubles, and the expected value is the nearest one). Returned: a frame of texts with the
    table's key, each column COLUMN beside `expected:COLUMN`, and the rules that compare them.
    """
    completed = [complete_row(schema, _without_start(row), reference) for row in rows]
    cells: dict[str, list[str | None]] = {
        key: [row.get(key) or None for row in rows] for key in schema.primary_key if key in (rows[0] if rows else {})
    }
    rules: list[Rule] = []
    for column in columns:
        is_number = schema.field(column).type == "number"
        cells[column] = [_comparable(row.get(column, ""), is_number, exact) for row in rows]
        expected = (_expected(schema, column, row, done) for row, done in zip(rows, completed, strict=True))
        cells[f"expected:{column}"] = [_comparable(cell, is_number, exact) for cell in expected]
        rules.append(_equals(column, column, CHECKED[schema.name][column]))
    if schema.name == "observations":
        _add_observation_columns(cells, rules, completed, reference)
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    fields = tuple(Field(name, "string", "default", {}, "generated", "", "", {}) for name in cells)
    key = tuple(name for name in schema.primary_key if name in cells)
    return (
        frame,
        replace(
            schema, fields=fields, primary_key=key, foreign_keys=(), unique_keys=(), matching_keys=(), prefixed_keys=()
        ),
        tuple(rules),
    )


PRINTS = {
    "observations": ("printed_value", ("value", "value_low", "value_high")),
    "model_prices": ("printed_amount", ("amount", "amount_low", "amount_high")),
}
"""By table, the print and the cells of its interval."""


def _expected(schema: TableSchema, column: str, row: Row, done: Row) -> str:
    """The cell that completing the row gave.

    Where a print gave no interval, because its digits are malformed or its unit unknown, nothing can be held
    against the row's own cell: other findings name the cause.
    """
    printed, interval = PRINTS.get(schema.name, ("", ()))
    lost = done.get(printed) and column in interval and not any(done[name] for name in interval)
    unknown = column == "unit_id" and not done[column]
    return row.get(column, "") if lost or unknown else done[column]


def _without_start(row: Row) -> Row:
    """The row without the start that its period type fixes, so that completing it says what it must be."""
    fixed = row.get("period_type") in MONTHS_OF and parse_date(row.get("period_end", ""))
    return row | {"period_start": ""} if fixed else row


UNFILLED = "run make fill, or correct the print or its unit"
"""The remedy for a generated cell that is empty."""
FIXES = {"P": "run make fill on the cell left empty, or correct the type or the end of the period"}
"""By layer, the remedy for a cell that filling does not write over."""


def _equals(column: str, expected: str, what: str, rule_id: str | None = None) -> Rule:
    layer = "P" if column == "period_start" else "U"
    return Rule(
        rule_id or f"{layer}.{column}",
        "equals",
        (column, f"expected:{expected}"),
        message=f"not {what}",
        fix=FIXES.get(layer, UNFILLED),
    )


def _comparable(text: str, is_number: bool, exact: bool) -> str | None:
    if not text or not is_number:
        return text or None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return decimal_text(number if exact else Decimal(repr(float(number))))


def _add_observation_columns(
    cells: dict[str, list[str | None]], rules: list[Rule], completed: list[Row], reference: Reference
) -> None:
    """Columns beyond the generated ones: the unit's quantity, the claimed decimals, a print that fits its bound."""
    quantities = [_quantity(row["printed_unit_id"], reference) for row in completed]
    cells["printed_unit_id"] = list(quantities)
    cells["expected:printed_unit_id"] = [
        (_expected_quantity(row, reference) or quantity) if quantity else None
        for row, quantity in zip(completed, quantities, strict=True)
    ]
    cells["decimals"] = [row["decimals"] or None for row in completed]
    cells["expected:decimals"] = [_most_decimals(row) for row in completed]
    cells["bound"] = [_misfit(row) for row in completed]
    cells["expected:bound"] = [None] * len(completed)
    rules += [
        replace(_equals("printed_unit_id", "printed_unit_id", "a unit of what the metric counts", "U.quantity"),
                fix="choose a unit of that quantity, or another metric or measure"),
        replace(_equals("decimals", "decimals", "the decimals printed, or fewer", "U.decimals"),
                fix="restore zeros lost in a spreadsheet, or empty decimals and run make fill"),
        replace(_equals("bound", "bound", "a print that its bound and precision word fit", "U.bound"),
                fix="see the interval table: one end or two, and the word that goes with the bound"),
    ]  # fmt: skip


def _quantity(unit_id: str, reference: Reference) -> str | None:
    unit = reference.units.get(unit_id)
    return unit.quantity if unit else None


def _expected_quantity(row: Row, reference: Reference) -> str | None:
    metric = reference.metrics.get(row["metric_id"])
    counted = metric["quantity"] if metric else None
    if row["measure"] in IN_ITS_UNIT and counted not in (None, "ratio"):
        return counted
    return QUANTITY_OF_MEASURE.get(row["measure"]) or counted


def _most_decimals(row: Row) -> str | None:
    """The decimals of the row where they are no more than printed, else the printed ones."""
    if not PRINTED.fullmatch(row["printed_value"]):
        return row["decimals"] or None
    printed = printed_decimals(row["printed_value"])
    try:
        return str(min(int(row["decimals"]), printed))
    except ValueError:
        return row["decimals"] or None


def _misfit(row: Row) -> str | None:
    """Why a print has no interval, None where it has one; malformed digits are layer S's to name."""
    value, value_to = row["printed_value"], row["printed_value_to"]
    if not PRINTED.fullmatch(value) or (value_to and not PRINTED.fullmatch(value_to)):
        return None
    decimals = int(row["decimals"]) if WHOLE.fullmatch(row["decimals"]) else None
    try:
        interval_of(Print(value, value_to, decimals, row["bound"], row["precision_word"]))
    except ValueError as error:
        return str(error)
    return None
