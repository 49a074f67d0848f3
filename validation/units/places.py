"""Layers U and V of lists of regions and machines: codes of the vendor's own form, in their country, of one vendor."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

import polars as pl

from canonical.findings import Finding
from canonical.region_places import countries_of
from validation.units.given import Given, Rule, rows_by
from validation.units.place_names import COMPASS, OTHER_WORDS, PLACES, TOKENS

__all__ = [
    "FORM", "PLACE", "VENDOR", "codes_of_regions", "countries_of_regions", "countries_told", "vendors_of_lists",
    "words",
]  # fmt: skip

FEW = 10
"""A vendor with fewer regions tells no form, a source with fewer rows no vendor."""
MOST = 0.9
"""Share of the rows of a source that tells whose list it is."""
LETTERS, LONG = re.compile(r"[A-Za-z]+"), 4
"""Words of a code; of shorter ones each may be a country."""
SHORTEST = 4
"""Letters of a remainder that can be a slip of a place."""
LOCAL = "-lr"
"""How Alibaba ends the code of a local region."""

FORM = Rule(
    "U.region_code", "warning", "no other region of the vendor has a code of this form",
    "type the code of the region as the vendor writes it: no zone, no name, no code of another vendor",
)  # fmt: skip
PLACE = Rule(
    "C.region_country", "warning", "the region lies in another country",
    "look up where the region is, and type the country in every row of it",
)  # fmt: skip
VENDOR = Rule(
    "V.list_vendor", "warning", "the source lists another vendor", "correct vendor_id, or name the source of the row"
)


def codes_of_regions(given: Given) -> Iterator[Finding]:
    """Codes of a form that no other region of the vendor has, or with a word that is a slip of a place's or its own."""
    if not given.has(("vendor_id", "region")):
        return
    known = _regions(given)
    forms = {vendor: Counter(map(_form, codes)) for vendor, codes in known.items()}
    used = {vendor: Counter(w for code in codes for w in set(words(code))) for vendor, codes in known.items()}
    spelt = {vendor: _Spelt.of(w for w, count in of_vendor.items() if count > 1) for vendor, of_vendor in used.items()}
    for at, (vendor, code) in enumerate(given.typed.select("vendor_id", "region").iter_rows()):
        if code is None or len(known.get(vendor, ())) < FEW:
            continue
        if forms[vendor][_form(code)] < 2:
            usual = ", ".join(form for form, _ in forms[vendor].most_common(2) if form != _form(code))
            yield given.finding(FORM, at, "region", f"a code like those of the vendor: {usual}")
        elif near := _misspelt(code, spelt[vendor]):
            yield given.finding(FORM, at, "region", near, "a word of the code is no place, and like one")


def _regions(given: Given) -> Mapping[str, set[str]]:
    """The codes of each vendor in the file and at hand."""
    found: dict[str, set[str]] = defaultdict(set)
    for frame in (given.typed, given.references(given.name)):
        if frame is not None:
            for vendor, code in frame.select("vendor_id", "region").drop_nulls().iter_rows():
                found[vendor].add(code)
    return found


def _form(code: str) -> str:
    """The form of a code: letters and digits by one sign each, `us-east-1` as `a-a-9`; a local region is one."""
    plain = code.removesuffix(LOCAL)
    return re.sub(r"[0-9]+", "9", re.sub(r"[A-Z]+", "A", re.sub(r"[a-z]+", "a", plain)))


def words(code: str) -> list[str]:
    """The longer words of a code or a name.

    >>> words("ap-tokyo-1")
    ['tokyo']
    """
    return [word for word in LETTERS.findall(code) if len(word) >= LONG]


class _Spelt(NamedTuple):
    """The words that codes of a vendor are made of, and how another word is parted at them."""

    known: set[str]
    parts: re.Pattern[str]

    @classmethod
    def of(cls, usual: Iterable[str]) -> _Spelt:
        """Those of every vendor, and its usual ones."""
        known = {word for word in (*COMPASS, *OTHER_WORDS, *PLACES, *usual) if len(word) >= LONG}
        return cls(known, re.compile("|".join(sorted(known, key=len, reverse=True))))


def _misspelt(code: str, spelt: _Spelt) -> str:
    """The code with a known word in place of one like it that names no place; else the empty text."""
    known = spelt.known
    for word in words(code):
        rest = [part for part in spelt.parts.split(word) if part] if word not in known else []
        for odd in rest:
            if odd not in TOKENS and len(odd) < len(word) and sorted(odd) in map(sorted, TOKENS):
                return code.replace(odd, next(token for token in TOKENS if sorted(token) == sorted(odd)))
            near = get_close_matches(odd, known, n=1, cutoff=0.75) if len(odd) >= SHORTEST else []
            if near and abs(len(near[0]) - len(odd)) < 2:
                return code.replace(odd, near[0])
    return ""


def countries_of_regions(given: Given) -> Iterator[Finding]:
    """Regions that stand in two countries, by code or by name: told at those of the fewer rows."""
    if not given.has(("vendor_id", "region", "country")):
        return
    known = given.references(given.name)
    named = ("vendor_id", "region", "country")
    # Of two countries with as many rows, that of the package, then that of the earlier row, is held to be right.
    rows = pl.concat([frame.select(named) for frame in (known, given.typed) if frame is not None]).drop_nulls()
    counts = rows.group_by(named, maintain_order=True).len().sort("len", descending=True, maintain_order=True)
    usual = counts.unique(named[:2], keep="first", maintain_order=True).drop("len")
    elsewhere = {(vendor, region): country for vendor, region, country in usual.iter_rows()}
    names = given.typed["name"].to_list() if given.has(("name",)) else [None] * given.typed.height
    for at, (vendor, region, country) in enumerate(given.typed.select(named).iter_rows()):
        if region is None or country is None or countries_of(vendor or "").get(region):
            continue
        told = countries_told(region, names[at] or "")
        if told and country not in told:
            message = "the code or the name of the region tells another country"
            yield given.finding(PLACE, at, "country", " or ".join(sorted(told)), message)
        elif elsewhere.get((vendor, region), country) != country:
            yield given.finding(PLACE, at, "country", elsewhere[vendor, region])


def countries_told(code: str, name: str) -> set[str]:
    """The countries that the words of a code and the name of a region tell."""
    said = re.sub(r"[^a-z]", "", name.lower())
    parts = [re.split(rf"{'|'.join(COMPASS)}", token) for token in LETTERS.findall(code.lower())]
    tokens = {part for pieces in parts for part in pieces if part}
    told = {PLACES.get(token) or TOKENS.get(token) for token in tokens}
    told |= {country for place, country in PLACES.items() if len(place) > SHORTEST and place in said}
    return {country for country in told if country}


def vendors_of_lists(given: Given) -> Iterator[Finding]:
    """Rows of another vendor than that of most rows of their source."""
    if not given.has(("source_id", "vendor_id")):
        return
    named = ("source_id", "vendor_id")
    beside = None if given.is_whole else given.counts(given.name, named)
    own = rows_by(given.typed, named)
    found = [frame for frame in (own, beside) if frame is not None]
    counts = pl.concat(found).drop_nulls().group_by(named).agg(pl.col("len").sum())
    counts = counts.with_columns(share=pl.col("len") / pl.col("len").sum().over("source_id"))
    if counts.height == counts["source_id"].n_unique():
        return
    usual = counts.filter(pl.col("share") > MOST, pl.col("len") >= FEW).select("source_id", usual="vendor_id")
    odd = own.join(usual, on="source_id").filter(pl.col("vendor_id") != pl.col("usual")).select(*named, "usual")
    if odd.is_empty():
        return
    rows = given.typed.select(named).with_row_index("_row")
    other = rows.join(odd, on=named, maintain_order="left")
    for at, vendor in other.select("_row", "usual").iter_rows():
        yield given.finding(VENDOR, at, "vendor_id", vendor)
