"""The engine by default: polars expressions over each different value, and over rows where several cells are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from canonical.rules.rule import Kind, Rule
from validation.engines.polars.row_rules import ROW_KINDS, broken_rows
from validation.engines.polars.set_rules import KEY_KINDS, SET_KINDS, duplicated, keys_without_row
from validation.engines.polars.typed import TypedBlock

__all__ = ["ENGINE", "PolarsEngine"]

OF_KEYS = "each different key of a block, by hash"
ANSWERS: Mapping[Kind, str] = {
    "type": "each different value", "without": "each different value",
    **dict.fromkeys(ROW_KINDS, "each different value"),
    **dict.fromkeys(("present_when", "absent_when", "value_when"), "each row, from the codes of both columns"),
    **dict.fromkeys(("not_after", "begins_with", "equals"), "each row"),
    "unique": "hashes in the stream, candidates compared by key",
    "foreign_key": OF_KEYS, "matching_key": OF_KEYS, "no_circle": "the two columns as a whole",
}  # fmt: skip


@dataclass(frozen=True)
class PolarsEngine:
    """The rules as polars expressions."""

    name: str = "polars"
    answers: Mapping[Kind, str] = field(default_factory=lambda: ANSWERS)

    def row_faults(self, block: TypedBlock, rules: Sequence[Rule]) -> dict[Rule, pl.Series]:
        """As the contract says."""
        return broken_rows(block, rules)

    def key_faults(self, block: TypedBlock, rule: Rule, reference: pl.DataFrame) -> pl.Series:
        """As the contract says."""
        return keys_without_row(block, rule, reference)

    def set_faults(self, frame: pl.DataFrame, rule: Rule, reference: pl.DataFrame | None) -> pl.Series:
        """As the contract says."""
        if rule.kind == "unique":
            return frame.select(duplicated(rule)).to_series()
        if rule.kind in SET_KINDS:
            return SET_KINDS[rule.kind](rule, frame)
        assert reference is not None
        return KEY_KINDS[rule.kind](rule, frame, reference)


ENGINE = PolarsEngine()
