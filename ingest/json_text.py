"""Parse JSON that others wrote so that nothing in it is settled silently: repeated keys, NaN, digits without end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NoReturn, cast

from ingest.numbers import exact_number
from ingest.upstream import UpstreamError, shown

__all__ = ["Join", "parse_json", "refused"]

Join = Callable[[str, Any, Any, str], Any]
"""What stands for a key that an object has twice: of the key, its two values and where they stand."""
MOST_INTEGER_DIGITS = 30


def refused(key: str, one: Any, other: Any, where: str) -> NoReturn:
    """No value: a key that stands twice is an UpstreamError."""
    raise UpstreamError(f"{where}: key {shown(key)} stands twice in one object")


def parse_json(content: bytes, where: str, join: Join = refused) -> Any:
    """A JSON document, its fractions as exact decimals.

    UpstreamError where it is none, too deep, or holds what no price list means: a number that is not finite, of
    more digits than any price, or half of a letter; and, unless `join` knows better, a key that stands twice.
    """

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            found[key] = join(key, found[key], value, where) if key in found else value
        return found

    try:
        document = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=object_of,
            parse_float=lambda text: exact_number(text, where),
            parse_int=lambda text: _integer(text, where),
            parse_constant=lambda text: _refuse_constant(text, where),
        )
    except RecursionError:
        raise UpstreamError(f"{where}: objects inside objects without end") from None
    except ValueError:
        raise UpstreamError(f"{where}: not JSON in UTF-8") from None
    for text in _texts(document):
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise UpstreamError(f"{where}: {shown(text)} holds half of a letter")
    return document


def _integer(text: str, where: str) -> int:
    if len(text) > MOST_INTEGER_DIGITS:
        raise UpstreamError(f"{where}: {shown(text)} has more digits than any price")
    return int(text)


def _refuse_constant(text: str, where: str) -> Decimal:
    raise UpstreamError(f"{where}: {text} is no number")


def _texts(document: Any) -> Iterator[str]:
    waiting: list[Any] = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            yield from cast(dict[str, Any], part)
            waiting.extend(cast(dict[str, Any], part).values())
        elif isinstance(part, list):
            waiting.extend(cast(list[Any], part))
