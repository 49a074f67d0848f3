"""The period that label and text of a number name, in both languages, against the one typed."""

from __future__ import annotations

import re

import pytest

from tests.prints import World
from tests.validation.relations.worlds import now
from validation.relations.text_periods import PERHAPS, PHRASE
from validation.relations.views import DIGITS


def found(**cells: str) -> list[str]:
    """The columns of which the rule speaks."""
    return [finding.column for finding in World([now("5", **cells)]).findings("P.text_period")]


@pytest.mark.parametrize(
    "words",
    ["Revenue, three months ended December 31, 2025", "quarter ended 31 December 2025", "Q3 FY2026", "3Q", "Revenue",
     "third quarter", "Revenue (third quarter of fiscal 2026)", "2025年第四季度收入", "截至2025年12月31日止三个月",
     "up from 4 in Q3 2025", "compared with the second quarter", "较2024年第一季度增长", "three months"],
)  # fmt: skip
def test_words_of_the_period_typed_or_of_the_one_it_is_held_against_pass(words: str):
    assert found(printed_label=words) == found(printed_text=words) == []


@pytest.mark.parametrize(
    ("words", "column"),
    [("Revenue, three months ended September 30, 2025", "period_end"), ("2025年第二季度收入", "period_end"),
     ("nine months ended December 31, 2025", "period_end"), ("year ended December 31, 2025", "period_end"),
     ("Q2 FY2026 revenue", "period_end"), ("fiscal 2026", "period_end"), ("前三季度收入", "period_type"),
     ("截至2025年9月30日止三个月", "period_end"), ("Revenue, nine months", "period_type")],
)  # fmt: skip
def test_words_of_another_period_or_length_are_named(words: str, column: str):
    assert found(printed_label=words) == [column]


def test_balances_and_rows_without_words_are_not_asked():
    instant = {"metric_id": "backlog", "period_type": "instant"}
    assert found(printed_label="to be recognised in fiscal 2027", **instant) == found() == []


@pytest.mark.parametrize(
    "words",
    ["3 months ended Sept. 30, 2025", "quarter ending 31 December 2025", "year ended June 30 2025", "Q3", "H1 2025",
     "q2-FY'26", "2Q '25", "FY2026", "fiscal 2025 Q1", "second-quarter", "nine months", "2025财年全年",
     "2025 年度第二季度", "2025年上半年", "截至2025年9月30日止的三个月", "第三财季", "前三季度"],
)  # fmt: skip
def test_no_words_of_a_period_are_passed_over_unread(words: str):
    assert re.search(PHRASE, words, re.IGNORECASE)
    assert PERHAPS.search(DIGITS.sub("0", words))


def test_words_of_an_amount_name_no_period():
    assert not PERHAPS.search("Total revenue, segment 0: $0,0 million up 0%")
