"""Which codes a rule takes and what they are called: from the code list of a schema, or the table a key refers to."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from validation.structure.nearest import Names, names_of_rows

__all__ = ["names_of_rule"]

References = Callable[[str], pl.DataFrame | None]


def names_of_rule(rule: Rule, schema: TableSchema, reference: pl.DataFrame | None, references: References) -> Names:
    """The codes that a cell of a rule's column may hold, with their names in both languages.

    None for a key of several columns, and for rules of other kinds. Parameters: `reference` is the table that the
    rule refers to, `references` gives others by name.
    """
    if rule.kind == "one_of":
        return Names.of(map(str, rule.arguments), _of_code_list(rule, schema))
    if rule.kind != "foreign_key" or reference is None or len(rule.columns) > 1:
        return Names(())
    key = rule.arguments[1][0]
    keyed = reference.with_columns(pl.col(key).cast(pl.String))
    codes = keyed.get_column(key).drop_nulls().unique(maintain_order=True).to_list()
    names = names_of_rows(keyed, key)
    if rule.arguments[0] == "entities":
        names += _of_vendors(keyed, references("vendors"), references("vendor_clouds")) + _of_groups(keyed)
    if rule.arguments[0] == "vendors" and (clouds := references("vendor_clouds")) is not None:
        names += [(cloud, vendor) for vendor, cloud in clouds.select("vendor_id", "entity_id").iter_rows()]
    return Names.of(codes, names)


def _of_code_list(rule: Rule, schema: TableSchema) -> list[tuple[str, str]]:
    if schema.kind == "own":
        return []
    explained: dict[str, dict[str, str]] = schema.field(rule.columns[0]).descriptor.get("codes", {})
    spoken = [(words, code) for code, both in explained.items() for words in both.values()]
    return spoken + [(word, code) for code in rule.arguments for word in SPOKEN.get(code, ())]


SPOKEN = {
    "month": ("M", "monthly", "1M", "月", "月度", "单月"),
    "quarter": ("Q", "Q1", "Q2", "Q3", "Q4", "quarterly", "three months", "3M", "季", "季度", "单季度"),
    "half_year": (
        "H",
        "H1",
        "H2",
        "half",
        "half yearly",
        "semi annual",
        "six months",
        "6M",
        "interim",
        "半年",
        "半年度",
        "中期",
    ),
    "nine_months": ("9M", "nine months ended", "前三季度", "九个月"),
    "year": (
        "Y",
        "FY",
        "CY",
        "annual",
        "annually",
        "yearly",
        "full year",
        "twelve months",
        "12M",
        "年",
        "年度",
        "全年",
    ),
    "trailing_12_months": ("TTM", "LTM", "last twelve months", "滚动12个月"),
    "instant": ("point in time", "as of", "时点", "期末"),
    "cumulative": ("YTD", "year to date", "累计", "年初至今"),
}
"""What the types of period are called in tables of others."""


def _of_groups(entities: pl.DataFrame) -> list[tuple[str, str]]:
    """The names of entities behind those of the vendors that they belong to: Microsoft Azure, Amazon AWS."""
    if not {"vendor_id", "scope", "name_en", "name_zh"} <= set(entities.columns):
        return []
    rows = entities.select("entity_id", "vendor_id", "scope", "name_en", "name_zh").rows(named=True)
    groups = {row["vendor_id"]: row for row in rows if row["scope"] == "group" and row["vendor_id"]}
    names: list[tuple[str, str]] = []
    for row in (row for row in rows if row["vendor_id"] and row["scope"] != "group"):
        group = groups.get(row["vendor_id"], {})
        above = filter(None, dict.fromkeys((row["vendor_id"], group.get("name_en"), group.get("name_zh"))))
        own = [word for word in (row["entity_id"], row["name_en"], row["name_zh"]) if word]
        names += [(f"{one} {word}", row["entity_id"]) for one in above for word in own]
    return names


def _of_vendors(
    entities: pl.DataFrame, vendors: pl.DataFrame | None, clouds: pl.DataFrame | None
) -> list[tuple[str, str]]:
    """Tickers and parent companies of vendors as names of their groups, names of vendors as those of their clouds."""
    needed = {"vendor_id", "name_en", "name_zh", "parent_company", "tickers"}
    if vendors is None or not needed <= set(vendors.columns) or not {"vendor_id", "scope"} <= set(entities.columns):
        return []
    has_clouds = clouds is not None and "entity_id" in clouds.columns
    of_vendor = dict(clouds.select("vendor_id", "entity_id").iter_rows()) if clouds is not None and has_clouds else {}
    groups = dict(entities.filter(pl.col("scope") == "group").select("vendor_id", "entity_id").iter_rows())
    names: list[tuple[str, str]] = []
    for row in vendors.select(sorted(needed)).iter_rows(named=True):
        group, cloud = groups.get(row["vendor_id"]), of_vendor.get(row["vendor_id"])
        names += [(name, group) for name in (row["parent_company"], *(row["tickers"] or "").split()) if name and group]
        names += [(name, cloud) for name in (row["name_en"], row["name_zh"]) if name and cloud]
    return names
