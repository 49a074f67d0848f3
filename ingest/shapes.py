"""Hold what an upstream ships to the shape its adapter knows, so that a renamed field is named and not skipped."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Any, cast

from ingest.upstream import UpstreamError

__all__ = ["known_keys", "list_of", "mapping_of", "reading", "seen_in_most"]

MOST = 0.9
"""Share of entries in which a key of every entry is seen, misspelt and forgotten ones allowed for."""
UNEXPECTED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)


@contextmanager
def reading(name: str) -> Generator[None]:
    """Read what `name` holds; whatever does not fit on the way is an UpstreamError that names it."""
    try:
        yield
    except UNEXPECTED as error:
        text = " ".join(str(error).split())
        raise UpstreamError(f"{name}: not in the form expected ({type(error).__name__}: {text})") from None


def mapping_of(value: Any, where: str) -> Mapping[str, Any]:
    """The value itself; UpstreamError unless it is a mapping."""
    if not isinstance(value, Mapping):
        raise UpstreamError(f"{where} is {_named(value)}, not an object")
    return cast(Mapping[str, Any], value)


def list_of(value: Any, where: str) -> list[Any]:
    """The value itself; UpstreamError unless it is a list."""
    if not isinstance(value, list):
        value = cast(object, value)
        raise UpstreamError(f"{where} is {_named(value)}, not a list")
    return cast(list[Any], value)


def known_keys(entry: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """UpstreamError where an entry has a key that is not known."""
    unknown = sorted(key for key in entry if key not in known)
    if unknown:
        raise UpstreamError(f"{where}: {unknown[0]} is unknown")


def seen_in_most(entries: Iterable[Collection[str]], keys: Collection[str], where: str) -> None:
    """UpstreamError where one of `keys` stands in fewer than nine of ten entries."""
    listed = list(entries)
    for key in keys:
        seen = sum(key in entry for entry in listed)
        if seen < MOST * len(listed):
            raise UpstreamError(f"{where}: {key} is missing in {len(listed) - seen:,} of {len(listed):,} entries")


def _named(value: object) -> str:
    return "null" if value is None else f"a {type(value).__name__}"
