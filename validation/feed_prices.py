"""Prices of somebody's own: the price rules over their rows together with those of the package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from canonical.cells import typed_frame
from canonical.fill import complete_row
from canonical.findings import Finding, NamedRow
from canonical.reference import Reference
from canonical.table_schema import TableSchema, load_schema
from canonical.text_tables import Row, text_rows
from validation.feed_rows import FeedFile, Place, faulty_columns, without_faults
from validation.prices.amounts import machine_amounts
from validation.prices.checks import PRICE_RULES, PRICE_TABLES, prices_of
from validation.prices.findings import Broken
from validation.prices.frames import Prices

__all__ = ["check_price_feed", "price_files"]

References = Callable[[str], pl.DataFrame | None]
LIVING = ("vendor_page", "data_aggregator", "repository_data", "package_data")
"""Kinds of sources that go on: a feed may hold what they say today."""
GENERATED = ("amount", "amount_low", "amount_high")
NOISE = 1e-9
"""Relative distance within which two amounts are one."""


@dataclass(frozen=True)
class _Own:
    """Rows of one's own, typed, numbered in `_own`, and by that number where each stands and which row it is called.

    `known` are the numbers of the rows that the package has; in `frame` they are as there.
    """

    frame: pl.DataFrame
    places: Sequence[Place]
    names: Sequence[str]
    known: frozenset[int]


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
            own = _own_rows(own_files, reference, others)
            read += own.frame.height
            found += _Touching(name, own, others, _sources(own, references("sources")), reference).findings()
    return sorted(found, key=lambda finding: (finding.file, *finding.sort_key)), read


def _own_rows(files: Sequence[FeedFile], reference: Reference, others: pl.DataFrame | None) -> _Own:
    schema = files[0].table.schema
    rows: list[Row] = []
    places: list[Place] = []
    for file in files:
        faults = faulty_columns(file)
        for number, cells in enumerate(text_rows(file.table.frame), start=1):
            plain = {column: cell.strip() for column, cell in cells.items()}
            row = without_faults(plain, {c for c in faults[number] if plain[c] == cells[c]}, schema.name)
            if row is not None:
                rows.append(_completed(row, schema, reference, f"{file.label}#{number}"))
                places.append(Place(file, number))
    text = pl.DataFrame(
        [[row[column] or None for column in schema.columns] for row in rows],
        schema=dict.fromkeys(schema.columns, pl.String), orient="row",
    )  # fmt: skip
    frame = typed_frame(schema, text).with_row_index("_own").with_columns(pl.col("_own").cast(pl.Int64))
    given = [column for column in schema.columns if all(column in file.table.frame.columns for file in files)]
    return _named(frame, places, schema, given, others)


def _completed(row: Row, schema: TableSchema, reference: Reference, row_id: str) -> Row:
    """A row as filling would complete it; a machine's amount is the one printed where the row gives none."""
    done = complete_row(schema, row, reference)
    if schema.name == "compute_prices":
        return done | {"amount": row.get("amount") or done["printed_amount"]}
    return done | {schema.primary_key[0]: row.get(schema.primary_key[0]) or row_id}


def _named(
    frame: pl.DataFrame, places: Sequence[Place], schema: TableSchema, given: Sequence[str], others: pl.DataFrame | None
) -> _Own:
    """The rows with an id each; one that says what a row at hand says, in every column of the files, is that row."""
    key = schema.primary_key[0] if len(schema.primary_key) == 1 else ""
    known = _same_rows(frame, others, [c for c in given if c not in (key, *GENERATED)])
    if known is not None:
        frame = pl.concat([known, frame.filter(~pl.col("_own").is_in(known["_own"].implode()))]).sort("_own")
    again = frozenset[int]() if known is None else frozenset(known["_own"].to_list())
    ids = [f"{place.file.label}#{place.number}" for place in places]
    if not key:
        return _Own(frame, places, ids, again)
    seen: set[str] = set()
    given_ids: list[str] = frame.get_column(key).to_list()
    names = [name if name not in seen and not seen.add(name) else ids[n] for n, name in enumerate(given_ids)]
    return _Own(frame.with_columns(pl.Series(key, names, pl.String)), places, names, again)


def _same_rows(frame: pl.DataFrame, others: pl.DataFrame | None, columns: Sequence[str]) -> pl.DataFrame | None:
    """The rows at hand that say the same as one's own, each with the number of one of these; None without any."""
    if others is None or not columns or frame.is_empty():
        return None
    again = pl.int_range(pl.len()).over(columns).alias("_again")
    theirs = others.join(frame.select(columns), on=columns, how="semi", nulls_equal=True).with_columns(again)
    mine = frame.select("_own", *columns, _amount="amount").with_columns(again)
    pairs = theirs.join(mine, on=(*columns, "_again"), nulls_equal=True)
    far = ((pl.col("amount") - pl.col("_amount")).abs() > pl.col("amount").abs() * NOISE).fill_null(False)
    return pairs.filter(~far).select(frame.columns)


def _sources(own: _Own, sources: pl.DataFrame | None) -> pl.DataFrame | None:
    """The sources, those that one's own rows name and that go on known today."""
    if sources is None:
        return None
    named = own.frame.get_column("source_id").unique().implode()
    is_read_today = pl.col("source_id").is_in(named) & pl.col("kind").is_in(LIVING)
    today = pl.when(is_read_today).then(pl.max_horizontal("retrieved_on", pl.lit(date.today())))
    return sources.with_columns(today.otherwise("retrieved_on").alias("retrieved_on"))


class _Touching:
    """The price rules over one table, with one's own rows and without them."""

    def __init__(
        self, table: str, own: _Own, others: pl.DataFrame | None, sources: pl.DataFrame | None, reference: Reference
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
                    if not self._is_anyway(broken, row):
                        finding = self._told(broken, place, row)
                        pair = frozenset(named.row_id for named in finding.rows)
                        key = finding.rule + finding.column, pair, place
                        if key not in told or row.item(0, "_row_id") == self.own.names[place]:
                            told[key] = finding
        return list(told.values())

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
            finding, row_id=name, row_number=place.number, line_number=place.file.table.line(place.number - 1),
            file=place.file.table.name, column=column, related=" ".join(others),
            rows=(NamedRow(name, "subject"), *(NamedRow(other, "held_against") for other in others)),
            message=finding.message if is_named else f"{finding.message}; the rule names {finding.row_id}",
        )  # fmt: skip
