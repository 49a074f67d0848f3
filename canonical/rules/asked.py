"""Which rules are asked of a file that holds some of the columns of its table."""

from __future__ import annotations

from collections.abc import Collection

from canonical.rules.rule import Rule
from canonical.table_schema import TableSchema

__all__ = ["applies", "gives_no_print"]

IN_PLACE_OF_PRINT = (("value",), ("unit_id",))
"""The columns that observations without a print give, which are else generated from it."""


def gives_no_print(columns: Collection[str]) -> bool:
    """Whether a file of observations has no column of the print: `value` and `unit_id` then stand in its place."""
    return not {"printed_value", "printed_unit_id"} & set(columns)


def applies(rule: Rule, schema: TableSchema, columns: Collection[str]) -> bool:
    """Whether a rule of a table is asked of a file that holds only `columns`.

    Observations that give no print are asked for a value and its unit as people type them, not as filling writes them.
    """
    if not set(rule.columns) <= set(columns):
        return False
    is_ours = schema.name == "observations" and schema.kind != "own"
    if not is_ours or rule.kind != "present" or rule.columns not in IN_PLACE_OF_PRINT:
        return True
    return gives_no_print(columns) == (rule.id == "S.required")
