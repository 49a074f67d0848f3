"""Numbers in words are read where they are understood, and say nothing where they are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from canonical.number_words import numbers_in_words


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("five consecutive quarters", [5]), ("fourth largest", [4]), ("sixfold", [6]), ("seven billion", [7]),
        ("twenty-five regions", [25]), ("连续九个季度", [9]), ("zero egress fees", [0]), ("近百家", [100]),
        ("二十五个", [25]), ("五十亿元", [50]), ("两千三百家", [2300]), ("nearly half a million", [Decimal("0.5")]),
        ("over a million", [1]), ("two dozen", []), ("432.84", []), ("largest", []), ("", []),
        ("第三季度", []), ("a couple of years", []), ("一起", []), ("千问", []), ("hundreds of models", []),
    ],
)  # fmt: skip
def test_a_text_without_digits_says_its_numbers(text: str, numbers: list[int | Decimal]) -> None:
    assert [spoken.low for spoken in numbers_in_words(text)] == list(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("text", "power"), [("seven billion", 9), ("half a million", 6), ("五十亿元", 8), ("三万家", 4), ("seven", None)]
)
def test_the_word_behind_a_number_is_its_power_of_ten(text: str, power: int | None) -> None:
    assert [spoken.power for spoken in numbers_in_words(text)] == [power]


@pytest.mark.parametrize(
    ("text", "counts", "number"),
    [
        ("doubled", "multiple", "2"), ("翻倍", "multiple", "2"), ("翻了两番", "multiple", "4"),
        ("翻三番", "multiple", "8"),
        ("halved", "multiple", "0.5"), ("up 3x", "multiple", "3"), ("a 12-fold rise", "multiple", "12"),
        ("doubled to $5 billion", "multiple", "2"), ("增长1.5倍", "increase", "1.5"), ("增长近两倍", "increase", "2"),
        ("增长至两倍", "number", "2"), ("more than eight times", "number", "8"), ("two-thirds", "share", "66.67"),
        ("a quarter of sales", "share", "25"), ("过半", "share", "50"), ("四分之三", "share", "75"),
        ("三成半", "share", "35"),
    ],
)  # fmt: skip
def test_what_a_number_in_words_counts(text: str, counts: str, number: str) -> None:
    assert [(spoken.counts, round(spoken.low, 2)) for spoken in numbers_in_words(text)] == [(counts, Decimal(number))]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("low-teens", 10, 14), ("mid-single-digit", 3, 7), ("high 20s", 26, 30), ("low double-digit", 10, 100),
     ("三位数增长", 100, 1000), ("flat year over year", -1, 1), ("同比持平", -1, 1)],
)  # fmt: skip
def test_some_words_tell_only_where_a_number_lies(text: str, low: int, high: int) -> None:
    assert [(spoken.low, spoken.high) for spoken in numbers_in_words(text)] == [(low, high)]


@pytest.mark.parametrize("text", ["a third party", "the third quarter", "a half-year", "flat rate of $5", "成立三年"])
def test_a_word_that_is_part_of_another_is_no_number(text: str) -> None:
    assert not [s for s in numbers_in_words(text) if s.counts in ("share", "rate")]
