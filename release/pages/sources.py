"""The sources, by kind and in the order of trust, with what each asks to be credited with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from canonical.table_schema import load_schema
from canonical.text_tables import Row
from release.package.markdown import heading, link, place, plain, state, table
from release.pages.cutting import cut
from release.pages.data import rows_of, uses
from release.pages.language import Language, in_language

__all__ = ["credits_to", "source_pages"]

INTRODUCTION = {
    "en": "# Sources\n\nThis page leads to every document that a number comes from, by kind, in the order in which "
    "they are trusted where they differ. All are rows of the table [sources](../tables/sources.md).",
    "zh": "# 来源\n\n本数据集中每个数字所依据的文件，取自 [sources](../tables/sources.md) 表，"
    "按类别与取数规则的可信顺序排列。",
}
OF_ONE_KIND = {
    "en": "*Rows* counts the observations and prices that the document states; its title leads to them, with the place "
    "of each, its corrections and its findings. All kinds are [listed here](index.md).",
    "zh": "“行数”为该文件所陈述的观测值与价格条数；标题链接到这些数字及其位置、更正与核查结果。[全部类别](index.md)。",
}


def source_pages(language: Language) -> Iterator[tuple[str, str]]:
    """Each page as (path without suffix, Markdown): the list of kinds, then the sources of each kind."""
    kinds = load_schema("sources").field("kind").descriptor["codes"]
    listed: list[list[str]] = []
    for kind, meaning in kinds.items():
        rows = sorted((row for row in rows_of("sources") if row["kind"] == kind), key=_latest_first)
        parts = cut(kind, rows, lambda row, written: " | ".join(_row(row, written)))
        for stem, part in parts:
            title = heading(plain(meaning[language]), kind) + (f" {_span(part)}" if len(parts) > 1 else "")
            yield f"sources/{stem}", _of_kind(title, part, language)
        pages = " ".join(link(_span(part), f"{stem}.md") for stem, part in parts)
        listed.append([heading(plain(meaning[language]), kind), f"{len(rows):,}", pages])
    headers = [in_language(language, *words) for words in (("Kind", "类别"), ("Sources", "来源数"), ("Pages", "页面"))]
    listed = [row for row in listed if row[2]]
    yield "sources/index", f"{INTRODUCTION[language]}\n\n{table(headers, listed, right=[1])}"


def _of_kind(title: str, rows: Sequence[Row], language: Language) -> str:
    headers = [
        in_language(language, *words)
        for words in (("Published", "发布日期"), ("Source", "来源"), ("Publisher", "发布者"), ("Rows", "行数"))
    ]
    shown = table(headers, [_row(row, language) for row in rows], right=[3])
    return f"# {title}\n\n{OF_ONE_KIND[language]}\n\n{shown}"


def _span(rows: Sequence[Row]) -> str:
    """The years of the sources of a page, the latest first."""
    years = [row["published_on"][:4] for row in rows if row["published_on"]]
    return f"{years[0]}–{years[-1]}" if years else "…"


def _latest_first(row: Row) -> tuple[int, str]:
    digits = row["published_on"].replace("-", "")
    return (-int(digits) if digits.isdecimal() else 0, row["source_id"])


def _row(row: Row, language: Language) -> list[str]:
    title = state(plain(row["title"]), "../../record.html", "s", row["source_id"])
    away = f" {link('↗', row['url'])}" if row["url"] else ""
    unknown = in_language(language, "unknown", "未知")
    return [
        plain(_published(row)) or unknown,
        f"{title}{away}{place(row['source_id'])}",
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
