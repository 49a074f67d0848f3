"""The figures of the trial of tables beside observations: kept as a table, told in a section of the page."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path

from benchmarks.held_kind import HeldKind
from canonical.csv_lines import csv_lines
from canonical.table_schema import ROOT

__all__ = ["FIGURES", "PAGES", "section", "wilson", "with_section", "write_figures"]

FIGURES = Path(__file__).with_name("held_figures.csv")
PAGES = {"en": ROOT / "docs/method/detection-power.md", "zh": ROOT / "docs/method/detection-power.zh.md"}
COLUMNS = ("table_name", "kind", "words_en", "words_zh", "is_harmless", "trials", "found", "found_by_content", "rules")
SURE = 1.96
"""Standard deviations of a normal distribution that hold 95 % of it."""
TITLES = {"en": "## Tables beside observations", "zh": "## 观测值以外的表"}
INTRO = {
    "en": "`python -m benchmarks.held_tables --write` edits one table of a copy of the package at a time and checks it "
    "as `make check` does. *Found* counts every finding that the clean table has not; *by its content* leaves out the "
    "comparison with the last build (`V.settled_cell`), which names any change of a cell that no source revises, "
    "whether the change is wrong or right, and which ends with the next build. Intervals are Wilson's at 95 %.",
    "zh": "`python -m benchmarks.held_tables --write` 每次改动数据集副本中的一张表，再像 `make check` 那样核查。"
    "“检出”指原表没有、改动后才有的任何核查结果；“凭内容检出”不计与上次构建的比较（`V.settled_cell`）："
    "凡来源从不修订的单元格有改动，它都会指出，不论改动对错，重新构建后即消失。区间为 95 % 的 Wilson 区间。",
}
HEADS = {
    "en": (
        "| table | edits | found | by its content |",
        "| table | kind of edit | edits | found | by its content | by which rules |",
    ),
    "zh": ("| 表 | 改动 | 检出 | 凭内容检出 |", "| 表 | 改动种类 | 改动数 | 检出 | 凭内容检出 | 由哪些规则 |"),
}
HARMLESS = {
    "en": "Of {} harmless edits (a rate of the next day, a region that the newest version names, another true name, "
    "more words) {} raised a finding.",
    "zh": "{} 次无害改动（下一日的汇率、最新版本新列的地区、另一真实名称、更多文字）中，{} 次引出核查结果。",
}
WHY = {
    "en": "What is low stays low for a reason. A last digit of a rate, the rate of a quiet day before or a mean of the "
    "month lie within what the pair does every day: no other number at hand tells them apart, so that only the "
    "comparison with the last build names them. A place on another page, a metric of words that tell none, a scope, a "
    "category or a country is held by the document alone.",
    "zh": "偏低者自有原因。汇率的末位、平静的前一日的汇率或月平均都在该货币对的日常波动之内，"
    "手头没有别的数字可以分辨，只有与上次构建比较才会指出。"
    "错到另一页的位置、文字未提及的指标、范围、类别或国家，只有文件本身能够核对。",
}


def wilson(found: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of Wilson of a share.

    >>> [round(end, 3) for end in wilson(15, 15)]
    [0.796, 1.0]
    """
    if not trials:
        return 0.0, 1.0
    share, spread = found / trials, SURE**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = SURE * sqrt(share * (1 - share) / trials + spread / trials / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def write_figures(outcomes: Iterable[tuple[HeldKind, int, int, int, Counter[str]]]) -> None:
    """Keep the figures, each kind with its edits, those found and those found by content; tell them on the pages.

    Kinds that were not tried keep theirs.
    """
    rows = [
        (
            kind.table,
            kind.name,
            kind.words,
            kind.words_zh,
            str(kind.is_harmless).lower(),
            str(trials),
            str(found),
            str(by_content),
            " ".join(f"{rule}:{count}" for rule, count in rules.most_common(4)),
        )
        for kind, trials, found, by_content, rules in outcomes
    ]
    tried = {row[:2]: row for row in rows}
    kept = {(row["table_name"], row["kind"]): tuple(row.values()) for row in _figures()}
    rows = [one for key in {**kept, **tried} if (one := tried.get(key) or kept[key])]
    FIGURES.write_text("".join(csv_lines([list(COLUMNS), *map(list, rows)])), encoding="utf-8", newline="")
    for language, page in PAGES.items():
        page.write_text(with_section(page.read_text(encoding="utf-8"), language), encoding="utf-8")


def _figures() -> list[dict[str, str]]:
    """The figures as they are kept."""
    if not FIGURES.exists():
        return []
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_section(text: str, language: str) -> str:
    """A page with the section as the figures have it, at its end."""
    return f"{text.partition(TITLES[language])[0].rstrip()}\n\n{section(language)}\n"


def section(language: str) -> str:
    """The section of the page: a line for each table, then for each kind of edit."""
    rows = _figures()
    wrong = [row for row in rows if row["is_harmless"] == "false"]
    harmless = [row for row in rows if row["is_harmless"] == "true"]
    tables = dict.fromkeys(row["table_name"] for row in wrong)
    head, heads = HEADS[language]
    lines = [TITLES[language], "", INTRO[language], "", head, "|---|---:|---:|---:|"]
    lines += [_of_table(name, [row for row in wrong if row["table_name"] == name]) for name in tables]
    counts = sum(int(row["trials"]) for row in harmless), sum(int(row["found"]) for row in harmless)
    lines += ["", HARMLESS[language].format(*counts), "", WHY[language], "", heads, "|---|---|---:|---:|---:|---|"]
    return "\n".join([*lines, *(_of_kind(row, language) for row in wrong)])


def _of_table(name: str, rows: Sequence[dict[str, str]]) -> str:
    trials, *counts = (sum(int(row[column]) for row in rows) for column in ("trials", "found", "found_by_content"))
    return f"| `{name}` | {trials:,} | {' | '.join(_share(count, trials) for count in counts)} |"


def _of_kind(row: dict[str, str], language: str) -> str:
    trials = int(row["trials"])
    shares = " | ".join(_share(int(row[column]), trials) for column in ("found", "found_by_content"))
    rules = ", ".join(f"`{rule}` {count}" for rule, _, count in (one.rpartition(":") for one in row["rules"].split()))
    return f"| `{row['table_name']}` | {row[f'words_{language}']} | {trials} | {shares} | {rules} |"


def _share(found: int, trials: int) -> str:
    low, high = wilson(found, trials)
    return f"{100 * found / max(trials, 1):.0f} % ({100 * low:.0f}–{100 * high:.0f})"
