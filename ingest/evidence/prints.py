"""Read a number as it was printed, words included: digits, magnitude, sign and what bounds it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from canonical.table_schema import SCHEMAS

__all__ = ["PrintedNumber", "read_print"]

FOLDER = Path(__file__).resolve().parent
NUMBER = re.compile(r"[0-9][0-9 .,・]*[0-9]|[0-9]")
GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
GROUPED_WITH_POINT = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")


@dataclass(frozen=True)
class PrintedNumber:
    """A print taken apart.

    `digits` are plain digits with the sign applied, `magnitude` the factor of the words behind them
    (1 for none), `decimals` what the digits claim where a word of magnitude stands for them all
    (`千亿`), else None. `bound` and `precision_word` are empty where no word says anything.
    """

    digits: str
    magnitude: int
    bound: str = ""
    precision_word: str = ""
    decimals: int | None = None

    @property
    def value(self) -> Decimal:
        """The number with its magnitude, in ones."""
        return Decimal(self.digits) * self.magnitude


def read_print(text: str) -> PrintedNumber:
    """Take a print apart; ValueError where a word in it is not known.

    >>> read_print("over RMB6 billion")
    PrintedNumber(digits='6', magnitude=1000000000, bound='gt', precision_word='none', decimals=None)
    >>> read_print("(11,955)").digits
    '-11955'
    """
    rest, bound, word = _take_bound(_with_known_words(text))
    rest, negative = _take_sign(rest)
    words = _words()
    digits, magnitude, decimals = "", 1, None
    for part, kind in _parts(rest):
        if kind == "digits":
            if digits:
                digits, magnitude = _compound(digits, magnitude, part, rest)
                break
            digits = _plain_digits(part)
        elif words[part.lower()].kind == "number" and not digits:
            digits = words[part.lower()].value
        elif words[part.lower()].kind == "magnitude":
            if not digits:
                digits, decimals = "1", 0
            magnitude *= int(words[part.lower()].value)
    if not digits:
        raise ValueError(f"no number in {text!r}")
    return PrintedNumber(("-" if negative else "") + digits, magnitude, bound, word, decimals)


def _with_known_words(text: str) -> str:
    for word, entry in _words().items():
        if entry.kind == "synonym":
            text = re.sub(rf"(?<![a-z]){re.escape(word)}(?![a-z])", entry.value, text, flags=re.IGNORECASE)
    return text


def _take_bound(text: str) -> tuple[str, str, str]:
    for word, bound, precision_word in _bound_words():
        at = text.lower().find(word.lower())
        if at < 0 or (word.isascii() and word[0].isalpha() and not _stands_alone(text, at, len(word))):
            continue
        if word == "+" and not text.rstrip().endswith("+"):
            continue
        rest = text[:at] + " " + text[at + len(word) :]
        again, other, _ = _take_bound(rest)
        return (again, bound, precision_word) if other in ("", "eq") else (again, other, precision_word)
    return text, "", ""


def _stands_alone(text: str, at: int, length: int) -> bool:
    before, after = text[at - 1 : at], text[at + length : at + length + 1]
    return not before.isalpha() and not after.isalpha()


def _take_sign(text: str) -> tuple[str, bool]:
    rest = text.strip()
    for word in (word for word, entry in _words().items() if entry.kind == "negative"):
        at = rest.lower().find(word)
        if at >= 0:
            return rest[:at] + " " + rest[at + len(word) :], True
    bracketed = re.search(r"\(([0-9][^)]*)\)", rest)
    if bracketed:
        return rest.replace("(", " ").replace(")", " "), True
    if re.match(r"[-−]\s*[0-9$]", rest):
        return rest[1:], True
    return rest.lstrip("+"), False


def _parts(text: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    rest = text.strip()
    known = sorted(_words(), key=len, reverse=True)
    while rest:
        number = NUMBER.match(rest)
        if number:
            parts.append((number.group(), "digits"))
            rest = rest[number.end() :].strip()
            continue
        word = next((known_word for known_word in known if rest.lower().startswith(known_word)), None)
        if word is None:
            raise ValueError(f"{rest!r} in {text!r} is not a known word")
        parts.append((word, "word"))
        rest = rest[len(word) :].strip()
    return parts


def _compound(digits: str, magnitude: int, part: str, text: str) -> tuple[str, int]:
    """`433億2千万`: the second number belongs to the first and is added in the first one's magnitude."""
    tail = read_print(text[text.rindex(part) :])
    whole = Decimal(digits) + tail.value / magnitude
    return format(whole.normalize(), "f"), magnitude


def _plain_digits(text: str) -> str:
    """Digits with a point for decimals, whatever separators the page's language uses."""
    text = text.replace(" ", "").replace("・", ".")
    if GROUPED.fullmatch(text):
        return text.replace(",", "")
    if GROUPED_WITH_POINT.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    if text.count(",") == 1 and "." not in text:
        return text.replace(",", ".")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        raise ValueError(f"{text!r} is not a number with separators this reader knows")
    return text


@dataclass(frozen=True)
class _Word:
    kind: str
    value: str


@cache
def _words() -> dict[str, _Word]:
    with (FOLDER / "number_words.csv").open(encoding="utf-8", newline="") as file:
        return {row["word"].lower(): _Word(row["kind"], row["value"]) for row in csv.DictReader(file)}


@cache
def _bound_words() -> tuple[tuple[str, str, str], ...]:
    """Words of `schemas/precision.csv`, longest first, with the bound and precision word they mean."""
    with (SCHEMAS / "precision.csv").open(encoding="utf-8", newline="") as file:
        found = [
            (word, row["bound"], row["precision_word"])
            for row in csv.DictReader(file)
            for word in [*row["words_en"].split(";"), *row["words_zh"].split(";")]
            if word
        ]
    return tuple(sorted(found, key=lambda entry: (-len(entry[0]), entry[0])))
