"""Where statements stand in their document and in the table: in reading order, with numbers that leave none out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import polars as pl

from validation.units.given import Given

__all__ = ["left_out", "out_of_order"]

PLACE = re.compile(r"(?:p|page):([0-9]+)(?: list:([0-9]+))?")
NUMBERED = re.compile(r"(.+)\.([0-9]+)")
Place = tuple[int, int]
Said = Iterator[tuple[int, str, str, str]]


def out_of_order(given: Given) -> Said:
    """Statements whose page lies outside those of the statement before and after it, which are in order themselves."""
    rows = given.typed.select("source_id", "locator").rows()
    for at in range(1, len(rows) - 1):
        (before, one, after) = (_place(rows[i][1]) if rows[i][0] == rows[at][0] else None for i in (at - 1, at, at + 1))
        if before and one and after and before <= after and not before <= one <= after:
            first, last = rows[at - 1][1], rows[at + 1][1]
            expected = first if first == last else f"a place from {first} to {last}"
            yield at, "locator", expected, "the statements before and after it stand elsewhere in the document"


def _place(locator: str | None) -> Place | None:
    match = PLACE.fullmatch(locator or "")
    return (int(match[1]), int(match[2] or 0)) if match else None


def left_out(given: Given) -> Said:
    """Statements after a number of their document that neither a statement nor an observation has.

    Numbers count the rows of a document: one that is missing between two others was left out. A document of which
    several are missing does not count so.
    """
    taken: dict[str, set[int]] = {}
    places: dict[tuple[str, int], int] = {}
    for at, name in enumerate(given.typed.get_column("statement_id")):
        numbered = _take(name, taken)
        if numbered:
            places.setdefault(numbered, at)
    observations = given.counts("observations", ("observation_id",))
    if observations is not None:
        document = pl.col("observation_id").cast(pl.String).str.extract(f"^(?:{NUMBERED.pattern})$", 1)
        is_of_one = document.is_in(pl.Series(list(taken), dtype=pl.String).implode())
        for name in observations.filter(is_of_one).get_column("observation_id"):
            _take(name, taken)
    for source, number in _gaps(taken, places):
        expected = f"a row {source}.{number:03d}"
        yield places[source, number + 1], "statement_id", expected, "no row of the document has the number before"


def _take(name: str | None, taken: dict[str, set[int]]) -> tuple[str, int] | None:
    match = NUMBERED.fullmatch(name or "")
    if match is None:
        return None
    taken.setdefault(match[1], set()).add(int(match[2]))
    return match[1], int(match[2])


def _gaps(taken: Mapping[str, set[int]], places: Mapping[tuple[str, int], int]) -> Iterator[tuple[str, int]]:
    """The only number that is missing between others of a document, where a statement follows it."""
    for source in dict.fromkeys(source for source, _ in places):
        numbers = taken[source]
        missing = [number for number in range(min(numbers), max(numbers)) if number not in numbers]
        if len(missing) == 1 and (source, missing[0] + 1) in places:
            yield source, missing[0]
