"""Layer U: the unit fits the metric, and every generated cell is what its print gives, in exact decimals.

The layer works on a frame built for it: each generated column stands beside the value that completing the
row gives, and rules of kind `equals` compare the two. The frame has a pandera schema like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from decimal import Decimal, InvalidOperation

import polars as pl

from canonical.findings import Finding
from canonical.intervals import EXACT
from canonical.reading.reader import Table
from canonical.reference import Reference
from canonical.rules.table_rules import gives_no_print
from canonical.text_tables import Row, text_rows
from validation.structure.checks import check_rules
from validation.units.frame import CHECKED, unit_frame
from validation.units.scan import proven_observations, proven_prices

__all__ = ["check_units"]

READ = {
    "observations": (
        ("printed_value", "printed_value_to", "printed_unit_id", "metric_id", "measure", "decimals", "bound",
         "precision_word", "unit_id", "value", "value_low", "value_high"),
        ("period_type", "period_end", "period_start"),
    ),
    "model_prices": (
        ("printed_amount", "printed_amount_to", "unit_id", "bound", "precision_word", "price_state", "amount",
         "amount_low", "amount_high"),
    ),
    "sources": (("published_on", "published_precision", "retrieved_on", "known_on"),),
}  # fmt: skip
"""By table, the columns that decide together whether a row is right, generated ones and what they follow from."""

PROOFS: dict[str, Callable[[pl.DataFrame, Reference, bool], pl.Series]] = {
    "observations": proven_observations,
    "model_prices": proven_prices,
}
"""The scans that prove rows right in the first of these groups of columns."""


def check_units(table: Table, reference: Reference, unread: Collection[str] = ()) -> list[Finding]:
    """What breaks layer U in a table of observations, prices or sources; other tables have no such layer.

    A scan proves most rows right. Of the others, rows alike in all that the layer reads are checked once. Nothing is
    said of columns that are decided by one of `unread`, which could not be read at all.
    """
    if table.schema.name not in CHECKED or table.frame.is_empty():
        return []
    rows = table.frame.with_row_index("_row")
    suspects: set[int] = set()
    undecided: set[str] = set()
    for place, columns in enumerate(READ[table.schema.name]):
        if set(unread) & set(columns):
            undecided |= set(columns)
            continue
        here = [column for column in columns if column in rows.columns]
        read = rows.select("_row", *here)
        proof = PROOFS.get(table.schema.name) if place == 0 and len(here) == len(columns) else None
        unproven = read.filter(~proof(read, reference, table.is_text)) if proof else read
        suspects |= _broken(table, unproven, here, reference)
    found = _check_rows(table, sorted(suspects), reference) if suspects else []
    return [finding for finding in found if finding.column not in undecided]


def _broken(table: Table, rows: pl.DataFrame, columns: list[str], reference: Reference) -> set[int]:
    """The positions of the rows, among `rows`, that break the layer in some of `columns`."""
    if rows.is_empty() or not columns:
        return set()
    kinds = rows.unique(columns, keep="first", maintain_order=True)
    findings = _check_rows(table, kinds.get_column("_row").to_list(), reference)
    numbers = {f.row_number for f in findings if f.row_number is None or f.column in columns}
    if None in numbers:  # more kinds are broken than are worded: all rows are checked, to count them
        return set(rows.get_column("_row").to_list())
    like = kinds.filter((pl.col("_row") + 1).is_in([number for number in numbers if number])).select(columns)
    return set(rows.join(like, on=columns, how="semi", nulls_equal=True).get_column("_row").to_list())


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
    valued = table.schema.name == "observations" and gives_no_print(table.frame.columns)
    if valued:
        rows, given = _printed_as_valued(rows), [column for column in given if column in ("period_start", "unit_id")]
        names = {"printed_unit_id": "unit_id", "bound": "value", "decimals": "value"}
    frame, schema, rules = unit_frame(table.schema, rows, given, reference, table.is_text)
    shown = replace(table, frame=frame)
    findings = check_rules(shown, schema, frame, rules, lambda name: None)
    explained = [_explained(finding, frame, rows) for finding in _first_causes(findings)]
    named = [replace(f, column=names.get(f.column, f.column)) for f in explained]
    return [_of_value(finding) for finding in named] if valued else named


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
