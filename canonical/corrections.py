"""Apply the corrections that hold: those whose observation still prints what they correct."""

from __future__ import annotations

from collections import defaultdict

from canonical.fill import complete_row
from canonical.reference import Reference
from canonical.table_schema import load_schema
from canonical.text_tables import Row

__all__ = ["apply_corrections"]

FOLLOWS = {
    "period_end": ("period_start",),
    "period_type": ("period_start",),
    "printed_value": ("decimals",),
    "entity_id": ("perimeter_id",),
}
"""Filled cells that follow from a typed one: recomputed when it is corrected, unless corrected themselves."""


def apply_corrections(
    observations: list[Row], corrections: list[Row], reference: Reference
) -> tuple[list[Row], dict[str, list[str]]]:
    """The observations as corrected, and the columns corrected of each, by observation_id.

    A correction whose `printed` is no longer what the row says does not hold; the row stays as it is.
    Generated cells are computed anew.
    """
    of_row: dict[str, list[Row]] = defaultdict(list)
    for correction in corrections:
        of_row[correction["observation_id"]].append(correction)
    schema = load_schema("observations")
    corrected: list[Row] = []
    columns: dict[str, list[str]] = {}
    for row in observations:
        holding = [c for c in of_row.get(row["observation_id"], []) if row.get(c["field_name"], "") == c["printed"]]
        if holding:
            changes = {c["field_name"]: c["corrected"] for c in holding}
            follows = {name: "" for column in changes for name in FOLLOWS.get(column, ()) if name not in changes}
            columns[row["observation_id"]] = sorted(changes)
            row = complete_row(schema, row | follows | changes, reference)
        corrected.append(row)
    return corrected, columns
