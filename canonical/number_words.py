"""Numbers written in words: seven billion, sixfold, doubled, a third, low-teens, flat, 翻倍, 三分之一, 千亿.

What is not understood says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "万": 4, "亿": 8, "萬": 4, "億": 8, "万亿": 12}
MULTIPLES = {
    "halved": "0.5", "halves": "0.5", "double": "2", "doubles": "2", "doubled": "2", "doubling": "2", "twofold": "2",
    "triple": "3", "triples": "3", "tripled": "3", "tripling": "3", "threefold": "3", "quadruple": "4",
    "quadrupled": "4", "quadrupling": "4", "fourfold": "4", "quintupled": "5", "fivefold": "5", "sixfold": "6",
    "sevenfold": "7", "eightfold": "8", "ninefold": "9", "tenfold": "10", "翻倍": "2", "倍增": "2", "翻番": "2",
    "翻一番": "2", "翻两番": "4", "翻三番": "8", "减半": "0.5", "腰斩": "0.5",
}  # fmt: skip
"""Words that say how many times as much."""
MULTIPLE = re.compile("|".join(rf"\b{w}\b" if w.isascii() else w for w in MULTIPLES), re.IGNORECASE)
RISEN = re.compile(
    r"(?:增[长長加幅]?|提[升高]|上[升涨]|扩大)了?(?:超过|[近超逾约达])? ?"
    r"(?P<n>[0-9.]+|[一两二三四五六七八九十]) ?倍"
)
"""So many times more, and not as much: 增长两倍 is three times as much."""
TIMES = re.compile(r"(?P<n>[0-9.]+)(?: ?[x×](?![a-z0-9])|-?fold\b| times\b| ?倍)", re.IGNORECASE)
UNSURE = re.compile(
    r"[0-9]|half|quarter|third(?!-)|dozen|couple|several|hundred|tenths?\b|t[h]s\b|半|几|数", re.IGNORECASE
)
"""What makes a text say another number than its words alone; quarters are counted, or parts."""
NAMED = re.compile(
    rf"(?:\b(?P<ten>{'|'.join(TENS)})[ -])?\b(?P<one>[a-z]+)(?:[ -](?P<power>thousand|[mbtr]+illion))?", re.I
)
DIGITS_ZH = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
STEPS_ZH = {"十": 10, "百": 100, "千": 1000}
COUNTED_ZH = re.compile(
    r"(?<![一二两三四五六七八九十百千万第])(?P<n>[一二两三四五六七八九十百千]+)(?P<power>万亿|[万亿萬億])?"
    r"(?P<unit>[个大家次倍名项款元])?"
)
"""A number in Chinese signs; without a magnitude or what is counted behind it, it is a part of other words."""
FRACTION = re.compile(
    r"\b(?P<n>an?|one|two|three|four)[ -](?P<part>half|halves|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?\b"
    r"(?!.?(?:part|quarter|year|consecutive|region|straight|million|billion|trillion))"
    r"|(?P<half>\bhalf\b(?!.?(?:an?|year|of 20)\b)|过半|一半|半数)"
    r"|(?P<whole>[二三四五六七八九十])分之(?P<share>[一二三四五六七八九])"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<more>半)?(?![立为员功交本果分都熟品长])",
    re.IGNORECASE,
)
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4} | {word: n for word, n in ORDINALS.items() if n > 4}
BANDS = {"low": (0, 4), "mid": (3, 7), "high": (6, 10)}
"""Thirds of a ten, with what may be meant beside them."""
BAND = re.compile(
    r"\b(?:(?P<part>low|mid|middle|high|upper)[- ](?:to[- ](?:mid|high)[- ])?)?"
    r"(?:(?P<digits>single|double|triple)[- ]digits?|(?P<ten>teens|(?:twen|thir|for|fif|six)ties|[2-9]0'?s))\b"
    r"|(?P<digits_zh>[个個两兩三]位[数數])",
    re.IGNORECASE,
)
TENTHS = {"teens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60}
A = re.compile(r"\b(?P<half>half )?an? (?P<power>thousand|[mb]illion|trillion)\b", re.IGNORECASE)
DIGITS_OF_BAND = {"个": "single", "個": "single", "两": "double", "兩": "double", "三": "triple"}
FLAT = re.compile(r"\bflat\b(?! (?:rate|fee))|\bunchanged\b|持平", re.IGNORECASE)


class Spoken(NamedTuple):
    """A number in words, from `low` to `high`, and what it counts.

    `counts` is `number` in itself, with the power of ten of the word behind it; `multiple` where it says how many
    times as much, `increase` how many times more, `share` in percent, `rate` of growth in percent, `band` where only
    the number of digits or a part of a ten is told.
    """

    low: Decimal
    high: Decimal
    counts: str
    power: int | None = None


def numbers_in_words(text: str) -> list[Spoken]:
    """The numbers that a text says in words; none where it says more than is understood.

    Beside digits only multiples and bands are read.

    >>> [(spoken.low, spoken.counts) for spoken in numbers_in_words("more than eight times")]
    [(Decimal('8'), 'number')]
    >>> [(spoken.low, spoken.counts) for spoken in numbers_in_words("同比增长两倍")]
    [(Decimal('2'), 'increase')]
    >>> [(int(spoken.low), int(spoken.high)) for spoken in numbers_in_words("low-teens")]
    [(10, 14)]
    """
    for read in (_bands, _multiples, _parts):
        if found := list(read(text)):
            return found
    if FLAT.search(text) and not re.search("[0-9]", text):
        return [Spoken(Decimal(-1), Decimal(1), "rate")]
    plain = re.sub(r"quarters?\b", "", text, flags=re.IGNORECASE)
    found = [
        _one("0.5" if match["half"] else 1, "number", POWERS[match["power"].lower()]) for match in A.finditer(text)
    ]
    return found or ([] if UNSURE.search(plain) else [*_english(plain), *_chinese(plain)])


def _bands(text: str) -> Iterator[Spoken]:
    """Numbers of which only the number of digits, or a part of a ten, is told."""
    for match in BAND.finditer(text):
        low, high = BANDS.get((match["part"] or "").lower().replace("dle", "").replace("upper", "high"), (0, 10))
        digits = (match["digits"] or "").lower() or DIGITS_OF_BAND.get((match["digits_zh"] or "")[:1], "")
        if digits == "single":
            yield Spoken(Decimal(max(low, 1)), Decimal(high), "band")
        elif digits:
            yield Spoken(
                Decimal(10 if digits == "double" else 100), Decimal(100 if digits == "double" else 1000), "band"
            )
        else:
            ten = match["ten"].lower()
            tens = TENTHS.get(ten) or int(ten[0]) * 10
            yield Spoken(Decimal(tens + low), Decimal(tens + high), "band")


def _multiples(text: str) -> Iterator[Spoken]:
    """How many times as much, or more."""
    found = [] if text.isascii() else list(RISEN.finditer(text))
    for match in found:
        yield _one(match["n"] if match["n"][0].isdecimal() else _number(match["n"]), "increase")
    if not found:
        yield from (_one(match["n"], "multiple") for match in TIMES.finditer(text) if match["n"].count(".") < 2)
        said = text.replace("翻了", "翻")
        folded = said.casefold()
        if any(word in folded for word in MULTIPLES):  # looked up one by one they take a fifth of a search for all
            yield from (_one(MULTIPLES[word.lower()], "multiple") for word in MULTIPLE.findall(said))


def _parts(text: str) -> Iterator[Spoken]:
    """Parts of a whole in percent."""
    for match in FRACTION.finditer("" if re.search("[0-9]", text) else text):
        if match["part"]:
            n = WORDS.get(match["n"].lower(), 1)
            yield _one(Decimal(100 * n) / PARTS[match["part"].lower()], "share")
        elif match["whole"]:
            yield _one(Decimal(100 * DIGITS_ZH[match["share"]]) / _number(match["whole"]), "share")
        elif match["tenths"]:
            yield _one(10 * DIGITS_ZH[match["tenths"]] + (5 if match["more"] else 0), "share")
        else:
            yield _one(50, "share")


def _english(text: str) -> Iterator[Spoken]:
    for match in NAMED.finditer(text):
        one = match["one"].lower()
        if one in WORDS:
            power = POWERS[match["power"].lower()] if match["power"] else None
            yield _one(TENS.get((match["ten"] or "").lower(), 0) + WORDS[one], "number", power)


def _chinese(text: str) -> Iterator[Spoken]:
    for match in COUNTED_ZH.finditer(text):
        if match["power"] or (match["unit"] and match["unit"] not in "款元项"):
            yield _one(_number(match["n"]), "number", POWERS[match["power"]] if match["power"] else None)


def _number(signs: str) -> int:
    """A number below ten thousand in Chinese signs: 二十五 is 25, and 百 a hundred."""
    total, last = 0, 0
    for sign in signs:
        if sign in STEPS_ZH:
            total += (last or 1) * STEPS_ZH[sign]
            last = 0
        else:
            last = DIGITS_ZH[sign]
    return total + last


def _one(number: Decimal | int | str, counts: str, power: int | None = None) -> Spoken:
    return Spoken(Decimal(number), Decimal(number), counts, power)
