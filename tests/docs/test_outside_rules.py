"""The checklist of rule sets of others: every rule that it names is one of ours, and every line has a verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from canonical.table_schema import SCHEMAS
from canonical.text_tables import read_rows

METHOD = Path(__file__).resolve().parents[2] / "docs" / "method"
VERDICTS = {
    "outside-rules.md": ("rule here", "not applicable", "open"),
    "outside-rules.zh.md": ("有规则", "不适用", "待做"),
}


@pytest.mark.parametrize("page", VERDICTS)
def test_every_rule_named_is_one_of_ours(page: str) -> None:
    known = {row["rule"] for row in read_rows(SCHEMAS / "rules.csv")}
    named = set(re.findall(r"`([SUPCV]\.[a-z_]+)`", (METHOD / page).read_text("utf-8")))
    assert len(named) > 30 and named <= known


@pytest.mark.parametrize("page", VERDICTS)
def test_every_line_has_a_verdict_and_a_rule_here_has_a_reason(page: str) -> None:
    lines = [cells for cells in _lines(page) if cells[2] in VERDICTS[page]]
    assert len(lines) == len(_lines(page)) - 4  # the headings of the four tables
    assert all(by for _, _, verdict, by in lines if verdict != VERDICTS[page][1])


def test_both_languages_say_the_same_of_each_line() -> None:
    english, chinese = (
        [VERDICTS[page].index(cells[2]) for cells in _lines(page) if cells[2] in VERDICTS[page]] for page in VERDICTS
    )
    assert english == chinese


IN_FORCE = (
    "1 4-6 8-9 11 13-15 18 33 36 41 43-49 51-55 57 60-62 65 67-74 76-95 98-105 107-110 112-137 139-150 152-188 190-193"
)
"""The numbers of the committee's index at version 25 that are in force, those for IFRS among them."""
LATER = "194-250"
"""The numbers after that index that the pages say were gone through."""


@pytest.mark.parametrize("page", VERDICTS)
def test_each_rule_of_the_committee_stands_in_one_line(page: str) -> None:
    told = [n for cells in _lines(page) for n in _numbers(cells[0]) if cells[0].startswith("DQC_")]
    assert len(told) == len(set(told)) and set(told) == {*_numbers(IN_FORCE), *_numbers(LATER)}


def _numbers(text: str) -> list[int]:
    """Numbers and spans of numbers, as 4 to 6 for `4-6`."""
    spans = re.findall(r"([0-9]+)(?:[–-]([0-9]+))?", text)
    return [number for first, last in spans for number in range(int(first), int(last or first) + 1)]


def _lines(page: str) -> list[list[str]]:
    rows = [line for line in (METHOD / page).read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
