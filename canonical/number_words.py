"""Numbers written in words: seven billion, sixfold, doubled, 翻倍, 千亿. What is not understood says nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

__all__ = ["Spoken", "numbers_in_words"]

CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
WORDS = {word: n for n, word in enumerate(CARDINALS)} | TENS | ORDINALS
MULTIPLES = {
    "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twofold": 2, "triple": 3, "tripled": 3, "tripling": 3,
    "threefold": 3, "quadrupled": 4, "fourfold": 4, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8,
    "ninefold": 9, "tenfold": 10, "翻倍": 2, "翻番": 2, "翻一番": 2, "翻了一番": 2, "翻两番": 4, "翻了两番": 4,
}  # fmt: skip
"""Words that say how many times as much."""
UNSURE = re.compile(r"[0-9]|half|quarter|third(?!-)|dozen|couple|several|hundred|半|几|数", re.IGNORECASE)
"""What makes a text say another number than its words alone; quarters are counted, or parts."""
NAMED = re.compile(r"[a-z]+|翻了?[一两]?[倍番]", re.IGNORECASE)
DIGITS_ZH = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
COUNTED_ZH = re.compile(r"(?<![一二两三四五六七八九十百千万第])([一二两三四五六七八九十])(?=[个大家次倍名])")


class Spoken(NamedTuple):
    """A number in words, and whether it says how many times as much."""

    number: Decimal
    is_multiple: bool


def numbers_in_words(text: str) -> list[Spoken]:
    """The numbers that a text without digits says in words; none where it says more than is understood.

    >>> numbers_in_words("more than eight times")
    [Spoken(number=Decimal('8'), is_multiple=False)]
    >>> numbers_in_words("翻倍"), numbers_in_words("nearly half a million")
    ([Spoken(number=Decimal('2'), is_multiple=True)], [])
    """
    if UNSURE.search(re.sub(r"quarters?\b", "", text, flags=re.IGNORECASE)):
        return []
    found: list[Spoken] = []
    for word in NAMED.findall(text):
        plain = word.lower()
        if plain in MULTIPLES:
            found.append(Spoken(Decimal(MULTIPLES[plain]), True))
        elif plain in WORDS:
            found.append(Spoken(Decimal(WORDS[plain]), False))
    return found + [Spoken(Decimal(DIGITS_ZH[digit]), False) for digit in COUNTED_ZH.findall(text)]
