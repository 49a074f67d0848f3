"""One column of a table as its schema states it: name, type, format, constraints and how it comes to be filled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, cast

from canonical.field_types import FieldType

__all__ = ["Field", "Filled", "parse_field"]

Filled = Literal["typed", "default", "fill", "generated"]


@dataclass(frozen=True)
class Field:
    """One column: its name, type, format, constraints and how it comes to be filled."""

    name: str
    type: FieldType
    format: str
    constraints: dict[str, Any]
    filled: Filled
    default: str
    unit: str
    descriptor: dict[str, Any]

    @property
    def required(self) -> bool:
        """Whether an empty cell is an error."""
        return bool(self.constraints.get("required", False))

    @cached_property
    def enum(self) -> tuple[str, ...]:
        """The code list as it stands in text, that of categories among it; empty where the column has none."""
        categories = [c["value"] if isinstance(c, dict) else c for c in self.descriptor.get("categories", ())]
        codes = self.constraints.get("enum", categories)
        return tuple(code if isinstance(code, str) else json.dumps(code, ensure_ascii=False) for code in codes)


def parse_field(entry: dict[str, Any]) -> Field:
    """The field of a descriptor; one without a type is of type `any`, as version 2 of the standard has it."""
    return Field(
        name=entry["name"],
        type=cast("FieldType", entry.get("type", "any")),
        format=entry.get("format", "default").removeprefix("fmt:"),
        constraints=entry.get("constraints", {}),
        filled=entry.get("filled", "typed"),
        default=str(entry.get("default", "")),
        unit=entry.get("unit", ""),
        descriptor=entry,
    )
