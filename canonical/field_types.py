"""The field types of the Table Schema standard: their formats, what else may be said of each, and our words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["FIELD_TYPES", "LENGTHS", "LIMITS", "FieldType", "KindOfField"]

FieldType = Literal[
    "string", "integer", "number", "boolean", "date", "time", "datetime", "year", "yearmonth", "duration",
    "list", "array", "object", "geopoint", "geojson", "any",
]  # fmt: skip

LIMITS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"})
LENGTHS = frozenset({"minLength", "maxLength"})
ENUM = frozenset({"enum"})
NUMERIC = frozenset({"groupChar", "bareNumber"})
CATEGORIES = frozenset({"categories", "categoriesOrdered"})


@dataclass(frozen=True)
class KindOfField:
    """A field type: its name in a sentence, an example, the remedy for a cell that is none, formats and properties.

    `constraints` mean something for the type, beside `required` and `unique`; `properties` change how its cells are
    read, beside `missingValues`. A format that is a pattern is allowed where `has_patterns`.
    """

    words: str
    example: str
    fix: str
    formats: tuple[str, ...] = ("default",)
    constraints: frozenset[str] = ENUM
    properties: frozenset[str] = frozenset()
    has_patterns: bool = False


EMPTY = "leave the cell empty where there is none"
PLAIN = "write plain digits, a point for decimals and no separators"
DAY = "write the day as YYYY-MM-DD; a spreadsheet must hold the column as text"

FIELD_TYPES: dict[str, KindOfField] = {
    "string": KindOfField(
        "text", "text", "write the text", ("default", "email", "uri", "binary", "uuid"),
        ENUM | LENGTHS | {"pattern"}, CATEGORIES,
    ),
    "integer": KindOfField(
        "a whole number", "a whole number such as 12, of at most 18 digits",
        f"write a whole number in plain digits, without separators; {EMPTY}",
        constraints=ENUM | LIMITS, properties=NUMERIC | CATEGORIES,
    ),
    "number": KindOfField(
        "a number", "a number such as -9 or 36.00, without separators", f"{PLAIN}; {EMPTY}",
        constraints=ENUM | LIMITS, properties=NUMERIC | {"decimalChar"},
    ),
    "boolean": KindOfField(
        "true or false", "true or false", "write true or false in lower case",
        properties=frozenset({"trueValues", "falseValues"}),
    ),
    "date": KindOfField(
        "a date", "a date YYYY-MM-DD", DAY, constraints=ENUM | LIMITS, has_patterns=True,
    ),
    "time": KindOfField(
        "a time of day", "a time HH:MM:SS", "write the time as HH:MM:SS", constraints=ENUM | LIMITS, has_patterns=True,
    ),
    "datetime": KindOfField(
        "a day with a time", "a time of a day YYYY-MM-DDTHH:MM:SS", "write day and time as YYYY-MM-DDTHH:MM:SS",
        constraints=ENUM | LIMITS, has_patterns=True,
    ),
    "year": KindOfField("a year", "a year YYYY", "write the year in four digits", constraints=ENUM | LIMITS),
    "yearmonth": KindOfField(
        "a month of a year", "a month YYYY-MM", "write the month as YYYY-MM", constraints=ENUM | LIMITS
    ),
    "duration": KindOfField("a duration", "a duration such as P1Y2M or PT36H", "write the duration as in ISO 8601"),
    "list": KindOfField(
        "a list", "items with the delimiter between them", "write items of one type with the delimiter between them",
        constraints=ENUM | LENGTHS, properties=frozenset({"delimiter", "itemType"}),
    ),
    "array": KindOfField("a JSON array", "a JSON array", "write a JSON array", constraints=ENUM | LENGTHS),
    "object": KindOfField("a JSON object", "a JSON object", "write a JSON object", constraints=ENUM | LENGTHS),
    "geopoint": KindOfField(
        "a point on the earth", "longitude and latitude such as 90.50, 45.50",
        "write longitude, then latitude, in degrees", ("default", "array", "object"),
    ),
    "geojson": KindOfField(
        "a GeoJSON object", "a GeoJSON object", "write a JSON object with its type", ("default", "topojson")
    ),
    "any": KindOfField("anything", "anything", "write the value"),
}  # fmt: skip
"""Every type of version 2 of the standard; those of version 1 are among them."""
