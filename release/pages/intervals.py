"""The interval table: what each printed form stands for, from `schemas/precision.csv`, with prints of the data."""

from __future__ import annotations

from collections.abc import Iterator

from canonical.table_schema import SCHEMAS
from canonical.text_tables import Row, read_rows
from release.package.markdown import code, link, plain, table
from release.pages.data import rows_of
from release.pages.language import Language, in_language

__all__ = ["interval_pages"]


def interval_pages(language: Language) -> Iterator[tuple[str, str]]:
    """The interval table as (path without suffix, Markdown); `docs/checks/intervals.md` takes it in and explains it."""
    headers = [
        in_language(language, *words)
        for words in (
            ("Printed words", "原文措辞"),
            ("bound", "bound"),
            ("precision_word", "precision_word"),
            ("value", "value"),
            ("Stands for", "代表的区间"),
            ("A print in the data", "数据中的实例"),
        )
    ]
    rows = [_row(convention, language) for convention in read_rows(SCHEMAS / "precision.csv")]
    yield "_intervals", table(headers, rows)


def _row(convention: Row, language: Language) -> list[str]:
    words = [word for key in ("words_en", "words_zh") for word in convention[key].split(";") if word]
    return [
        plain(", ".join(words)) or in_language(language, *WITHOUT_WORDS[convention["bound"]]),
        code(convention["bound"]),
        code(convention["precision_word"]),
        plain(convention["value"]),
        plain(_ends(convention["value_low"], convention["low_end"], convention["value_high"], convention["high_end"])),
        _instance(convention, language),
    ]


WITHOUT_WORDS = {
    "eq": ("digits known to be cut off, not rounded", "已知为截断而非四舍五入的数字"),
    "range": ("one quantity between two printed ends", "介于两端之间的一个数"),
    "range_up": ("a range whose upper end is itself open", "上端本身不封顶的区间"),
    "spread": ("many items, lowest to highest", "多个项目，由低到高"),
}


def _ends(low: str, low_end: str, high: str, high_end: str) -> str:
    left = "(−∞" if not low else ("(" if low_end == "open" else "[") + low
    right = "∞)" if not high else high + (")" if high_end == "open" else "]")
    return f"{left}, {right}"


def _instance(convention: Row, language: Language) -> str:
    """The first such print of the data that quotes its words: as printed, and the interval it became."""
    for row in rows_of("observations"):
        same = (row["bound"], row["precision_word"]) == (convention["bound"], convention["precision_word"])
        if same and row["printed_text"]:
            interval = _ends(row["value_low"], convention["low_end"], row["value_high"], convention["high_end"])
            unit = row["unit_id"]
            return (
                f"{plain(row['printed_text'])} → {plain(interval)} {link(code(unit), f'../reference/units.md#{unit}')}"
            )
    return in_language(language, "none yet", "暂无")
