"""The engine that people import in notebooks: pandera checks, here over every row of a block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from canonical.rules.rule import Kind, Rule
from validation.engines.contract import KINDS, Answer
from validation.engines.pandera.schema import failures, pandera_schema
from validation.engines.polars.engine import ENGINE as POLARS
from validation.engines.polars.row_rules import ROW_KINDS
from validation.engines.polars.typed import TypedBlock

__all__ = ["ENGINE", "PanderaEngine"]

ANSWERS: Mapping[Kind, Answer] = {kind: "rows" if kind in ROW_KINDS else "polars" for kind in KINDS}


@dataclass(frozen=True)
class PanderaEngine:
    """The rules as checks of a pandera schema."""

    name: str = "pandera"
    answers: Mapping[Kind, Answer] = field(default_factory=lambda: ANSWERS)

    def row_faults(self, block: TypedBlock, rules: Sequence[Rule]) -> dict[Rule, pl.Series]:
        """As the contract says."""
        rowwise = [rule for rule in rules if rule.kind in ROW_KINDS]
        found = POLARS.row_faults(block, [rule for rule in rules if rule.kind not in ROW_KINDS])
        by_key = {rule.key: rule for rule in rowwise}
        rows: dict[Rule, list[int]] = {}
        for key, position in failures(pandera_schema(block.schema, rowwise), block.frame):
            rows.setdefault(by_key[key], []).append(position)
        for rule, positions in rows.items():
            mark = pl.zeros(block.height, dtype=pl.UInt8, eager=True).scatter(positions, 1).cast(pl.Boolean)
            found[rule] = mark & block.is_absent(rule.columns[0]) if rule.kind == "present" else mark
        return {rule: found[rule] for rule in rules if rule in found and found[rule].any()}

    def key_faults(self, block: TypedBlock, rule: Rule, reference: pl.DataFrame) -> pl.Series:
        """As the contract says."""
        return POLARS.key_faults(block, rule, reference)

    def set_faults(self, frame: pl.DataFrame, rule: Rule, reference: pl.DataFrame | None) -> pl.Series:
        """As the contract says."""
        return POLARS.set_faults(frame, rule, reference)


ENGINE = PanderaEngine()
