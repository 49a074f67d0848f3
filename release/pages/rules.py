"""The rules that the checks apply, with why each exists, from `schemas/rules.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from canonical.table_schema import SCHEMAS
from canonical.text_tables import Row, rows_with
from release.package.markdown import code, link, prose, section, table
from release.pages.data import rows_of
from release.pages.language import Language, in_language
from validation.relations import RELATIONS

__all__ = ["LAYERS", "rule_pages", "rule_texts"]

LAYERS = {
    "S": ("Structure", "结构", "Types, codes, keys and the shape of the file.", "类型、代码、键与文件形状。"),
    "U": (
        "Units",
        "单位",
        "The unit fits the metric, and every generated cell is what its printed number gives, in exact decimals.",
        "单位与指标相符；每个自动生成的单元格都等于原文按精确十进制推出的结果。",
    ),
    "P": (
        "Periods",
        "期间",
        "Dates in order, lengths that fit the type of period.",
        "日期先后有序，长度与期间类型相符。",
    ),
    "C": (
        "Consistency",
        "一致性",
        "Relations between numbers, tested by intervals: growth against levels, parts against the whole, source "
        "against source.",
        "以区间检验数字之间的关系：增速与绝对额、部分与整体、来源与来源。",
    ),
    "V": ("Provenance", "出处", "Sources, files and the list of accepted problems.", "来源、文件与已认可问题清单。"),
}
INTRODUCTION = {
    "en": "Every check is a small rule with an id. The first letter names its layer. What the rules find in the "
    "release is on the page of [findings](findings.md); `python -m validation` runs all of them.",
    "zh": "每项核查都是一条带编号的小规则，首字母表示所属层级。本版本中各规则的核查结果见[核查结果](findings.md)；"
    "运行 `python -m validation` 即执行全部规则。",
}


RULE_COLUMNS = ("rule", "rationale_en", "rationale_zh")


@cache
def rule_texts() -> tuple[Row, ...]:
    """The rules with their rationale in both languages: columns rule, rationale_en, rationale_zh.

    A relation states itself in English, so the file leaves that cell of it empty.
    """
    stated = {relation.id: f"{_sentence(relation.says)} {relation.rationale}" for relation in RELATIONS}
    return tuple(
        row | {"rationale_en": row["rationale_en"] or stated.get(row["rule"], "")}
        for row in rows_with(SCHEMAS / "rules.csv", RULE_COLUMNS, "git checkout schemas/rules.csv")
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def rule_pages(language: Language) -> Iterator[tuple[str, str]]:
    """The one page of rules, as (path without suffix, Markdown)."""
    parts = ["# " + in_language(language, "Rules", "核查规则"), INTRODUCTION[language]]
    headers = [
        in_language(language, *words) for words in (("Rule", "规则"), ("Why", "理由"), ("Findings", "核查结果数"))
    ]
    for layer, (title_en, title_zh, about_en, about_zh) in LAYERS.items():
        rules = [rule for rule in rule_texts() if rule["rule"].startswith(f"{layer}.")]
        if not rules:
            continue
        title = in_language(language, title_en, title_zh)
        parts += [section(2, f"{layer} · {title}", layer.lower()), in_language(language, about_en, about_zh)]
        parts.append(table(headers, [_row(rule, language) for rule in rules], right=[2]))
    yield "rules", "\n\n".join(parts)


def _row(rule: Row, language: Language) -> list[str]:
    found = sum(finding["rule"] == rule["rule"] for finding in rows_of("findings"))
    count = link(f"{found:,}", f"findings.md#{rule['rule']}") if found else "0"
    return [code(rule["rule"]), prose(rule[f"rationale_{language}"]), count]
