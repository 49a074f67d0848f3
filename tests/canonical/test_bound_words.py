"""Words of bound about the numbers of a text, before and behind them, in English and Chinese."""

from __future__ import annotations

import pytest

from canonical.bound_words import bound_of_text


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 5", ("gt", "none")),
        ("no more than 5", ("le", "none")),
        ("近 5 万亿", ("lt", "nearly")),
        ("不超过 5", ("le", "none")),
        ("400+ models", ("gt", "none")),
        ("+6%", None),
        ("overall 5", None),
        ("5", None),
        ("more than eight times", ("gt", "none")),
        ("突破千亿元", ("gt", "none")),
        ("30 余万", ("gt", "none")),
        ("7 亿多元", ("gt", "none")),
        ("80%以上", ("ge", "none")),
        ("5 个百分点左右", ("eq", "approximately")),
        ("约为人民币 47 亿元", ("eq", "approximately")),
        ("just under $9", ("lt", "nearly")),
        ("approaching $10 billion", ("lt", "nearly")),
        ("run rate now exceeds $13 billion", ("gt", "none")),
        ("eclipsing $100 million", ("gt", "none")),
        ("82% over last year", None),
        ("剩余履约义务 455.3", None),
        ("签约 5 亿", None),
        ("合约负债 5 亿", None),
        ("5 多模态", None),
        ("超级节点 5", None),
        ("最近 5 年", None),
        ("不到 50 亿元", ("lt", "none")),
        ("50 亿元以下", ("le", "none")),
        ("至多 50 亿元", ("le", "none")),
        ("最大6,365百万円", ("le", "none")),
        ("最多 300 家", ("le", "none")),
        ("最大的 5 家云厂商", None),
        ("过百亿元", ("gt", "none")),
        ("通过 5 家", None),
        ("过半", ("gt", "none")),
        ("过去半年", None),
        ("$50 billion or more", ("ge", "none")),
        ("$50 billion-plus", ("gt", "none")),
        ("just below $50 billion", ("lt", "nearly")),
        ("more than half", ("gt", "none")),
        ("nearly a third", ("lt", "nearly")),
        ("more than doubled", ("gt", "none")),
        ("几乎翻番", ("lt", "nearly")),
        ("12% quarter over quarter", None),
        ("50 surplus", None),
    ],
)
def test_words_of_bound_are_those_of_the_interval_table(text: str, bound: tuple[str, str] | None):
    assert bound_of_text(text) == bound


def test_the_bound_is_that_of_the_number_typed():
    assert bound_of_text("收入 7 亿，增长超 5%", "5") == ("gt", "none")
    assert bound_of_text("收入 7 亿，增长超 5%", "7") is None
    assert bound_of_text("超过两家，收入 7 亿", "7") is None
