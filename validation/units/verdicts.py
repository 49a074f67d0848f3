"""Layer U of single rows: the unit fits the metric, and every generated cell is what its print gives, exactly.

The layer works on a frame built for it: each generated column stands beside the value that completing the
row gives, and rules of kind `equals` compare the two. The frame's schema is a pandera schema like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

import polars as pl

from canonical.findings import Finding
from canonical.intervals import EXACT
from canonical.reference import Reference
from canonical.rules.asked import gives_no_print
from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from canonical.text_tables import Row
from validation.engines.polars.row_rules import breaks
from validation.units.frame import CHECKED, UNFILLED, unit_frame

__all__ = ["CONTRADICTED", "findings_of_kinds"]


def findings_of_kinds(
    schema: TableSchema, rows: list[Row], columns: Sequence[str], reference: Reference, is_text: bool
) -> Iterator[tuple[Rule, Finding]]:
    """What breaks the layer in rows that hold some columns, each with its rule; the findings count the rows from 1."""
    if not rows:
        return
    given = [column for column in CHECKED[schema.name] if column in columns]
    names: Mapping[str, str] = {}
    valued = schema.name == "observations" and "value" in columns and gives_no_print(columns)
    if valued:
        rows, given = _printed_as_valued(rows), [column for column in given if column == "unit_id"]
        names = {"printed_unit_id": "unit_id", "bound": "value", "decimals": "value"}
    frame, shown, rules = unit_frame(schema, rows, given, reference, is_text)
    by_id = {rule.id: rule for rule in rules}
    marks = frame.select(breaks(rule, shown).alias(rule.id) for rule in rules)
    broken = [_finding(rule, schema, frame, at) for rule in rules for at in marks.get_column(rule.id).arg_true()]
    for finding in _first_causes(broken):
        explained = _explained(finding, frame, rows)
        named = replace(explained, column=names.get(finding.column, finding.column))
        if named.column in columns:
            rule = by_id[named.rule]
            yield replace(rule, columns=(named.column,)), _of_value(named) if valued else named


def _finding(rule: Rule, schema: TableSchema, frame: pl.DataFrame, at: int) -> Finding:
    column = rule.columns[0]
    return Finding(
        rule.id, rule.severity, schema.name, row_number=at + 1, column=column, found=frame.item(at, column) or "",
        expected=rule.expected, message=rule.message, fix=rule.fix,
    )  # fmt: skip


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


def _of_value(finding: Finding) -> Finding:
    """The finding on a row without print, in words that speak of its value alone."""
    if finding.rule != "U.unit_id" or finding.row_number is None:
        return finding
    fix = f"convert the value to {finding.expected}, or give printed_value and printed_unit_id"
    return replace(finding, message="not a canonical unit, in which a value stands", fix=fix)


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
    fix = CONTRADICTED if finding.found and finding.fix == UNFILLED else finding.fix
    return replace(finding, expected=expected, message=message, fix=fix)


CONTRADICTED = "correct the print or its unit, or empty the generated cells of the row and run make fill"
"""The remedy for a generated cell that says otherwise than its print: which of the two is right nobody else knows."""


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
