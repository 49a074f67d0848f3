"""Checks of Cloud Vendor Metrics: `schema("observations").validate(frame, lazy=True)` in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandera.polars as pa

__all__ = ["schema"]


def schema(table: str, references: bool = False) -> pa.DataFrameSchema:
    """The pandera schema of a table, over a polars frame with its typed columns.

    `references` adds the foreign keys, resolved in the package's own tables. FileNotFoundError where
    there is no such table. A pandas frame is checked as `polars.from_pandas(frame)`.
    """
    from validation.package import Checker
    from validation.pandera_engine import pandera_schema
    from validation.structure import rules_of
    from validation.table_schema import load_schema

    loaded = load_schema(table)
    frames = {key.resource: Checker().references(key.resource) for key in loaded.foreign_keys} if references else {}
    known = {name: frame for name, frame in frames.items() if frame is not None}
    return pandera_schema(loaded, rules_of(loaded), known)
