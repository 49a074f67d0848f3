"""Edits of what documents say beside numbers: supply chains, instruments, ratings and statements."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from benchmarks.held_kind import (
    HeldKind,
    cell_of_another,
    days_off,
    deleted,
    digit_replaced,
    digits_exchanged,
    edited,
    flipped,
    letters_exchanged,
    mangled_locator,
    once_more,
    one_of,
    other_year,
)
from canonical.text_tables import Row

__all__ = ["HARMLESS", "KINDS"]

LINKS, INSTRUMENTS, RATINGS, TOLD = "supply_chain_links", "instruments", "ratings", "statements"


def _typo(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    text = row["printed_stage"]
    at = rng.randrange(len(text))
    return {"printed_stage": text[:at] + text[at + 1 :]} if len(text) > 1 else None


def _suffix(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    number, point, exchange = row["code"].partition(".")
    if not point:
        return {"code": f"{number}.{'SZ' if number.startswith('5') else 'SH'}"} if number else None
    return {"code": f"{number}.{rng.choice([e for e in ('SH', 'SZ', 'HK', 'BJ') if e != exchange])}"}


def _texts_exchanged(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"text_en": row["text_zh"], "text_zh": row["text_en"]}


def _number_off(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    numbers = list(re.finditer(r"[0-9]+", row["text_en"]))
    if not numbers:
        return None
    at = rng.choice(numbers)
    return {"text_en": f"{row['text_en'][: at.start()]}{int(at[0]) + 1}{row['text_en'][at.end() :]}"}


def _more_words(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"text_en": f"{row['text_en']}, the note says"}


def _spelling(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    word = rng.choice(
        [w for w in ("growth", "revenue", "price", "prices", "companies", "models", "") if w in row["text_en"]]
    )
    return {"text_en": row["text_en"].replace(word, f"the {word}", 1)} if word else None


def _longer(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"name_en": f"{row['name_en']} {rng.choice(('(price)', 'of the day', 'series'))}"}


def _subject(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"subject": rng.choice(("alibaba", "software-industry", "alibaba-cloud", "computer", "media-industry"))}


def _level(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str]:
    return {"level": rng.choice(("neutral", "underperform", "no-rating", "buy"))}


def _blank(row: Row, rows: Sequence[Row], rng: random.Random) -> dict[str, str] | None:
    """The caption with one blank more, as another reader copies it."""
    text = row["printed_stage"]
    return {"printed_stage": f"{text[:2]} {text[2:]}"} if len(text) > 2 else None


KINDS = (
    HeldKind("company", LINKS, "another company", "公司录错", cell_of_another("company_id")),
    HeldKind(
        "mistyped_company",
        LINKS,
        "two letters of the company exchanged",
        "公司代码两个字母对调",
        letters_exchanged("company_id"),
    ),
    HeldKind("stage", LINKS, "another stage", "环节录错", cell_of_another("stage_id")),
    HeldKind("caption", LINKS, "a sign of the caption left out", "标题漏一个字", edited(_typo)),
    HeldKind("other_caption", LINKS, "another caption", "标题录成另一个", cell_of_another("printed_stage")),
    HeldKind(
        "role", LINKS, "another role", "角色录错", one_of("role", "recommended", "beneficiary", "related", "unlabelled")
    ),
    HeldKind("mark", LINKS, "another mark", "标注范围录错", one_of("mark_scope", "own", "group", "column", "none")),
    HeldKind(
        "place",
        LINKS,
        "another place of the document",
        "位置录成另一处",
        cell_of_another("locator", within=("source_id",)),
    ),
    HeldKind("page", LINKS, "a digit of the place replaced", "位置中的数字录错", digit_replaced("locator")),
    HeldKind("locator", LINKS, "a place as people write it", "位置写法不合", mangled_locator),
    HeldKind("open", LINKS, "an open list or not", "是否列尽颠倒", flipped("open_list")),
    HeldKind("source", LINKS, "another source", "来源录错", cell_of_another("source_id")),
    HeldKind("missing", LINKS, "a company left out", "漏掉一家公司", deleted),
    HeldKind("twice", LINKS, "a row entered twice", "同一行录入两次", once_more),
    HeldKind("digits", INSTRUMENTS, "two digits of the code exchanged", "代码两位数字对调", digits_exchanged("code")),
    HeldKind("digit", INSTRUMENTS, "a digit of the code replaced", "代码换掉一位数字", digit_replaced("code")),
    HeldKind("exchange", INSTRUMENTS, "another exchange", "交易所录错", edited(_suffix)),
    HeldKind("code", INSTRUMENTS, "the code of another instrument", "取了另一工具的代码", cell_of_another("code")),
    HeldKind("kind", INSTRUMENTS, "another kind", "种类录错", one_of("kind", "etf", "index")),
    HeldKind("name", INSTRUMENTS, "the English name of another", "英文名取自另一工具", cell_of_another("name_en")),
    HeldKind("name_zh", INSTRUMENTS, "the Chinese name of another", "中文名取自另一工具", cell_of_another("name_zh")),
    HeldKind("id", INSTRUMENTS, "a digit of the id replaced", "编号换掉一位数字", digit_replaced("instrument_id")),
    HeldKind("source", INSTRUMENTS, "another source", "来源录错", cell_of_another("source_id")),
    HeldKind("locator", INSTRUMENTS, "a place as people write it", "位置写法不合", mangled_locator),
    HeldKind("missing", INSTRUMENTS, "an instrument left out", "漏掉一个工具", deleted),
    HeldKind("twice", INSTRUMENTS, "a row entered twice", "同一行录入两次", once_more),
    HeldKind("level", RATINGS, "another level", "级别录错", edited(_level)),
    HeldKind("scale", RATINGS, "the scale of shares", "用了个股的评级体系", one_of("rating_scale_id", "guosen.stock")),
    HeldKind(
        "action",
        RATINGS,
        "another action",
        "变动录错",
        one_of("action", "initiated", "raised", "lowered", "none", "maintained"),
    ),
    HeldKind("subject", RATINGS, "another subject", "对象录错", edited(_subject)),
    HeldKind(
        "subject_zh",
        RATINGS,
        "another Chinese subject",
        "中文对象录错",
        one_of("subject_zh", "传媒", "电子", "阿里巴巴"),
    ),
    HeldKind(
        "source",
        RATINGS,
        "another source",
        "来源录错",
        one_of("source_id", "industry-research-2025-11-26", "amazon-results-2025-q4"),
    ),
    HeldKind("locator", RATINGS, "a place as people write it", "位置写法不合", mangled_locator),
    HeldKind("twice", RATINGS, "a row entered twice", "同一行录入两次", once_more),
    HeldKind("source", TOLD, "another source", "来源录错", cell_of_another("source_id")),
    HeldKind("locator", TOLD, "a place as people write it", "位置写法不合", mangled_locator),
    HeldKind("page", TOLD, "a digit of the place replaced", "位置中的数字录错", digit_replaced("locator")),
    HeldKind("kind", TOLD, "another kind", "种类录错", cell_of_another("kind")),
    HeldKind("entity", TOLD, "another entity", "主体录错", cell_of_another("entity_id")),
    HeldKind("metric", TOLD, "another metric", "指标录错", cell_of_another("metric_id")),
    HeldKind("measure", TOLD, "another measure", "度量录错", cell_of_another("measure")),
    HeldKind("breakdown", TOLD, "another breakdown", "细分录错", cell_of_another("breakdown_id")),
    HeldKind("type", TOLD, "another type of period", "期间类型录错", cell_of_another("period_type")),
    HeldKind("end_year", TOLD, "the end a year off", "期末差一年", other_year("period_end")),
    HeldKind("start", TOLD, "the start a month off", "期初差一个月", days_off("period_start", -31, 31)),
    HeldKind("label", TOLD, "the label of another", "期间标签录错", cell_of_another("period_label")),
    HeldKind(
        "relation",
        TOLD,
        "another relation",
        "关系录错",
        one_of("relation", "rises_every_period", "falls_every_period", "higher_than", "accelerates", "first"),
    ),
    HeldKind("versus", TOLD, "held against another", "比较对象录错", cell_of_another("versus")),
    HeldKind(
        "status", TOLD, "another status", "声明状态录错", one_of("claim_status", "actual", "forecast", "target", "plan")
    ),
    HeldKind("text_en", TOLD, "the English text of another", "英文取自另一条", cell_of_another("text_en")),
    HeldKind("text_zh", TOLD, "the Chinese text of another", "中文取自另一条", cell_of_another("text_zh")),
    HeldKind("texts", TOLD, "the two texts exchanged", "中英文颠倒", edited(_texts_exchanged)),
    HeldKind("number", TOLD, "a number of the text one off", "文字中的数字差一", edited(_number_off)),
    HeldKind("missing", TOLD, "a statement left out", "漏掉一条陈述", deleted),
    HeldKind("twice", TOLD, "a row entered twice", "同一行录入两次", once_more),
)
HARMLESS = (
    HeldKind("blank", LINKS, "a blank in the caption", "标题中多一个空格", edited(_blank), True),
    HeldKind("longer_name", INSTRUMENTS, "a longer name", "更长的名称", edited(_longer), True),
    HeldKind("more_words", TOLD, "more words", "更多文字", edited(_more_words), True),
    HeldKind("spelling", TOLD, "a corrected word", "改正一个词", edited(_spelling), True),
)
