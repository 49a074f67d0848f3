"""What else the words of statements say: kinds of growth, periods of labels, and the same things in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from canonical.calendars import Calendar
from canonical.labels import periods_of_label
from validation.units.given import Given
from validation.units.told_subjects import Names

__all__ = ["label_told", "measure_told", "pairs_told", "things_told"]

Row = dict[str, Any]
Said = Iterator[tuple[str, str, str]]

GROWTH = re.compile(r"growth|growing|faster|speeds? up|增速|增长|环比|同比", re.IGNORECASE)
ON_PERIOD = re.compile(r"quarter before|previous quarter|sequential|环比", re.IGNORECASE)
FUTURE = re.compile(r"未来|next .* years|coming")
ENOUGH, MANY, SHOWN = 5, 20, 3
"""Of more statements than the first number an entity is one that a document of so many or more tells of without its
name; so many entities are shown."""
THINGS = {
    name: (re.compile(english, re.IGNORECASE), re.compile(chinese))
    for name, english, chinese in (
        ("figure", r"\bfigure\b", "图"), ("table", r"\btable\b", "表"), ("wind", r"\bwind\b", "(?i:wind)"),
        ("price", r"pric|dearer|fees|paid", "价|收费"),
        ("open source", r"\bopen", "开源"),
        ("customer", r"customer|users", "客户|用户"), ("cooling", r"cooling|heat", "液冷|风冷|散热"),
        ("optical", r"optical", "光模块|光通信"), ("server", r"\bservers?\b", "服务器"),
        ("chip", r"\bchips?\b", "芯片"),
        ("training", r"training", "训练"), ("margin", r"margin", "利润率|毛利率"),
        ("etf", r"\bETF\b", "ETF"),
        ("data centre", r"data cent", "数据中心|IDC|节点"), ("site", r"\bsites\b", "节点"),
        ("spending", r"spending|capex|purchases", "资本开支|投入|购置|支出"),
        ("ebitda", r"EBITA|EBITDA", "EBITA|EBITDA"),
        ("token", r"\btokens?\b|call volume", "Token|调用"), ("revenue", r"revenue", "收入|变现"),
        ("turning point", r"turning point", "拐点|转折"), ("chain", r"\bchain\b", "产业链|算力链|供应链|链条|上游"),
        ("bottleneck", r"bottleneck", "瓶颈"), ("rental", r"rent", "租"), ("power", r"power suppl", "电源|供配电"),
        ("domestic", r"domestic|localisation", "国产"), ("share", r"\bshare of\b", "份额|占比"),
        ("abroad", r"world|global|abroad|international|Middle East|Asia|Dubai|Malaysia",
         "全球|国际|世界|海外|中东|东南亚|迪拜|马来西亚"),
        ("results", r"\bresults\b", "业绩"), ("ability", r"abilit|technical reach", "能力|影响力"),
        ("demand", r"demand|need", "需求"), ("tier", r"tiered", "分层"),
    )
}  # fmt: skip
"""Things by words in English and in Chinese that both texts of a statement name."""


def label_told(row: Row, calendar: Calendar | None) -> Said:
    """Labels of a period on rows without one, and labels of what is to come on what is told of the past."""
    label = row["period_label"]
    if label and not row["period_end"] and periods_of_label(label, calendar):
        yield "period_label", "an empty cell, or the period of the label", "the label names a period, the row has none"
    if label and FUTURE.search(label) and row["claim_status"] in ("actual", "preliminary"):
        yield "period_label", "a label of the period", "the label is of what is to come, and the row of the past"


def measure_told(row: Row) -> Said:
    """Kinds of growth of which no word tells, and levels that words tell as growth."""
    text = f"{row['text_en']} {row['text_zh']}"
    if row["measure"].startswith("growth"):
        if not GROWTH.search(text):
            yield "measure", "level, or an empty cell", "no word tells of growth"
        elif (row["measure"] == "growth_prev") != bool(ON_PERIOD.search(text)):
            other = "growth_yoy" if row["measure"] == "growth_prev" else "growth_prev"
            yield "measure", other, "the words tell of growth on another period"
    if row["measure"] == "level" and GROWTH.search(text):
        yield "measure", "growth_yoy or growth_prev", "the words tell of growth"


def things_told(row: Row) -> Said:
    """Two texts of which each names things, and none of them are the same."""
    english = {name for name, (words, _) in THINGS.items() if words.search(row["text_en"])}
    chinese = {name for name, (_, words) in THINGS.items() if words.search(row["text_zh"])}
    if english and chinese and not english & chinese:
        told = f"{', '.join(sorted(english))} there, {', '.join(sorted(chinese))} here"
        yield "text_zh", "the words of text_en", f"the two texts tell of other things: {told}"


def pairs_told(rows: Sequence[Row], names: Names, given: Given) -> Iterator[tuple[int, str, str, str]]:
    """Statements of an entity that their words do not name, and of whose metric their document tells nothing else.

    An entity of which it tells often, or against which it holds another, goes without its name.
    """
    numbers = given.counts("observations", ("source_id", "entity_id", "metric_id"))
    told: Counter[tuple[str, ...]] = Counter()
    for source, entity, metric, count in () if numbers is None else numbers.iter_rows():
        told[source, entity, metric] += count
    for row in rows:
        told[row["source_id"], row["entity_id"], row["metric_id"]] += 1
    often = Counter((row["source_id"], row["entity_id"]) for row in rows)
    against = {(row["source_id"], row["versus"]) for row in rows}
    of_source = Counter(row["source_id"] for row in rows)
    for at, row in enumerate(rows):
        source, entity, metric = row["source_id"], row["entity_id"], row["metric_id"]
        words = f"{row['text_en']} {row['text_zh']}"
        is_alone = entity and told[source, entity, metric] == 1 and often[source, entity] <= ENOUGH
        is_alone = is_alone and of_source[source] >= MANY and (source, entity) not in against
        if is_alone and not _is_named(entity, words, names, given.reference.entities):
            others = [e for (s, e, m), _ in told.most_common() if (s, m) == (source, metric) and e not in ("", entity)]
            usual = others or [e for (s, e), _ in often.most_common() if s == source and e not in ("", entity)]
            message = f"no word names {entity}, and its document tells nothing else like it of {entity}"
            yield at, "entity_id", " or ".join(usual[:SHOWN]), message


def _is_named(entity: str, words: str, names: Names, entities: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether words name an entity, or have the first word of its name, or the first two signs of its Chinese name."""
    row = entities.get(entity, {})
    first, chinese = re.split(r"[ (（]", row.get("name_en", ""))[0], row.get("name_zh", "")[:2]
    return entity in names.said(words) or (len(first) > SHOWN and first in words) or bool(chinese and chinese in words)
