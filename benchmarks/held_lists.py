"""Edits of lists beside observations: names, parents, codes and marks that are those of another row."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from benchmarks.held_kind import (
    Edit,
    HeldKind,
    Made,
    added,
    cell_of_another,
    deleted,
    edited,
    flipped,
    letters_exchanged,
    mangled_locator,
    one_of,
    other_year,
)
from canonical.text_tables import Row

__all__ = ["HARMLESS", "KINDS"]


def _texts_exchanged(one: str, other: str) -> Made:
    """Two cells of one row in place of each other."""

    def change(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
        return {one: row[other], other: row[one]} if row[one] and row[other] else None

    return edited(change)


def _rows_exchanged(column: str) -> Made:
    """The cells of two rows in place of each other."""

    def make(rows: Sequence[Row], at: int, rng: random.Random) -> Edit | None:
        others = [n for n, row in enumerate(rows) if row[column] and row[column] != rows[at][column]]
        if not rows[at][column] or not others:
            return None
        other, changed = rng.choice(others), list(rows)
        changed[at] = {**rows[at], column: rows[other][column]}
        changed[other] = {**rows[other], column: rows[at][column]}
        return Edit(changed, frozenset((at, other)))

    return make


def _scaled(column: str, *factors: str) -> Made:
    """A number times one of some factors."""

    def change(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
        return {column: f"{Decimal(row[column]) * Decimal(rng.choice(factors)):f}"} if row[column] else None

    return edited(change)


def _exchange_of(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    return {"tickers": row["tickers"].replace(".HK", ".SH")} if ".HK" in row["tickers"] else None


def _under_another_id(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"company_id": f"{row['company_id']}-{rng.choice(('2', 'new', 'group'))}"}


def _longer_name(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    return {"name_en": f"{row['name_en']} {rng.choice(('Holdings', 'Group', 'Co.'))}"} if row["name_en"] else None


def _longer_definition(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    return {"definition": f"{row['definition']}, as reported"} if row["definition"] else None


def _shorter_name(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    return {"parent_company": row["parent_company"].split(",")[0]} if "," in row["parent_company"] else None


def _names(table: str, english: str = "name_en", chinese: str = "name_zh") -> tuple[HeldKind, ...]:
    """The kinds of edits of names that every list has."""
    return (
        HeldKind("name_en", table, "the English name of another", "英文名取自另一行", cell_of_another(english)),
        HeldKind("name_zh", table, "the Chinese name of another", "中文名取自另一行", cell_of_another(chinese)),
        HeldKind("languages", table, "the two names exchanged", "中英文名颠倒", _texts_exchanged(english, chinese)),
    )


COMPANIES, VENDORS, ENTITIES, METRICS = "companies", "vendors", "entities", "metrics"
SCALES, BENCHMARKS, MACHINES, RISKS, BREAKS = (
    "rating_scales", "rating_benchmarks", "machine_accelerators", "risk_factors", "entity_breaks",
)  # fmt: skip
KINDS = (
    *_names(COMPANIES),
    HeldKind("rows", COMPANIES, "the English names of two exchanged", "两行英文名互换", _rows_exchanged("name_en")),
    HeldKind("id", COMPANIES, "two letters of the id exchanged", "编号两个字母对调", letters_exchanged("company_id")),
    HeldKind("twice", COMPANIES, "once more under another id", "以另一编号再录", added(_under_another_id)),
    *_names(VENDORS),
    HeldKind("rows", VENDORS, "the English names of two exchanged", "两行英文名互换", _rows_exchanged("name_en")),
    HeldKind("website", VENDORS, "the address of another", "网址取自另一行", cell_of_another("website")),
    HeldKind("tickers", VENDORS, "the codes of another's shares", "股票代码取自另一行", cell_of_another("tickers")),
    HeldKind("exchange", VENDORS, "shares of another exchange", "股票的交易所录错", edited(_exchange_of)),
    HeldKind("country", VENDORS, "another country", "录成另一国家", cell_of_another("country")),
    *_names(ENTITIES),
    HeldKind("vendor", ENTITIES, "another vendor", "录成另一厂商", cell_of_another("vendor_id")),
    HeldKind("parent", ENTITIES, "another parent", "上级录成另一个", cell_of_another("parent_entity_id")),
    HeldKind("currency", ENTITIES, "another currency", "录成另一货币", cell_of_another("reporting_currency")),
    HeldKind("year", ENTITIES, "another end of the year", "财年末录错", cell_of_another("fiscal_year_end_month")),
    HeldKind("scope", ENTITIES, "another scope", "范围录错", cell_of_another("scope")),
    *_names(METRICS),
    HeldKind("unit", METRICS, "another unit", "单位录错", cell_of_another("unit_id")),
    HeldKind("aggregation", METRICS, "another aggregation", "汇总方式录错", cell_of_another("aggregation")),
    HeldKind("sign", METRICS, "another sign", "符号规则录错", cell_of_another("sign")),
    *_names("breakdowns"),
    HeldKind("parent", "breakdowns", "another parent", "上级录成另一个", cell_of_another("parent_breakdown_id")),
    HeldKind("complete", "breakdowns", "complete or not", "是否完整颠倒", flipped("complete")),
    *_names("supply_chain_stages"),
    HeldKind("level", SCALES, "the Chinese level of another", "中文级别取自另一行", cell_of_another("level_zh")),
    HeldKind("publisher", SCALES, "another house", "机构录错", one_of("publisher", "中信证券", "Morgan Stanley")),
    HeldKind("source", SCALES, "another source", "来源录错", one_of("source_id", "industry-research-2025-11-26")),
    HeldKind("class", SCALES, "another class", "对象类别录错", one_of("subject_class", "industry", "stock")),
    HeldKind("lower", SCALES, "another lower end", "下端录错", _scaled("lower", "-1", "2", "0.1", "1.5")),
    HeldKind("end", SCALES, "an end of the level or not", "端点是否包含颠倒", one_of("lower_bound", "gt", "ge")),
    HeldKind("instrument", BENCHMARKS, "another instrument", "工具录错", cell_of_another("instrument_id")),
    HeldKind("rows", BENCHMARKS, "the instruments of two exchanged", "两行工具互换", _rows_exchanged("instrument_id")),
    HeldKind("source", BENCHMARKS, "another source", "来源录错", one_of("source_id", "industry-research-2025-11-26")),
    HeldKind("maker", MACHINES, "another maker", "制造商录错", cell_of_another("accelerator_maker")),
    HeldKind("accelerator", MACHINES, "another accelerator", "加速器录错", cell_of_another("accelerator")),
    HeldKind("memory", MACHINES, "the memory of another", "显存取自另一行", cell_of_another("memory_gb")),
    HeldKind("vendor", MACHINES, "another vendor", "录成另一厂商", cell_of_another("vendor_id")),
    HeldKind("count", MACHINES, "another count", "加速器数量录错", _scaled("accelerator_count", "2", "10")),
    *_names(RISKS, "text_en", "text_zh"),
    HeldKind("position", RISKS, "another position", "序号录错", cell_of_another("position")),
    HeldKind("missing", RISKS, "a risk left out", "漏掉一条风险", deleted),
    HeldKind("source", RISKS, "another source", "来源录错", cell_of_another("source_id")),
    HeldKind("locator", RISKS, "a place as people write it", "位置写法不合", mangled_locator),
    HeldKind("category", RISKS, "another category", "类别录错", cell_of_another("category")),
    HeldKind("entity", BREAKS, "another entity", "主体录错", cell_of_another("entity_id")),
    HeldKind("year", BREAKS, "the year one off", "首次发布的年份差一年", other_year("first_published_on")),
    HeldKind(
        "languages", BREAKS, "the two texts exchanged", "中英文颠倒",
        _texts_exchanged("description_en", "description_zh"),
    ),
    HeldKind("kind", BREAKS, "another kind", "种类录错", cell_of_another("kind")),
)  # fmt: skip
HARMLESS = (
    HeldKind("longer_name", COMPANIES, "a longer name", "更长的名称", edited(_longer_name), True),
    HeldKind("shorter", VENDORS, "a shorter name of the parent", "母公司名称较短", edited(_shorter_name), True),
    HeldKind("definition", ENTITIES, "more words of the definition", "定义更详", edited(_longer_definition), True),
    HeldKind("definition", METRICS, "more words of the definition", "定义更详", edited(_longer_definition), True),
    HeldKind("definition", "breakdowns", "more words of the definition", "定义更详", edited(_longer_definition), True),
)
