"""Words for what a price rule found: rows that one slip explains are one finding with their count and examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from canonical.findings import Finding, NamedRow, Role, Severity
from canonical.intervals import decimal_text
from canonical.table_schema import load_schema
from validation.structure.checks import row_ids

__all__ = ["Broken", "Cells", "PriceRule", "Shown", "money", "price_findings"]

NAMED = 3
"""So many models are named in a finding on several."""
RELATED = 8
"""So many further rows stand in the line of a finding on several; `rows` names them all."""

Cells = Mapping[str, Any]
Shown = Callable[[Cells], str]


@dataclass(frozen=True)
class PriceRule:
    """A rule over prices: its id and severity, the column it is about, what it says and how to put it right."""

    id: str
    severity: Severity
    column: str
    message: str
    fix: str


def money(amount: float) -> str:
    """An amount with at most six significant digits, exponents written out."""
    return decimal_text(Decimal(f"{amount:.6g}"))


@dataclass(frozen=True)
class Broken:
    """Rows that break a rule, one or more, and how to word what is wrong with them.

    Parameters: `rows` have the columns of their table and `_row_id`; where the rule held a row against another, that
    one stands in `other_id`. `by` are the columns that make a group: rows that one slip or one habit of a list
    explains. `found` and `expected` say what to show of a row.
    """

    rule: PriceRule
    table: str
    rows: pl.DataFrame
    by: tuple[str, ...]
    found: Shown
    expected: Shown

    def findings(self) -> list[Finding]:
        """One finding for each group of rows, about its first row."""
        return [self.finding(group) for group in self.rows.partition_by(self.by, maintain_order=True)]

    def finding(self, rows: pl.DataFrame) -> Finding:
        """The finding on some of the rows, about the first of them."""
        return _finding(self.rule, self.table, rows, self.found, self.expected)


def price_findings(
    rule: PriceRule, table: str, broken: pl.DataFrame, by: Sequence[str], found: Shown, expected: Shown
) -> list[Broken]:
    """What a rule has to say of the rows that break it, empty where there are none; parameters as in `Broken`."""
    if broken.is_empty():
        return []
    named = broken.with_columns(pl.Series("_row_id", row_ids(load_schema(table), broken), pl.String))
    return [Broken(rule, table, named, tuple(by), found, expected)]


def _finding(rule: PriceRule, table: str, rows: pl.DataFrame, found: Shown, expected: Shown) -> Finding:
    first, at_fault = rows.row(0, named=True), rows["_row_id"].to_list()
    against = rows["other_id"].to_list() if "other_id" in rows.columns else []
    others = dict.fromkeys([*against[:1], *at_fault[1 : RELATED + 1]])
    return Finding(
        rule.id,
        rule.severity,
        table,
        row_id=first["_row_id"],
        row_number=first.get("row_number"),
        column=rule.column,
        found=found(first),
        expected=expected(first),
        message=rule.message + _how_many(table, rows),
        fix=rule.fix,
        related=" ".join(filter(None, others)),
        rows=tuple(_named(at_fault, against)),
    )


def _named(at_fault: Sequence[str], against: Sequence[str | None]) -> Iterator[NamedRow]:
    """Every row at fault, then every row they were held against that is not at fault itself."""
    roles: dict[str, Role] = dict.fromkeys(at_fault, "subject")
    for row_id in filter(None, against):
        roles.setdefault(row_id, "held_against")
    return (NamedRow(row_id, role) for row_id, role in roles.items())


def _how_many(table: str, rows: pl.DataFrame) -> str:
    """Which price it is; for several, how many prices of how many models or machines, the first of them named."""
    first = rows.row(0, named=True)
    seller, sold = ("seller", "model") if table == "model_prices" else ("vendor_id", "instance_type")
    names = rows[sold].unique(maintain_order=True).to_list()
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    sources, sellers = rows["source_id"].n_unique(), rows[seller].n_unique()
    source = first["source_id"] if sources == 1 else f"{sources} sources"
    of = first[seller] if sellers == 1 else f"{sellers} sellers"
    count = f"{rows.height:,} prices" if rows.height > 1 else "1 price"
    return f"; {source}, {of}: {count} of {', '.join(names[:NAMED])}{more}"
