"""Why the descriptor of a field can be none: its type, format, properties and constraints, each fault a sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from itertools import product
from typing import Any

import polars as pl

from canonical.cells import DTYPES, FALSE, TRUE, typed, value_of
from canonical.field import Field, parse_field
from canonical.field_types import FIELD_TYPES, LENGTHS, LIMITS

__all__ = ["field_faults", "missing_faults"]

LATER = frozenset({"jsonSchema"})
"""Constraints of the standard that nothing here checks: refused, so that none is passed over."""

READING = {
    "trueValues": list, "falseValues": list, "bareNumber": bool, "decimalChar": str, "groupChar": str,
    "delimiter": str, "itemType": str, "categories": list, "categoriesOrdered": bool,
}  # fmt: skip
LOW, HIGH = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")
DIRECTIVES = frozenset("aAbBcCdDeFfgGhHIjklmMnpPrRsStTuUvVwWxXyYzZ3.69:+%")
"""The letters that may follow the sign % in the pattern of a date or time."""
ITEMS = ("string", "integer", "boolean", "number", "datetime", "date", "time")


def field_faults(entry: dict[str, Any]) -> list[str]:
    """What keeps a field descriptor, which has a name, from being one that can be checked."""
    name, kind = entry["name"], entry.get("type", "any")
    if not isinstance(kind, str) or kind not in FIELD_TYPES:
        near = get_close_matches(str(kind), FIELD_TYPES, n=1)
        hint = f"; nearest is {near[0]}" if near else ""
        return [f"field {name}: there is no type {kind}, expected one of {', '.join(FIELD_TYPES)}{hint}"]
    faults = [*_format_faults(entry, kind), *_property_faults(entry, kind)]
    constraints = entry.get("constraints", {})
    if not isinstance(constraints, dict):
        return [f'field {name}: constraints: expected an object such as {{"required": true}}']
    return [f"field {name}: {fault}" for fault in faults or _constraint_faults(entry, constraints)]


def _format_faults(entry: dict[str, Any], kind: str) -> Iterator[str]:
    form, known = entry.get("format", "default"), FIELD_TYPES[kind]
    if not isinstance(form, str) or (form.removeprefix("fmt:") not in known.formats and not known.has_patterns):
        yield f"there is no format {form!r} of type {kind}, expected one of {', '.join(known.formats)}"
    elif known.has_patterns and form != "default":
        form = form.removeprefix("fmt:")
        if form == "any":
            yield "format any leaves the reading to each program; state the form, as in %d/%m/%Y"
        elif "%" not in form or not _is_pattern(entry | {"format": form}):
            yield f"format {form!r} is no pattern of a {kind}, expected default or one such as %d/%m/%Y"


def _is_pattern(entry: dict[str, Any]) -> bool:
    if not all(sign in DIRECTIVES for sign in re.findall(r"%[-_0]?(.?)", entry["format"])):
        return False
    try:
        pl.select(typed(parse_field(entry), pl.lit(pl.Series(["x"]))))
    except pl.exceptions.PolarsError:
        return False
    return True


def _property_faults(entry: dict[str, Any], kind: str) -> Iterator[str]:
    for word in (word for word in READING if word in entry):
        value = entry[word]
        if word not in FIELD_TYPES[kind].properties:
            yield f"{word} does not go with type {kind}"
        elif not isinstance(value, READING[word]) or value == [] or value == "":
            yield f"{word}: found {json.dumps(value, ensure_ascii=False)}, expected {_words(READING[word])}"
    yield from missing_faults(entry)
    yield from _double_meanings(entry, kind)
    item = entry.get("itemType", "string")
    if item not in ITEMS:
        yield f"itemType: there is no type {item} of items, expected one of {', '.join(ITEMS)}"


def _double_meanings(entry: dict[str, Any], kind: str) -> Iterator[str]:
    """Signs and words of a field that would mean two things."""
    if kind == "boolean":
        true, false = (entry.get(word, plain) for word, plain in (("trueValues", [*TRUE]), ("falseValues", [*FALSE])))
        both = [word for word in true if word in false] if isinstance(true, list) and isinstance(false, list) else []
        if both:
            yield f"{json.dumps(both[0], ensure_ascii=False)} stands among trueValues and among falseValues"
    elif kind == "number" and entry.get("groupChar") == entry.get("decimalChar", "."):
        yield f"groupChar and decimalChar are both {entry['groupChar']!r}, expected two signs"


def missing_faults(descriptor: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the missing values of a field or a schema: texts, or objects with a value."""
    values = descriptor.get("missingValues", [""])
    texts = [v.get("value") if isinstance(v, dict) else v for v in values] if isinstance(values, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        yield 'missingValues: expected a list of texts, as in ["", "NA"]'


def _words(kind: type) -> str:
    return {list: "a list of at least one value", bool: "true or false", str: "a text"}[kind]


def _constraint_faults(entry: dict[str, Any], constraints: dict[str, Any]) -> Iterator[str]:
    field = parse_field(entry)
    allowed = FIELD_TYPES[field.type].constraints
    for word, value in constraints.items():
        if word in ("required", "unique"):
            if not isinstance(value, bool):
                yield f"{word}: found {json.dumps(value)}, expected true or false"
        elif word in LATER:
            yield f"constraint {word} is not checked here; leave it out"
        elif word not in allowed:
            untyped = "" if "type" in entry else ", as a field without type is; state its type"
            yield f"constraint {word} does not go with type {field.type}{untyped}"
        else:
            yield from _value_faults(field, word, value)
    yield from _order_faults(field, constraints)


def _value_faults(field: Field, word: str, value: Any) -> Iterator[str]:
    """What is wrong with the value of a constraint that goes with the type of its field."""
    if word in LENGTHS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            yield f"{word}: found {json.dumps(value)}, expected a whole number from 0"
    elif word in LIMITS:
        if _value(field, value) is None:
            yield f"{word}: {json.dumps(value)} is not {FIELD_TYPES[field.type].words}"
    elif word == "pattern":
        yield from _pattern_faults(value)
    elif not isinstance(value, list) or not value:
        yield f"{word}: expected a list of at least one code"
    elif len({json.dumps(code) for code in value}) < len(value):
        yield f"{word}: a code stands twice, expected each once"
    else:
        nested = [code for code in value if field.type == "string" and isinstance(code, list | dict)]
        odd = nested or [c for c in value if DTYPES[field.type] != pl.String and _value(field, c) is None]
        if odd:
            yield f"{word}: {json.dumps(odd[0], ensure_ascii=False)} is not {FIELD_TYPES[field.type].words}"


def _value(field: Field, constant: Any) -> Any:
    return None if isinstance(constant, list | dict) or constant is None else value_of(field, constant)


def _pattern_faults(value: Any) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"pattern: found {json.dumps(value)}, expected a regular expression"
        return
    if not _is_expression(value):
        yield f"pattern: {value} is no regular expression, or uses syntax that engines read differently"


@cache
def _is_expression(text: str) -> bool:
    """Whether a text is a regular expression to the engine; most columns of ids share one."""
    try:
        pl.select(pl.lit("x").str.contains(f"^(?:{text})$"))
    except pl.exceptions.PolarsError:
        return False
    return True


def _order_faults(field: Field, constraints: dict[str, Any]) -> Iterator[str]:
    """Limits that leave no value between them, and a code list whose codes are no categories."""
    for low, high in (*product(LOW, HIGH), ("minLength", "maxLength")):
        ends = [constraints.get(word) for word in (low, high)]
        if low in LOW:
            ends = [_value(field, end) for end in ends]
        if not all(isinstance(end, type(ends[0])) and end is not None for end in ends):
            continue
        if ends[0] > ends[1]:
            yield f"{low} {constraints[low]} lies above {high} {constraints[high]}: no value can pass"
        elif ends[0] == ends[1] and "exclusive" in low + high:
            yield f"{low} and {high} are both {constraints[low]}: no value can pass"
    categories = [c.get("value") if isinstance(c, dict) else c for c in field.descriptor.get("categories", [])]
    codes = constraints.get("enum")
    if categories and isinstance(codes, list) and codes and not any(code in categories for code in codes):
        yield "no code of enum is one of the categories: no value can pass"
