"""Keys of a table as its Table Schema states them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["ForeignKey", "PrefixedKey", "names_of_key", "parse_foreign_key"]


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table whose values stand in another table's columns.

    `resource` is the table referred to; a reference to the table itself names it too.
    `many` is true where the cell is a list of keys separated by spaces.
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True)
class PrefixedKey:
    """A column whose ids begin with another cell of their row and a point: `amazon-results-2025-q4.001`."""

    field: str
    prefix: str


def parse_foreign_key(entry: dict[str, Any], table: str) -> ForeignKey:
    """A key of `table` as a descriptor states it."""
    reference = entry["reference"]
    return ForeignKey(
        fields=names_of_key(entry["fields"]),
        resource=reference.get("resource") or table,
        reference_fields=names_of_key(reference["fields"]),
    )


def names_of_key(key: str | list[str]) -> tuple[str, ...]:
    """The columns of a key, which a descriptor states as a text or a list."""
    return (key,) if isinstance(key, str) else tuple(key)
