"""Read what stands in `printed_text`: numbers as digits, their magnitude, the currency, the sign and the bound.

A second reading of the print, made without the typed cells: where both disagree, one of them was mistyped. What is
not understood says nothing.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from validation.table_schema import SCHEMAS

__all__ = ["Figure", "bound_of_text", "currency_of_text", "figures_of_text", "is_negative_text"]

NUMBER = re.compile(r"[0-9](?:[0-9.,・ ]*[0-9])?")
GROUPED = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?")
EUROPEAN = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})*,[0-9]+")
MAGNITUDES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12,
    "t": 12, "quadrillion": 15, "万亿": 12, "萬億": 12, "千万亿": 15, "千万": 7, "百万": 6, "万": 4, "萬": 4, "亿": 8,
    "億": 8,
}  # fmt: skip
"""Words behind a number, as powers of ten."""
MAGNITUDE = re.compile(r"^[ -]?(" + "|".join(sorted(MAGNITUDES, key=len, reverse=True)) + r")(?![a-z])", re.IGNORECASE)
CURRENCIES = (
    ("USD", re.compile(r"(?<![A-Z])(?:US)?\$|\bUSD\b|美元|\bdollars\b")),
    ("CNY", re.compile(r"\b(?:RMB|CNY|Rmb)|人民币|\byuan\b|(?<![美港欧日])元")),
    ("EUR", re.compile(r"€|\bEUR\b|欧元|\beuros?\b")),
)
NEGATIVE = re.compile(r"^ *(?:\(|[-−][$€]?[0-9])|\b(?:loss of|lost|down|fell)\b|下降|下跌|亏损", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """One number of a text: its digits with a point for decimals, and what stands behind it."""

    digits: str
    power: int | None
    is_percent: bool

    @property
    def value(self) -> Decimal:
        """The number without its magnitude."""
        return Decimal(self.digits)


def figures_of_text(text: str) -> list[Figure]:
    """The numbers of a text, in order.

    >>> figures_of_text("$24.3 billion")
    [Figure(digits='24.3', power=9, is_percent=False)]
    >>> [figure.digits for figure in figures_of_text("from 1,084 to 1.084,6")]
    ['1084', '1084.6']
    """
    found: list[Figure] = []
    for match in NUMBER.finditer(text):
        for digits in _digits(match.group()):
            rest = text[match.end() :]
            magnitude = MAGNITUDE.match(rest)
            percent = re.match(r"\s?(?:%|percent\b|per cent\b)", rest, re.IGNORECASE) is not None
            found.append(Figure(digits, MAGNITUDES[magnitude[1].lower()] if magnitude else None, percent))
    return found


def _digits(token: str) -> list[str]:
    """A number with a point for decimals and no separators; several where blanks part several numbers."""
    if GROUPED.fullmatch(token):
        return [token.replace(",", "").replace(" ", "")]
    if EUROPEAN.fullmatch(token):
        whole, _, decimals = token.rpartition(",")
        return [whole.replace(".", "").replace(" ", "") + "." + decimals]
    parts = token.replace("・", ".").replace(",", "").split(" ")
    return [part for part in parts if re.fullmatch(r"[0-9]+(\.[0-9]+)?", part)]


def currency_of_text(text: str) -> str:
    """The one currency a text names; empty where it names none or several."""
    named = [currency for currency, pattern in CURRENCIES if pattern.search(text)]
    return named[0] if len(named) == 1 else ""


def is_negative_text(text: str) -> bool:
    """Whether a text shows a negative number: a minus or brackets before it, or a word such as `loss of` or 下降."""
    return NEGATIVE.search(text) is not None


def bound_of_text(text: str) -> tuple[str, str] | None:
    """Bound and precision word of the words before or behind the number; None where there are none.

    The words are those of `schemas/precision.csv`, the longest first: 不超过 is no 超过.
    """
    bounds, pattern = _words()
    match = pattern.search(text.lower())
    return None if match is None else bounds[match.group()]


@cache
def _words() -> tuple[dict[str, tuple[str, str]], re.Pattern[str]]:
    """The words with what they say, and one pattern that finds the first of them."""
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
    return bounds, re.compile("|".join(map(_pattern_of, words)))


def _pattern_of(word: str) -> str:
    """A word by itself; a plus only behind a number, where it means `or more`."""
    if word == "+":
        return r"(?<=[0-9a-z%万亿])\+"
    whole = word.isascii() and word[0].isalpha()
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if whole else re.escape(word)
