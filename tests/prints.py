"""Tiny builders of prints and the facts they make: one company, its group and cloud, a market and a few documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from canonical.fill import complete_row
from canonical.findings import Finding
from canonical.reference import Reference
from canonical.table_schema import load_schema
from validation.consistency import check_facts
from validation.relations import relation_of
from validation.relations.facts import Facts

Row = dict[str, str]

_METRIC = {"definition": "d", "quantity": "money", "period_kind": "duration", "aggregation": "sum",
           "sign": "nonnegative", "exact": "false"}  # fmt: skip
_RATIO = {"quantity": "ratio", "unit_id": "percent", "aggregation": "none", "sign": "any"}
_COUNT = {"quantity": "count", "unit_id": "count", "period_kind": "instant", "aggregation": "last"}

TABLES: dict[str, list[Row]] = {
    "entities": [
        {"entity_id": "acme", "scope": "group", "name_en": "Acme"},
        {"entity_id": "acme-cloud", "scope": "segment", "parent_entity_id": "acme", "name_en": "Acme Cloud"},
        {"entity_id": "acme-media", "scope": "segment", "parent_entity_id": "acme"},
        {"entity_id": "acme-compute", "scope": "product", "parent_entity_id": "acme-cloud", "axes": "caption"},
        {"entity_id": "acme-hosting", "scope": "product", "parent_entity_id": "acme-cloud", "axes": "old-caption"},
        {"entity_id": "acme-apps", "scope": "product", "parent_entity_id": "acme-cloud", "axes": "caption old-caption"},
        {"entity_id": "acme-films", "scope": "product", "parent_entity_id": "acme-media", "axes": "caption"},
        {"entity_id": "acme-games", "scope": "product", "parent_entity_id": "acme-media", "axes": "caption"},
        {"entity_id": "acme-and-others", "scope": "aggregate", "members": "acme-cloud acme-media"},
        {"entity_id": "market", "scope": "market"},
        {"entity_id": "rival", "vendor_id": "rival", "scope": "group"},
    ],
    "entity_breaks": [
        {"perimeter_id": "original"},
        {"perimeter_id": "acme-media.2025-06", "entity_id": "acme-media", "first_published_on": "2025-06-01"},
    ],
    "breakdowns": [
        {"breakdown_id": "total"},
        {"breakdown_id": "external", "parent_breakdown_id": "total", "axis": "customer", "complete": "true"},
        {"breakdown_id": "internal", "parent_breakdown_id": "total", "axis": "customer", "complete": "true"},
        {"breakdown_id": "ai", "parent_breakdown_id": "total", "axis": "product", "complete": "false",
         "name_en": "AI-related products"},
        {"breakdown_id": "ai-services", "parent_breakdown_id": "total", "axis": "product", "complete": "false",
         "name_en": "AI model and application services", "name_zh": "AI 模型与应用服务"},
    ],
    "metrics": [
        {"metric_id": "revenue", "name_en": "Revenue", "plausible_min": "0", "plausible_max": "10000000"},
        {"metric_id": "ebita", "name_en": "EBITA", "sign": "any"},
        {"metric_id": "ebita-adjusted", "sign": "any"},
        {"metric_id": "ebita-margin", **_RATIO, "numerator_metric_id": "ebita", "denominator_metric_id": "revenue",
         "plausible_min": "-300", "plausible_max": "100"},
        {"metric_id": "capex"},
        {"metric_id": "capex-cash", "broader_metric_id": "capex"},
        {"metric_id": "capex-cash-net", "broader_metric_id": "capex"},
        {"metric_id": "capex-with-finance-leases", "broader_metric_id": "capex"},
        {"metric_id": "operating-income", "sign": "any"},
        {"metric_id": "ebitda", "sign": "any"},
        {"metric_id": "backlog", "period_kind": "instant", "aggregation": "last"},
        {"metric_id": "regions", **_COUNT, "exact": "true"},
        {"metric_id": "growth-streak-quarters", **_COUNT, "exact": "true"},
    ],
    "units": [
        {"unit_id": unit, "quantity": quantity, "currency": currency, "canonical_unit_id": canonical, "factor": factor}
        for unit, quantity, currency, canonical, factor in (
            ("cny-m", "money", "CNY", "cny-m", "1"),
            ("cny-100m", "money", "CNY", "cny-m", "100"),
            ("cny-bn", "money", "CNY", "cny-m", "1000"),
            ("usd-m", "money", "USD", "usd-m", "1"),
            ("usd-bn", "money", "USD", "usd-m", "1000"),
            ("percent", "ratio", "", "percent", "1"),
            ("percentage-point", "points", "", "percentage-point", "1"),
            ("times", "multiple", "", "times", "1"),
            ("count", "count", "", "count", "1"),
        )
    ],
    "sources": [
        {"source_id": "release", "publisher": "Acme", "kind": "company_release", "published_on": "2026-02-10"},
        {"source_id": "older-release", "publisher": "Acme", "kind": "company_release", "published_on": "2025-02-10"},
        {"source_id": "filing", "publisher": "SEC", "kind": "regulatory_filing", "published_on": "2026-03-01"},
        {"source_id": "news", "publisher": "Daily", "kind": "news", "published_on": "2026-02-11"},
        {"source_id": "report", "publisher": "Acme", "kind": "company_release", "published_on": "2026-02-10",
         "title": "Acme Announces Results for the Quarter Ended December 31, 2025"},
        {"source_id": "report-q3", "publisher": "Wire", "kind": "news", "published_on": "2026-02-10",
         "title": "Acme Q3 FY2026 results"},
        {"source_id": "report-of-last-year", "publisher": "Wire", "kind": "news", "title": "Acme Q3 FY2025 results"},
        {"source_id": "report-in-repository", "kind": "repository_data", "title": "o/reports: 2026_Q1_ACME.pdf"},
        {"source_id": "wire", "publisher": "Wire", "kind": "news", "published_on": "2026-02-12"},
    ],
}  # fmt: skip
DEFAULTS = {
    "entities": {"vendor_id": "acme", "reporting_currency": "CNY", "fiscal_year_end_month": "3"},
    "metrics": _METRIC,
    "sources": {"published_precision": "day", "language": "en"},
}


@dataclass(frozen=True)
class GivenReference(Reference):
    """The reference tables of this module; of a row that `known` has too, the cells given there are others."""

    known: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict, compare=False)

    def rows(self, table: str) -> list[Row]:
        """Rows with every column, defaults filled in."""
        schema = load_schema(table)
        empty, key = dict.fromkeys(schema.columns, ""), schema.primary_key[0]
        rows = {row[key]: {**empty, **DEFAULTS.get(table, {}), **row} for row in TABLES.get(table, [])}
        for row in self.known.get(table, []):
            rows[row[key]] = {**(rows.get(row[key]) or {**empty, **DEFAULTS.get(table, {})}), **row}
        return list(rows.values())


REFERENCE = GivenReference()
ORDINARY = {
    "source_id": "release", "entity_id": "acme-cloud", "metric_id": "revenue", "period_type": "quarter",
    "period_end": "2025-12-31", "printed_value": "432.84", "printed_unit_id": "cny-100m",
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """Prints as typed cells over the ordinary one, the rows of other tables, and what else is `known` of ids."""

    prints: Sequence[Mapping[str, str]]
    tables: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    known: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)

    def rows(self, reference: Reference = REFERENCE) -> list[Row]:
        """The prints as filled rows with ids `p1`, `p2` …"""
        return list(filled(self.prints, reference))

    def facts(self) -> Facts:
        """The facts of the world."""
        reference = GivenReference(known=self.known) if self.known else REFERENCE
        rows = self.rows(reference)
        tables = {name: [whole(name, row) for row in given] for name, given in self.tables.items()}
        return Facts.of(rows, reference, {"observations": rows, **tables})

    def findings(self, rule: str) -> list[Finding]:
        """What one relation finds in it."""
        return check_facts(self.facts(), [relation_of(rule)])


def a_print(reference: Reference = REFERENCE, **cells: str) -> Row:
    """An ordinary print with some cells replaced, filled: revenue of Acme Cloud for the quarter to 2025-12-31."""
    typed = {**ORDINARY, **cells}
    if typed["printed_unit_id"] == "cny-100m" and cells.get("measure", "level") not in ("level", "annualised"):
        typed["printed_unit_id"] = "percent"
    return complete_row(load_schema("observations"), typed, reference)


def filled(prints: Sequence[Mapping[str, str]], reference: Reference = REFERENCE) -> Iterator[Row]:
    """Prints as filled rows, numbered."""
    numbers = count(1)
    for cells in prints:
        row = a_print(reference, **cells)
        yield {**row, "observation_id": cells.get("observation_id") or f"p{next(numbers)}"}


def whole(table: str, row: Mapping[str, str]) -> Row:
    """A row of another table with every column, empty where nothing is said."""
    return {**dict.fromkeys(load_schema(table).columns, ""), **row}
