"""Layer C of names of regions: each of its own region, in its country and direction, spelt as places are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

import polars as pl

from canonical.findings import Finding
from canonical.region_places import countries_of
from validation.units.given import Given, Rule
from validation.units.place_names import COMPASS, OTHER_WORDS, PLACES
from validation.units.places import countries_told, words

__all__ = ["NAME", "names_of_regions"]

NAME = Rule(
    "C.region_name", "warning", "", "read the name beside the code of the region in the list of the vendor",
)  # fmt: skip

FEW, MOST = 10, 0.95
"""So many regions of a vendor, of which this share has a name, tell that its list names them."""
LONG = 5
"""Letters of a word of which one may be a slip."""
ZONE = re.compile(r"(?<!Local )\bzones?\b|\b[0-9][a-z]$|\b[a-z]+-[a-z]+-?[0-9][a-z]$", re.IGNORECASE)
DIRECTION = re.compile(r"(?<!Middle )\b(North|South|East|West)(?:ern)?(?= \(|\)|$)", re.IGNORECASE)
"""A direction at the end of what stands before or within brackets; the Middle East is none."""


def names_of_regions(given: Given) -> Iterator[Finding]:
    """Names that two regions have, that tell of another place, a zone or no place, that are misspelt or missing."""
    if not given.has(("vendor_id", "region", "name")):
        return
    frames = [frame for frame in (given.typed, given.at_hand()) if frame is not None and "name" in frame.columns]
    rows = pl.concat([frame.select("vendor_id", "region", "name") for frame in frames]).rows()
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    named: dict[str, Counter[bool]] = defaultdict(Counter)
    for vendor, code, name in rows:
        named[vendor][name is not None] += 1
        if name is not None:
            codes[vendor, name.casefold()].add(code)
    counts = Counter(word for *_, name in rows if name is not None for word in set(words(name.lower())))
    usual = {word for word, count in counts.items() if count > 1} | PLACES.keys() | set(COMPASS) | set(OTHER_WORDS)
    parts = {part for word in usual for part in (word[n:] for n in range(1, len(word)))} | usual
    for at, (vendor, code, name) in enumerate(given.typed.select("vendor_id", "region", "name").iter_rows()):
        if not name:
            if _is_named(named[vendor]) and countries_of(vendor or "").get(code):
                yield given.finding(NAME, at, "name", "the name of the region", "the list names all its regions")
        elif odd := _odd(vendor or "", code or "", name, codes):
            yield given.finding(NAME, at, "name", *odd)
        elif slip := _slip(name, usual, parts):
            yield given.finding(NAME, at, "name", slip[1], f"{slip[0]} is no place, and like one")


def _is_named(counts: Counter[bool]) -> bool:
    return counts.total() >= FEW and counts[True] >= MOST * counts.total()


def _odd(vendor: str, code: str, name: str, codes: Mapping[tuple[str, str], set[str]]) -> tuple[str, str] | None:
    """What a name should be, and why, where it is not that of its region; else None."""
    others = codes[vendor, name.casefold()] - {code}
    if others and not any(_is_elsewhere(vendor, other, name) for other in others):
        return "a name of its own", f"{min(others)} of the vendor has the same name"
    if name.casefold() == code.casefold():
        return "the name of the region", "the code stands for the name"
    if ZONE.search(name):
        return "the name of the region", "the name is of a zone"
    if _is_elsewhere(vendor, code, name) and not others:
        return f"a name of a place in {countries_of(vendor)[code]}", "the name tells another country"
    direction = DIRECTION.search(name)
    if direction and any(word in code for word in COMPASS) and direction[1].lower() not in code:
        return "the direction of the code", f"the code tells no {direction[1].lower()}"
    return None


def _slip(name: str, usual: Collection[str], parts: Collection[str]) -> tuple[str, str] | None:
    """A word of a name that is a known one but for a letter more, less, or out of its place, and that one."""
    for word in words(name.lower()):
        near = [] if word in parts else get_close_matches(word, sorted(usual), n=1, cutoff=0.75)
        if near and (
            sorted(near[0]) == sorted(word) or (max(len(word), len(near[0])) >= LONG and _is_one_off(word, near[0]))
        ):
            return word, near[0]
    return None


def _is_one_off(word: str, other: str) -> bool:
    """Whether one of two words has one letter more than the other.

    >>> _is_one_off("frankfrt", "frankfurt"), _is_one_off("austria", "australia")
    (True, False)
    """
    shorter, longer = sorted((word, other), key=len)
    return len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )


def _is_elsewhere(vendor: str, code: str, name: str) -> bool:
    """Whether a region lies in another country than its name tells, so that the name is that of another region."""
    told, country = countries_told("", name), countries_of(vendor).get(code)
    return bool(told and country) and country not in told
