"""Numbers in words are read where they are understood, and say nothing where they are not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from canonical.number_words import numbers_in_words


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("five consecutive quarters", [5]), ("fourth largest", [4]), ("sixfold", [6]), ("seven billion", [7]),
        ("tripled", [3]), ("翻番", [2]), ("翻两番", [4]), ("连续九个季度", [9]), ("zero egress fees", [0]),
        ("nearly half a million", []), ("two dozen", []), ("近百家", []), ("432.84", []), ("largest", []), ("", []),
        ("第三季度", []), ("a couple of years", []),
    ],
)  # fmt: skip
def test_a_text_without_digits_says_its_numbers(text: str, numbers: list[int]) -> None:
    assert [spoken.number for spoken in numbers_in_words(text)] == [Decimal(number) for number in numbers]


@pytest.mark.parametrize(("text", "is_multiple"), [("doubled", True), ("翻倍", True), ("more than eight times", False)])
def test_some_words_say_how_many_times_as_much(text: str, is_multiple: bool) -> None:
    assert [spoken.is_multiple for spoken in numbers_in_words(text)] == [is_multiple]
