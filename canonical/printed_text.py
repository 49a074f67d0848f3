"""Read what stands in `printed_text`: numbers as digits, their magnitude, the currency, the sign and the bound.

A second reading of the print, made without the typed cells: where both disagree, one of them was mistyped. What is
not understood says nothing.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from canonical.table_schema import SCHEMAS

__all__ = ["Figure", "bound_of_text", "currency_of_text", "figures_of_text"]

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
MONEY = r"(?:RMB|CNY|USD|EUR|HKD|人民币|[A-Z]{0,2}[$€£¥￥]) ?"
"""A currency between a word or sign and its number."""
MINUS = re.compile(rf"(?:(?:^|[(（:：$€£¥]|[^0-9\s–-]\s)[-−]|△ ?)(?:{MONEY})?$")
"""A minus before a number; Japanese accounts print a triangle for it."""
OPENED = re.compile(rf"^\s*(?:{MONEY})?[(（](?:{MONEY})?$")
CLOSED = re.compile(r"^[^()（）0-9]{0,12}[)）]")
ABOUT = r"(?: about| around| approximately| nearly| over| more than)? ?(?:约|近|超过?|逾)? ?"
"""Words of bound between a word of loss or fall and its number."""
LOSS = re.compile(rf"(?:\bloss(?:es)?(?: of| was)?|\blost|亏损(?:额?为|达|了)?){ABOUT}(?:{MONEY})?$", re.IGNORECASE)
FALL = re.compile(
    r"(?:\b(?:down|fell|declined|decreased|dropped|shrank|(?:fall|decline|decrease|drop) of)(?: by)?"
    rf"|(?:下降|下跌|下滑|减少|減少|降低|缩减|降|减|減)了?){ABOUT}(?:{MONEY})?$",
    re.IGNORECASE,
)
"""Words of fall directly before a number: `down from 90 %` and 下降到 say where a fall began or ended, not how deep."""
FALLEN = re.compile(
    r"^ ?(?:%|percent|per cent)? (?:year-over-year |y/y |yoy )?(?:decrease|decline|drop|fall|reduction)\b", re.I
)
"""The same directly behind it."""

NUMERAL = (
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|dozen)\b|[一二两三四五六七八九十百千]"
)
BEHIND = {"多": "(?![模云样语媒租])", "余": "(?![额量款项下])", "以上": "", "左右": "", "量级": "", "+": ""}
"""Words that stand behind their number, and what may not follow them; all others stand before it."""
COMPOUNDS = {"约": "签合履续违预节条契", "近": "最附", "超": "高赶"}
"""Characters that make another word of the one behind them."""
COUNTED = r"\s?[万亿千百十萬億兆]*[KMBTQ]?\s?%?(?:个百分点|[美港欧]?元|[a-z个家倍名项次]){0,2}"
"""What may stand between a number and a word behind it: its magnitude and what is counted."""


@dataclass(frozen=True)
class Figure:
    """One number of a text: its digits with a point for decimals, what stands behind it, and what makes it negative.

    `mark` is `minus` for a sign or brackets, `loss` or `fall` for such a word directly before it, else empty.
    """

    digits: str
    power: int | None
    is_percent: bool
    mark: str = ""

    @property
    def value(self) -> Decimal:
        """The number without its magnitude."""
        return Decimal(self.digits)


def figures_of_text(text: str) -> list[Figure]:
    """The numbers of a text, in order; where one may be read in two ways, both, and one in several pieces as a whole.

    >>> figures_of_text("$24.3 billion")
    [Figure(digits='24.3', power=9, is_percent=False, mark='')]
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
        percent, mark = PERCENT.match(rest) is not None, _mark(text[: match.start()], rest)
        read = [Figure(digits, power, percent, mark) for digits in _digits(match.group(), power)]
        if not (pieces and JOINED.fullmatch(text, joined_from, match.start()) and read and _goes_on(pieces, read[0])):
            found += _wholes(pieces)
            pieces = []
        found += read
        pieces += read[:1]
        joined_from = match.end() + (magnitude.end() if magnitude else 0)
    return found + _wholes(pieces)


def _goes_on(pieces: list[Figure], piece: Figure) -> bool:
    """Whether a number right behind others counts what their last magnitude leaves over: 600万 behind 330億."""
    last = pieces[-1].power
    return last is not None and not piece.is_percent and _ones(piece) < Decimal(1).scaleb(last)


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
        found += [Figure(digits, piece.power, False, pieces[0].mark) for digits in dict.fromkeys((short, number))]
    return found


def _digits(token: str, power: int | None) -> list[str]:
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


def _mark(before: str, behind: str) -> str:
    """What makes a number negative, from the text before and behind it."""
    if MINUS.search(before) or (OPENED.search(before) and CLOSED.search(behind)):
        return "minus"
    if LOSS.search(before):
        return "loss"
    # A loss that falls is a gain.
    is_fall = FALL.search(before) or FALLEN.search(behind)
    return "fall" if is_fall and not re.search(r"亏损|\bloss", before, re.IGNORECASE) else ""


@lru_cache(maxsize=1 << 13)
def currency_of_text(text: str) -> str:
    """The one currency a text names; empty where it names none or several.

    >>> currency_of_text("5 billion Hong Kong dollars"), currency_of_text("RMB7 (US$1)")
    ('HKD', '')
    """
    named = {match.lastgroup or "" for match in CURRENCY.finditer(text)}
    return named.pop() if len(named) == 1 else ""


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
    for number in re.finditer(rf"{NUMBER.pattern}|{NUMERAL}", text, re.IGNORECASE):
        if digits and number.group()[0].isdecimal() and digits not in _digits(number.group(), None):
            continue
        ahead = before.search(text[: number.start()])
        found = ahead or behind.search(text[number.end() :])
        if found:
            first = before.search(text[: ahead.start(1)]) if ahead else None
            return _together(bounds[found[1].lower()], bounds[first[1].lower()] if first else None)
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
