"""Words of bound about a number in a text: about, nearly, more than, at most, and what they are in Chinese."""

from __future__ import annotations

import csv
import re
from functools import cache

from canonical.printed_text import NUMBER, digits_of
from canonical.sign_words import MONEY
from canonical.table_schema import SCHEMAS

__all__ = ["bound_of_text"]

NUMERAL = (
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|hundred|dozen|million|billion"
    r"|doubled|tripled|quadrupled|quintupled|halved|half(?![- ]year)|an? (?:half|third|quarter|fifth|tenth))\b"
    r"|[一二两三四五六七八九十百千]|半(?!年)|翻[倍番一两]"
)
"""Numbers in words: a bound stands beside them too."""
BEHIND = {
    "多": "(?![模云样语媒租])", "余": "(?![额量款项下])", "以上": "", "以下": "", "左右": "", "上下": "", "量级": "",
    "+": "", "-plus": "(?![a-z])", "or more": "", "or less": "(?! than)", "or so": "(?![a-z])",
}  # fmt: skip
"""Words that stand behind their number, and what may not follow them; all others stand before it."""
COMPOUNDS = {"约": "签合履续违预节条契", "近": "最附", "超": "高赶", "过": "超通经不去越路渡透", "至多": "甚"}
"""Characters that make another word of the one behind them."""
COUNTED = (
    r"\s?[万亿千百十萬億兆]*[KMBTQ]?\s?(?:[mb]illion|trillion)?\s?%?(?:个百分点|[美港欧]?元|[a-z个家倍名项次]){0,2}\s?"
)
"""What may stand between a number and a word behind it: its magnitude and what is counted."""


def bound_of_text(text: str, digits: str = "") -> tuple[str, str] | None:
    """Bound and precision word of the words directly before or behind a number; None where there are none.

    `digits` names the number, where the text holds several. The words are those of `schemas/precision.csv`, the
    longest first: 不超过 is no 超过, and 签约 no 约.

    >>> bound_of_text("超 7 亿"), bound_of_text("82% over last year")
    (('gt', 'none'), None)
    >>> bound_of_text("up to approximately $14.2 billion"), bound_of_text("just short of a $10 billion")
    (('le', 'approximately'), ('lt', 'nearly'))
    """
    bounds, before, behind = _words()
    found = list(re.finditer(rf"{NUMBER.pattern}|{NUMERAL}", text, re.IGNORECASE))
    named = [number for number in found if digits in digits_of(number.group(), None)]
    for number in named or [number for number in found if not digits or not number.group()[0].isdecimal()]:
        ahead = before.search(text[: number.start()])
        said = ahead or behind.search(text[number.end() :])
        if said:
            first = before.search(text[: ahead.start(1)]) if ahead else None
            return _together(bounds[said[1].lower()], bounds[first[1].lower()] if first else None)
    return None


def _together(said: tuple[str, str], first: tuple[str, str] | None) -> tuple[str, str]:
    """What two words say that follow each other: `up to approximately` is a bound, and an approximate one."""
    return (first[0], said[1]) if first and said[0] == "eq" else said


@cache
def _words() -> tuple[dict[str, tuple[str, str]], re.Pattern[str], re.Pattern[str]]:
    """The words with what they say, and the patterns that find one before and behind a number."""
    with (SCHEMAS / "precision.csv").open(encoding="utf-8", newline="") as file:
        bounds = {
            word.strip().lower(): (row["bound"], row["precision_word"])
            for row in csv.DictReader(file)
            if row["bound"] != "eq" or row["precision_word"] != "none"
            for column in ("words_en", "words_zh")
            for word in row[column].split(";")
            if word.strip()
        }
    words = sorted(bounds, key=len, reverse=True)
    before = "|".join(_pattern_of(word) for word in words if word not in BEHIND)
    behind = "|".join(re.escape(word) + BEHIND[word] for word in words if word in BEHIND)
    return (
        bounds,
        re.compile(rf"({before})\s?(?:an?\s|[为了])?\s?(?:{MONEY})?[-−+(]?$", re.IGNORECASE),
        re.compile(rf"^{COUNTED}({behind})", re.IGNORECASE),
    )


def _pattern_of(word: str) -> str:
    """A word by itself: no part of a longer one."""
    whole = word.isascii() and word[0].isalpha()
    if whole:
        return rf"(?<![a-z]){re.escape(word)}(?![a-z])"
    return (f"(?<![{COMPOUNDS[word]}])" if COMPOUNDS.get(word) else "") + re.escape(word)
