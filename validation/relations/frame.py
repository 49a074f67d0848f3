"""A relation as a pandera schema over the frame of its cases: one row is one print held against what it follows from.

The frame gives both intervals in exact decimals, so that whoever has it in a notebook sees what was compared:

    from validation import relation_frame, relation_schema
    relation_schema("C.growth_yoy").validate(relation_frame("C.growth_yoy"), lazy=True)
"""

from __future__ import annotations

from collections.abc import Sequence

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from validation.engines.pandera.frame_schema import FrameSchema
from validation.relations.broken import SCALE, shown_ends
from validation.relations.relation import Case, Relation, Remark

__all__ = ["COLUMNS", "case_frame", "relation_schema"]

DECIMAL = pl.Decimal(38, SCALE)

COLUMNS: dict[str, pl.DataType] = {
    "table": pl.String(),
    "row_id": pl.String(),
    "column": pl.String(),
    "printed_low": DECIMAL,
    "printed_low_open": pl.Boolean(),
    "printed_high": DECIMAL,
    "printed_high_open": pl.Boolean(),
    "implied_low": DECIMAL,
    "implied_low_open": pl.Boolean(),
    "implied_high": DECIMAL,
    "implied_high_open": pl.Boolean(),
    "holds": pl.Boolean(),
    "inputs": pl.String(),
}
"""The columns of a frame of cases: `holds` is null where the two intervals decide."""


def relation_schema(relation: Relation) -> pa.DataFrameSchema:
    """The pandera schema of a relation's frame: each printed interval meets the implied one.

    The check carries the relation's id; the ends of both intervals decide, open ends excluded.
    """
    return FrameSchema(
        {name: pa.Column(dtype, nullable=True) for name, dtype in COLUMNS.items()},
        checks=[pa.Check(_holds, name=relation.id, error=relation.says)],
        name=relation.id,
        description=relation.rationale,
        strict=True,
    )


def case_frame(cases: Sequence[Case | Remark]) -> pl.DataFrame:
    """Cases as a frame of `COLUMNS`, in order."""
    return pl.DataFrame([_cells(case) for case in cases], schema=COLUMNS, orient="row")


def _holds(data: PolarsData) -> pl.LazyFrame:
    return data.lazyframe.select(_meet().alias("holds"))


def _meet() -> pl.Expr:
    """True where two intervals meet, or where a remark holds."""
    return pl.col("holds").fill_null(_starts_before("implied", "printed") & _starts_before("printed", "implied"))


def _starts_before(one: str, other: str) -> pl.Expr:
    """Whether interval `one` starts no later than `other` ends."""
    low, high = pl.col(f"{one}_low"), pl.col(f"{other}_high")
    closed = ~pl.col(f"{one}_low_open") & ~pl.col(f"{other}_high_open")
    return ((low < high) | ((low == high) & closed)).fill_null(True)


def _cells(case: Case | Remark) -> tuple[object, ...]:
    if isinstance(case, Remark):
        inputs = " ".join((*(o.row_id for o in case.observations), *case.related))
        return (case.table, case.row_id, case.column, *[None] * 8, case.holds, inputs)
    inputs = " ".join(o.row_id for o in case.best.inputs)
    ends = (*shown_ends(case.printed.interval), *shown_ends(case.best.implied))
    return ("observations", case.printed.row_id, "printed_value", *ends, None, inputs)
