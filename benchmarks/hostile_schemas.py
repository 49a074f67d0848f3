"""Hostile schemas of others under `--schema`: every fault is a line, and none reaches the file that it would read."""
# ruff: noqa: E501

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.hostile_kind import Kind, bytes_changed

__all__ = ["OWN", "own_kinds"]

OWN: dict[str, bytes] = {
    "own/things.json": b'{"fields": [{"name": "a", "type": "string"}], "primaryKey": "a"}',
    "own/things.csv": b"a\n2025-01-01\nx\n1\n",
}
"""A good schema and a file of it, by their path in a checkout."""
TYPES = ("string", "integer", "number", "boolean", "date", "year", "list", "object", "any")
FORMATS = (
    "%", "%%", "%Q", "%-", "%9999f", "%:::::z", "%5", "%_", "%E", "%Y%", "%j", "%s", "%+", "%Z", "%#z", "%.f", "%c", "%C", "%y",
    "%G-W%V-%u", "%Y-%Y", " %Y", "\u4e91%Y", "%Y\n", "%d/%m", "%H:%M", "any", "fmt:", "", "default ", "%Y-%m-%d" * 50,
)  # fmt: skip
PATTERNS = (
    "(a{1000}){1000}",
    "(",
    "[",
    "\\p{Han}+",
    "(?i)x",
    "a{0,100000}",
    "(?P<x>a)",
    "\\1",
    "^$",
    "(?=a)",
    "\x00",
    ".*" * 1000,
    "(.*)*$",
)
LIMITS: tuple[object, ...] = (int("9" * 400), 1e308, -1e308, "NaN", "inf", "", None, [], {}, "1e400", True)
WHOLE: tuple[tuple[str, object], ...] = (
    ("a name that drives the terminal", {"fields": [{"name": "a\nb\x1b[2J"}]}),
    ("marks that are patterns", {"fields": [{"name": "a", "type": "number", "decimalChar": "^", "groupChar": "]"}]}),
    ("a delimiter that ends lines", {"fields": [{"name": "a", "type": "list", "delimiter": "\n"}]}),
    ("no name", {"fields": [{"name": ""}]}),
    ("one text both true and false", {"fields": [{"name": "a", "type": "boolean", "trueValues": ["x"], "falseValues": ["x"]}]}),
    ("a key that leads out", {"fields": [{"name": "a"}], "foreignKeys": [{"fields": "a", "reference": {"resource": "../../../etc/passwd", "fields": "x"}}]}),
    ("a key to itself", {"fields": [{"name": "a"}], "foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "a"}}]}),
    ("a name that is none", {"fields": [{"name": "a"}], "name": 7}),
    ("a name that leads out", {"fields": [{"name": "a"}], "name": "../../x"}),
    ("our own properties, garbled", {"fields": [{"name": "a", "itemReference": 7}], "kind": "derived", "matchingKeys": 7, "prefixedKeys": "x"}),
    ("names that the engines use", {"fields": [{"name": "_row"}, {"name": "holds"}]}),
    ("missing values that are none", {"fields": [{"name": "a", "missingValues": [{"value": 7}]}]}),
    ("categories that are none", {"fields": [{"name": "a", "categories": 7}]}),
    ("a list of types", {"fields": [{"name": "a", "type": ["string"]}]}),
    ("a format that is none", {"fields": [{"name": "a", "format": {}}]}),
    ("20,000 fields", {"fields": [{"name": f"a{n}"} for n in range(20_000)]}),
    ("a list", []), ("null", None), ("a number", 7), ("no fields", {"fields": []}), ("a field twice", {"fields": [{"name": "a"}, {"name": "a"}]}),
)  # fmt: skip
BYTES = (
    ("nothing", b""), ("half of it", b'{"fields": [{"na'), ("a nesting without end", b"[" * 200_000), ("UTF-16", '{"fields": []}'.encode("utf-16")),
    ("a name twice", b'{"fields": [], "fields": []}'), ("NaN", b'{"fields": NaN}'), ("half a letter", b'{"fields": [{"name": "\\ud800"}]}'),
    ("random bytes", bytes(range(256))), ("5,000 digits", b'{"fields": [{"name": "a", "constraints": {"minimum": ' + b"9" * 5_000 + b"}}]}"),
)  # fmt: skip


def own_kinds() -> Iterator[Kind]:
    """Every kind of damage to a schema of somebody's own; which of them can be one is the standard's to say."""
    for name, content in BYTES:
        yield _kind(name, content, (2,))
    for name, schema in WHOLE:
        yield _kind(name, _written(schema))
    for form in FORMATS:
        for kind in ("date", "time", "datetime"):
            yield _kind(
                f"format {form[:20]!a} of {kind}", _written({"fields": [{"name": "a", "type": kind, "format": form}]})
            )
    stated: list[tuple[str, object]] = [("pattern", pattern) for pattern in PATTERNS]
    stated += [("minimum", limit) for limit in LIMITS] + [("maxLength", length) for length in (-1, 10**30, 1.5, "1")]
    stated += [("enum", codes) for codes in ([""], [None], [[]], [{}], ["a", "a"], [1, "1"])] + [
        ("required", "yes"),
        ("unique", 1),
    ]
    for place, (word, value) in enumerate(stated):
        for kind in TYPES if word in ("minimum", "enum") else TYPES[:2]:
            field = {"name": "a", "type": kind, "constraints": {word: value}}
            yield _kind(f"{word} {str(value)[:16]!a} of {kind} ({place})", _written({"fields": [field]}))


def _kind(name: str, content: bytes, codes: tuple[int, ...] = (0, 1, 2)) -> Kind:
    return Kind("own schema", name, "own/things.json", bytes_changed(lambda _: content), {"own": codes})


def _written(schema: Any) -> bytes:
    return json.dumps(schema).encode()
