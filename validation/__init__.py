"""Checks of Cloud Vendor Metrics for a notebook: tables by their schema, relations by the frame of their cases.

from validation import relation_frame, relation_schema, schema
schema("observations").validate(frame, lazy=True)
relation_schema("C.growth_yoy").validate(relation_frame("C.growth_yoy"), lazy=True)
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandera.polars as pa
    import polars as pl

__all__ = ["relation_frame", "relation_schema", "schema"]


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


def relation_schema(rule: str) -> pa.DataFrameSchema:
    """The pandera schema of a relation: each printed interval meets the implied one. KeyError for an unknown rule."""
    from validation.relations import relation_of
    from validation.relations.frame import relation_schema as schema_of

    return schema_of(relation_of(rule))


def relation_frame(rule: str, folder: Path | None = None, corrected: bool = False) -> pl.DataFrame:
    """Every case of a relation over the tables of a folder: both intervals in exact decimals, and the rows held.

    The package's own tables where no folder is given; `corrected` applies the corrections that hold.
    KeyError for an unknown rule.
    """
    from validation.consistency import Folder
    from validation.relations import relation_of
    from validation.relations.frame import case_frame
    from validation.relations.relation import evaluated
    from validation.text_tables import DATA

    tables = Folder(folder or DATA)
    return case_frame(evaluated(relation_of(rule), tables.corrected if corrected else tables.printed))
