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


def _lines(page: str) -> list[list[str]]:
    rows = [line for line in (METHOD / page).read_text("utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
