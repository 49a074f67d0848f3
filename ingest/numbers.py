"""Bring a printed price to exact decimals, without the noise that binary fractions leave behind."""

from __future__ import annotations

import struct
from decimal import Context, Decimal, InvalidOperation

from ingest.upstream import UpstreamError

__all__ = ["SIGNIFICANT", "plain_text", "printed_number", "squashed"]

SIGNIFICANT = 12
"""Digits no price list prints more of; what stands beyond them is binary noise."""

ROUNDING = Context(prec=SIGNIFICANT)


def printed_number(text: str, where: str) -> Decimal:
    """The number a cell holds; UpstreamError saying `where` it stands if it is none, or below zero."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise UpstreamError(f"{where} is {text!r}, not a price")
    return number


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
