"""Layer U: the unit fits the metric, and every generated cell is what its print gives, in exact decimals.

The layer works on a frame built for it: each generated column stands beside the value that completing the
row gives, and rules of kind `equals` compare the two. The frame's schema is a pandera schema like any other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

import polars as pl

from validation.fill import complete_row
from validation.findings import Finding
from validation.intervals import EXACT, PRINTED, Print, decimal_text, interval_of, printed_decimals
from validation.periods import MONTHS_OF, parse_date
from validation.reader import Table
from validation.reference import Reference
from validation.rules import Rule
from validation.structure import check_rules
from validation.table_schema import Field, TableSchema
from validation.text_tables import Row, text_rows

__all__ = ["CHECKED", "UNITS_FOLLOW", "check_units", "unit_frame"]

UNITS_FOLLOW = frozenset({"metrics", "units"})
"""The tables whose rows decide what generated cells of other tables must be."""

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


def check_units(table: Table, reference: Reference) -> list[Finding]:
    """What breaks layer U in a table of observations, prices or sources; other tables have no such layer.

    Rows alike in all that the layer reads are checked once: of seventy thousand prices, some thousand kinds.
    """
    name = table.schema.name
    if name not in CHECKED or table.frame.is_empty():
        return []
    columns = [column for column in (*READ.get(name, ()), *CHECKED[name]) if column in table.frame.columns]
    if name not in READ:
        return _check_rows(table, list(range(table.frame.height)), reference)
    numbered = table.frame.with_row_index("_row")
    kinds = numbered.unique(columns, keep="first", maintain_order=True)
    broken = {f.row_number for f in _check_rows(table, kinds.get_column("_row").to_list(), reference)}
    if not broken:
        return []
    if None in broken:  # more kinds are broken than are worded: count them all
        return _check_rows(table, list(range(table.frame.height)), reference)
    like = kinds.filter((pl.col("_row") + 1).is_in([number for number in broken if number])).select(columns)
    rows = numbered.join(like, on=columns, how="semi", nulls_equal=True, maintain_order="left")
    return _check_rows(table, rows.get_column("_row").to_list(), reference)


READ = {
    "observations": (
        "printed_value", "printed_value_to", "printed_unit_id", "metric_id", "measure", "decimals", "bound",
        "precision_word", "period_type", "period_end",
    ),
    "model_prices": (
        "printed_amount", "printed_amount_to", "unit_id", "bound", "precision_word", "price_state",
    ),
}  # fmt: skip
"""The typed columns that generated ones follow from, for tables large enough to check kind by kind."""


def _check_rows(whole: Table, positions: list[int], reference: Reference) -> list[Finding]:
    """The findings on the rows of a table at some positions, numbered as in the whole table."""
    table = replace(whole, frame=whole.frame[positions])
    findings = _check_all(table, reference)
    return [
        finding
        if finding.row_number is None
        else replace(
            finding,
            row_number=positions[finding.row_number - 1] + 1,
            line_number=whole.line(positions[finding.row_number - 1]),
        )
        for finding in findings
    ]


def _check_all(table: Table, reference: Reference) -> list[Finding]:
    checked = CHECKED[table.schema.name]
    rows, given = text_rows(table.frame), [column for column in checked if column in table.frame.columns]
    names: dict[str, str] = {}
    if table.schema.name == "observations" and "printed_value" not in table.frame.columns:
        rows, given = _printed_as_valued(rows), [column for column in given if column == "period_start"]
        names = {"printed_unit_id": "unit_id", "bound": "value", "decimals": "value"}
    frame, schema, rules = unit_frame(table.schema, rows, given, reference, table.is_text)
    shown = replace(table, frame=frame)
    findings = check_rules(shown, schema, frame, rules, lambda name: None)
    explained = [_explained(finding, frame, rows) for finding in _first_causes(findings)]
    return [replace(f, column=names.get(f.column, f.column)) for f in explained]


CAUSES = ("U.bound", "U.quantity", "U.decimals", "U.unit_id", "U.value", "U.value_low", "U.value_high")
"""Rules of one chain: where a row breaks several, the later ones follow from the first."""


def _first_causes(findings: list[Finding]) -> list[Finding]:
    """The findings without those that follow from another one on the same row."""
    first: dict[int | None, int] = {}
    for finding in findings:
        if finding.rule in CAUSES:
            place = CAUSES.index(finding.rule)
            first[finding.row_number] = min(first.get(finding.row_number, place), place)
    return [
        finding
        for finding in findings
        if finding.rule not in CAUSES or first[finding.row_number] == CAUSES.index(finding.rule)
    ]


def _printed_as_valued(rows: list[Row]) -> list[Row]:
    """Rows of a feed that gives values and no prints, with the value read as its own print."""
    return [row | {"printed_value": row["value"], "printed_unit_id": row["unit_id"]} for row in rows]


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
        replace(schema, fields=fields, primary_key=key, foreign_keys=(), unique_keys=()),
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


def _equals(column: str, expected: str, what: str, rule_id: str | None = None) -> Rule:
    layer = "P" if column == "period_start" else "U"
    return Rule(
        rule_id or f"{layer}.{column}",
        "equals",
        (column, f"expected:{expected}"),
        message=f"not {what}",
        fix="run make fill, or correct the print or its unit",
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
    return QUANTITY_OF_MEASURE.get(row["measure"]) or (metric["quantity"] if metric else None)


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


def _explained(finding: Finding, frame: pl.DataFrame, rows: list[Row]) -> Finding:
    """The finding with its expected cell, and the power of ten between the two where there is one."""
    if finding.row_number is None:
        return finding
    expected = frame.item(finding.row_number - 1, f"expected:{finding.column}") or "an empty cell"
    if finding.rule == "U.bound":
        return replace(finding, message=finding.found, found="", expected="a print that fits its bound")
    if finding.rule == "U.quantity":
        unit = rows[finding.row_number - 1].get("printed_unit_id", "")
        return replace(finding, found=f"{unit} ({finding.found})", expected=f"a unit of {expected}")
    slip = _power_of_ten(finding.found, expected)
    message = f"{finding.message} ({slip})" if slip else finding.message
    return replace(finding, expected=expected, message=message)


def _power_of_ten(found: str, expected: str) -> str:
    """`1000 times too large` where the two numbers differ by a power of ten alone, else the empty text."""
    try:
        ratio = EXACT.divide(Decimal(found), Decimal(expected))
    except (InvalidOperation, ZeroDivisionError):
        return ""
    power = ratio.adjusted()
    if ratio != Decimal(1).scaleb(power) or power == 0:
        return ""
    return f"{10 ** abs(power)} times too {'large' if power > 0 else 'small'}"
