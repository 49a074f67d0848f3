"""Why a headline moved: a source was added, a cell was corrected, or a rule of ours changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import polars as pl

from release.versions.changes import Cell, Changes
from release.versions.state import State, TableState

__all__ = ["HEADLINES", "Cause", "Moved", "moved_headlines"]

Cause = Literal["new_source", "correction", "method"]

HEADLINES: dict[str, tuple[str, ...]] = {
    "annual_metrics": ("value",),
    "half_year_metrics": ("value",),
    "quarterly_metrics": ("value",),
    "cloud_quarters": ("revenue", "operating_result", "capex"),
}
"""Tables of headlines, and the numbers in them that people quote."""


@dataclass(frozen=True)
class Moved:
    """A headline that moved: its table, the cell, and why."""

    table: str
    cell: Cell
    cause: Cause


def moved_headlines(changes: Changes, old: State, new: State) -> Iterator[Moved]:
    """The headlines that moved, each with its cause, told from what changed in the observations it names."""
    known = _ids(old.tables["observations"], "observation_id") if "observations" in old.tables else frozenset[str]()
    edited = _edited(changes, new)
    for table, fields in HEADLINES.items():
        change = changes.table(table)
        cells = [cell for cell in change.cells if cell.field in fields] if change else []
        if not cells:
            continue
        before, after = (_inputs(state.tables[table], new.tables[table].key) for state in (old, new))
        for cell in cells:
            ids = after[cell.row_id] | before.get(cell.row_id, frozenset())
            cause: Cause = "new_source" if ids - known else "correction" if ids & edited else "method"
            yield Moved(table, cell, cause)


def _ids(table: TableState, column: str) -> frozenset[str]:
    return frozenset(table.frame.get_column(column).drop_nulls())


def _edited(changes: Changes, new: State) -> frozenset[str]:
    """The observations of which a cell changed, that went, or that have a correction that came, went or changed."""
    observations, corrections = changes.table("observations"), changes.table("corrections")
    found = {cell.row_id for cell in observations.cells} | set(observations.removed) if observations else set[str]()
    if corrections:
        ids = {*corrections.added, *corrections.removed, *(cell.row_id for cell in corrections.cells)}
        frame = new.tables["corrections"].frame
        found |= set(frame.filter(pl.col("correction_id").is_in(list(ids))).get_column("observation_id"))
        found |= {row_id.rpartition(".")[0] for row_id in ids}
    return frozenset(found)


def _inputs(table: TableState, key: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The observations that each row names, by the row's key."""
    if not {*key, "observation_ids"} <= set(table.frame.columns):
        return {}
    row_id = pl.concat_str([pl.col(column).fill_null("") for column in key], separator="|")
    pairs = table.frame.select(row_id.alias("_id"), pl.col("observation_ids").fill_null("")).iter_rows()
    return {row: frozenset(ids.split()) for row, ids in pairs}
