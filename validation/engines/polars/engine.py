"""The engine by default: polars expressions over each different value, and over rows where several cells are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from canonical.rules.rule import Kind, Rule
from validation.engines.contract import Answer
from validation.engines.polars.row_rules import OF_ROWS, ROW_KINDS, broken_rows
from validation.engines.polars.set_rules import KEY_KINDS, SET_KINDS, duplicated, keys_without_row
from validation.engines.polars.typed import TypedBlock

__all__ = ["ENGINE", "PolarsEngine"]

ANSWERS: Mapping[Kind, Answer] = {
    "type": "values", "without": "values", **dict.fromkeys(ROW_KINDS, "values"),
    **dict.fromkeys(OF_ROWS, "rows"), "unique": "hashes",
    **dict.fromkeys(KEY_KINDS, "keys"), "no_circle": "table",
}  # fmt: skip


@dataclass(frozen=True)
class PolarsEngine:
    """The rules as polars expressions."""

    name: str = "polars"
    answers: Mapping[Kind, Answer] = field(default_factory=lambda: ANSWERS)

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
