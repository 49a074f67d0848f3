"""Which rows break which row rules: by compiled polars expressions, or by the pandera schema that people import."""

from __future__ import annotations

import polars as pl

from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema
from validation.structure.polars_engine import breaks

__all__ = ["broken_rows"]


def broken_rows(schema: TableSchema, typed: pl.DataFrame, rules: list[Rule], engine: str) -> dict[Rule, list[int]]:
    """Rows that break each rule, by one of the engines, which agree on every row."""
    if not rules:
        return {}
    return _by_pandera(schema, typed, rules) if engine == "pandera" else _by_polars(schema, typed, rules)


def _by_polars(schema: TableSchema, typed: pl.DataFrame, rules: list[Rule]) -> dict[Rule, list[int]]:
    """One fused scan names the rows that break any rule; each rule is asked of those alone."""
    marks = {str(place): breaks(rule, schema) for place, rule in enumerate(rules)}
    candidates = typed.with_row_index("_row").lazy().filter(pl.any_horizontal(marks.values())).collect()
    if candidates.is_empty():
        return {}
    broken = candidates.select(pl.col("_row"), **marks)
    found = {rule: broken.filter(pl.col(mark))["_row"].to_list() for mark, rule in zip(marks, rules, strict=True)}
    return {rule: rows for rule, rows in found.items() if rows}


def _by_pandera(schema: TableSchema, typed: pl.DataFrame, rules: list[Rule]) -> dict[Rule, list[int]]:
    """The rows that pandera's schema of the rules refuses."""
    from validation.structure.pandera_engine import failures, pandera_schema

    by_key = {rule.key: rule for rule in rules}
    broken: dict[Rule, list[int]] = {}
    for key, row in failures(pandera_schema(schema, rules), typed):
        broken.setdefault(by_key[key], []).append(row)
    return {rule: sorted(rows) for rule, rows in broken.items()}
