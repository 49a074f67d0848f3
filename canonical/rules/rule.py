"""One thing that must hold of a table, as a small value that every engine can translate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from canonical.findings import Severity

__all__ = ["Kind", "Rule"]

Kind = Literal[
    "type", "present", "one_of", "pattern", "at_least", "at_most", "above", "below", "min_length", "max_length",
    "form", "present_when", "absent_when", "value_when", "not_after", "equals", "unique", "foreign_key", "matching_key",
    "begins_with", "no_circle", "without",
]  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One thing that must hold of a table.

    A rule over rows names in `columns[0]` the column its finding points to. An empty cell satisfies every
    kind but `present`, `present_when` and `equals`.
    """

    id: str
    kind: Kind
    columns: tuple[str, ...]
    arguments: tuple[Any, ...] = ()
    severity: Severity = "error"
    message: str = ""
    expected: str = ""
    fix: str = ""

    @property
    def key(self) -> str:
        """What tells the rule from the table's others: its id, columns and arguments."""
        return ":".join((self.id, *self.columns, *(str(argument) for argument in self.arguments)))
