"""The sources, by kind and in the order of trust, with what each asks to be credited with."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.package.markdown import code, heading, link, place, plain, section, table
from release.pages.data import rows_of, uses
from release.pages.language import Language, in_language

__all__ = ["credits_to", "source_pages"]

INTRODUCTION = {
    "en": "# Sources\n\nEvery document a number comes from, from the table [sources](tables/sources.md), in the order "
    "of trust that the headline rule uses. *Rows* counts the observations and prices that the document states.",
    "zh": "# 来源\n\n本数据集中每个数字所依据的文件，取自 [sources](tables/sources.md) 表，"
    "按主序列取数规则的可信顺序排列。"
    "“行数”为该文件所陈述的观测值与价格条数。",
}


def source_pages(language: Language) -> Iterator[tuple[str, str]]:
    """The one page of sources, as (path without suffix, Markdown)."""
    parts = [INTRODUCTION[language]]
    kinds = load_schema("sources").field("kind").descriptor["codes"]
    headers = [
        in_language(language, *words)
        for words in (("Published", "发布日期"), ("Source", "来源"), ("Publisher", "发布者"), ("Rows", "行数"))
    ]
    for kind, meaning in kinds.items():
        rows = sorted((row for row in rows_of("sources") if row["kind"] == kind), key=_latest_first)
        if rows:
            parts.append(section(2, f"{heading(plain(meaning[language]), kind)} ({len(rows):,})", kind))
            parts.append(table(headers, [_row(row, language) for row in rows], right=[3]))
    yield "sources", "\n\n".join(parts)


def _latest_first(row: Row) -> tuple[int, str]:
    digits = row["published_on"].replace("-", "")
    return (-int(digits) if digits.isdecimal() else 0, row["source_id"])


def _row(row: Row, language: Language) -> list[str]:
    title = plain(row["title"])
    named = link(title, row["url"]) if row["url"] else title
    anchor = f"<br>{place(row['source_id'])}{code(row['source_id'])}"
    unknown = in_language(language, "unknown", "未知")
    return [
        plain(_published(row)) or unknown,
        named + anchor,
        plain(row["publisher"]),
        f"{uses('source_id')[row['source_id']]:,}",
    ]


def _published(row: Row) -> str:
    """The printed date, no finer than it was printed."""
    year, month, _ = [*row["published_on"].split("-"), "", "", ""][:3]
    return {
        "day": row["published_on"],
        "month": f"{year}-{month}",
        "quarter": f"{year}-Q{(int(month) + 2) // 3}" if month.isdecimal() else "",
        "year": year,
    }.get(row["published_precision"], "")


def credits_to(language: Language) -> str:
    """The words that sources ask to be credited with, as a Markdown list; one line per wording."""
    wordings = sorted({row["attribution"] for row in rows_of("sources") if row["attribution"]})
    nobody = in_language(language, "No source asks for words of its own.", "目前没有来源要求使用特定措辞。")
    return "\n".join(f"- {plain(words)}" for words in wordings) or nobody
