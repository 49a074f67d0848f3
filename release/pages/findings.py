"""What the checks found in this release, rule by rule, from the table `findings`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.package.markdown import code, filtered, link, place, plain, prose, section, state, table
from release.pages.chinese_texts import text_in
from release.pages.cutting import cut
from release.pages.data import rows_of
from release.pages.finding_words import in_words, why
from release.pages.language import Language, in_language
from release.pages.rules import LAYERS, rule_texts

__all__ = ["SHOWN", "finding_pages"]

SHOWN = 2
"""Findings of one rule that the page shows; all stand in `data/findings.csv`."""
SEVERITIES = ("error", "warning", "notice")
STATUSES = ("open", "accepted", "corrected")


def finding_pages(language: Language) -> Iterator[tuple[str, str]]:
    """Each page as (path without suffix, Markdown): all findings behind filters, then those of each layer by rule."""
    findings = _gravest_rules_first(rows_of("findings"))
    by_rule = {rule: list(rows) for rule, rows in groupby(findings, key=lambda row: row["rule"])}
    layers = {layer: [rule for rule in by_rule if rule.startswith(f"{layer}.")] for layer in LAYERS}
    pages = [
        (layer, stem, rules)
        for layer, held in layers.items()
        for stem, rules in cut(
            f"findings/{layer.lower()}", held, lambda rule, written: _rule_section(rule, by_rule[rule], written)
        )
    ]
    parts = ["# " + in_language(language, "Findings", "核查结果"), _introduction(findings, language)]
    if findings:
        homes = {rule: stem for _, stem, rules in pages for rule in rules}
        parts += [_counts(findings, language), _filters(language), *_by_rule(by_rule, homes, language)]
    yield "findings", "\n\n".join(parts)
    for layer, stem, rules in pages:
        sections = [_rule_section(rule, by_rule[rule], language) for rule in rules]
        yield stem, "\n\n".join([*_layer(layer, language), *sections])


def _filters(language: Language) -> str:
    """Where a script puts every finding behind filters; without one, the list by rule below leads to the same."""
    up = "../" if language == "en" else "../../"
    parts = [
        section(2, in_language(language, "All findings", "全部结果"), "all"),
        f'<div id="all-findings"></div>\n<script defer src="{up}assets/findings/findings.js"></script>',
    ]
    return "\n\n".join(parts)


def _by_rule(by_rule: dict[str, list[Row]], homes: dict[str, str], language: Language) -> list[str]:
    """The rules that found something, with the gravest they found, each leading to its findings."""
    about = in_language(
        language,
        f"Each rule leads to its first {SHOWN} findings, with the reason of the rule.",
        f"每条规则链接到其前 {SHOWN} 条结果与规则的理由。",
    )
    headers = [
        in_language(language, *words)
        for words in (("Rule", "规则"), ("Why", "理由"), ("Gravest", "最严重"), ("Findings", "条数"))
    ]
    lines = [
        [
            place(rule) + link(code(rule), f"{homes[rule]}.md#{rule}"),
            prose(_why(rule, language)),
            code(findings[0]["severity"]),
            filtered(f"{len(findings):,}", "findings.html", rule=rule),
        ]
        for rule, findings in by_rule.items()
    ]
    title = section(2, in_language(language, "By rule", "按规则"), "by-rule")
    return [title, about, table(headers, lines, right=[3])]


def _layer(layer: str, language: Language) -> list[str]:
    """The head of a page about the findings of one layer."""
    english, chinese, about_en, about_zh = LAYERS[layer]
    about = in_language(
        language,
        f"This page lists what one group of checks found: {about_en[:1].lower()}{about_en[1:]} Each rule gives its "
        f"reason and its first {SHOWN} findings; [all findings](../findings.md) can be filtered on another page.",
        f"本页列出一组核查的结果：{about_zh}每条规则列出理由与前 {SHOWN} 条；"
        "[全部结果](../findings.md)另有一页，可按条件筛选。",
    )
    return ["# " + in_language(language, f"Findings: {english.lower()}", f"核查结果：{chinese}"), about]


def _gravest_rules_first(findings: Iterable[Row]) -> list[Row]:
    """The findings of one rule together, rules with errors before others, errors before notices of one rule."""
    ranked = [(SEVERITIES.index(row["severity"]), row) for row in findings]
    gravest: dict[str, int] = {}
    for rank, row in ranked:
        gravest[row["rule"]] = min(rank, gravest.get(row["rule"], rank))
    ranked.sort(key=lambda pair: (gravest[pair[1]["rule"]], pair[1]["rule"], pair[0]))
    return [row for _, row in ranked]


def _introduction(findings: list[Row], language: Language) -> str:
    still_open = sum(row["status"] == "open" for row in findings)
    return in_language(
        language,
        "What the checks find wrong in a source is published, not hidden. Nothing is changed for it: the observation "
        "keeps what was printed, a correction is kept beside it in [corrections](tables/corrections.md), and a problem "
        "that is accepted says why. This release has "
        f"**{len(findings):,} findings**, {still_open:,} of them open; all are rows of [findings](tables/findings.md).",
        "核查发现的来源问题一律公开，不作掩盖，也不因此改动数据：观测值保留原文，"
        "更正另列于 [corrections](tables/corrections.md)，予以认可的问题附有理由。"
        f"本版本共有 **{len(findings):,} 条核查结果**，其中 {still_open:,} 条未决，"
        "全部收录于 [findings](tables/findings.md) 表。表中各条为英文，此处以中文转述。",
    )


def _counts(findings: list[Row], language: Language) -> str:
    counted = Counter((row["severity"], row["status"]) for row in findings)
    headers = [
        in_language(language, "Severity", "严重程度"),
        *(_code("status", status, language) for status in STATUSES),
    ]
    rows = [
        [
            _code("severity", severity, language),
            *(_filtered(counted[severity, status], severity=severity, status=status) for status in STATUSES),
        ]
        for severity in SEVERITIES
    ]
    return table(headers, rows, right=[1, 2, 3])


def _filtered(count: int, **chosen: str) -> str:
    return filtered(f"{count:,}", "findings.html", **chosen) if count else "0"


def _code(column: str, value: str, language: Language) -> str:
    meaning = load_schema("findings").field(column).descriptor["codes"][value][language]
    return f"{code(value)} {plain(meaning)}"


def _rule_section(rule: str, findings: list[Row], language: Language) -> str:
    headers = [
        in_language(language, *words)
        for words in (
            ("Row", "行"),
            ("Found", "实际内容"),
            ("Expected", "预期内容"),
            ("What it says", "说明"),
            ("Severity, status", "严重程度与状态"),
        )
    ]
    parts = [section(2, f"{code(rule)} ({len(findings):,})", rule)]
    parts += [prose(reason)] if (reason := _why(rule, language)) else []
    parts.append(table(headers, [_finding(row, language) for row in findings[:SHOWN]]))
    left = len(findings) - SHOWN
    if left > 0:
        parts.append(
            in_language(
                language,
                f"{left:,} more of this rule stand in `data/findings.csv`.",
                f"该规则另有 {left:,} 条，见 `data/findings.csv`。",
            )
        )
    return "\n\n".join(parts)


@cache
def _why(rule: str, language: Language) -> str:
    """Why a rule exists; nothing where no text says so."""
    return next((text[f"rationale_{language}"] for text in rule_texts() if text["rule"] == rule), "")


def _finding(row: Row, language: Language) -> list[str]:
    name = row["table_name"]
    holder = link(code(name), f"../tables/{name}.md") if _has_page(name) else code(name)
    where = " ".join(part for part in (holder, _row_link(row["row_id"]), code(row["field_name"])) if part)
    said = plain(why(row, language)) + (f"<br>→ {plain(text_in(language, row['reason']))}" if row["reason"] else "")
    address = state(said, "../../record.html", "f", row["finding_id"])
    return [
        where,
        plain(in_words(row["found"], language)),
        plain(in_words(row["expected"], language)),
        address,
        f"{code(row['severity'])} {code(row['status'])}",
    ]


def _row_link(row_id: str) -> str:
    """The id of a row, leading to the row where it is a printed number."""
    return state(code(row_id), "../../record.html", "o", row_id) if row_id in _numbers() else code(row_id)


@cache
def _numbers() -> frozenset[str]:
    return frozenset(row["observation_id"] for row in rows_of("observations"))


def _has_page(name: str) -> bool:
    try:
        load_schema(name)
    except FileNotFoundError:
        return False
    return True
