"""A relation as a pandera schema over the frame of its cases: one row is one print held against what it follows from.

The frame gives both intervals in exact decimals, so that whoever has it in a notebook sees what was compared:

    from validation import relation_frame, relation_schema
    relation_schema("C.growth_yoy").validate(relation_frame("C.growth_yoy"), lazy=True)
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from canonical.intervals import Interval
from validation.relations.facts import Facts
from validation.relations.relation import Case, Relation, Remark, evaluated
from validation.structure.frame_schema import FrameSchema

__all__ = ["COLUMNS", "broken_by_relation", "broken_cases", "case_frame", "relation_schema"]

SCALE = 12
DECIMAL = pl.Decimal(38, SCALE)
LARGEST = Decimal(10) ** 25
"""Beyond what a decimal column of 38 digits holds; no metric comes near."""

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


def broken_cases(relation: Relation, cases: Sequence[Case | Remark]) -> list[Case | Remark]:
    """The cases whose print does not meet what is implied: a plain comparison finds them, pandera decides."""
    candidates = [case for case in cases if not case.holds]
    return [candidates[place] for place in _refused(relation, candidates)]


def broken_by_relation(relations: Sequence[Relation], facts: Facts) -> dict[str, list[Case | Remark]]:
    """The broken cases of relations over facts, by relation, as `broken_cases` gives them: judged in one frame."""
    found: dict[str, list[Case | Remark]] = {relation.id: [] for relation in relations}
    candidates = [(r, case) for r in relations for case in evaluated(r, facts) if not case.holds]
    for place in _refused(relations[0], [case for _, case in candidates]) if candidates else ():
        relation, case = candidates[place]
        found[relation.id].append(case)
    return found


def _refused(relation: Relation, candidates: Sequence[Case | Remark]) -> list[int]:
    """The places of the cases that pandera refuses; the schemas of all relations ask the same of a row."""
    if not candidates:
        return []
    try:
        relation_schema(relation).validate(case_frame(candidates), lazy=True)
    except pa.errors.SchemaErrors as error:
        return sorted(int(place) for place in error.failure_cases.get_column("index").to_list())
    return []


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
    ends = (*_ends(case.printed.interval), *_ends(case.best.implied))
    return ("observations", case.printed.row_id, "printed_value", *ends, None, inputs)


def _ends(interval: Interval) -> tuple[Decimal | None, bool, Decimal | None, bool]:
    """The ends, rounded outwards where they have more decimals than the column: no contradiction comes of that."""
    low, high = interval.low, interval.high
    return _rounded(low, ROUND_FLOOR), interval.low_open, _rounded(high, ROUND_CEILING), interval.high_open


def _rounded(end: Decimal | None, rounding: str) -> Decimal | None:
    if end is None:
        return None
    exponent = end.as_tuple().exponent
    within = max(-LARGEST, min(LARGEST, end))
    if isinstance(exponent, int) and exponent >= -SCALE and within == end:
        return end
    return within.quantize(Decimal(1).scaleb(-SCALE), context=Context(prec=60, rounding=rounding))
