"""Read what stands in `printed_text`: numbers as digits, their magnitude, the currency and the sign.

A second reading of the print, made without the typed cells: where both disagree, one of them was mistyped. What is
not understood says nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from canonical.sign_words import mark_of

__all__ = ["NUMBER", "Figure", "currency_of_text", "digits_of", "figures_of_text"]

BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " "))
"""Blanks that keep a number on one line, as plain ones."""
NUMBER = re.compile(r"(?:(?:^|(?<=[\s$€£(~<>−-]))\.)?[0-9](?:[0-9.,・ ]*[0-9])?")
GROUPED = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3})+(?:\.[0-9]+)?")
EUROPEAN = re.compile(r"[0-9]{1,3}(?:[. ][0-9]{3})*,[0-9]+")
POINTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
"""Thousands parted by points, as German prints them; one group may be decimals as well."""
MAGNITUDES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "mio": 6, "billion": 9, "bn": 9, "b": 9, "mrd": 9,
    "trillion": 12, "tn": 12, "t": 12, "quadrillion": 15, "万亿": 12, "萬億": 12, "千万亿": 15, "千万": 7, "百万": 6,
    "万": 4, "萬": 4, "亿": 8, "億": 8,
}  # fmt: skip
"""Words behind a number, as powers of ten."""
JOINED = re.compile(r"\s?[零又]?\s?")
"""What may stand between the pieces of one number: 398億2,400萬."""
MAGNITUDE = re.compile(
    "^[ -]?("
    + "|".join(m + "(?![a-z])" if m.isascii() else m for m in sorted(MAGNITUDES, key=len, reverse=True))
    + ")",
    re.IGNORECASE,
)
"""The longest of them; a Latin letter behind makes another word of a Latin one alone: 114万亿Tokens, but 5 miles."""
PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
CURRENCIES = {
    "HKD": r"Hong Kong dollars?|HK\$|\bHKD\b|港元|港[币幣](?:[ 0-9.,万亿萬億]*元)?",
    "TWD": r"(?:New )?Taiwan dollars?|NT\$|\bNTD\b|\bTWD\b|新?[台臺][币幣](?:[ 0-9.,万亿萬億]*元)?",
    "AUD": r"Australian dollars?|(?<![A-Z])AU?\$|\bAUD\b|澳元",
    "CAD": r"Canadian dollars?|(?<![A-Z])CA?\$|\bCAD\b|加元",
    "JPY": r"\byen\b|\bJPY\b|日[元圆圓]|円",
    "KRW": r"Korean won\b|(?<=illion )won\b|₩|\bKRW\b|[韩韓][元圆圜]",
    "EUR": r"€|\bEUR\b|[欧歐]元|\beuros?\b",
    "GBP": r"£|\bGBP\b|英[镑鎊]|pounds? sterling|British pounds?",
    "USD": r"(?<![A-Z])(?:US)?\$|\bUSD\b|美[元金]|\bdollars?\b",
    "CNY": r"\b(?:RMB|CNY|Rmb)|人民[币幣]|\byuan\b|(?<=[0-9万亿萬億千百多余 ])元",
}
"""What names a currency; at one place the longest name is read, so that 港元 is no 元."""
CURRENCY = re.compile("|".join(f"(?P<{currency}>{names})" for currency, names in CURRENCIES.items()))
OF_MONEY = re.compile(
    "[$€£₩円元币幣金镑鎊圆圓圜]|dollar|won|yen|yuan|euro|pound|HKD|NTD|TWD|AUD|CAD|JPY|KRW|EUR|GBP|USD|RMB|CNY|Rmb"
)
"""What every name of a currency holds: a text without any is not searched for these, which takes ten times as long."""
POINTS = re.compile(
    r"\s?%?\s?-?(?:percentage[- ]points?|percent points?|points?\b|p\.?p\.?(?![a-z])|ppts?\b|pts?\b"
    r"|[个個]?百分[点點]|ポイント)",
    re.IGNORECASE,
)
BASIS_POINTS = re.compile(r"\s?-?(?:basis[- ]points?|bps?\b|[个個]?基[点點])", re.IGNORECASE)
TIMES = re.compile(r"\s?(?:倍|x(?![a-z0-9])|×|times\b|-?fold\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """One number of a text: its digits with a point for decimals, what stands behind it, and what tells its sign.

    `counts` is `percent`, `points` for percentage points, `times`, or empty; `mark` is that of `mark_of`.
    """

    digits: str
    power: int | None
    counts: str = ""
    mark: str = ""

    @property
    def value(self) -> Decimal:
        """The number without its magnitude."""
        return Decimal(self.digits)


def figures_of_text(text: str) -> list[Figure]:
    """The numbers of a text, in order; where one may be read in two ways, both, and one in several pieces as a whole.

    >>> figures_of_text("$24.3 billion")
    [Figure(digits='24.3', power=9, counts='', mark='')]
    >>> [figure.digits for figure in figures_of_text("from 1,084 to 1.084,6")]
    ['1084', '1084.6']
    >>> [figure.digits for figure in figures_of_text("330億600万ドル")]
    ['330', '600', '330.06', '330.0600', '3300600']
    """
    found: list[Figure] = []
    pieces: list[Figure] = []
    text, joined_from = text.translate(BLANKS), 0
    for match in NUMBER.finditer(text):
        rest = text[match.end() :]
        magnitude = MAGNITUDE.match(rest)
        power = MAGNITUDES[magnitude[1].lower()] if magnitude else None
        counts, mark = _counts(rest), mark_of(text[: match.start()], rest)
        read = [Figure(digits, power, counts, mark) for digits in digits_of(match.group(), power)]
        if BASIS_POINTS.match(rest):
            read = [Figure(digits, None, "points", mark) for figure in read for digits in _hundredth(figure.value)]
        if not (pieces and JOINED.fullmatch(text, joined_from, match.start()) and read and _goes_on(pieces, read[0])):
            found += _wholes(pieces)
            pieces = []
        found += read
        pieces += read[:1]
        joined_from = match.end() + (magnitude.end() if magnitude else 0)
    return found + _wholes(pieces)


def _counts(rest: str) -> str:
    """What the words behind a number say that it counts; a percentage point begins as a percentage does."""
    told = (("points", POINTS), ("percent", PERCENT), ("times", TIMES))
    return next((counts for counts, words in told if words.match(rest)), "")


def _hundredth(number: Decimal) -> tuple[str, ...]:
    """A number of basis points in percentage points, with and without zeros at the end."""
    long = f"{number.scaleb(-2):f}"
    return tuple(dict.fromkeys((long.rstrip("0").rstrip("."), long)))


def _goes_on(pieces: list[Figure], piece: Figure) -> bool:
    """Whether a number right behind others counts what their last magnitude leaves over: 600万 behind 330億."""
    last = pieces[-1].power
    return last is not None and not piece.counts and _ones(piece) < Decimal(1).scaleb(last)


def _ones(figure: Figure) -> Decimal:
    return figure.value.scaleb(figure.power or 0)


def _wholes(pieces: list[Figure]) -> list[Figure]:
    """A number printed in several pieces, in the magnitude of each; with and without zeros at the end."""
    if len(pieces) < 2:
        return []
    found: list[Figure] = []
    # Begun with the first piece and not with 0, the sum shows no more decimals than its pieces do.
    total = sum(map(_ones, pieces[1:]), _ones(pieces[0]))
    for piece in pieces:
        number = f"{total.scaleb(-(piece.power or 0)):f}"
        short = number.rstrip("0").rstrip(".") if "." in number else number
        found += [Figure(digits, piece.power, mark=pieces[0].mark) for digits in dict.fromkeys((short, number))]
    return found


def digits_of(token: str, power: int | None) -> list[str]:
    """A number with a point for decimals and no separators; several where blanks part several numbers."""
    if token.startswith("."):
        return [f"0{token}"] if token[1:].isdecimal() else []
    if GROUPED.fullmatch(token):
        return [token.replace(",", "").replace(" ", "")]
    if EUROPEAN.fullmatch(token):
        whole, _, decimals = token.rpartition(",")
        return [whole.replace(".", "").replace(" ", "") + "." + decimals]
    parts = token.replace("・", ".").replace(",", "").split(" ")
    plain = [part for part in parts if re.fullmatch(r"[0-9]+(\.[0-9]+)?", part)]
    # Nobody counts thousands of billions: there the point can only be that of decimals.
    pointed = [token.replace(".", "")] if POINTED.fullmatch(token) and power in (None, 3, 6) else []
    return plain + pointed


@lru_cache(maxsize=1 << 13)
def currency_of_text(text: str) -> str:
    """The one currency a text names; empty where it names none or several.

    >>> currency_of_text("5 billion Hong Kong dollars"), currency_of_text("RMB7 (US$1)")
    ('HKD', '')
    """
    named = {match.lastgroup or "" for match in CURRENCY.finditer(text)} if OF_MONEY.search(text) else set[str]()
    return named.pop() if len(named) == 1 else ""
