"""The vocabulary: units, breakdowns and entities, each on a page generated from its table."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.package.markdown import code, link, place, plain, prose, table
from release.pages.data import rows_of, uses
from release.pages.language import Language, in_language, text_of
from release.pages.leading import counted

__all__ = ["meaning_of", "vocabulary_pages"]


def vocabulary_pages(language: Language) -> Iterator[tuple[str, str]]:
    """Each page as (path without suffix, Markdown)."""
    yield "units", _units(language)
    yield "breakdowns", _breakdowns(language)
    yield "entities", _entities(language)


def meaning_of(table_name: str, column: str, value: str, language: Language) -> str:
    """What a code means, in the words of the schema; the code itself where the schema has no words."""
    codes = load_schema(table_name).field(column).descriptor.get("codes", {})
    return prose(codes[value][language]) if value in codes else plain(value)


def _headers(language: Language, *words: tuple[str, str]) -> list[str]:
    return [in_language(language, *pair) for pair in words]


def _named(row: Row, key: str, language: Language) -> str:
    """The name of a row with its id below, which is also the anchor of the row."""
    return f"**{plain(text_of(row, 'name', language))}**<br>{place(row[key])}{code(row[key])}"


def _units(language: Language) -> str:
    introduction = in_language(
        language,
        "This page lists the units that sources print, with their magnitude, and the exact factor that turns each into "
        "the standard unit of its quantity.",
        "来源所用的单位（含量级），以及折算为规范单位的精确系数。",
    )
    headers = _headers(
        language,
        ("Unit", "单位"),
        ("Symbol", "符号"),
        ("Quantity", "量"),
        ("Factor", "系数"),
        ("Canonical unit", "规范单位"),
        ("Printed as", "原文写法"),
    )
    rows = [
        [
            f"{place(row['unit_id'])}{code(row['unit_id'])}",
            plain(row["symbol"]),
            meaning_of("units", "quantity", row["quantity"], language),
            plain(row["factor"]),
            code(row["canonical_unit_id"]),
            plain(row["printed_forms"]),
        ]
        for row in sorted(rows_of("units"), key=lambda row: (row["quantity"], row["unit_id"]))
    ]
    return "\n\n".join(["# " + in_language(language, "Units", "单位"), introduction, table(headers, rows, right=[3])])


def _breakdowns(language: Language) -> str:
    introduction = in_language(
        language,
        "Parts of a number: by customer, product, use or place. Parts are compared with their own parent only, and add "
        "up to it only where the axis is complete.",
        "数字的组成部分：按客户、产品、用途或地域划分。各部分只与自己的上级口径比较；"
        "仅当该维度完整时，各部分之和才等于上级。",
    )
    headers = _headers(
        language,
        ("Breakdown", "细分口径"),
        ("Part of", "上级口径"),
        ("Axis", "维度"),
        ("Parts add up", "各部分合计为整体"),
        ("Rows", "行数"),
    )
    yes_no = {"true": in_language(language, "yes", "是"), "false": in_language(language, "no", "否")}
    rows = [
        [
            _named(row, "breakdown_id", language),
            code(row["parent_breakdown_id"]),
            meaning_of("breakdowns", "axis", row["axis"], language),
            yes_no.get(row["complete"], ""),
            counted(uses("breakdown_id")[row["breakdown_id"]], "../", breakdown_id=row["breakdown_id"]),
        ]
        for row in rows_of("breakdowns")
    ]
    title = "# " + in_language(language, "Breakdowns", "细分口径")
    return "\n\n".join([title, introduction, table(headers, rows, right=[4])])


def _entities(language: Language) -> str:
    introduction = in_language(
        language,
        "Whom a number belongs to. A group is not its cloud business, and a market is what its publisher defines.",
        "数字所归属的主体。集团不等于其云业务；市场以其发布机构的定义为准。",
    )
    headers = _headers(
        language,
        ("Entity", "主体"),
        ("Scope", "范围"),
        ("Vendor", "厂商"),
        ("Part of", "上级主体"),
        ("Currency", "币种"),
        ("Rows", "行数"),
    )
    rows = [
        [
            _named(row, "entity_id", language),
            meaning_of("entities", "scope", row["scope"], language),
            link(code(row["vendor_id"]), f"vendors/{row['vendor_id']}.md") if row["vendor_id"] else "",
            code(row["parent_entity_id"]),
            plain(row["reporting_currency"]),
            counted(uses("entity_id")[row["entity_id"]], "../", entity_id=row["entity_id"]),
        ]
        for row in rows_of("entities")
    ]
    title = "# " + in_language(language, "Entities", "披露主体")
    return "\n\n".join([title, introduction, table(headers, rows, right=[5])])
