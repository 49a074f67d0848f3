"""Why a schema can be none of this package: what it must say beyond the standard, each fault a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast, get_args

from canonical.field import Filled

__all__ = ["extension_faults", "package_faults"]

KINDS = ("reference", "fact", "derived")
TEXTS = ("title", "title_zh", "description", "description_zh")
PLAIN_TYPES = ("string", "integer", "number", "boolean", "date")
"""The types that every reader of the package has: Parquet, SQL, R and a spreadsheet."""


def extension_faults(descriptor: dict[str, Any], names: list[str]) -> Iterator[str]:
    """What is wrong with our own properties where a schema has them; `names` are those of its fields."""
    for place, key in enumerate(_listed(descriptor, "matchingKeys"), start=1):
        ours = key.get("fields") if isinstance(key, dict) else None
        reference = key.get("reference") if isinstance(key, dict) else None
        theirs = reference.get("fields") if isinstance(reference, dict) else None
        if not _is_pair(ours) or not _is_pair(theirs) or not _is_text(cast(dict[str, Any], reference).get("resource")):
            yield f"matchingKeys {place}: expected two fields, and a reference with a resource and two fields"
        else:
            named = cast(list[str], ours)
            yield from (f"matchingKeys {place}: there is no field {name}" for name in named if name not in names)
    for place, key in enumerate(_listed(descriptor, "prefixedKeys"), start=1):
        ends = [key.get("field"), key.get("prefix")] if isinstance(key, dict) else [None]
        if not all(end in names for end in ends):
            yield f"prefixedKeys {place}: expected the names of two fields as field and prefix"
    for entry in descriptor["fields"]:
        if "itemReference" in entry:
            reference = entry["itemReference"]
            if not isinstance(reference, dict) or not all(map(_is_text, map(reference.get, ("resource", "field")))):
                yield f"field {entry['name']}: itemReference: expected an object with a resource and a field"


def package_faults(descriptor: dict[str, Any], name: str) -> Iterator[str]:
    """What a Table Schema without faults lacks to be that of the table `name` of this package."""
    if descriptor.get("name") != name:
        yield f"name: found {descriptor.get('name')!r:.60}, expected {name}, as the file is called"
    if descriptor.get("kind") not in KINDS:
        yield f"kind: found {descriptor.get('kind')!r:.60}, expected one of {', '.join(KINDS)}"
    yield from (f"{key}: expected a text" for key in TEXTS if not _is_text(descriptor.get(key)))
    if not descriptor.get("primaryKey"):
        yield "primaryKey: expected the names of fields"
    if descriptor.get("kept_as", "parquet") != "parquet":
        yield f"kept_as: found {descriptor['kept_as']!r:.60}, expected parquet or no such property"
    names = [entry["name"] for entry in descriptor["fields"]]
    identified = descriptor.get("identifiedBy", [])
    if not isinstance(identified, list) or not all(column in names for column in identified):
        yield "identifiedBy: expected a list of names of fields"
    for entry in descriptor["fields"]:
        yield from (f"field {entry['name']}: {fault}" for fault in _field_faults(entry))


def _field_faults(entry: dict[str, Any]) -> Iterator[str]:
    yield from (f"{key}: expected a text" for key in TEXTS if not _is_text(entry.get(key)))
    if entry.get("type") not in PLAIN_TYPES:
        yield f"type: found {entry.get('type')!r:.60}, expected one of {', '.join(PLAIN_TYPES)}"
    if entry.get("filled") not in get_args(Filled):
        yield f"filled: found {entry.get('filled')!r:.60}, expected one of {', '.join(get_args(Filled))}"
    if not isinstance(entry.get("unit", ""), str):
        yield "unit: expected a text"
    if not isinstance(entry.get("example"), str | int | float):
        yield "example: expected a value as it stands in a cell"
    codes = entry.get("codes", {})
    if not isinstance(codes, dict) or not all(map(_is_in_both_languages, cast(dict[str, Any], codes).values())):
        yield "codes: expected an object that gives each code its words in en and zh"
    if not isinstance(entry.get("rdfType", ""), str) or not isinstance(entry.get("seeAlso", []), list):
        yield "rdfType, seeAlso: expected a text, and a list of texts"


def _listed(descriptor: dict[str, Any], key: str) -> list[Any]:
    found = descriptor.get(key, [])
    return cast(list[Any], found) if isinstance(found, list) else [found]


def _is_text(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _is_pair(names: Any) -> bool:
    return isinstance(names, list) and len(cast(list[Any], names)) == 2 and all(map(_is_text, cast(list[Any], names)))


def _is_in_both_languages(words: Any) -> bool:
    return isinstance(words, dict) and all(map(_is_text, map(cast(dict[str, Any], words).get, ("en", "zh"))))
