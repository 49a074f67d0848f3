"""What holds the numbers: shares by vendor and metric, and the work list of those that nothing holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from canonical.reference import Reference
from canonical.text_tables import Row
from release.package.markdown import code, link, plain, section, state, table
from release.pages.cutting import cut
from release.pages.data import rows_of
from release.pages.language import Language, in_language, text_of
from release.pages.leading import counted
from release.pages.vocabulary import meaning_of
from validation.advice import ADVICE, advice_of
from validation.corroboration import LEVELS, UNHELD

__all__ = ["corroboration_pages", "held_share"]

TABLE = "observations_flat"
ADVICE_ZH = {
    "period": "补上期间",
    "print": "补上另一处原文数字",
    "levels_of_year": "补上本期与上年同期的数值",
    "levels_of_period": "补上本期与上一期的数值",
    "levels_of_whole": "补上本期与上年同期的数值，以及整体的上年同期数值",
    "readings": "补上区间首日与末日的数值",
    "part_and_whole": "补上部分与整体的数值",
    "quarter_of_rate": "补上截至该日的季度数值",
    "month_of_rate": "补上截至该日的月度数值",
    "parts_of_quotient": "补上相除的两个数值，如利润与收入",
    "difference": "补上同比变动与上年同期的数值",
    "growth": "补上同比增速与上年同期的数值",
    "year_of_quarter": "补上全年总额与其余三个季度",
    "year_of_half": "补上全年总额与另一个半年",
    "quarters_of_it": "补上其中各季度",
}
LISTED = "~".join(level for level in LEVELS if level in UNHELD)
MOST = 40
"""Metrics that the page lists; the others have few numbers."""


def corroboration_pages(language: Language) -> Iterator[tuple[str, str]]:
    """Each page as (path without suffix, Markdown): the shares, then the work list, cut where it grows."""
    lists = cut("corroboration/work-list", _unheld(), _of_vendor)
    yield "corroboration/index", "\n\n".join((*_shares(language), *_contents(lists, language)))
    for number, (stem, vendors) in enumerate(lists, start=1):
        title = in_language(language, f"What is still to be held, {number}", f"待补的印证（{number}）")
        about = in_language(
            language,
            "This page lists numbers that nothing else in the data bears out yet, a line for each series, with what "
            "would bear out most of them. [All lists](index.md#work-list).",
            "本页列出本数据集中尚无其他内容可以印证的数字，每行为一个序列，并说明补上什么即可。[全部清单](index.md#work-list)。",
        )
        yield stem, "\n\n".join((f"# {title}", about, *(_of_vendor(vendor, language) for vendor in vendors)))


def held_share(rows: Sequence[Row]) -> str:
    """How many of some rows of `observations_flat` another print or an equation holds, as `12 / 20`."""
    return f"{sum(row['corroboration'] not in UNHELD for row in rows):,} / {len(rows):,}"


@cache
def _grouped(column: str) -> dict[str, list[Row]]:
    """The rows by a column, the groups with most rows first."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows_of(TABLE):
        found[row[column]].append(row)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _shares(language: Language) -> Iterator[str]:
    rows = rows_of(TABLE)
    yield "# " + in_language(language, "What holds the numbers", "数字的印证")
    yield in_language(
        language,
        f"Each of the {len(rows):,} printed numbers is compared with every other number printed for the same fact and "
        "with all numbers that it must fit. The table says what bears it out best. How this is counted, and what it "
        "does not show, is on the page of the [method](../../method/corroboration.md); the same words are in the "
        "column `corroboration` of [observations_flat](../tables/observations_flat.md) and of the series.",
        f"{len(rows):,} 个原文数字逐一与同一事实的其他原文数字、以及与之应当吻合的全部数字相对照。"
        "下表列出各数字最强的印证。计数方法及其局限见[方法](../../method/corroboration.md)一页；"
        "同样的取值见 [observations_flat](../tables/observations_flat.md) 及各序列表的 `corroboration` 列。",
    )
    counts = Counter(row["corroboration"] for row in rows)
    words = (("What holds it", "最强印证"), ("Meaning", "含义"), ("Numbers", "数字"), ("Share", "占比"))
    lines = [
        [
            code(x),
            meaning_of(TABLE, "corroboration", x, language),
            counted(counts[x], corroboration=x),
            _percent(counts[x], len(rows)),
        ]
        for x in LEVELS
    ]
    yield table([in_language(language, *pair) for pair in words], lines, right=[2, 3])
    yield from _by("vendor_id", in_language(language, "By vendor", "按厂商"), "vendors", _vendor_name, language)
    yield from _by("metric_id", in_language(language, "By metric", "按指标"), "metrics", _metric_name, language)


def _by(
    column: str, title: str, folder: str, name: Callable[[str, Language], str], language: Language
) -> Iterator[str]:
    groups = list(_grouped(column).items())
    lines = [
        [
            link(plain(name(key, language)), f"../{folder}/{key}.md") if key else name(key, language),
            *_counts(rows, column, key),
        ]
        for key, rows in groups[:MOST]
    ]
    words = in_language(language, "Name", "名称"), in_language(language, "Numbers", "数字")
    yield section(2, title, f"by-{folder}")
    yield table([*words, *(code(level) for level in LEVELS), in_language(language, "Held", "有印证")], lines,
                right=range(1, len(LEVELS) + 3))  # fmt: skip
    if groups[MOST:]:
        others = [row for _, rows in groups[MOST:] for row in rows]
        yield in_language(
            language,
            f"The other {len(groups) - MOST} have {len(others):,} numbers, of which {held_share(others)} are held.",
            f"其余 {len(groups) - MOST} 项共 {len(others):,} 个数字，其中有印证者 {held_share(others)}。",
        )


def _counts(rows: Sequence[Row], column: str, key: str) -> list[str]:
    counts = Counter(row["corroboration"] for row in rows)
    held = sum(counts[level] for level in LEVELS if level not in UNHELD)
    levels = [counted(counts[level], **{column: key}, corroboration=level) for level in LEVELS]
    return [counted(len(rows), **{column: key}), *levels, _percent(held, len(rows))]


def _percent(part: int, whole: int) -> str:
    return f"{part / whole * 100:.0f} %" if whole else ""


def _unheld() -> list[str]:
    """The vendors of which some number is held by a limit at most, those with most numbers first."""
    return [vendor for vendor, rows in _grouped("vendor_id").items() if any(_is_unheld(row) for row in rows)]


def _is_unheld(row: Row) -> bool:
    return row["corroboration"] in UNHELD


def _contents(lists: Sequence[tuple[str, Sequence[str]]], language: Language) -> Iterator[str]:
    """Where the numbers are listed that nothing holds."""
    yield section(2, in_language(language, "What is still to be held", "待补的印证"), "work-list")
    yield in_language(
        language,
        "The numbers of these vendors could be others of the same order of size, and nothing would show it. The lists "
        "have a line for each series and say what would hold most of its numbers. "
        "`python -m validation.corroboration --unheld` writes every one of them.",
        "以下厂商的这些数字若换成同一量级的其他数字，不会被发现。清单中每行为一个序列，并说明补上什么即可为其中多数数字提供印证。"
        "运行 `python -m validation.corroboration --unheld` 可逐条列出。",
    )
    lines: list[str] = []
    for stem, vendors in lists:
        for vendor in vendors:
            place = f"{stem.rpartition('/')[2]}.md#{vendor or 'markets'}"
            count = sum(map(_is_unheld, _grouped("vendor_id")[vendor]))
            lines.append(f"- {link(plain(_vendor_name(vendor, language)), place)} {count:,}")
    yield "\n".join(lines)


def _of_vendor(vendor: str, language: Language) -> str:
    """The series of a vendor with numbers that at most a limit holds, and what would hold them."""
    headers = [
        in_language(language, *pair)
        for pair in (
            ("Entity", "主体"), ("Metric", "指标"), ("Measure", "度量"), ("Numbers", "数字"), ("First", "首个"),
            ("What would hold them", "补上什么"),
        )
    ]  # fmt: skip
    unheld = [row for row in _grouped("vendor_id")[vendor] if _is_unheld(row)]
    title = section(2, f"{plain(_vendor_name(vendor, language))}: {len(unheld):,}", vendor or "markets")
    return f"{title}\n\n{table(headers, list(_series(unheld, language)), right=[3])}"


def _series(unheld: Sequence[Row], language: Language) -> Iterator[list[str]]:
    series: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in unheld:
        series[row["entity_id"], row["metric_id"], row["measure"]].append(row)
    for (entity, metric, measure), rows in sorted(series.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        first = min(rows, key=lambda row: (row["period_end"], row["observation_id"]))
        shown = plain(first["period_label"] or first["period_end"] or first["observation_id"])
        yield [
            code(entity), link(code(metric), f"../metrics/{metric}.md"), code(measure),
            counted(len(rows), entity_id=entity, metric_id=metric, measure=measure, corroboration=LISTED),
            state(shown, "../../record.html", "o", first["observation_id"]), _advice(rows, language),
        ]  # fmt: skip


def _advice(rows: Sequence[Row], language: Language) -> str:
    """What would hold at least half of some numbers."""
    keys = Counter(key for row in rows for key in advice_of(row, _reference(), _levels()))
    usual = [key for key in ADVICE if keys[key] * 2 >= len(rows)]
    words = ADVICE if language == "en" else ADVICE_ZH
    return in_language(language, "; ", "；").join(words[key] for key in usual)


@cache
def _reference() -> Reference:
    """The reference tables, read once for all numbers."""
    return Reference()


@cache
def _levels() -> frozenset[str]:
    """The metrics of which any level is known."""
    return frozenset(row["metric_id"] for row in rows_of(TABLE) if row["measure"] == "level")


def _vendor_name(vendor_id: str, language: Language) -> str:
    none = in_language(language, "markets and aggregates", "市场与合计")
    return _names("vendors", "vendor_id", language).get(vendor_id, none)


def _metric_name(metric_id: str, language: Language) -> str:
    return _names("metrics", "metric_id", language)[metric_id]


@cache
def _names(name: str, key: str, language: Language) -> dict[str, str]:
    return {row[key]: text_of(row, "name", language) for row in rows_of(name)}
