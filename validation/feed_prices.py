"""Prices of somebody's own: the price rules over their rows together with those of the package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import polars as pl

from canonical.findings import Finding, NamedRow
from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.feed_price_rows import OwnPrices, own_prices, sources_today
from validation.feed_rows import FeedFile
from validation.prices.amounts import machine_amounts
from validation.prices.checks import PRICE_RULES, PRICE_TABLES, prices_of
from validation.prices.findings import Broken
from validation.prices.frames import Prices
from validation.prices.spans import OVERLAP

__all__ = ["check_price_feed", "price_files"]

References = Callable[[str], pl.DataFrame | None]


def price_files(files: Sequence[FeedFile]) -> list[FeedFile]:
    """The files that price rules read."""
    return [file for file in files if file.table.schema.name in PRICE_TABLES]


def check_price_feed(
    files: Sequence[FeedFile], reference: Reference, references: References
) -> tuple[list[Finding], int]:
    """What the price rules find that touches rows of files, and how many of these rows they read.

    The rows are held against one another and against the prices at hand, which `references` gives as typed frames.
    Each finding is told at a row of the files, whichever row the rule names; what the rules find without the files as
    well is left out.
    """
    found: list[Finding] = []
    read = 0
    for name in PRICE_TABLES:
        own_files = [file for file in files if file.table.schema.name == name]
        if own_files:
            others = references(name)
            own = own_prices(own_files, reference, others)
            read += own.frame.height
            found += _Touching(name, own, others, sources_today(own, references("sources")), reference).findings()
    return sorted(found, key=lambda finding: (finding.file, *finding.sort_key)), read


class _Touching:
    """The price rules over one table, with one's own rows and without them."""

    def __init__(
        self,
        table: str,
        own: OwnPrices,
        others: pl.DataFrame | None,
        sources: pl.DataFrame | None,
        reference: Reference,
    ) -> None:
        self.table, self.own, self.sources = table, own, sources
        self.others = pl.DataFrame(schema=own.frame.schema).drop("_own") if others is None else others
        self.units = {unit.unit_id: unit.canonical_unit_id for unit in reference.units.values()}
        self.by_id = {name: n for n, name in enumerate(own.names)}

    def findings(self) -> list[Finding]:
        """What each rule finds that touches one's own rows, told at them; a pair of rows once by one rule.

        An amount that is not its print is named, and the print is what the other rules read.
        """
        typed, read = (self._prices(self._with_own(frame)) for frame in (self.own.frame, self._as_printed()))
        told: dict[tuple[str, frozenset[str], int], Finding] = {}
        for rule in PRICE_RULES:
            for broken in rule(typed if rule is machine_amounts else read):
                for place, row in self._touched(broken):
                    if not self._is_anyway(broken, row) and not self._goes_on(broken, row):
                        finding = self._told(broken, place, row)
                        pair = frozenset(named.row_id for named in finding.rows)
                        key = finding.rule + finding.column, pair, place
                        if key not in told or row.item(0, "_row_id") == self.own.names[place]:
                            told[key] = finding
        # Held against two rows that say the same, a row is told once.
        once = {(f.rule, f.file, f.row_number, f.column, f.found, f.expected): f for f in reversed(told.values())}
        return list(once.values())

    def _as_printed(self) -> pl.DataFrame:
        """One's own rows with the amount that is printed, where it is a number."""
        if self.table != "compute_prices":
            return self.own.frame
        is_new = ~pl.col("_own").is_in(sorted(self.own.known))
        printed = pl.when(is_new).then(pl.col("printed_amount").cast(pl.Float64, strict=False))
        return self.own.frame.with_columns(amount=pl.coalesce(printed, "amount"))

    def _with_own(self, own: pl.DataFrame) -> pl.DataFrame:
        """The rows at hand, without those that one's own stand in place of, and one's own after them."""
        key = load_schema(self.table).primary_key[0]
        if "model_price_id" in self.own.frame.columns:
            kept = self.others.filter(~pl.col(key).is_in(self.own.frame.get_column(key).implode()))
        else:
            known = own.filter(pl.col("_own").is_in(sorted(self.own.known)))
            kept = self.others.join(known, on=self.others.columns, how="anti", nulls_equal=True)
        return pl.concat([kept, own], how="diagonal")

    def _prices(self, frame: pl.DataFrame) -> Prices:
        frames = {name: frame if name == self.table else None for name in PRICE_TABLES}
        return prices_of(frames["model_prices"], frames["compute_prices"], self.units, self.sources)

    def _touched(self, broken: Broken) -> Iterator[tuple[int, pl.DataFrame]]:
        """Each row that is one's own, or is held against one's own, with the number of the latter."""
        rows = broken.rows
        own = rows.get_column("_own").to_list() if "_own" in rows.columns else [None] * rows.height
        before = rows.get_column("before__own").to_list() if "before__own" in rows.columns else [None] * rows.height
        against = rows.get_column("other_id").to_list() if "other_id" in rows.columns else [None] * rows.height
        for at, name in enumerate(rows.get_column("_row_id").to_list()):
            named = own[at] if own[at] is not None else self.by_id.get(name)
            other = before[at] if before[at] is not None else self.by_id.get(against[at] or "")
            place = other if named is None or (named in self.own.known and other is not None) else named
            if place is not None:
                yield place, rows[at : at + 1]

    def _goes_on(self, broken: Broken, row: pl.DataFrame) -> bool:
        """Whether a price of one's own follows one that the package has left open, after the last it read of the list.

        What a list says later ends what it said before, and is no second price of the same days.
        """
        cells = row.row(0, named=True)
        if broken.rule.id != OVERLAP.id or cells.get("_own") is None or cells.get("before__own") is not None:
            return False
        last = self._last_read.get(cells["source_id"])
        return cells["before_valid_to"] is None and last is not None and cells["since"] > last

    @cached_property
    def _last_read(self) -> dict[str, date]:
        """The day of the latest price at hand, by list."""
        return dict(self.others.group_by("source_id").agg(pl.col("valid_from").max()).drop_nulls().iter_rows())

    def _is_anyway(self, broken: Broken, row: pl.DataFrame) -> bool:
        """Whether the rule names the row without one's own rows too: asked where the package has it."""
        cells = row.row(0, named=True)
        named = cells["_own"] if "_own" in cells else self.by_id.get(cells["_row_id"])
        return (named is None or named in self.own.known) and (broken.rule.id, cells["_row_id"]) in self._without

    @cached_property
    def _without(self) -> set[tuple[str, str]]:
        """Rules and rows at fault of the rows at hand alone."""
        before = self._prices(self.others)
        found = (broken for rule in PRICE_RULES for broken in rule(before))
        return {(broken.rule.id, name) for broken in found for name in broken.rows.get_column("_row_id").to_list()}

    def _told(self, broken: Broken, at: int, row: pl.DataFrame) -> Finding:
        """The finding on one row, told at a row of one's own."""
        finding, place, name = broken.finding(row), self.own.places[at], self.own.names[at]
        cells = row.row(0, named=True)
        is_named = cells.get("_own") == at or self.by_id.get(cells["_row_id"]) == at
        others = [
            n
            for n in (finding.row_id, *finding.related.split())
            if n != name and not (is_named and n == finding.row_id)
        ]
        columns = place.file.table.frame.columns
        column = "printed_amount" if finding.column == "amount" and "amount" not in columns else finding.column
        return replace(
            finding, row_id=name, row_number=place.number, line_number=place.line,
            file=place.file.table.name, column=column, related=" ".join(others),
            rows=(NamedRow(name, "subject"), *(NamedRow(other, "held_against") for other in others)),
            message=finding.message if is_named else f"{finding.message}; the rule names {finding.row_id}",
        )  # fmt: skip
