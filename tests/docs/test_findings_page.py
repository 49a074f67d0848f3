"""The findings behind filters, in a real browser: each filter shows those rows of the table and no others."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from canonical.text_tables import Row, read_rows
from release.pages.chinese_findings import message_in_chinese
from release.pages.chinese_fixes import FIXES
from release.pages.chinese_texts import CHINESE
from release.pages.data import rows_of
from release.pages.finding_words import in_words, remedy, why
from validation.known_issues import PATH as KNOWN_ISSUES
from validation.relations import RELATIONS

ENGLISH = re.compile(
    r"(?<![\w./@-])(the|is|of|and|to|for|from|prices?|would|an?|its|in|on|no|not|with|this|that|day|more|another|other|"
    r"likely|fit|held|against|check|look|correct)(?![\w./@-])"
)
"""Words of English sentences; ids of sources, models and columns have none of them by itself."""


def _told(finding: Row) -> str:
    """What the Chinese pages say of a finding; an address that it quotes stays as it is."""
    texts = (why(finding, "zh"), remedy(finding, "zh"), *(in_words(finding[c], "zh") for c in ("found", "expected")))
    return re.sub(r"https?://\S+", "", " ".join(texts))


def test_every_finding_of_the_release_is_told_in_chinese() -> None:
    """A new phrase of a check needs its Chinese: `chinese_findings`, `chinese_fixes` or `finding_words`."""
    told = {row["finding_id"]: _told(row) for row in rows_of("findings")}
    assert len(told) > 100
    assert {key: text for key, text in told.items() if ENGLISH.search(text)} == {}


def test_every_reason_and_every_note_is_told_in_chinese() -> None:
    """A new reason or note needs a row of `release/pages/chinese_texts.csv`."""
    typed = [*((row, "reason") for row in (*rows_of("corrections"), *read_rows(KNOWN_ISSUES)))]
    typed += [(row, "note") for row in rows_of("observations")]
    told = {row[column] for row, column in typed} - {""}
    pairs = read_rows(CHINESE)
    assert told - {row["english"] for row in pairs} == set()
    assert len({row["english"] for row in pairs}) == len(pairs)
    assert [row["chinese"] for row in pairs if ENGLISH.search(row["chinese"])] == []


def test_every_relation_says_in_chinese_what_to_do() -> None:
    assert {relation.fix for relation in RELATIONS} - FIXES.keys() == set()


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("growth is the level over another; held against 432.84 cny-100m, 31742.0 cny-m (quarter to 2024-12-31, "
         "a-2024); likely: 36.00 would fit if its last zeros claim nothing",
         "规则；对照 432.84 cny-100m, 31742.0 cny-m (截至 2024-12-31 的季度, a-2024)；"
         "可能的原因：若 36.00 末尾的零不表示精度，则相符"),
        ("x; likely: 1 would fit as cny-m; or 2 cny-bn would fit: the print is 1000 times too large",
         "规则；可能的原因：1 若以 cny-m 为单位，则相符；或：若为 2 cny-bn 则相符：原文相差 1000 倍"),
        ("x; likely: 1 would fit as the sum of the 2 quarters to 2025-12-31; or 4 would fit as what changed from 3 of "
         "a.1",
         "规则；可能的原因：1 若为截至 2025-12-31 的 2 个季度之和，则相符；或：4 若为较 a.1 的 3 的变动额，则相符"),
        ("x; likely: 4 cny-m would fit: one digit may be misread; or 4 cny-m would fit: one digit may be too many",
         "规则；可能的原因：若为 4 cny-m 则相符：可能有一位数字误认；或：若为 4 cny-m 则相符：可能多了一位数字"),
        ("x; likely: the same number stands in a.1 as that of the quarter to 2020-12-31; or 4 would fit as the points "
         "by which growth changed from 17 of a.2",
         "规则；可能的原因：同一数字见于 a.1（截至 2020-12-31 的季度）；或：4 若为较 a.2 的 17 变动的百分点，则相符"),
        ("x; likely: follows from a.1: 60.8 would fit in USD",
         "规则；可能的原因：源于 a.1：60.8 若以 USD 计价，则相符"),
        ("x; likely: follows from one of a.1, a.2: it would fit in HKD; or it is of the size of ai, which is 88.8% of "
         "the whole in a.3",
         "规则；可能的原因：源于 a.1、a.2之一：若以 HKD 计价，则相符；"
         "或：与部分 ai 的规模相当（a.3 中占总体的 88.8%）"),
        ("x; likely: -3 would fit as the growth of the year to 2025-12-31, of which its document tells other numbers",
         "规则；可能的原因：-3 若为 截至 2025-12-31 的年度的增速，则相符；同一文件还陈述该期的其他数字"),
        ("x; likely: its document tells nothing of it for the year to 2025-12-31, of which it tells other numbers; or "
         "its document tells no such number of ai, of which it tells others",
         "规则；可能的原因：同一文件未陈述其 截至 2025-12-31 的年度的数字，而陈述了该期的其他数字；"
         "或：同一文件未陈述部分 ai 的这一数字，而陈述了它的其他数字"),
        ("x; likely: follows from a.1: it is the number of a.2, and may have been restated since; or it would fit with "
         "the word that a.3 has: gt",
         "规则；可能的原因：源于 a.1：这是 a.2 的数字，其后可能经过重述；或：若带有 a.3 的限定词（gt），则相符"),
        ("x; litellm, 3 sellers: 1,024 prices of a-1, b and 2 more",
         "规则；litellm，3 家销售方：a-1、b等（另有 2 个），共 1,024 条价格"),
        ("x; rests on a reading: entity_id and period_end of n.1, basis of n.2 and others; on corrected values",
         "规则；依据对 n.1 的 entity_id、period_end、n.2 的 basis等的解读；按更正后的数值计算"),
        ("x; 0.75% off the days beside it, where the pair does not leave them by 0.17%",
         "规则；偏离前后两日 0.75%，而该货币对通常不会偏离 0.17%"),
        ("x; words that nobody translated", "规则；words that nobody translated"),
    ],
)  # fmt: skip
def test_a_message_is_told_clause_by_clause(message: str, chinese: str) -> None:
    assert message_in_chinese({"message": message}, "规则；其余。") == chinese


@pytest.mark.browser
@pytest.mark.parametrize("language", ["", "zh/"])
def test_a_filter_shows_what_it_names_and_an_address_keeps_it(site: Path, browser: Browser, language: str) -> None:
    findings = rows_of("findings")
    page = browser.new_page()
    for asked in ({}, {"severity": "warning", "status": "open"}, {"status": "corrected"}, {"rule": "C.growth_yoy"}):
        page.goto("about:blank")
        page.goto(f"file://{site}/{language}reference/findings.html#{urlencode(asked)}")
        page.wait_for_selector("#all-findings[data-shown]")
        fitting = [row for row in findings if all(row[column] == value for column, value in asked.items())]
        assert fitting
        assert page.get_attribute("#all-findings", "data-shown") == str(len(fitting))
    page.select_option("#finding-vendor", "alibaba")
    page.wait_for_function("location.hash.includes('vendor=alibaba')")
    shown = page.locator("#all-findings tbody tr").count()
    assert 0 < shown <= len(fitting)
    page.close()
