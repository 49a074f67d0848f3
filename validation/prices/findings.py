"""Words for what a price rule found: rows that one slip explains are one finding with their count and examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import polars as pl

from canonical.findings import Finding, NamedRow, Severity
from canonical.intervals import decimal_text
from canonical.table_schema import load_schema

if TYPE_CHECKING:
    from polars.dataframe.group_by import GroupBy

__all__ = ["Broken", "Cells", "PriceRule", "Shown", "money", "price_findings", "row_id"]

NAMED = 3
"""So many models are named in a finding on several."""
RELATED = 8
"""So many further rows stand in the line of a finding on several; `rows` names them all."""

SOLD_BY = {"model_prices": ("seller", "model"), "compute_prices": ("vendor_id", "instance_type")}
"""By table who sells, and what."""

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
        return self._told(self.rows.group_by(self.by, maintain_order=True))

    def finding(self, rows: pl.DataFrame) -> Finding:
        """The finding on some of the rows, about the first of them."""
        (finding,) = self._told(rows.group_by(pl.lit(0).alias("_all"), maintain_order=True))
        return finding

    def _told(self, groups: GroupBy) -> list[Finding]:
        seller, sold = SOLD_BY[self.table]
        against = {"_against": "other_id"} if "other_id" in self.rows.columns else {}
        told = groups.agg(
            pl.all().first(),
            _at_fault="_row_id",
            **against,
            _sources=pl.col("source_id").n_unique(),
            _sellers=pl.col(seller).n_unique(),
            _sold=pl.col(sold).unique(maintain_order=True),
        )
        return [_finding(self, cells) for cells in told.iter_rows(named=True)]


def price_findings(
    rule: PriceRule, table: str, broken: pl.DataFrame, by: Sequence[str], found: Shown, expected: Shown
) -> list[Broken]:
    """What a rule has to say of the rows that break it, empty where there are none; parameters as in `Broken`."""
    if broken.is_empty():
        return []
    named = broken.with_columns(_row_id=row_id(table))
    return [Broken(rule, table, named, tuple(by), found, expected)]


def row_id(table: str) -> pl.Expr:
    """What a finding calls a row of a table."""
    key = load_schema(table).primary_key
    return pl.concat_str([pl.col(column).cast(pl.String).fill_null("") for column in key], separator="|")


def _finding(broken: Broken, first: Cells) -> Finding:
    """The finding on a group of rows, given the cells of the first of them and what is told of all."""
    rule, at_fault, against = broken.rule, first["_at_fault"], first.get("_against", ())
    others = dict.fromkeys([*against[:1], *at_fault[1 : RELATED + 1]])
    return Finding(
        rule.id,
        rule.severity,
        broken.table,
        row_id=at_fault[0],
        row_number=first.get("row_number"),
        column=rule.column,
        found=broken.found(first),
        expected=broken.expected(first),
        message=rule.message + _how_many(broken.table, first),
        fix=rule.fix,
        related=" ".join(filter(None, others)),
        rows=_named_rows(at_fault, against),
    )


def _named_rows(at_fault: Sequence[str], against: Sequence[str | None]) -> tuple[NamedRow, ...]:
    """Every row at fault, then every row they were held against that is not at fault itself."""
    subjects = dict.fromkeys(at_fault)
    others = dict.fromkeys(row_id for row_id in against if row_id and row_id not in subjects)
    pairs = chain(zip(subjects, repeat("subject")), zip(others, repeat("held_against")))
    # A finding may name twenty thousand rows: they are made without a call of Python for each.
    return tuple(map(tuple.__new__, repeat(NamedRow), pairs))


def _how_many(table: str, first: Cells) -> str:
    """Which price it is; for several, how many prices of how many models or machines, the first of them named."""
    names, count, lists = first["_sold"], len(first["_at_fault"]), first["_sources"]
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    source = first["source_id"] if lists == 1 else f"{lists} sources"
    of = first[SOLD_BY[table][0]] if first["_sellers"] == 1 else f"{first['_sellers']} sellers"
    prices = f"{count:,} prices" if count > 1 else "1 price"
    return f"; {source}, {of}: {prices} of {', '.join(names[:NAMED])}{more}"
