"""One page per metric: what it counts, how far vendors compare, its chart, who reports it and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from canonical.text_tables import Row
from release.package.markdown import (
    chart,
    code,
    front_matter,
    heading,
    link,
    place,
    plain,
    prose,
    section,
    state,
    table,
)
from release.pages.corroboration import held_share
from release.pages.data import rows_of, uses
from release.pages.finding_words import why
from release.pages.language import Language, in_language, text_of
from release.pages.leading import chart_state, counted
from release.pages.vocabulary import meaning_of

__all__ = ["metric_pages", "reach_of", "unseen"]

RESULTS = ("actual", "preliminary", "estimate")
"""Claims on the past; all others speak of what is expected, aimed at or planned."""
MOST = 60
"""Reporters that a page lists; all stand in the explorer."""
WORST = 12
"""Open findings that a page lists."""


def metric_pages(language: Language) -> Iterator[tuple[str, str]]:
    """Each page as (path without suffix, Markdown): the list of metrics, then every metric."""
    yield "metrics/index", _index(language)
    for metric in rows_of("metrics"):
        yield f"metrics/{metric['metric_id']}", _metric(metric, language)


def unseen(language: Language) -> str:
    """What stands in place of a chart where no script runs."""
    return in_language(
        language,
        "The chart needs JavaScript; the same numbers are in the table vintages.",
        "图表需要 JavaScript；相同的数字见 vintages 表。",
    )


def _index(language: Language) -> str:
    parts = [
        "# " + in_language(language, "Metrics", "指标"),
        in_language(
            language,
            "A metric is what a number measures, such as revenue or capital expenditure. Each has a page with its "
            "definition, its chart and everybody who reports it. Growth, shares, run rates, guidance and plans are "
            "no metrics: they are columns of [observations](../tables/observations.md).",
            "指标是数字所计量的内容，例如收入或资本开支。每个指标有一页，列出定义、图表与全部披露主体。"
            "增速、占比、年化值、指引与计划都不是指标，而是 [observations](../tables/observations.md) 表中的列。",
        ),
    ]
    headers = _headers(
        language, ("Metric", "指标"), ("Unit", "单位"), ("Reporters", "披露主体数"), ("Numbers", "原文数字")
    )
    metrics = sorted(rows_of("metrics"), key=lambda row: (row["quantity"], -uses("metric_id")[row["metric_id"]]))
    for quantity, rows in groupby(metrics, key=lambda row: row["quantity"]):
        meaning = meaning_of("metrics", "quantity", quantity, language)
        parts.append(section(2, heading(meaning, quantity), quantity))
        parts.append(table(headers, [_listed(row, language) for row in rows], right=[2, 3]))
    return "\n\n".join(parts)


def _headers(language: Language, *words: tuple[str, str]) -> list[str]:
    return [in_language(language, *pair) for pair in words]


def _listed(metric: Row, language: Language) -> list[str]:
    key = metric["metric_id"]
    reporters = len({row["entity_id"] for row in _prints(key)})
    return [
        f"{place(key)}{link(plain(text_of(metric, 'name', language)), f'{key}.md')} {code(key)}",
        _unit(metric, language),
        link(f"{reporters:,}", f"{key}.md#reporters") if reporters else "0",
        counted(uses("metric_id")[key], metric_id=key),
    ]


def _unit(metric: Row, language: Language) -> str:
    return code(metric["unit_id"]) or in_language(language, "million of the currency", "该货币的百万")


def _metric(metric: Row, language: Language) -> str:
    key, name = metric["metric_id"], text_of(metric, "name", language)
    parts = [front_matter(name, text_of(metric, "definition", language)), f"# {plain(name)} {code(key)}"]
    parts.append(_sentence(text_of(metric, "definition", language), language))
    if comparability := text_of(metric, "comparability", language):
        title = in_language(language, "Before vendors are compared", "比较各厂商之前")
        parts.append(f'!!! warning "{title}"\n\n    {_sentence(comparability, language)}')
    if drawn := chart_state(key):
        parts += [section(2, in_language(language, "Chart", "图表"), "chart"), chart(unseen(language), *drawn)]
    parts += _reporters(key, language) + _open_findings(key, language) + _facts(metric, language)
    return "\n\n".join(parts)


def _sentence(words: str, language: Language) -> str:
    """A text of the vocabulary with the stop that a table leaves out."""
    return prose(words if words.endswith((".", "。")) else words + in_language(language, ".", "。"))


def _prints(metric_id: str) -> list[Row]:
    return _by_metric()[metric_id]


@cache
def _by_metric() -> defaultdict[str, list[Row]]:
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows_of("observations_flat"):
        rows[row["metric_id"]].append(row)
    return rows


def _facts(metric: Row, language: Language) -> list[str]:
    """What the checks hold the metric to, as a list of terms."""
    related = [
        (("Part of the wider metric", "上位指标"), metric["broader_metric_id"]),
        (("Above the line", "分子"), metric["numerator_metric_id"]),
        (("Below the line", "分母"), metric["denominator_metric_id"]),
    ]
    narrower = [row["metric_id"] for row in rows_of("metrics") if row["broader_metric_id"] == metric["metric_id"]]
    facts = [
        (("Unit", "单位"), _unit(metric, language)),
        (("Over time", "期间性质"), meaning_of("metrics", "period_kind", metric["period_kind"], language)),
        (("Shorter periods", "时间汇总"), meaning_of("metrics", "aggregation", metric["aggregation"], language)),
        (("Sign", "符号"), meaning_of("metrics", "sign", metric["sign"], language)),
        *((words, link(code(other), f"{other}.md") if other else "") for words, other in related),
        (("Narrower metrics", "下位指标"), ", ".join(link(code(other), f"{other}.md") for other in narrower)),
        (("Also printed as", "原文别称"), plain(metric["aliases"])),
    ]
    colon = in_language(language, ": ", "：")
    lines = [f"- {in_language(language, *words)}{colon}{fact}" for words, fact in facts if fact]
    return [section(2, in_language(language, "What the checks know", "核查所依据的属性"), "facts"), "\n".join(lines)]


def _reporters(metric_id: str, language: Language) -> list[str]:
    """Who reports the metric: from when to when, how often, in how many numbers and sources."""
    prints: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _prints(metric_id):
        prints[row["entity_id"]].append(row)
    title = section(2, in_language(language, "Who reports it", "谁在披露"), "reporters")
    if not prints:
        return [title, in_language(language, "No printed number yet.", "暂无数据。")]
    headers = _headers(
        language, ("Entity", "主体"), ("From", "起"), ("To", "止"), ("Expected to", "预期至"), ("Numbers", "原文数字"),
        ("Sources", "来源数"), ("Held", "有印证"),
    )  # fmt: skip
    ranked = sorted(prints.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    parts = [title, table(headers, [_reporter(metric_id, *pair, language) for pair in ranked[:MOST]], right=[4, 5, 6])]
    held = held_share([row for rows in prints.values() for row in rows])
    said = in_language(
        language,
        f"[Another print or an equation](../corroboration/index.md) holds {held} of the numbers.",
        f"有[其他原文数字或等式印证](../corroboration/index.md)的数字：{held}。",
    )
    parts.append(said)
    if len(ranked) > MOST:
        left = len(ranked) - MOST
        said = in_language(
            language, f"{left} more entities have fewer numbers.", f"另有 {left} 个主体的数字较少，此处未列。"
        )
        parts.append(said)
    return parts


def _reporter(metric_id: str, entity_id: str, rows: list[Row], language: Language) -> list[str]:
    entity = _entities()[entity_id]
    home = f"../vendors/{entity['vendor_id']}.md#{entity_id}" if entity["vendor_id"] else f"../entities.md#{entity_id}"
    drawn = chart_state(metric_id, entity_id)
    first, last, expected, _, sources = reach_of(rows)
    return [
        link(plain(text_of(entity, "name", language)), home),
        first,
        state(last, "../../explore.html", *drawn, entity_id) if drawn and last else last,
        expected,
        counted(len(rows), metric_id=metric_id, entity_id=entity_id),
        sources,
        held_share(rows),
    ]


def reach_of(rows: Sequence[Row]) -> tuple[str, str, str, str, str]:
    """How far some observations reach, as cells of a table.

    The first and last day that results are about, the last day of what is only expected, the number of observations
    and that of their sources; a day that no observation has is empty.
    """
    results = sorted(row["period_end"] for row in rows if row["period_end"] and row["claim_status"] in RESULTS)
    expected = sorted(row["period_end"] for row in rows if row["period_end"] and row["claim_status"] not in RESULTS)
    first, last = (results[0], results[-1]) if results else ("", "")
    sources = {row["source_id"] for row in rows}
    return first, last, expected[-1] if expected else "", f"{len(rows):,}", f"{len(sources):,}"


@cache
def _entities() -> dict[str, Row]:
    return {row["entity_id"]: row for row in rows_of("entities")}


def _open_findings(metric_id: str, language: Language) -> list[str]:
    named = {row["observation_id"] for row in _prints(metric_id)}
    touching = {row["finding_id"] for row in rows_of("finding_rows") if row["row_id"] in named}
    found = [row for row in rows_of("findings") if row["finding_id"] in touching and row["status"] == "open"]
    if not found:
        return []
    lines = [
        f"- {state(plain(why(row, language)), '../../record.html', 'f', row['finding_id'])} {code(row['rule'])}"
        for row in found[:WORST]
    ]
    said = in_language(
        language,
        f"{len(found)} open findings touch numbers of this metric; the first {len(lines)} of them:",
        f"共有 {len(found)} 条未决核查结果涉及该指标，前 {len(lines)} 条如下：",
    )
    return [section(2, in_language(language, "Open findings", "未决的核查结果"), "findings"), said, "\n".join(lines)]
