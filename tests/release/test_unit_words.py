"""The symbol of a unit on a Chinese page is Chinese, but for those of the sciences."""

from __future__ import annotations

import re

import pytest

from release.pages.data import rows_of
from release.pages.unit_words import symbol_of

SCIENCE = re.compile(r"%|EFLOPS|[GMT]Wh?|[GT]B|L/kWh|USD/GB|Token")


@pytest.mark.parametrize(
    ("unit_id", "chinese"),
    [
        ("cny-100m", "亿元人民币"),
        ("usd-m", "百万美元"),
        ("usd", "美元"),
        ("token-1t-per-day", "万亿 Token/日"),
        ("call-100m-per-day", "亿次/日"),
        ("count-10k", "万"),
        ("request-1k", "千次请求"),
        ("times", "倍"),
        ("gw", "GW"),
        ("no-such-unit", "no-such-unit"),
    ],
)
def test_a_symbol_in_chinese(unit_id: str, chinese: str) -> None:
    assert symbol_of(unit_id, "zh") == chinese


def test_every_unit_has_a_chinese_symbol() -> None:
    symbols = {row["unit_id"]: symbol_of(row["unit_id"], "zh") for row in rows_of("units")}
    assert {key: text for key, text in symbols.items() if text.isascii() and not SCIENCE.fullmatch(text)} == {}
