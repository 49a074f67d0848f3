"""Layers P, U, C and V of tables beside observations: which rules each of them has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import polars as pl

from canonical.findings import Finding
from canonical.reading.reader import Table
from canonical.reference import Reference
from canonical.rules.rule import Rule as Asked
from canonical.table_schema import TableSchema
from validation.engines.polars.typed import TypedBlock
from validation.structure.wording import Fault, Words
from validation.units import (
    codes,
    days,
    kin,
    like_rows,
    links,
    places,
    rate_days,
    rates,
    ratings,
    region_lists,
    region_names,
    row_names,
    settled,
    told,
)
from validation.units.given import Built, Counts, Given, References, Rule, not_built

__all__ = ["CHECKS", "OtherLayer", "check_others", "other_rules"]


class Check(NamedTuple):
    """What finds, the rules that it finds by, and the columns without which it asks nothing.

    One that is `narrow` reads no other column of the rows.
    """

    run: Callable[[Given], Iterable[Finding]]
    rules: tuple[Rule, ...]
    columns: tuple[str, ...]
    narrow: bool = False


SPANS = Check(days.spans, (days.SPAN,), ("period_type", "period_start", "period_end"))
LOCATORS = Check(links.locators, (links.LOCATOR,), ("locator",))
VENDORS = Check(places.vendors_of_lists, (places.VENDOR,), ("source_id", "vendor_id"), narrow=True)

TICKERS = Check(codes.tickers, (codes.INSTRUMENT,), ("tickers",))
PLACES_OF_DOCUMENTS = Check(links.of_other_documents, (links.TOGETHER,), ("source_id", "locator"))


def settled_since_build(*columns: str) -> Check:
    """Cells and rows of a table that stay as they were."""
    return Check(settled.settled_cells, (settled.SETTLED,), columns)


def named(*columns: str) -> Check:
    """Names of a table."""
    return Check(row_names.names_of_rows, (row_names.ROW_NAME,), columns)


def agreeing(*columns: str) -> Check:
    """Cells in which rows of a table agree."""
    return Check(like_rows.usual_cells, (like_rows.USUAL_CELL,), columns)


def ahead(column: str) -> Check:
    """Days of a table that lie ahead."""
    return Check(days.days_ahead, (days.AHEAD,), (column,))


def currency(column: str) -> Check:
    """Currencies of a table."""
    return Check(codes.currencies, (codes.CURRENCY,), (column,), narrow=True)


def country() -> Check:
    """Countries of a table."""
    return Check(codes.countries, (codes.COUNTRY,), ("country",))


CHECKS: dict[str, tuple[Check, ...]] = {
    "statements": (
        SPANS, LOCATORS, Check(told.statements, (told.TOLD,), told.COLUMNS), settled_since_build("statement_id"),
    ),
    "fiscal_periods": (
        SPANS, Check(days.fiscal_names, (days.FISCAL,), ("fiscal_period", "period_end")),
        Check(days.fiscal_marks, (days.MARKED,), ("period_type", "fiscal_period", "period_start", "period_end")),
    ),
    "vintages": (SPANS,),
    "reporting": (
        Check(days.off_grid, (days.OFF_GRID,), ("entity_id", "frequency")), ahead("first_period_end")
    ),
    "sources": (ahead("published_on"),),
    "exchange_rates": (
        ahead("date"), Check(codes.currencies, (codes.CURRENCY,), ("base",)),
        Check(rates.far_rates, (rates.FAR,), ("date", "base", "quote", "rate")),
        Check(rate_days.days_of_rates, (rate_days.DAY,), rates.COLUMNS),
        settled_since_build("date", "base", "quote", "source_id", "rate"),
    ),
    "regions": (
        ahead("last_seen_on"), country(), VENDORS,
        Check(places.codes_of_regions, (places.FORM,), ("vendor_id", "region")),
        Check(places.countries_of_regions, (places.PLACE,), ("vendor_id", "region", "country")),
        Check(region_names.names_of_regions, (region_names.NAME,), ("vendor_id", "region", "name")),
        Check(region_lists.days_of_lists, (region_lists.SEEN,), (*region_lists.SEEN_COLUMNS, "vendor_id", "region")),
        Check(region_lists.listed_regions, (region_lists.LIST,), ("vendor_id", "region", "source_id")),
        Check(region_lists.partitions, (region_lists.PARTITION,), ("source_id", "vendor_id", "partition", "region")),
        settled_since_build("source_id", "vendor_id", "partition", "region"),
    ),
    "compute_prices": (VENDORS, currency("currency")),
    "model_prices": (currency("currency"), settled_since_build("model_price_id")),
    "units": (
        currency("currency"), Check(codes.long_factors, (codes.FACTOR,), ("factor",)), named("unit_id", "symbol"),
    ),
    "entities": (
        currency("reporting_currency"), named("entity_id", "name_en"),
        Check(kin.of_parents, (like_rows.USUAL_CELL,), ("entity_id", "parent_entity_id", *kin.INHERITED)),
    ),
    "vendors": (country(), TICKERS, named("vendor_id", "name_en")),
    "companies": (country(), TICKERS, named("company_id", "name_en")),
    "metrics": (
        named("metric_id", "name_en"), Check(kin.of_metrics, (like_rows.USUAL_CELL,), kin.OF_METRIC),
    ),
    "breakdowns": (
        named("breakdown_id", "name_en"),
        Check(kin.of_breakdowns, (like_rows.USUAL_CELL,), ("breakdown_id", "parent_breakdown_id")),
    ),
    "supply_chain_stages": (named("stage_id", "name_en"),),
    "entity_breaks": (
        named("description_en", "description_zh"),
        Check(kin.of_perimeters, (like_rows.USUAL_CELL,), kin.OF_PERIMETER),
    ),
    "risk_factors": (
        LOCATORS, named("source_id", "locator", "position", "text_en"),
        Check(like_rows.counted_rows, (like_rows.USUAL_CELL,), ("source_id", "list", "position")),
    ),
    "machine_accelerators": (
        VENDORS, agreeing("vendor_id", "instance_type", "accelerator"),
        Check(like_rows.counts_told, (like_rows.USUAL_CELL,), ("vendor_id", "instance_type", "accelerator_count")),
    ),
    "instruments": (
        LOCATORS, PLACES_OF_DOCUMENTS,
        Check(codes.codes_of_instruments, (codes.INSTRUMENT, codes.INSTRUMENT_NAME), ("instrument_id", "code")),
        named("instrument_id", "name_en"), agreeing("source_id", "locator", "kind"),
        settled_since_build("instrument_id"),
    ),
    "rating_scales": (
        LOCATORS, Check(ratings.overlapping_levels, (ratings.OVERLAPPING,), ("rating_scale_id", "lower", "upper")),
        named("rating_scale_id", "level", "level_zh"), agreeing("rating_scale_id", "publisher"),
    ),
    "rating_benchmarks": (LOCATORS, agreeing("rating_scale_id", "market", "instrument_id")),
    "ratings": (
        LOCATORS,
        Check(ratings.ratings, (ratings.SUBJECT, ratings.MOVED, ratings.TWICE), ("rating_scale_id", "level")),
    ),
    "supply_chain_links": (
        LOCATORS, PLACES_OF_DOCUMENTS, Check(links.marks_of_companies, (links.MARK,), ("role", "mark_scope")),
        Check(links.captions_of_stages, (links.CAPTION,), ("source_id", "printed_stage", "stage_id")),
        Check(links.places_of_links, (links.TOGETHER,), links.PLACE_PARTS),
        settled_since_build("source_id", "locator", "stage_id", "company_id"),
    ),
}  # fmt: skip


def other_rules(table: str, columns: Collection[str]) -> tuple[str, ...]:
    """The ids of these rules that are asked of a file of a table with some columns."""
    asked = (check for check in CHECKS.get(table, ()) if set(check.columns) <= set(columns))
    return tuple(rule.id for check in asked for rule in check.rules)


def check_others(given: Given) -> list[Finding]:
    """What breaks these rules in a table; columns that are not there are not asked."""
    return [finding for check in CHECKS.get(given.name, ()) for finding in check.run(given)]


@dataclass(frozen=True)
class OtherLayer:
    """These rules as a layer over blocks of a table; `counts`, `is_whole`, `built` and `known` as in `Given`."""

    schema: TableSchema
    reference: Reference
    references: References
    counts: Counts
    words: Words
    is_whole: bool
    built: Built = not_built
    known: References | None = None

    def __call__(self, block: TypedBlock) -> Iterator[Fault]:
        """The faults of a block."""
        if self.schema.name not in CHECKS or not block.height:
            return
        checks = CHECKS[self.schema.name]
        asked = {column for check in checks for column in check.columns}
        texts = block.read.frame([column for column in block.read.columns if column in asked])
        table = Table(self.schema, self.words.file, texts, block.read.is_text, block.read.lines)
        is_narrow = all(check.narrow for check in checks)
        typed = block.of([column for column in block.columns if column in asked]) if is_narrow else block.frame
        given = Given(table, typed, self.reference, self.references, self.counts, self.is_whole, self.built,
                      lambda: block.frame, self.known)  # fmt: skip
        found: dict[Asked, dict[int, Finding]] = {}
        for finding in check_others(given):
            rule = Asked(finding.rule, "equals", (finding.column,), severity=finding.severity, fix=finding.fix)
            found.setdefault(rule, {})[(finding.row_number or 0) - 1] = finding
        for rule, at in found.items():
            rows = pl.zeros(block.height, dtype=pl.UInt8, eager=True).scatter(sorted(at), 1).cast(pl.Boolean)
            yield Fault(rule, rows, partial(self._worded, block, at))

    def _worded(self, block: TypedBlock, at: dict[int, Finding], positions: Sequence[int]) -> list[Finding]:
        return self.words.placed(block, positions, [at[position] for position in positions])
