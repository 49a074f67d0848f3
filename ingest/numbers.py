"""Bring a printed price to exact decimals, without the noise that binary fractions leave behind."""

from __future__ import annotations

import re
import struct
from decimal import Context, Decimal

from ingest.upstream import UpstreamError, shown

__all__ = ["SIGNIFICANT", "exact_number", "plain_text", "printed_number", "squashed", "tokens_of"]

SIGNIFICANT = 12
"""Digits no price list prints more of; what stands beyond them is binary noise."""

NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?")
"""Digits of our own script, no blanks, no signs within, no endless exponent."""
MOST = Decimal(10) ** 9
LEAST = Decimal(10) ** -18
MOST_TOKENS = 10**9
ROUNDING = Context(prec=SIGNIFICANT)


def exact_number(text: str, where: str) -> Decimal:
    """The number a text holds in full; UpstreamError saying `where` it stands if it is none that a list prints."""
    if not NUMBER.fullmatch(text):
        raise UpstreamError(f"{where} is {shown(text)}, not a number in plain digits")
    return Decimal(text)


def printed_number(text: str, where: str) -> Decimal:
    """The price a cell holds; UpstreamError saying `where` it stands if it is none, or below zero."""
    number = Decimal(text) if NUMBER.fullmatch(text) else Decimal(-1)
    if number.is_signed() or (number and not LEAST <= number <= MOST):
        raise UpstreamError(f"{where} is {shown(text)}, not a price")
    return number


def tokens_of(value: object, where: str) -> int:
    """A count of tokens, given as a whole number or its digits; UpstreamError saying `where` if it is none."""
    text = "" if isinstance(value, bool) else str(value)
    number = Decimal(text) if NUMBER.fullmatch(text) else Decimal(-1)
    if number.is_signed() or number > MOST_TOKENS or number != number.to_integral_value():
        raise UpstreamError(f"{where} is {shown(value)}, not a number of tokens")
    return int(number)


def squashed(number: Decimal) -> Decimal:
    """The number its writer meant: up to 12 significant digits as they stand, longer ones without the noise.

    A number kept as a 4-byte fraction and written as an 8-byte one becomes its shortest 4-byte form; any
    other long one is rounded to 12 significant digits.

    >>> squashed(Decimal("0.21840000000000001")), squashed(Decimal("56.77000045776367"))
    (Decimal('0.2184'), Decimal('56.77'))
    """
    if len(number.normalize().as_tuple().digits) <= SIGNIFICANT:
        return number.normalize()
    return (_shortest_single(float(number)) or ROUNDING.plus(number)).normalize()


def plain_text(number: Decimal) -> str:
    """Digits without an exponent and without padded zeros: `0.00000025`, `30`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shortest_single(number: float) -> Decimal | None:
    if _as_single(number) != number:
        return None
    for digits in range(1, 10):
        text = f"{number:.{digits}g}"
        if _as_single(float(text)) == number:
            return Decimal(text)
    return None


def _as_single(number: float) -> float:
    single: float = struct.unpack("<f", struct.pack("<f", number))[0]
    return single
