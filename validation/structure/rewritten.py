"""The same cell in the form of its column: 33006 for 33,006, 2025-09-30 for 30/09/2025, openai for OpenAI."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from canonical.field import Field
from canonical.label_words import words_of_label
from canonical.rules.rule import Rule

__all__ = ["remedy_of"]

LONGEST = 80
"""No longer cell is written anew: it is a text in the wrong column."""
SIGNS = re.compile(r"^(?:[A-Z]{3}\b|US\$|HK\$|RMB|[$€£¥])?\s*(.*?)\s*%?$")
GROUPED = re.compile(r"[0-9]{1,3}([, '’])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")
PLAIN = re.compile(r"[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]{1,2})?")
MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?Z?$")
FIRST_DAY, DAYS = date(1899, 12, 30), range(20_000, 60_000)
"""The day before the first of spreadsheets, and the numbers that stand for days of 1954 to 2064 there."""
YES, NO = ("true", "t", "yes", "y", "1", "是"), ("false", "f", "no", "n", "0", "否")


def remedy_of(cell: str, rule: Rule, field: Field) -> str:
    """What to write in place of a cell that has not the form or the type of its column, the rule's own remedy else."""
    is_asked = rule.kind == "pattern" or (rule.kind == "type" and field.format == "default")
    if not cell or len(cell) > LONGEST or not is_asked:
        return rule.fix
    plain = unicodedata.normalize("NFKC", cell).strip().translate({0x2212: "-"})
    written = list(dict.fromkeys(_written(plain, rule, field)))
    return f"write {', or '.join(written)}" if written else rule.fix


def _written(plain: str, rule: Rule, field: Field) -> Iterator[str]:
    if rule.kind == "pattern":
        pattern = re.compile(rule.arguments[0])
        if pattern.fullmatch("0") and not pattern.fullmatch("a"):
            yield from (text for text in _numbers(plain) if pattern.fullmatch(text.split(" ")[0]))
            return
        spelled = (plain, plain.lower(), plain.upper(), re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-"))
        yield from [text for text in spelled if pattern.fullmatch(text)][:1]
    elif field.type == "date":
        yield from _days(plain)
    elif field.type in ("number", "integer") and not field.descriptor.keys() & {"decimalChar", "groupChar"}:
        digits = (text.removesuffix(".0") if field.type == "integer" else text for text in _numbers(plain))
        yield from (text for text in digits if field.type == "number" or "." not in text)
    elif field.type == "boolean":
        word = plain.casefold()
        yield from field.descriptor.get("trueValues", ["true"])[:1] if word in YES else ()
        yield from field.descriptor.get("falseValues", ["false"])[:1] if word in NO else ()


def _numbers(plain: str) -> Iterator[str]:
    """What a cell writes with separators, signs of money or an exponent as digits; two where both may be."""
    inner = plain[1:-1] if plain.startswith("(") and plain.endswith(")") else plain
    minus = "-" if inner != plain or inner.startswith("-") else ""
    match = SIGNS.match(inner.removeprefix("-").strip())
    digits = match.group(1) if match else ""
    if GROUPED.fullmatch(digits):
        is_decimal_comma = "," in digits and "." in digits and digits.rindex(",") > digits.rindex(".")
        whole = digits.replace(".", "").replace(",", ".") if is_decimal_comma else re.sub(r"[, '’]", "", digits)
        yield minus + whole
        if digits.count(",") == 1 and "." not in digits:
            yield f"{minus}{digits.replace(',', '.')} where the comma is the decimal sign"
    elif re.fullmatch(r"[0-9]+,[0-9]+", digits):
        yield minus + digits.replace(",", ".")
    elif PLAIN.fullmatch(digits) and re.search("[0-9]", digits):
        yield minus + f"{Decimal(digits):f}"


def _days(plain: str) -> Iterator[str]:
    """The day that a cell writes in another way; a number may be a spreadsheet's."""
    words = words_of_label(MIDNIGHT.sub("", plain))
    if words and len(words) == 1 and words[0].day:
        yield words[0].day.isoformat()
    elif plain.isdecimal() and int(plain) in DAYS:
        yield f"{FIRST_DAY + timedelta(days=int(plain))} where the number is a spreadsheet's day"
