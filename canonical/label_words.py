"""The words of a period's label: what each piece of `Three Months Ended March 31, 2025` or `2025财年Q3` names.

A label is read piece by piece, in English and Chinese; a piece that is none of these makes it say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

__all__ = ["Word", "words_of_label"]


class Word(NamedTuple):
    """One piece of a label: its kind, and the number or day it names.

    Kinds: date (a day), day (month × 100 + day of month), month, months (a count of months, of a year's first where
    no end is told), from_to (first × 100 + last month), year, quarter, half, ordinal, span (3, 6 or 12 months, as the
    words quarter, half and year), fiscal, year_to (its last month), calendar, until, to_date, trailing, full.
    """

    kind: str
    number: int = 0
    day: date | None = None


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6,
    "nine": 9, "twelve": 12, "thirteen": 13, "fourteen": 14, "sixteen": 16, "twenty-six": 26, "thirty-nine": 39,
    "fifty-two": 52, "fifty-three": 53, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12, "首": 1, "上": 1, "下": 2,
}  # fmt: skip
TRADITIONAL = str.maketrans("個財兩報計曆歷", "个财两报计历历")
DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_LAST = _MONTH.replace("?P<month>", "?P<last>")
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])"
_YEAR = r"'?(?P<year>20[0-9]{2}|[0-9]{2})(?![0-9])"
_CN_NUMBER = r"(?:[0-9]{1,2}|十[一二]|[一二两三四五六七八九十])"
_COUNT = (
    r"(?P<n>[0-9]{1,2}|one|two|three|four|six|nine|twelve|thirteen|fourteen|sixteen|twenty-six|thirty-nine"
    r"|fifty-(?:two|three))"
)
_TO = r" ?(?:-|~|to|through|thru|至|到) ?"

_WORDS: tuple[tuple[str, str], ...] = (
    ("date", r"(?P<year>20[0-9]{2})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9])"),
    ("date", r"(?P<year>20[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<day>[0-3][0-9])(?![0-9])"),
    ("date", r"(?P<year>20[0-9]{2}) ?年 ?(?P<m>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?[日号]"),
    ("year_to", r"(?P<year>20[0-9]{2}) ?年 ?(?P<m>1[0-2]|0?[1-9]) ?月期"),
    ("date", rf"{_MONTH} {_DAY} (?P<year>20[0-9]{{2}})"),
    ("date", rf"{_DAY}[ -](?:of )?{_MONTH}[ -]{_YEAR}"),
    ("date", r"(?P<one>[0-9]{1,2})(?P<sep>[/.])(?P<two>[0-9]{1,2})(?P=sep)(?P<year>20[0-9]{2})(?![0-9])"),
    ("from_to", rf"{_MONTH}{_TO}{_LAST}(?![a-z])"),
    ("from_to", rf"(?P<month>{_CN_NUMBER}) ?月?(?:份)?{_TO}(?P<last>{_CN_NUMBER}) ?月(?:份)?(?! ?[0-9])"),
    ("day", rf"{_MONTH} {_DAY}(?! ?20[0-9])"),
    ("day", r"(?P<m>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?[日号]"),
    ("month_of", r"(?P<year>20[0-9]{2})[-/.](?P<m>0?[1-9]|1[0-2])(?![0-9])"),
    ("month_of", r"(?P<m>0[1-9]|1[0-2])/(?P<year>20[0-9]{2})"),
    ("years", r"(?:20)?(?P<one>[0-9]{2})[/-](?:20)?(?P<two>[0-9]{2})(?![0-9])"),
    ("trailing", r"ttm|ltm|(?:trailing|last|past)[- ](?:twelve|12)[- ]months?|(?:滚动|过去|近) ?(?:十二|12) ?个月"),
    ("to_date", r"ytd|year[- ]to[- ]date|累计|年初至今"),
    ("quarters", r"(?:first )?(?P<n>two|three|four|[234]) quarters"),
    ("quarters", r"前 ?(?P<n>[一二两三四1-4]) ?个?季度?"),
    ("quarters", r"第?[一1](?:季度?)?[-至到]第?(?P<n>[二三四2-4])季度?"),
    ("months", rf"前 ?(?P<n>{_CN_NUMBER}) ?个?月"),
    ("months", rf"(?P<n>{_CN_NUMBER}) ?个月"),
    ("months", rf"{_COUNT}[- ]?(?:months?|mos?)(?![a-z])"),
    ("months", r"(?P<n>3|6|9|12) ?m(?![a-eg-z])"),
    ("weeks", rf"{_COUNT}[- ]?weeks?"),
    ("fiscal_quarter", r"第? ?(?P<n>[一二三四1-4]) ?财季"),
    ("quarter", r"第 ?(?P<n>[一二三四1-4]) ?(?:季度?|四半期)|(?P<n_>[首一二三四1-4]) ?季[度报]?"),
    ("quarter", r"q(?P<n>[1-4])(?:[ae](?![a-z]))?|(?P<n_>[1-4])[- ]?q(?![1-4](?![0-9]))"),
    ("half", r"hy?(?P<n>[12])(?![0-9])(?:[ae](?![a-z]))?|(?P<n_>[12])[- ]?h(?![a-eg-z])"),
    ("half", r"(?P<n>[上下])半(?:财年|年度?)|(?:(?<=月期)|(?<=月期 ))(?P<n_>[上下])半?期"),
    ("interim", r"interim|半年报|中报|中期|中間期"),
    ("fiscal", r"fy|fiscal(?: years?)?|financial years?|f(?=[1-4]?[qh]|20)|财年度?|财政年度?|会计年度|财务年度"),
    ("calendar", r"cy|calendar(?: years?)?|c(?=[1-4]?[qh])|自然年度?|公历年?|日历年?"),
    ("full", r"(?:full|whole)[- ]year|annual|12个月全年|全年|年度|年报|通期"),
    ("ordinal", r"(?P<n>first|second|third|fourth|final|[1-4](?:st|nd|rd|th))(?![a-z])"),
    ("span_3", r"quarter(?:ly)?(?![a-z])|季度|季"),
    ("span_6", r"half[- ]year|half|semester|半年度?"),
    ("span_12", r"years? (?=end|to |through)|year(?![a-z])"),
    ("month", _MONTH + r"(?![a-z])"),
    ("month", rf"(?P<n>{_CN_NUMBER}) ?月(?:份)?(?:底|末)?"),
    ("year", r"(?P<year>20[0-9]{2}|[0-9]{2}) ?年度?"),
    ("year", rf"{_YEAR}[ae]?(?![a-z])"),
    ("year", r"'?(?P<year>20[0-9]{2}|[0-9]{2})(?=q|h|fy|cy)"),
    ("until", r"(?:as (?:of|at)|to|through|thru|until)(?![a-z])|截至|截止|至|到"),
    (
        "",
        r"[ ,.'\"()\[\]:;/&+_-]|(?:and|of|the|for|in|on|vs|versus|from|ended|ending|ends|end|periods?|results?"
        r"|reports?|reported|unaudited|audited|actual|outlook|plan|target|guidance|forecast|estimates?|preliminary)"
        r"(?![a-z])|止|于|的|从|自|由|单季|业绩|财报|报告|期|与|和|及|预计|指引|目标|计划",
    ),
)


@cache
def _word(place: int) -> re.Pattern[str]:
    """The pattern of one piece; compiled when a label first holds it, as most commands read few labels or none."""
    return re.compile(_WORDS[place][1])


@cache
def _any_word() -> re.Pattern[str]:
    """All pieces in one pattern, the first that fits by its place: asking each in turn takes five times as long."""
    return re.compile("|".join(f"(?P<w{n}>{_unnamed(pattern, n)})" for n, (_, pattern) in enumerate(_WORDS)))


def _unnamed(pattern: str, place: int) -> str:
    """A pattern whose groups bear no name that another pattern has too."""
    pattern = pattern.replace("?P<sep>", f"?P<sep{place}>").replace("(?P=sep)", f"(?P=sep{place})")
    return re.sub(r"\?P<(?!sep)[a-z_]+>", "?:", pattern)


CN_YEAR = re.compile(r"二[〇零][〇零一二三四五六七八九]{2}(?= ?[年财])")
CN_DAY = re.compile(r"([二三]?)(十?)([一二三四五六七八九]?)(?=[月日号])")
TWO_DIGITS = re.compile(r"'?[0-9]{2}")


@lru_cache(maxsize=1 << 13)
def words_of_label(label: str) -> tuple[Word, ...] | None:
    """The pieces of a label in their order, noise left out; None where a piece is not understood.

    >>> [(word.kind, word.number) for word in words_of_label("FQ3'25")]
    [('fiscal', 0), ('quarter', 3), ('year', 2025)]
    """
    text, at, pieces, found = _plain(label), 0, list[tuple[int, int]](), list[Word]()
    if TWO_DIGITS.fullmatch(text):
        return None
    while at < len(text):  # what a piece names is read once all of them are understood: most titles hold others
        match = _any_word().match(text, at)
        if match is None:
            return None
        pieces.append((int(str(match.lastgroup)[1:]), at))
        at = match.end()
    for place, at in pieces:
        kind, piece = _WORDS[place][0], _word(place).match(text, at)
        words = list(_words(kind, piece)) if kind and piece else []
        if kind and not words:
            return None
        found += words
    return tuple(found)


def _plain(label: str) -> str:
    if label.isascii():
        return " ".join(label.lower().replace("`", "'").replace(",", " ").split())
    text = unicodedata.normalize("NFKC", label).translate(TRADITIONAL).lower()
    text = re.sub("[’‘`´]", "'", re.sub("[‐‑‒–—―−]", "-", text)).replace(",", " ")
    text = CN_YEAR.sub(lambda year: year.group().translate(DIGITS), text)
    return " ".join(CN_DAY.sub(_cn_number, text).split())


def _cn_number(piece: re.Match[str]) -> str:
    """The digits of a Chinese number below 40: 三十一 is 31."""
    tens, ten, ones = piece.groups()
    if not ten:
        return piece.group().translate(DIGITS)
    return str(NUMBERS.get(tens, 1) * 10 + NUMBERS.get(ones, 0))


def _words(kind: str, piece: re.Match[str]) -> Iterator[Word]:
    """What a piece names; nothing where its numbers name no day, month or year."""
    parts = {name: text for name, text in piece.groupdict().items() if text}
    n = _number(parts.get("n") or parts.get("n_") or "0")
    if kind in READERS:
        yield from READERS[kind](parts)
    elif kind == "weeks":
        yield Word("months", round(n / 13) * 3 if 12 <= n <= 53 else n // 4)
    elif kind == "quarters":
        yield Word("months", n * 3)
    elif kind == "fiscal_quarter":
        yield from (Word("fiscal"), Word("quarter", n))
    elif kind == "interim":
        yield Word("half", 1)
    elif kind.startswith("span_"):
        yield Word("span", int(kind.removeprefix("span_")))
    elif kind:
        yield Word(kind, n)


def _number(text: str) -> int:
    digits = text.rstrip("strdnh") if text[0].isdigit() else text
    return int(digits) if digits.isdecimal() else NUMBERS[text]


def _month(parts: dict[str, str], name: str = "month") -> int:
    text = parts.get(name) or parts.get("m") or parts.get("n") or "0"
    return MONTHS.index(text[:3]) + 1 if text[:3] in MONTHS else _number(text)


def _year(parts: dict[str, str]) -> int:
    return int(parts["year"][-2:]) + 2000


def _date(parts: dict[str, str]) -> Iterator[Word]:
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if one <= 12 and two <= 12 and one != two:
            return  # 03/04/2025 is two days
        month, day = (two, one) if one > 12 else (one, two)
    else:
        month, day = _month(parts), int(parts["day"])
    if 1 <= month <= 12 and 1 <= day <= monthrange(_year(parts), month)[1]:
        yield Word("date", day=date(_year(parts), month, day))


def _day(parts: dict[str, str]) -> Iterator[Word]:
    month, day = _month(parts), int(parts["day"])
    if 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]:
        yield Word("day", month * 100 + day)


def _from_to(parts: dict[str, str]) -> Iterator[Word]:
    first, last = _month(parts), _month(parts, "last")
    if 1 <= first < last <= 12:
        yield Word("from_to", first * 100 + last)


def _month_of(parts: dict[str, str]) -> Iterator[Word]:
    yield from (Word("month", _month(parts)), Word("year", _year(parts)))


def _years(parts: dict[str, str]) -> Iterator[Word]:
    if int(parts["two"]) == int(parts["one"]) + 1:
        yield from (Word("fiscal"), Word("year", int(parts["two"]) + 2000))


def _named_month(parts: dict[str, str]) -> Iterator[Word]:
    if 1 <= _month(parts) <= 12:
        yield Word("month", _month(parts))


READERS: dict[str, Callable[[dict[str, str]], Iterator[Word]]] = {
    "date": _date, "day": _day, "from_to": _from_to, "month_of": _month_of, "years": _years, "month": _named_month,
    "year": lambda parts: iter((Word("year", _year(parts)),)),
    "year_to": lambda parts: iter((Word("fiscal"), Word("year", _year(parts)), Word("year_to", _month(parts)))),
}  # fmt: skip
